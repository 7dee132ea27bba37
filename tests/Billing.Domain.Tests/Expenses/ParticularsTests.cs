using Billing.Domain.Expenses;
using Billing.Domain.Values;
using CsCheck;
using static Billing.Domain.Expenses.ExpenseEvent;
using static Billing.Domain.Tests.Expenses.Garage;

namespace Billing.Domain.Tests.Expenses;

public sealed class ParticularsTests
{
    private static readonly ExpenseFacts Facts = new(
        Usd(6_495), "software", Today, ClientId, EngagementId, Rebill: true, "Pixel Pantry", "Photos")
    {
        Tax = Usd(495),
        Tip = Usd(100),
        MarkUp = new ExpenseMarkUp(1_000, null),
    };

    private static readonly ExpenseRecorded Recorded = new(
        Id, 6_495, "USD", "software", Today, ClientId, EngagementId, true, "Pixel Pantry", "Photos", Now,
        new ExpenseParticulars(495, 100, MarkUp: new ExpenseMarkUp(1_000, null)));

    [Fact]
    public void Keeps_sales_tax_tip_and_mark_up_beside_the_amount()
    {
        When(Facts).Then(Recorded);
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, new RecordExpense(Id, Facts, Later), Around)).ThenNothing();
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, new CorrectExpense(Facts, Later), Around)).ThenNothing();
        // 64.95 and a tenth of it, 6.495, rounded once.
        Assert.Equal(Usd(650), Expense.Stream.Fold([Recorded]).Details!.MarkUp);
    }

    [Fact]
    public void Of_an_expense_of_which_nothing_more_is_said_nothing_more_is_stored() =>
        When(new ExpenseFacts(Usd(1), "software", Today, null, null, false, null, null))
            .Then(new ExpenseRecorded(Id, 1, "USD", "software", Today, null, null, false, null, null, Now));

    [Fact]
    public void Tax_and_tip_are_within_the_amount_and_in_its_currency()
    {
        When(Facts with { Tax = Usd(6_395), Tip = Usd(100) })
            .Then(Recorded with { Particulars = Recorded.Particulars! with { TaxMinor = 6_395 } });
        When(Facts with { Tax = Usd(6_396), Tip = Usd(100) }).ThenRefused("part-out-of-range", "/tax");
        When(Facts with { Tip = Usd(-1) }).ThenRefused("part-out-of-range", "/tip");
        When(Facts with { Tax = new Money(1, Currency.Eur) }).ThenRefused("currency-mismatch", "/tax");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void The_business_share_is_a_part_of_the_whole(int basisPoints, bool isFine)
    {
        var outcome = When(Facts with { BusinessShareBasisPoints = basisPoints });
        if (isFine) outcome.Then(Recorded with { Particulars = Recorded.Particulars! with { BusinessShareBasisPoints = basisPoints } });
        else outcome.ThenRefused("business-share-out-of-range", "/businessShareBasisPoints");
    }

    [Fact]
    public void A_mark_up_is_a_share_or_an_amount_of_what_is_rebilled()
    {
        When(Facts with { MarkUp = new ExpenseMarkUp(null, 64_950) })
            .Then(Recorded with { Particulars = Recorded.Particulars! with { MarkUp = new ExpenseMarkUp(null, 64_950) } });
        When(Facts with { MarkUp = new ExpenseMarkUp(null, 64_951) }).ThenRefused("mark-up-out-of-range", "/markUp");
        When(Facts with { MarkUp = new ExpenseMarkUp(-1, null) }).ThenRefused("mark-up-out-of-range", "/markUp");
        When(Facts with { MarkUp = new ExpenseMarkUp(100_001, null) }).ThenRefused("mark-up-out-of-range", "/markUp");
        When(Facts with { MarkUp = new ExpenseMarkUp(1, 1) }).ThenRefused("mark-up-malformed", "/markUp");
        When(Facts with { MarkUp = new ExpenseMarkUp(null, null) }).ThenRefused("mark-up-malformed", "/markUp");
        When(Facts with { Rebill = false }).ThenRefused("mark-up-without-rebill", "/markUp");
    }

    [Fact]
    public void What_was_paid_in_another_currency_keeps_the_stated_rate_and_the_amount_in_the_books()
    {
        var inEuro = new ExpenseFacts(new Money(1_999, Currency.Eur), "software", Today, null, null, false, null, null)
        {
            ExchangeRate = "1.0845",
        };
        // 19.99 × 1.0845 = 21.679155
        When(inEuro).Then(new ExpenseRecorded(
            Id, 1_999, "EUR", "software", Today, null, null, false, null, null, Now,
            new ExpenseParticulars(InBooks: new BooksAmount(2_168, "USD", "1.0845"))));
        When(inEuro with { ExchangeRate = "0" }).ThenRefused("exchange-rate-malformed", "/exchangeRate");
        When(inEuro with { ExchangeRate = "1,08" }).ThenRefused("exchange-rate-malformed", "/exchangeRate");
        When(inEuro with { ExchangeRate = "0.0000000000001" }).ThenRefused("exchange-rate-malformed", "/exchangeRate");
        When(inEuro with { ExchangeRate = "0.000001" }).ThenRefused("exchange-rate-malformed", "/exchangeRate");
        When(Facts with { ExchangeRate = "1" }).ThenRefused("exchange-rate-needless", "/exchangeRate");
    }

    [Fact]
    public void Converts_between_currencies_of_any_number_of_decimals()
    {
        Assert.True(ExpenseAmounts.TryConvert(new Money(1_234, Currency.Of("JPY")), "0.00645", Currency.Usd, out var dollars));
        Assert.Equal(Usd(796), dollars);
        Assert.True(ExpenseAmounts.TryConvert(Usd(100), "0.3075", Currency.Of("KWD"), out var dinars));
        Assert.Equal(new Money(308, Currency.Of("KWD")), dinars);
    }

    [Fact]
    public void Running_costs_of_a_vehicle_are_its_categories_and_have_no_share_of_their_own()
    {
        var fuel = new ExpenseFacts(Usd(4_000), "car-and-truck", Today, null, null, false, "Fuel", null) { VehicleId = Car };
        When(fuel).Then(new ExpenseRecorded(
            Id, 4_000, "USD", "car-and-truck", Today, null, null, false, "Fuel", null, Now, new ExpenseParticulars(VehicleId: Car)));
        When(fuel with { Category = "software" }).ThenRefused("vehicle-cost-category", "/category");
        When(fuel with { BusinessShareBasisPoints = 5_000 }).ThenRefused("business-share-twice", "/businessShareBasisPoints");
        When(fuel, Around with { Vehicle = Vehicle.Stream.Initial }).ThenRefused("vehicle-unknown", "/vehicleId");
    }

    [Fact]
    public void Per_diem_is_left_out_by_name() =>
        When(Facts with { Category = "per-diem" }).ThenRefused("per-diem-not-kept", "/category");

    [Fact]
    public void A_mark_up_is_rounded_once_half_away_from_zero() => Gen.Select(Gen.Long[1, 1_000_000_000_000], Gen.Int[0, 100_000])
        .Sample((minor, basisPoints) =>
        {
            var markUp = ExpenseAmounts.MarkUpOn(Usd(minor), new ExpenseMarkUp(basisPoints, null)).Minor;
            var twice = 2 * ((Int128)markUp * 10_000 - (Int128)minor * basisPoints);
            Assert.True(-10_000 < twice && twice <= 10_000, $"{minor} {basisPoints} {markUp}");
        }, iter: 2_000);

    [Fact]
    public void Business_and_private_share_are_the_whole_to_the_cent() => Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Int[1, 9_999])
        .Sample((minor, share) =>
        {
            var business = ExpenseAmounts.ForBusiness(Usd(minor), new ExpenseParticulars(BusinessShareBasisPoints: share)).Minor;
            var own = ExpenseAmounts.ForBusiness(Usd(minor), new ExpenseParticulars(BusinessShareBasisPoints: 10_000 - share)).Minor;
            Assert.InRange(business + own - minor, 0, 1);
            Assert.InRange(business, 0, minor);
        }, iter: 2_000);

    private static Outcome<ExpenseEvent> When(ExpenseFacts facts, ExpenseSurroundings? around = null) =>
        Expense.Stream.Given().When(s => Expense.Decide(s, new RecordExpense(Id, facts, Now), around ?? Around));
}

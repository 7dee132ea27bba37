using Billing.Domain.Taxes;
using Billing.Domain.Tests.Invoicing;
using NodaTime;
using static Billing.Domain.Taxes.TaxYearEvent;

namespace Billing.Domain.Tests.Taxes;

public class TaxYearTests
{
    private static readonly Guid Id = new("01990000-0000-7000-8000-000000000001");
    private static readonly Instant At = Instant.FromUtc(2026, 4, 15, 12, 0);
    private static readonly TaxYearState Empty = TaxYear.Stream.Initial;

    private static readonly FiledProfile Profile = new(
        "single", false, false, false, false, 0, 0, 0, 0, 0, 0, 0, 0, false, 0, 0, 9_000_00, 60_000_00, true, 0);

    private static readonly RecordEstimatedPayment Payment =
        new(2026, "us-federal", Id, 1, 1_500_00, new LocalDate(2026, 4, 15), "EFT-1", At);

    private static readonly GiveEstimate Estimate = new(
        2026, "us-federal", Id, "us-federal-2026.1", new LocalDate(2026, 4, 15), 120, "run-rate", 12_000_00, 9_000_00, 2_250_00,
        new LocalDate(2026, 6, 15), At);

    [Fact]
    public void Every_event_is_folded() => EveryEvent.IsFolded(
        TaxYear.Stream,
        [
            new FilingProfileSet(2026, "us-federal", Profile, At),
            new EstimatedTaxPaid(Id, 1, 1_500_00, new LocalDate(2026, 4, 15), null, At),
            new EstimatedTaxPaymentRemoved(Id, At),
            new EstimateGiven(
                Id, "us-federal-2026.1", new LocalDate(2026, 4, 15), 120, "run-rate", 1, 1, 1, null, At),
            new HomeOfficeSet(2026, "us-federal", HomeOfficeTests.Small, At),
            new StateFilingSet(2026, "us-ca", JurisdictionTests.Filing, At),
            new GermanProfileSet(2026, JurisdictionTests.Profile, At),
        ]);

    [Fact]
    public void The_stream_is_named_by_year_and_jurisdiction() =>
        Assert.Equal("tax-year-2026-us-federal", TaxYear.Stream.Name(TaxYear.Id(2026, "us-federal")));

    [Fact]
    public void The_latest_profile_holds()
    {
        var first = TaxYear.Decide(Empty, Set(Profile)).Events();
        var state = TaxYear.Stream.Fold(first);
        TaxYear.Decide(state, Set(Profile)).IsAlreadyDone();
        var second = TaxYear.Decide(state, Set(Profile with { WagesMinor = 1 })).Events();
        Assert.Equal(1, TaxYear.Stream.After(state, second).Profile!.WagesMinor);
    }

    [Theory]
    [InlineData("single", true)]
    [InlineData("mfj", true)]
    [InlineData("mfs", true)]
    [InlineData("hoh", true)]
    [InlineData("qss", true)]
    [InlineData("married", false)]
    [InlineData("Single", false)]
    [InlineData("", false)]
    public void Knows_the_five_filing_statuses(string status, bool isKnown) =>
        Check(TaxYear.Decide(Empty, Set(Profile with { FilingStatus = status })), isKnown, "filing-status-unknown");

    [Theory]
    [InlineData(0, true)]
    [InlineData(100_000_000_000, true)]
    [InlineData(-1, false)]
    [InlineData(100_000_000_001, false)]
    public void Takes_no_amount_below_zero_or_beyond_a_billion(long amountMinor, bool isTaken)
    {
        FiledProfile[] profiles =
        [
            Profile with { WagesMinor = amountMinor }, Profile with { WithholdingMinor = amountMinor },
            Profile with { InterestMinor = amountMinor }, Profile with { OtherIncomeMinor = amountMinor },
            Profile with { HealthInsurancePremiumsMinor = amountMinor }, Profile with { SepContributionMinor = amountMinor },
            Profile with { PriorYearTaxMinor = amountMinor }, Profile with { PriorOverpaymentAppliedMinor = amountMinor },
            Profile with { FilingStatus = "mfj", SpouseWagesMinor = amountMinor },
            Profile with { FilingStatus = "mfj", SpouseSelfEmploymentMinor = amountMinor },
        ];
        Assert.All(profiles, profile => Check(TaxYear.Decide(Empty, Set(profile)), isTaken, "amount-out-of-range"));
    }

    [Fact]
    public void Last_years_income_may_have_been_a_loss_and_may_be_unknown()
    {
        Check(TaxYear.Decide(Empty, Set(Profile with { PriorYearAgiMinor = -100_000_000_000 })), true, "");
        Check(TaxYear.Decide(Empty, Set(Profile with { PriorYearAgiMinor = -100_000_000_001 })), false, "amount-out-of-range");
        Check(TaxYear.Decide(Empty, Set(Profile with { PriorYearAgiMinor = null, PriorYearTaxMinor = null })), true, "");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(50, true)]
    [InlineData(-1, false)]
    [InlineData(51, false)]
    public void Takes_a_plausible_number_of_dependants(int number, bool isTaken)
    {
        Check(TaxYear.Decide(Empty, Set(Profile with { ChildrenUnder17 = number })), isTaken, "dependants-out-of-range");
        Check(TaxYear.Decide(Empty, Set(Profile with { OtherDependants = number })), isTaken, "dependants-out-of-range");
    }

    [Fact]
    public void Only_a_joint_return_takes_in_the_spouse()
    {
        FiledProfile[] profiles =
        [
            Profile with { SpouseWagesMinor = 1 }, Profile with { SpouseSelfEmploymentMinor = 1 },
            Profile with { SpouseIs65OrOlder = true }, Profile with { SpouseIsBlind = true },
        ];
        Assert.All(profiles, profile =>
        {
            Check(TaxYear.Decide(Empty, Set(profile)), false, "spouse-needs-joint-return");
            Check(TaxYear.Decide(Empty, Set(profile with { FilingStatus = "mfj" })), true, "");
        });
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(2099, true)]
    [InlineData(1999, false)]
    [InlineData(2100, false)]
    public void Knows_the_tax_years_of_this_century(int year, bool isKnown)
    {
        Check(TaxYear.Decide(Empty, Set(Profile) with { Year = year }), isKnown, "tax-year-unknown");
        var payment = Payment with { Year = year, PaidOn = new LocalDate(year, 4, 15) };
        Check(TaxYear.Decide(Empty, payment), isKnown, "tax-year-unknown");
        Check(TaxYear.Decide(Empty, Estimate with { Year = year }), isKnown, "tax-year-unknown");
    }

    [Fact]
    public void The_profile_is_of_the_federal_return_only()
    {
        TaxYear.Decide(Empty, Set(Profile) with { Jurisdiction = "us-ca" }).IsRefused("jurisdiction-unknown");
        TaxYear.Decide(Empty, Estimate with { Jurisdiction = "us-ca" }).IsRefused("jurisdiction-unknown");
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(0, false)]
    [InlineData(5, false)]
    public void There_are_four_instalments(int quarter, bool isKnown) =>
        Check(TaxYear.Decide(Empty, Payment with { Quarter = quarter }), isKnown, "quarter-unknown");

    [Theory]
    [InlineData(1, true, "")]
    [InlineData(100_000_000_000, true, "")]
    [InlineData(0, false, "amount-not-positive")]
    [InlineData(100_000_000_001, false, "amount-too-large")]
    public void A_payment_is_more_than_nothing(long amountMinor, bool isTaken, string code) =>
        Check(TaxYear.Decide(Empty, Payment with { AmountMinor = amountMinor }), isTaken, code);

    [Theory]
    [InlineData(2026, 1, 1, true)]
    [InlineData(2027, 12, 31, true)]
    [InlineData(2025, 12, 31, false)]
    [InlineData(2028, 1, 1, false)]
    public void A_payment_is_made_in_the_year_or_the_one_after(int year, int month, int day, bool isTaken) => Check(
        TaxYear.Decide(Empty, Payment with { PaidOn = new LocalDate(year, month, day) }), isTaken, "paid-on-implausible");

    [Fact]
    public void A_payment_counts_once_and_once_removed_stays_removed()
    {
        var paid = TaxYear.Stream.Fold(TaxYear.Decide(Empty, Payment).Events());
        Assert.Equal(1_500_00, paid.PaidMinor);
        TaxYear.Decide(paid, Payment).IsAlreadyDone();
        TaxYear.Decide(paid, Payment with { AmountMinor = 1 }).IsRefused("id-taken");

        var remove = new RemoveEstimatedPayment(2026, "us-federal", Id, At);
        TaxYear.Decide(Empty, remove).IsRefused("estimated-payment-unknown");
        var removed = TaxYear.Stream.After(paid, TaxYear.Decide(paid, remove).Events());
        Assert.Equal(0, removed.PaidMinor);
        TaxYear.Decide(removed, remove).IsAlreadyDone();
        TaxYear.Decide(removed, Payment).IsRefused("estimated-payment-removed");
    }

    [Fact]
    public void An_estimate_is_written_down_once()
    {
        var given = TaxYear.Decide(Empty, Estimate with { ProjectionCode = "own-number", OwnNetProfitMinor = 60_000_00 }).Events();
        Canonical.Same(
            new EstimateGiven(
                Id, "us-federal-2026.1", new LocalDate(2026, 4, 15), 120, "run-rate", 12_000_00, 9_000_00, 2_250_00,
                new LocalDate(2026, 6, 15), At)
            {
                ProjectionCode = "own-number",
                OwnNetProfitMinor = 60_000_00,
            },
            given.Single());
        TaxYear.Decide(TaxYear.Stream.Fold(given), Estimate).IsAlreadyDone();
    }

    private static SetFilingProfile Set(FiledProfile profile) => new(2026, "us-federal", profile, At);

    private static void Check(Decision<TaxYearEvent> decision, bool isTaken, string code)
    {
        if (isTaken) Assert.Single(decision.Events());
        else decision.IsRefused(code);
    }
}

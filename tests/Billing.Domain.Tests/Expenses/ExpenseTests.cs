using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Expenses.ExpenseEvent;

namespace Billing.Domain.Tests.Expenses;

public sealed class ExpenseTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-0000000000d1");
    private static readonly Guid ClientId = Guid.Parse("0198c0de-0000-7000-8000-0000000000c1");
    private static readonly Guid OtherClientId = Guid.Parse("0198c0de-0000-7000-8000-0000000000c2");
    private static readonly Guid EngagementId = Guid.Parse("0198c0de-0000-7000-8000-0000000000e1");
    private static readonly Guid Invoice = Guid.Parse("0198c0de-0000-7000-8000-000000000111");
    private static readonly Guid OtherInvoice = Guid.Parse("0198c0de-0000-7000-8000-000000000112");
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 12, 0);
    private static readonly Instant Later = Instant.FromUtc(2026, 1, 6, 12, 0);
    private static readonly LocalDate Today = new(2026, 1, 5);
    private static readonly ClientState Globex =
        Client.Stream.Fold([new ClientEvent.ClientAdded(ClientId, "Globex", null, [], "USD", null, Now)]);
    private static readonly EngagementState Inbox =
        Engagement.Stream.Fold([new EngagementEvent.EngagementAgreed(EngagementId, ClientId, "USD", "Inbox care", Now)]);
    private static readonly HashSet<string> Categories = ["software", "travel"];
    private static readonly ExpenseSurroundings Around =
        new(Today, Currency.Usd, Categories, [2026], Globex, Inbox, Vehicle.Stream.Initial);
    private static readonly ExpenseFacts Facts =
        new(new Money(1999, Currency.Usd), "software", Today, ClientId, EngagementId, true, "Canva", "one\nmonth");
    private static readonly ExpenseRecorded Recorded =
        new(Id, 1999, "USD", "software", Today, ClientId, EngagementId, true, "Canva", "one\nmonth", Now);
    private static readonly ExpenseCorrected Corrected =
        new(2999, "USD", "software", Today, ClientId, EngagementId, true, "Canva", "one\nmonth", Later);

    [Fact]
    public void Records_an_expense() => When(Facts).Then(Recorded);

    [Fact]
    public void Recording_again_changes_nothing_whatever_happened_since()
    {
        var again = new RecordExpense(Id, Facts, Later);
        Expense.Stream.Given(Recorded, Corrected).When(s => Expense.Decide(s, again, Around)).ThenNothing();
        Expense.Stream.Given(Recorded, new ExpenseBilled(Invoice)).When(s => Expense.Decide(s, again, Around)).ThenNothing();
        Expense.Stream.Given(Recorded, new ExpenseRemoved(Later)).When(s => Expense.Decide(s, again, Around)).ThenNothing();
        Expense.Stream.Given(Recorded)
            .When(s => Expense.Decide(s, again with { Facts = Facts with { Payee = "Figma" } }, Around)).ThenRefused("id-taken", "/id");
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void An_expense_is_more_than_nothing(long minor, bool isFine)
    {
        var outcome = When(Facts with { Amount = new Money(minor, Currency.Usd) });
        if (isFine) outcome.Then(Recorded with { AmountMinor = minor });
        else outcome.ThenRefused("amount-not-positive", "/amount/amount");
    }

    [Fact]
    public void Is_paid_today_or_before_and_not_in_another_century()
    {
        When(Facts with { PaidOn = Today.PlusDays(1) }).ThenRefused("in-the-future", "/paidOn");
        When(Facts with { PaidOn = new LocalDate(2000, 1, 1) }).Then(Recorded with { PaidOn = new LocalDate(2000, 1, 1) });
        When(Facts with { PaidOn = new LocalDate(1999, 12, 31) }).ThenRefused("date-out-of-range", "/paidOn");
    }

    [Fact]
    public void Has_a_known_category_and_texts_that_can_be_printed()
    {
        When(Facts with { Category = "fun" }).ThenRefused("category-unknown", "/category");
        When(Facts with { Category = "travel" }).Then(Recorded with { Category = "travel" });
        When(Facts with { Payee = new string('x', 201) }).ThenRefused("text-too-long", "/payee");
        When(Facts with { Payee = "a\nb" }).ThenRefused("text-unprintable", "/payee");
        When(Facts with { Note = new string('x', 5001) }).ThenRefused("text-too-long", "/note");
    }

    [Fact]
    public void A_rebilled_expense_has_a_client_and_the_clients_currency()
    {
        var ownCost = Facts with { ClientId = null, EngagementId = null, Rebill = false };
        When(ownCost).Then(Recorded with { ClientId = null, EngagementId = null, Rebill = false });
        When(ownCost with { Rebill = true }).ThenRefused("client-missing", "/clientId");
        When(ownCost with { EngagementId = EngagementId }).ThenRefused("client-missing", "/clientId");

        var inEuro = Facts with { Amount = new Money(1999, Currency.Eur) };
        When(inEuro).ThenRefused("currency-mismatch", "/amount/currency");
        When(inEuro with { Rebill = false }).Then(Recorded with { Currency = "EUR", Rebill = false });
    }

    [Fact]
    public void Its_client_and_engagement_exist_and_belong_together()
    {
        When(Facts, Around with { Client = Client.Stream.Initial }).ThenRefused("client-unknown", "/clientId");
        When(Facts, Around with { Engagement = Engagement.Stream.Initial }).ThenRefused("engagement-unknown", "/engagementId");
        var others = Engagement.Stream.Fold(
            [new EngagementEvent.EngagementAgreed(EngagementId, OtherClientId, "USD", "Calls", Now)]);
        When(Facts, Around with { Engagement = others }).ThenRefused("engagement-of-another-client", "/engagementId");
        When(Facts with { EngagementId = null }, Around with { Engagement = Engagement.Stream.Initial })
            .Then(Recorded with { EngagementId = null });
        Assert.Throws<ArgumentException>(() => When(Facts with { ClientId = OtherClientId }));
        Assert.Throws<ArgumentException>(() => When(Facts with { EngagementId = Id }));
    }

    [Fact]
    public void Can_be_corrected_until_it_is_billed()
    {
        var correct = new CorrectExpense(Facts with { Amount = new Money(2999, Currency.Usd) }, Later);
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, correct, Around)).Then(Corrected);
        Expense.Stream.Given(Recorded, Corrected).When(s => Expense.Decide(s, correct, Around)).ThenNothing();
        Expense.Stream.Given(Recorded, new ExpenseBilled(Invoice)).When(s => Expense.Decide(s, correct, Around))
            .ThenRefused("expense-billed");
        Expense.Stream.Given(Recorded, new ExpenseBilled(Invoice), new ExpenseReleased(Invoice))
            .When(s => Expense.Decide(s, correct, Around)).Then(Corrected);
        Expense.Stream.Given(Recorded, new ExpenseRemoved(Now)).When(s => Expense.Decide(s, correct, Around))
            .ThenRefused("expense-removed");
        Expense.Stream.Given().When(s => Expense.Decide(s, correct, Around)).ThenRefused("expense-unknown");
        Expense.Stream.Given(Recorded)
            .When(s => Expense.Decide(s, new CorrectExpense(Facts with { Category = "fun" }, Later), Around))
            .ThenRefused("category-unknown", "/category");
    }

    [Fact]
    public void Can_be_removed_until_it_is_billed()
    {
        var remove = new RemoveExpense(Later);
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, remove, Around.Business)).Then(new ExpenseRemoved(Later));
        Expense.Stream.Given(Recorded, new ExpenseRemoved(Now)).When(s => Expense.Decide(s, remove, Around.Business)).ThenNothing();
        Expense.Stream.Given(Recorded, new ExpenseBilled(Invoice)).When(s => Expense.Decide(s, remove, Around.Business))
            .ThenRefused("expense-billed");
        Expense.Stream.Given().When(s => Expense.Decide(s, remove, Around.Business)).ThenRefused("expense-unknown");
    }

    [Fact]
    public void Nothing_is_recorded_corrected_or_removed_in_a_closed_period()
    {
        var closed = Around with { Business = LockedThrough(Today) };
        var open = Around with { Business = LockedThrough(Today.PlusDays(-1)) };
        When(Facts, closed).ThenRefused("period-locked", "/paidOn");
        When(Facts, open).Then(Recorded);
        var earlier = new CorrectExpense(Facts with { PaidOn = Today.PlusDays(-1) }, Later);
        var given = Expense.Stream.Given(Recorded);
        given.When(s => Expense.Decide(s, new CorrectExpense(Facts with { Payee = "Other" }, Later), closed)).ThenRefused("period-locked");
        given.When(s => Expense.Decide(s, earlier, open)).ThenRefused("period-locked", "/paidOn");
        given.When(s => Expense.Decide(s, new RemoveExpense(Later), closed.Business)).ThenRefused("period-locked");
        given.When(s => Expense.Decide(s, new RemoveExpense(Later), open.Business)).Then(new ExpenseRemoved(Later));
    }

    private static BusinessState LockedThrough(LocalDate day) => Business.Stream.Fold([
        new BusinessEvent.BusinessOpened(Id, "Juniper", "UTC", "USD", Now), new BusinessEvent.PeriodLocked(day, "Filed", Now),
    ]);

    [Fact]
    public void Is_billed_on_one_invoice_at_most()
    {
        var bill = new BillExpense(Invoice);
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, bill)).Then(new ExpenseBilled(Invoice));
        Expense.Stream.Given(Recorded, new ExpenseBilled(Invoice)).When(s => Expense.Decide(s, bill)).ThenNothing();
        Expense.Stream.Given(Recorded, new ExpenseBilled(OtherInvoice)).When(s => Expense.Decide(s, bill))
            .ThenRefused("expense-billed");
        Expense.Stream.Given(Recorded with { Rebill = false }).When(s => Expense.Decide(s, bill))
            .ThenRefused("expense-not-rebillable");
        Expense.Stream.Given(Recorded, new ExpenseRemoved(Now)).When(s => Expense.Decide(s, bill))
            .ThenRefused("expense-removed");
        Expense.Stream.Given().When(s => Expense.Decide(s, bill)).ThenRefused("expense-unknown");
    }

    [Fact]
    public void Is_released_by_the_invoice_it_stands_on_and_by_no_other()
    {
        var release = new ReleaseExpense(Invoice);
        Expense.Stream.Given(Recorded, new ExpenseBilled(Invoice)).When(s => Expense.Decide(s, release))
            .Then(new ExpenseReleased(Invoice));
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, release)).ThenNothing();
        Expense.Stream.Given(Recorded, new ExpenseBilled(OtherInvoice)).When(s => Expense.Decide(s, release)).ThenNothing();
        Expense.Stream.Given().When(s => Expense.Decide(s, release)).ThenRefused("expense-unknown");
    }

    [Fact]
    public void Folds_every_kind_of_event()
    {
        ExpenseEvent[] life = [Recorded, Corrected, new ExpenseBilled(Invoice), new ExpenseReleased(Invoice), new ExpenseRemoved(Later)];
        Expense.Stream.Takes_every_kind_of_event([.. life, .. TripTests.Life, .. ReceiptTests.Life]);
        var billed = Expense.Stream.Fold(life.Take(3));
        Assert.Equal(Invoice, billed.InvoiceId);
        Assert.Equal(new Money(2999, Currency.Usd), billed.Details?.Amount);
        Assert.Null(Expense.Stream.Fold(life.Take(4)).InvoiceId);
        Assert.IsType<ExpenseState.Removed>(Expense.Stream.Fold(life));
    }

    private static Outcome<ExpenseEvent> When(ExpenseFacts facts, ExpenseSurroundings? around = null) =>
        Expense.Stream.Given().When(s => Expense.Decide(s, new RecordExpense(Id, facts, Now), around ?? Around));
}

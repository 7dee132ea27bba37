using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Values;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public sealed class AgreedFeeTests
{
    private static readonly FeeWish[] Fees = [new("Website care March", Usd(60_00), null), new("Photos", Usd(25_50), Inbox)];

    [Fact]
    public void A_draft_of_fees_alone_is_billed_line_by_line_as_services()
    {
        var practice = new Practice();
        var final = practice.Finalized(Draft(practice, practice.DraftOfAll() with { Fees = Fees })).Invoice;

        Assert.Equal([("fee", 60_00L), ("fee", 25_50L)], final.Lines.Select(line => (line.Kind, line.AmountMinor)));
        Assert.Equal(["Website care March", "Photos"], final.Texts!.LineDescriptions);
        Assert.Equal((85_50L, (Guid?)Inbox), (final.TotalMinor, final.Lines[1].EngagementId));
        Assert.All(CashRecognition.Recognise(final.Lines, 85_50, 0), income => Assert.Equal(IncomeKind.Services, income.Kind));
    }

    [Fact]
    public void Fees_stand_after_time_and_expenses()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(50, 60).Spends(60, 10_00);
        var final = practice.Finalized(Draft(practice, practice.DraftOfAll() with { Fees = Fees })).Invoice;

        Assert.Equal(["time", "expense", "fee", "fee"], final.Lines.Select(line => line.Kind));
        Assert.Equal(60_00 + 10_00 + 85_50, final.TotalMinor);
    }

    [Fact]
    public void A_retainer_of_money_pays_fees_too()
    {
        var practice = new Practice().Holds(70_00);
        var final = practice.Finalized(Draft(practice, practice.DraftOfAll(drawsOnRetainer: true) with { Fees = Fees })).Invoice;

        Assert.Equal((70_00, 85_50), (final.RetainerAppliedMinor, final.TotalMinor));
    }

    [Fact]
    public void The_same_wish_again_is_done_already_and_another_is_refused()
    {
        var practice = new Practice();
        var wish = practice.DraftOfAll() with { Fees = Fees };
        var draft = Draft(practice, wish);

        Assert.Empty(Drafting.Decide(draft, wish, practice.Sources).Events());
        Assert.Equal("id-taken", Refusal(draft, practice, wish with { Fees = [Fees[0]] }));
    }

    [Theory]
    [InlineData(" ", 1, "USD", "text-missing")]
    [InlineData("Care", 0, "USD", "amount-not-positive")]
    [InlineData("Care", 1_000_000_000_001, "USD", "amount-too-large")]
    [InlineData("Care", 1, "EUR", "currency-mismatch")]
    public void Fees_that_make_no_sense_are_refused(string description, long minor, string currency, string code)
    {
        var practice = new Practice();
        FeeWish[] fees = [new(description, new Money(minor, Currency.Of(currency)), null)];

        Assert.Equal(code, Refusal(Invoice.Stream.Initial, practice, practice.DraftOfAll() with { Fees = fees }));
    }

    [Fact]
    public void A_fee_belongs_to_an_engagement_of_the_client_or_to_none()
    {
        var practice = new Practice();

        Assert.Equal("engagement-unknown", Of(Practice.Id(77)));
        Assert.Equal("engagement-of-other-client", Of(Elsewhere));
        var draft = Assert.IsType<InvoiceState.WorkDraft>(Draft(practice, practice.DraftOfAll() with { Fees = [Fees[1]] }));
        Assert.Equal(Inbox, Assert.Single(draft.Facts.Fees!).EngagementId);

        string Of(Guid engagement) => Refusal(
            Invoice.Stream.Initial, practice, practice.DraftOfAll() with { Fees = [Fees[0] with { EngagementId = engagement }] });
    }

    [Fact]
    public void A_draft_has_a_hundred_fees_at_most()
    {
        var practice = new Practice();

        var most = practice.DraftOfAll() with { Fees = [.. Enumerable.Repeat(Fees[0], 100)] };
        Assert.IsType<InvoiceState.WorkDraft>(Draft(practice, most));
        Assert.Equal("too-many-fees", Refusal(Invoice.Stream.Initial, practice, most with { Fees = [.. most.Fees, Fees[0]] }));
    }

    [Fact]
    public void A_fee_is_frozen_so_that_corrected_rates_propose_a_difference_of_the_time_alone()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(50, 60);
        var accepted = practice.Finalized(Draft(practice, practice.DraftOfAll() with { Fees = Fees }));
        practice.Appends(accepted);
        var state = Invoice.Stream.Fold(
            [new InvoiceEvent.InvoiceDrafted(InvoiceId, Acme, "USD", [], [], null, April1, null, At), accepted.Invoice]);

        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(state, practice.Sources));
        practice.Charges(Inbox, 70_00, card: 21);
        var proposal = Assert.IsType<Rebilling.Proposed>(Rebilling.Of(state, practice.Sources)).Proposal;
        Assert.Equal((10_00, 145_50, 155_50), (proposal.DifferenceMinor, proposal.OriginalMinor, proposal.NowMinor));
    }

    private static InvoiceState Draft(Practice practice, DraftInvoice wish) =>
        Invoice.Stream.Fold(Drafting.Decide(Invoice.Stream.Initial, wish, practice.Sources).Events());

    private static string Refusal(InvoiceState state, Practice practice, DraftInvoice wish) =>
        Assert.IsType<Decision<InvoiceEvent>.Rejected>(Drafting.Decide(state, wish, practice.Sources)).Rejection.Code;

    private static Money Usd(long minor) => new(minor, Currency.Usd);
}

using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class DraftingTests
{
    private static readonly InvoiceState None = Invoice.Stream.Initial;
    private static readonly DraftDeposit Deposit = new(InvoiceId, Acme, RetainerId, new Money(5000_00, Currency.Usd), null, At);

    [Fact]
    public void A_draft_is_a_selection_without_amounts()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60).Spends(201, 5_00);
        var drafted = Drafting.Decide(None, practice.DraftOfAll() with { Note = "Thanks" }, practice.Sources).Events();
        Canonical.Same(
            new InvoiceEvent.InvoiceDrafted(
                InvoiceId, Acme, "USD", [new SelectedTime(SheetOf(), [Id(101)])], [Id(201)], null, April1, "Thanks", At),
            drafted.Single());
    }

    [Fact]
    public void A_draft_is_made_once()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60).Works(102, 60);
        var draft = practice.Drafted();
        var command = practice.DraftOfAll();
        Drafting.Decide(draft, command, practice.Sources).IsAlreadyDone();
        Drafting.Decide(draft, command with { Time = [new SelectedTime(SheetOf(), [Id(101)])] }, practice.Sources)
            .IsRefused("id-taken");
        Drafting.Decide(
            draft, Deposit, practice.Sources.Business, practice.Sources.Client, practice.Holds(0).Sources.RetainerOf(RetainerId))
            .IsRefused("id-taken");
    }

    [Fact]
    public void Only_what_could_be_finalised_is_drafted()
    {
        var practice = new Practice().Works(101, 60);
        Drafting.Decide(None, practice.DraftOfAll(), practice.Sources).IsRefused("rate-missing");
        practice.Charges(Inbox, 60_00);
        var command = practice.DraftOfAll();
        Drafting.Decide(None, command with { Note = new string('x', 5001) }, practice.Sources).IsRefused("text-too-long");
        Drafting.Decide(None, command with { Time = [new SelectedTime("invoice-1", [Id(101)])] }, practice.Sources)
            .IsRefused("timesheet-unknown");
        Drafting.Decide(None, command, practice.Sources with { Client = new Domain.Clients.ClientState.NotAdded() })
            .IsRefused("client-unknown");
    }

    [Fact]
    public void Work_done_for_a_client_who_was_archived_since_can_be_billed_but_no_deposit_asked()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60).Holds(0).Archives();
        Assert.Single(Drafting.Decide(None, practice.DraftOfAll(), practice.Sources).Events());
        Drafting.Decide(
            None, Deposit, practice.Sources.Business, practice.Sources.Client, practice.Sources.RetainerOf(RetainerId)).IsRefused("client-archived");
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(1_000_000_000_000, null)]
    [InlineData(0, "amount-not-positive")]
    [InlineData(1_000_000_000_001, "amount-too-large")]
    public void A_deposit_asks_for_a_plausible_amount(long amountMinor, string? code)
    {
        var sources = new Practice().Holds(0).Sources;
        var decision = Drafting.Decide(
            None, Deposit with { Amount = new Money(amountMinor, Currency.Usd) }, sources.Business,
            sources.Client, sources.RetainerOf(RetainerId));
        if (code is null) Assert.Single(decision.Events());
        else decision.IsRefused(code);
    }

    [Fact]
    public void A_deposit_funds_a_retainer_of_the_same_client()
    {
        var sources = new Practice().Holds(0).Sources;
        var drafted = Drafting.Decide(None, Deposit, sources.Business, sources.Client, sources.RetainerOf(RetainerId)).Events();
        Drafting.Decide(
            Invoice.Stream.Fold(drafted), Deposit, sources.Business, sources.Client, sources.RetainerOf(RetainerId)).IsAlreadyDone();
        Drafting.Decide(
            None, Deposit, sources.Business, sources.Client, new Practice().Sources.RetainerOf(RetainerId)).IsRefused("retainer-unknown");
        Drafting.Decide(
            None, Deposit, sources.Business, sources.Client, new Practice().Holds(0, client: Other).Sources.RetainerOf(RetainerId))
            .IsRefused("retainer-of-other-client");
        Drafting.Decide(None, Deposit, sources.Business, new Domain.Clients.ClientState.NotAdded(), sources.RetainerOf(RetainerId))
            .IsRefused("client-unknown");
    }

    [Fact]
    public void A_draft_is_discarded_once_and_only_a_draft()
    {
        var practice = new Practice().Charges(Inbox, 60_00).Works(101, 60);
        var draft = practice.Drafted();
        var discard = new DiscardDraft(InvoiceId, At);
        var discarded = Invoice.Stream.After(draft, Invoice.Decide(draft, discard).Events());
        Assert.Equal(InvoiceStatus.Discarded, discarded.Status);
        Invoice.Decide(discarded, discard).IsAlreadyDone();
        Invoice.Decide(None, discard).IsRefused("invoice-unknown");
        Invoice.Decide(Invoice.Stream.Fold([practice.Finalized(draft).Invoice]), discard).IsRefused("invoice-not-draft");
    }

    [Fact]
    public void Refuses_a_deposit_in_another_currency_than_the_clients()
    {
        var sources = new Practice().Holds(0).Sources;
        var decision = Drafting.Decide(
            None, Deposit with { Amount = new Money(5000_00, Currency.Eur) }, sources.Business,
            sources.Client, sources.RetainerOf(RetainerId));
        decision.IsRefused("currency-mismatch");
    }
}

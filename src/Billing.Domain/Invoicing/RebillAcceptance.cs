using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Invoicing.NumberingEvent;

namespace Billing.Domain.Invoicing;

/// <summary>
/// Billing what is proposed, in one atomic append: all of the invoice is credited and its work billed anew, or an invoice or a
/// credit note over the difference is issued. Afterwards both, with the original, come to the invoice made from scratch.
/// </summary>
public abstract partial record RebillAcceptance
{
    private RebillAcceptance() { }

    /// <param name="Original">What the corrected invoice is told.</param>
    /// <param name="Invoice">The new invoice, if there is one, from draft to final; empty otherwise.</param>
    public sealed record Accepted(
        IReadOnlyList<InvoiceEvent> Original, NumberGiven? CreditNumber, IReadOnlyList<InvoiceEvent> Invoice, NumberGiven? InvoiceNumber)
        : RebillAcceptance
    {
        public IReadOnlyList<TimesheetWrite> Timesheets { get; init; } = [];

        public IReadOnlyList<ExpenseWrite> Expenses { get; init; } = [];

        public IReadOnlyList<EngagementWrite> Engagements { get; init; } = [];

        public IReadOnlyList<RetainerWrite> Retainers { get; init; } = [];

        /// <summary>Credit of the client that paid what is credited, returned to where it stands.</summary>
        public IReadOnlyList<InvoiceWrite> Credit { get; init; } = [];
    }

    public sealed record AlreadyDone : RebillAcceptance;

    public sealed record Refused(Rejection Rejection) : RebillAcceptance;

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>, <c>rebill-way-unknown</c>,
    /// <c>nothing-proposed</c>, <c>proposal-changed</c>, <c>rebill-after-credit</c>, <c>rebill-draws-on-retainer</c>,
    /// <c>id-taken</c>, what <see cref="Finalization"/> and <see cref="Crediting"/> refuse.</summary>
    /// <param name="fresh">The invoice with the command's id for a new one, as a rule not drafted.</param>
    /// <param name="sources">The streams that the invoice bills, expenses, charged engagements and retainers
    /// included.</param>
    /// <param name="numbers">Of the two series that documents of the command's day take their numbers from.</param>
    public static RebillAcceptance Decide(
        InvoiceState state, InvoiceState fresh, AcceptRebill command, BillingSources sources, RebillNumbers numbers)
    {
        if (Invoice.NotPayable(state, command.InvoiceId) is { } unfit) return new Refused(unfit);
        var invoice = state.Issued!;
        if (invoice.AcceptedRebills.Contains(command.Fingerprint)) return new AlreadyDone();
        if (Refuse(state, command, sources, out var proposal) is { } why) return new Refused(why);
        if (fresh is not InvoiceState.NotDrafted)
            return new Refused(new Rejection("id-taken", "There is an invoice with this id already; take a new id.", "/invoiceId"));
        return command.Way == RebillWay.CreditAndRebill
            ? BillAnew(state, command, Frozen(sources, invoice), numbers)
            : BillDifference(state, command, Frozen(sources, invoice), numbers, proposal);
    }

    private static Rejection? Refuse(InvoiceState state, AcceptRebill command, BillingSources sources, out RebillProposal proposal)
    {
        proposal = null!;
        if (!RebillWay.All.Contains(command.Way))
        {
            return new Rejection("rebill-way-unknown", $"A proposal is accepted by {string.Join(" or ", RebillWay.All)}.", "/way",
                RejectionKind.Invalid);
        }
        switch (Rebilling.Of(state, sources))
        {
            case Rebilling.Unclear { Why: var why }:
                return why;
            case Rebilling.Proposed proposed:
                proposal = proposed.Proposal;
                return proposal.Fingerprint == command.Fingerprint
                    ? null
                    : new Rejection(
                        "proposal-changed",
                        $"The difference is another one by now. Look at the proposal again; its fingerprint is {proposal.Fingerprint}.",
                        "/fingerprint");
            default:
                return new Rejection("nothing-proposed", "The invoice says what its work costs now, so there is nothing to accept.");
        }
    }

    /// <summary>All of it is credited, its work released, and billed again under the rounding and the tax rules that it was billed
    /// by.</summary>
    private static RebillAcceptance BillAnew(
        InvoiceState state, AcceptRebill command, BillingSources sources, RebillNumbers numbers)
    {
        var invoice = state.Issued!;
        var facts = invoice.Facts;
        if (RefuseAnew(invoice) is { } unfit) return new Refused(unfit);
        var released = Released(invoice, command.IssuedOn, sources);
        var draft = new InvoiceDrafted(
            command.NewInvoiceId, facts.ClientId, facts.Currency, Standing(facts, released.Sources), facts.ExpenseIds, null,
            command.IssuedOn, $"Replaces {facts.Number}.", command.At)
        {
            RetainerIds = released.RetainerIds.Count == 0 ? null : released.RetainerIds,
            PurchaseOrder = facts.PurchaseOrder,
            Discounts = facts.Discounts,
            Fees = AgreedFees.Of(facts),
            FeeDescriptions = AgreedFees.DescriptionsOf(facts),
        };
        var finalize = new FinalizeInvoice(command.NewInvoiceId, command.IssuedOn, command.At);
        var decided = Finalization.Decide(new InvoiceState.WorkDraft(draft), finalize, released.Sources, numbers.Invoices);
        if (decided is not Finalization.Accepted final) return new Refused(((Finalization.Refused)decided).Rejection);
        var wish = Wish(command, null, $"Billed anew as {final.Invoice.Number}.");
        var credited = Crediting.Decide(state, wish, numbers.CreditSeries, numbers.CreditNotes);
        if (credited is not Crediting.Accepted credit) return new Refused(((Crediting.Refused)credited).Rejection);
        return new Accepted(
            [.. credit.Invoice, new RebillAccepted(command.Fingerprint, command.Way, null, null, command.At)], credit.Numbering,
            [draft, final.Invoice with { CorrectsInvoiceId = facts.InvoiceId }], final.Numbering)
        {
            Timesheets = [.. released.Timesheets, .. final.Timesheets],
            Expenses = [.. released.Expenses, .. final.Expenses],
            Engagements = [.. released.Engagements, .. final.Engagements],
            Credit = credit.Credit,
            Retainers = [.. released.Retainers, .. final.Retainers],
        };
    }

    private static Rejection? RefuseAnew(IssuedInvoice invoice)
    {
        if (!invoice.CreditNotes.IsEmpty || invoice.Corrected is not null)
        {
            return new Rejection(
                "rebill-after-credit", "Some of this invoice was credited or corrected before. Accept the delta instead.", "/way");
        }
        return invoice.Facts.RetainerAppliedMinor == 0
            ? null
            : new Rejection(
                "rebill-draws-on-retainer",
                "A retainer paid for this invoice. Accept the delta, or void the invoice, which puts its money back.", "/way");
    }

    internal static IssueCreditNote Wish(AcceptRebill command, IReadOnlyList<CreditWish>? lines, string reason) => new(
        command.InvoiceId, command.CreditNoteId, lines ?? [], null, command.Settlement, reason, command.IssuedOn, command.At);

    private static BillingSources Frozen(BillingSources sources, IssuedInvoice invoice) =>
        sources.Under(invoice.Facts.Rounding) with { FrozenTax = invoice.Facts.Tax?.Rules ?? TaxRules.None };

    /// <summary>The selection without what was removed since, or is no longer billable or this client's.</summary>
    private static List<SelectedTime> Standing(InvoiceFinalized facts, BillingSources sources) =>
    [
        .. facts.Time.Select(time => time with
        {
            EntryIds =
            [
                .. time.EntryIds.Where(id => sources.Timesheets[time.Timesheet].Entries.GetValueOrDefault(id) is { Billable: true } entry
                    && entry.ClientId == facts.ClientId && entry.InvoiceId is null),
            ],
        }).Where(time => time.EntryIds.Count > 0),
    ];

    /// <summary>What releasing the work writes, and the streams as they are then.</summary>
    private static ReleasedWork Released(IssuedInvoice invoice, LocalDate day, BillingSources sources)
    {
        var facts = invoice.Facts;
        var ids = RetainerDraws.HoursOf(invoice, sources).Select(retainer => retainer.RetainerId).ToList();
        var retainers = RetainerDraws.Redraw(invoice, day, new Dictionary<Guid, IReadOnlyList<HoursUse>>(), sources);
        var timesheets = BilledWork.Release(facts, sources.Timesheets);
        var expenses = BilledWork.Release(facts, sources.Expenses);
        var engagements = ReleasedCharges(facts, sources);
        return new ReleasedWork(timesheets, expenses, engagements, retainers, ids, sources with
        {
            Timesheets = sources.Timesheets.ToDictionary(pair => pair.Key, pair => timesheets
                .Where(write => write.Timesheet == pair.Key).Select(write => write.Event).Aggregate(pair.Value, Timesheet.Evolve)),
            Expenses = sources.Expenses.ToDictionary(pair => pair.Key, pair => expenses
                .Where(write => write.ExpenseId == pair.Key).Select(write => write.Event).Aggregate(pair.Value, Expense.Evolve)),
            Engagements = sources.Engagements.ToDictionary(pair => pair.Key, pair => engagements
                .Where(write => write.EngagementId == pair.Key).Select(write => write.Event).Aggregate(pair.Value, Engagement.Evolve)),
            Retainers = sources.Retainers.ToDictionary(pair => pair.Key, pair => retainers
                .Where(write => write.RetainerId == pair.Key).Select(write => write.Event).Aggregate(pair.Value, Retainer.Evolve)),
        });
    }

    private static List<EngagementWrite> ReleasedCharges(InvoiceFinalized facts, BillingSources sources) =>
    [
        .. sources.Engagements.OrderBy(pair => pair.Key).SelectMany(pair => Engagement
            .Decide(pair.Value, new ReleaseCharges(facts.InvoiceId)).Certain().Select(@event => new EngagementWrite(pair.Key, @event))),
    ];

    private sealed record ReleasedWork(
        IReadOnlyList<TimesheetWrite> Timesheets, IReadOnlyList<ExpenseWrite> Expenses, IReadOnlyList<EngagementWrite> Engagements,
        IReadOnlyList<RetainerWrite> Retainers, IReadOnlyList<Guid> RetainerIds, BillingSources Sources);
}

/// <param name="InvoiceSeries">As <see cref="Numbering.Series"/> says it.</param>
public sealed record RebillNumbers(string InvoiceSeries, NumberingState Invoices, string CreditSeries, NumberingState CreditNotes);

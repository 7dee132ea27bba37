using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Retainers;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <summary>
/// Voiding: the invoice bills nothing any more; its time and expenses are unbilled again and the retainer has back what
/// it paid, in one atomic append. The number stays taken.
/// </summary>
public abstract record Voiding
{
    private Voiding() { }

    /// <param name="Invoice">The void, after the closing of an open checkout and the taking off of credit that paid it.</param>
    /// <param name="ClosedCheckout">The payment whose session is to be expired; money that comes all the same is
    /// credit.</param>
    public sealed record Accepted(
        IReadOnlyList<InvoiceEvent> Invoice, IReadOnlyList<TimesheetWrite> Timesheets,
        IReadOnlyList<ExpenseWrite> Expenses, IReadOnlyList<RetainerWrite> Retainers, Guid? ClosedCheckout) : Voiding
    {
        /// <summary>What of fixed fees and caps it had charged, released.</summary>
        public IReadOnlyList<EngagementWrite> Engagements { get; init; } = [];

        /// <summary>Credit of the client that paid it, returned to where it stands.</summary>
        public IReadOnlyList<InvoiceWrite> Credit { get; init; } = [];
    }

    public sealed record AlreadyDone : Voiding;

    public sealed record Refused(Rejection Rejection) : Voiding;

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-is-draft</c>, <c>invoice-discarded</c>,
    /// <c>invoice-has-payments</c>, <c>invoice-has-credit-notes</c>,
    /// <c>invoice-written-off</c>, <c>invoice-corrected</c>, <c>voided-on-implausible</c>, what <see cref="Wording.RefuseName"/>
    /// refuses.</summary>
    /// <param name="timesheets">Every timesheet that the invoice bills, by stream name.</param>
    /// <param name="expenses">Every expense that it bills, by id.</param>
    /// <param name="retainers">Every retainer that it drew on, by id.</param>
    /// <param name="engagements">Every engagement of <see cref="EngagementsOf"/>, by id.</param>
    public static Voiding Decide(
        InvoiceState state, VoidInvoice command, IReadOnlyDictionary<string, TimesheetState> timesheets,
        IReadOnlyDictionary<Guid, ExpenseState> expenses, IReadOnlyDictionary<Guid, RetainerState> retainers,
        IReadOnlyDictionary<Guid, EngagementState> engagements)
    {
        if (state is InvoiceState.Voided) return new AlreadyDone();
        if (Refuse(state, command) is { } refusal) return new Refused(refusal);

        var invoice = state.Issued!;
        var facts = invoice.Facts;
        var closed = invoice.Checkout?.PaymentId;
        var credit = CreditRelease.Off(invoice, invoice.CreditAppliedMinor, command.VoidedOn);
        IEnumerable<InvoiceEvent> before = closed is { } paymentId ? [new CheckoutClosed(paymentId, command.At)] : [];
        return new Accepted(
            [.. before, .. credit.Invoice, new InvoiceVoided(command.Reason, command.VoidedOn, command.At)],
            BilledWork.Release(facts, timesheets), BilledWork.Release(facts, expenses),
            RetainerDraws.PutBack(facts, command.VoidedOn, retainers), closed)
        {
            Engagements =
            [
                .. EngagementsOf(facts).SelectMany(id => Engagement
                    .Decide(engagements[id], new ReleaseCharges(facts.InvoiceId)).Certain()
                    .Select(@event => new EngagementWrite(id, @event))),
            ],
            Credit = credit.Others,
        };
    }

    /// <summary>The engagements that it may have charged a fee or a part of a cap.</summary>
    public static IReadOnlyList<Guid> EngagementsOf(InvoiceFinalized invoice) =>
        [.. invoice.Lines.Where(line => line.Kind != LineKind.Expense).Select(line => line.EngagementId).OfType<Guid>().Distinct()];

    private static Rejection? Refuse(InvoiceState state, VoidInvoice command)
    {
        switch (state)
        {
            case InvoiceState.NotDrafted:
                return Invoice.Unknown(command.InvoiceId);
            case InvoiceState.WorkDraft or InvoiceState.DepositDraft:
                return new Rejection("invoice-is-draft", "The invoice is a draft; discard it instead.");
            case InvoiceState.Discarded:
                return new Rejection("invoice-discarded", "The draft was discarded; there is nothing to void.");
        }
        if (state.Issued is { Payments.IsEmpty: false })
        {
            return new Rejection("invoice-has-payments",
                "Money was received for this invoice, so it can no longer be voided.");
        }
        if (state.Issued is { CreditNotes.IsEmpty: false })
        {
            return new Rejection("invoice-has-credit-notes",
                "Some of this invoice was credited, so it can no longer be voided. Credit what is left of it.");
        }
        if (state.Issued is { WrittenOff: not null })
            return new Rejection("invoice-written-off", "The invoice was written off, so it can no longer be voided.");
        if (state.Issued is { Corrected: not null } || state.Issued!.Facts.Lines.Any(line => line.Kind == LineKind.Correction))
        {
            return new Rejection("invoice-corrected",
                "This invoice was corrected by another document, or corrects one, so it can no longer be voided. Credit it instead.");
        }
        if (Wording.RefuseName(command.Reason, "/reason") is { } unfit) return unfit;
        var isPlausible = command.VoidedOn >= state.Issued!.Facts.IssuedOn
            && command.VoidedOn <= command.At.InUtc().Date.PlusDays(Finalization.MaxDaysAhead);
        return isPlausible
            ? null
            : new Rejection("voided-on-implausible",
                $"An invoice is voided on its day of issue or later, at most {Finalization.MaxDaysAhead} days ahead.",
                "/voidedOn", RejectionKind.Invalid);
    }
}

using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

public static partial class Invoice
{
    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>,
    /// <c>nothing-proposed</c>, <c>proposal-changed</c>, and why the proposal is unclear.</summary>
    /// <param name="now">What is proposed for the invoice now.</param>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, DropRebill command, Rebilling now)
    {
        if (NotPayable(state, command.InvoiceId) is { } refusal) return refusal;
        if (state.Issued!.DroppedRebills.Contains(command.Fingerprint)) return Decision<InvoiceEvent>.AlreadyDone;
        if (now is Rebilling.Unclear { Why: var unclear }) return unclear;
        if (now is not Rebilling.Proposed { Proposal: var proposal })
            return new Rejection("nothing-proposed", "The invoice says what its work costs now, so there is nothing to drop.");
        return proposal.Fingerprint == command.Fingerprint
            ? new RebillDropped(command.Fingerprint, command.At)
            : new Rejection(
                "proposal-changed", "The difference is another one by now. Look at the proposal again, and send its fingerprint.",
                "/fingerprint");
    }
}

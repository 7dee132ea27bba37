using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Invoicing;

/// <summary>How an invoice stands to what its work would cost now.</summary>
/// <param name="Status">none, proposed, dropped or unclear.</param>
/// <param name="Proposal">Null where there is none.</param>
/// <param name="Refusal">Why it cannot be computed as things are; null but for unclear.</param>
/// <param name="Next">What can be done with it now.</param>
public sealed record RebillView(Guid InvoiceId, string Status, ProposalView? Proposal, string? RefusalCode, string? Refusal, string Next)
{
    private const string Undecided =
        "Send the fingerprint to :accept-rebill, with the way credit-and-rebill or delta, to bill it, or to :drop-rebill to leave the "
        + "invoice as it is.";

    public static RebillView Of(Guid invoiceId, Rebilling rebilling) => rebilling switch
    {
        Rebilling.Proposed { Proposal: var proposal } => new RebillView(
            invoiceId, proposal.IsDropped ? "dropped" : "proposed", ProposalView.Of(proposal), null, null,
            proposal.IsDropped ? "It was decided that this difference is not billed; another one is proposed again." : Undecided),
        Rebilling.Unclear { Why: var why } => new RebillView(
            invoiceId, "unclear", null, why.Code, why.Detail, "Mend what the refusal names; then it can be computed."),
        _ => new RebillView(invoiceId, "none", null, null, null, "The invoice says what its work costs."),
    };
}

/// <summary>Either the credit note and the rebill, or the delta: each, on top of the original, comes to the invoice made from
/// scratch.</summary>
/// <param name="Hours">What retainers of hours are drawn on for otherwise once it is accepted, day by day.</param>
public sealed record ProposalView(
    Guid ClientId, string Number, Money Original, Money Now, Money Difference, string Fingerprint,
    IReadOnlyList<ProposedLineView> CreditNote, IReadOnlyList<ProposedLineView> Rebill, IReadOnlyList<ProposedLineView> Delta,
    IReadOnlyList<RebilledHoursView> Hours)
{
    public static ProposalView Of(RebillProposal proposal) => new(
        proposal.ClientId, proposal.Number, new Money(proposal.OriginalMinor, proposal.Currency),
        new Money(proposal.NowMinor, proposal.Currency), new Money(proposal.DifferenceMinor, proposal.Currency),
        proposal.Fingerprint, Lines(proposal.CreditNote, proposal.Currency), Lines(proposal.Rebill, proposal.Currency),
        Lines(proposal.Delta, proposal.Currency),
        [.. proposal.Hours.Select(use => new RebilledHoursView(
            use.RetainerId, use.WorkedOn, use.How, use.BeforeSeconds, use.NowSeconds))]);

    private static IReadOnlyList<ProposedLineView> Lines(IReadOnlyList<ProposedLine> lines, Currency currency) =>
        [.. lines.Select(line => ProposedLineView.Of(line, currency))];
}

public sealed record ProposedLineView(
    string Kind, string Description, Guid? EngagementId, long? QuantitySeconds, Money? PerHour, long? SurchargeTenThousandths,
    Money Amount)
{
    public static ProposedLineView Of(ProposedLine line, Currency currency) => new(
        line.Kind, line.Description, line.EngagementId, line.QuantitySeconds,
        line.PerHourMinor is { } minor ? new Money(minor, currency) : null, line.SurchargeTenThousandths,
        new Money(line.AmountMinor, currency));
}

/// <param name="How">lot (covered), billed (beyond it) or carried (owed to the next grant).</param>
public sealed record RebilledHoursView(Guid RetainerId, LocalDate WorkedOn, string How, long BeforeSeconds, long NowSeconds);

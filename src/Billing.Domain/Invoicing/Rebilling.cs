using System.Security.Cryptography;
using System.Text;
using Billing.Domain.SalesTax;

namespace Billing.Domain.Invoicing;

/// <summary>
/// Whether the work on a finalised invoice would cost something else now: its rates were corrected for the past, or its
/// entries were. The invoice stays as it is; a difference is proposed, and nothing is stored until somebody decides.
/// </summary>
public abstract record Rebilling
{
    private Rebilling() { }

    /// <summary>It would say the same, or is no invoice for work that still stands.</summary>
    public sealed record Unchanged : Rebilling;

    public sealed record Proposed(RebillProposal Proposal) : Rebilling;

    /// <summary>It cannot be computed as things are, such as for want of a rate.</summary>
    public sealed record Unclear(Rejection Why) : Rebilling;

    /// <param name="sources">The streams that the invoice bills, as they are now, with the retainers of
    /// <see cref="RetainerDraws.ChosenFor"/> and what <see cref="PriceNeighbours"/> names.</param>
    public static Rebilling Of(InvoiceState state, BillingSources sources)
    {
        if (state is not InvoiceState.Finalized { Invoice: var issued } || !IsForWork(issued)) return new Unchanged();
        var facts = issued.Facts;
        if (ScratchInvoice.Of(issued, sources, out var scratch) is { } why) return new Unclear(why);

        var before = issued.Corrected is { Lines: { } corrected } last
            ? Described(corrected, last.LineDescriptions)
            : Described(facts.Lines, facts.Texts?.LineDescriptions);
        var differences = RebillDifference.Between(before, scratch.Lines);
        var hours = RebilledHours.Between(issued, sources, scratch.Uses);
        if (differences.Count == 0 && hours.Count == 0) return new Unchanged();
        var fingerprint = FingerprintOf(differences, hours);
        return new Proposed(new RebillProposal(
            facts.InvoiceId, facts.ClientId, facts.Number, issued.Currency, before.Sum(line => line.Line.AmountMinor),
            scratch.Lines.Sum(line => line.Line.AmountMinor),
            [.. before.Select(line => ProposedLine.Of(line).Negated())], [.. scratch.Lines.Select(ProposedLine.Of)],
            [.. differences.Select(difference => difference.ToLine(issued.Currency))], fingerprint,
            issued.DroppedRebills.Contains(fingerprint))
        { Hours = hours, Now = scratch });
    }

    /// <summary>Neither a deposit, nor the correction of another invoice, nor a late fee, nor issued elsewhere; and not taken back as a
    /// whole.</summary>
    private static bool IsForWork(IssuedInvoice invoice) => invoice.Facts is { Kind: InvoiceKind.Work, BroughtFrom: null }
        && !invoice.IsCredited
        && invoice.Facts.Lines.All(line => line.Kind is not (LineKind.Correction or LineKind.LateFee));

    internal static List<DescribedLine> Described(IReadOnlyList<InvoiceLine> lines, IReadOnlyList<string>? descriptions) =>
        [.. lines.Select(line => new DescribedLine(line, descriptions?[line.LineNumber - 1] ?? "", []))];

    private static string FingerprintOf(IReadOnlyList<RebillDifference> differences, IReadOnlyList<RebilledHours> hours) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\n', differences.Select(difference => difference.Canonical).Concat(hours.Select(use => use.Canonical))))));
}

/// <summary>How to make good for an invoice whose work would cost something else: a credit note for all of it and a new
/// invoice, or an invoice over the difference. Both come to the invoice made from scratch.</summary>
/// <param name="OriginalMinor">Of the invoice and what corrected it before.</param>
/// <param name="NowMinor">What the invoice would total, made from scratch.</param>
/// <param name="Fingerprint">Of the difference; another difference has another.</param>
/// <param name="IsDropped">Whether somebody decided that this very difference is not billed.</param>
public sealed record RebillProposal(
    Guid InvoiceId, Guid ClientId, string Number, Values.Currency Currency, long OriginalMinor, long NowMinor,
    IReadOnlyList<ProposedLine> CreditNote, IReadOnlyList<ProposedLine> Rebill, IReadOnlyList<ProposedLine> Delta,
    string Fingerprint, bool IsDropped)
{
    public long DifferenceMinor => NowMinor - OriginalMinor;

    /// <summary>What retainers of hours would be drawn on for otherwise.</summary>
    public IReadOnlyList<RebilledHours> Hours { get; init; } = [];

    internal ScratchInvoice Now { get; init; } = ScratchInvoice.Empty;
}

/// <summary>A line of a document that is proposed.</summary>
/// <param name="QuantitySeconds">Null, like the rate, where the amount is no time at a rate.</param>
public sealed record ProposedLine(
    string Kind, string Description, Guid? EngagementId, long? QuantitySeconds, long? PerHourMinor,
    long? SurchargeTenThousandths, long AmountMinor)
{
    /// <summary>How it is taxed, or of a line of tax, what it taxes.</summary>
    public TaxKey TaxedAs { get; init; }

    internal static ProposedLine Of(DescribedLine line) => new(
        line.Line.Kind, line.Description, line.Line.EngagementId, line.Line.QuantitySeconds, line.Line.PerHourMinor,
        line.Line.SurchargeTenThousandths, line.Line.AmountMinor)
    {
        TaxedAs = line.Line.TaxedAs(),
    };

    internal ProposedLine Negated() => this with { QuantitySeconds = -QuantitySeconds, AmountMinor = -AmountMinor };
}

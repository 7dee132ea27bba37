using System.Security.Cryptography;
using System.Text;
using Billing.Domain.SalesTax;
using Billing.Domain.TimeTracking;
using static Billing.Domain.Invoicing.InvoiceEvent;

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

    /// <param name="sources">The streams that the invoice bills, as they are now, with what
    /// <see cref="PriceNeighbours"/> names.</param>
    public static Rebilling Of(InvoiceState state, BillingSources sources)
    {
        if (state is not InvoiceState.Finalized { Invoice: var issued } || !IsForWork(issued)) return new Unchanged();
        var facts = issued.Facts;
        if (FromScratch(facts, sources, out var lines, out var charges) is { } why) return new Unclear(why);

        if (facts.Lines.Any(IsOfRetainer)) return IsSameTime(facts.Lines, lines) ? new Unchanged() : new Unclear(TakenByRetainer);

        var before = issued.Corrected is { Lines: { } corrected } last
            ? Described(corrected, last.LineDescriptions)
            : Described(facts.Lines, facts.Texts?.LineDescriptions);
        var differences = RebillDifference.Between(before, lines);
        if (differences.Count == 0) return new Unchanged();
        var fingerprint = FingerprintOf(differences);
        return new Proposed(new RebillProposal(
            facts.InvoiceId, facts.ClientId, facts.Number, issued.Currency, before.Sum(line => line.Line.AmountMinor),
            lines.Sum(line => line.Line.AmountMinor),
            [.. before.Select(line => ProposedLine.Of(line).Negated())], [.. lines.Select(ProposedLine.Of)],
            [.. differences.Select(difference => difference.ToLine(issued.Currency))], fingerprint,
            issued.DroppedRebills.Contains(fingerprint))
        { Now = lines, Charges = charges });
    }

    /// <summary>Neither a deposit, nor the correction of another invoice, nor a late fee; and not taken back as a whole.</summary>
    private static bool IsForWork(IssuedInvoice invoice) => invoice.Facts.Kind == InvoiceKind.Work
        && !invoice.IsCredited
        && invoice.Facts.Lines.All(line => line.Kind is not (LineKind.Correction or LineKind.LateFee));

    /// <summary>The lines that the invoice would have now: its time priced anew under its frozen rounding, its expenses and
    /// fees as they are frozen, its discounts and its taxes by its frozen rules.</summary>
    private static Rejection? FromScratch(
        InvoiceFinalized facts, BillingSources sources, out IReadOnlyList<DescribedLine> lines,
        out IReadOnlyDictionary<Guid, IReadOnlyList<Engagements.Pricing.ModeCharge>> charges)
    {
        (lines, charges) = ([], new Dictionary<Guid, IReadOnlyList<Engagements.Pricing.ModeCharge>>());
        if (sources.Client.Details is not { } client) return Clients.Client.NoSuchClient;
        var entries = facts.Time.SelectMany(time => Standing(time, facts, sources)).ToList();
        if (TimeLines.Of(entries, facts.InvoiceId, sources.Under(facts.Rounding), client, out var time) is { } unpriced) return unpriced;
        var frozen = Described(facts.Lines, facts.Texts?.LineDescriptions)
            .Where(line => line.Line.Kind is LineKind.Expense or LineKind.Fee).Select(AsPriced);
        var refusal = TaxedLines.Charge(
            [.. time.Lines.Concat(frozen)], [], facts.Discounts ?? [], facts.Tax?.Rules ?? TaxRules.None, client.Currency, out var taxed);
        if (refusal is not null) return refusal;
        lines = [.. taxed.Lines.Select((line, i) => line with { Line = line.Line with { LineNumber = i + 1 } })];
        charges = time.Charges;
        return null;
    }

    private static DescribedLine AsPriced(DescribedLine frozen) => frozen.Line.InclusiveMinor is { } price
        ? frozen with { Line = frozen.Line with { AmountMinor = price, InclusiveMinor = null } }
        : frozen;

    /// <summary>What of the selected time is still there, billable, this client's, and on this invoice.</summary>
    private static IEnumerable<TimeEntry> Standing(SelectedTime time, InvoiceFinalized facts, BillingSources sources) => time.EntryIds
        .Select(id => sources.Timesheets[time.Timesheet].Entries.GetValueOrDefault(id))
        .OfType<TimeEntry>()
        .Where(entry => entry.Billable && entry.ClientId == facts.ClientId && entry.InvoiceId == facts.InvoiceId);

    private static bool IsOfRetainer(InvoiceLine line) => line.CoveredBy is not null || line.BeyondOf is not null;

    /// <summary>Whether each entry has the time and the cards that it had.</summary>
    private static bool IsSameTime(IReadOnlyList<InvoiceLine> before, IReadOnlyList<DescribedLine> now)
    {
        var (was, isNow) = (ByEntry(before), ByEntry([.. now.Select(line => line.Line)]));
        return was.Count == isNow.Count && was.All(entry => isNow.TryGetValue(entry.Key, out var same) && same == entry.Value);
    }

    private static Dictionary<Guid, (long Seconds, string Cards)> ByEntry(IReadOnlyList<InvoiceLine> lines) => lines
        .SelectMany(line => line.Hours).GroupBy(hour => hour.EntryId)
        .ToDictionary(entry => entry.Key, entry => (
            entry.Sum(hour => hour.BilledSeconds),
            string.Join(' ', entry.Select(hour => $"{hour.RateCardId:N}").Distinct().Order(StringComparer.Ordinal))));

    /// <summary>What a retainer took of its hours cannot be taken again while the invoice stands.</summary>
    private static Rejection TakenByRetainer { get; } = new(
        "rebill-needs-void",
        "A retainer of hours was used for this invoice, and its time or its rates have changed since. Void the invoice, which puts "
        + "the hours back, and bill the work anew.");

    private static List<DescribedLine> Described(IReadOnlyList<InvoiceLine> lines, IReadOnlyList<string>? descriptions) =>
        [.. lines.Select(line => new DescribedLine(line, descriptions?[line.LineNumber - 1] ?? "", []))];

    private static string FingerprintOf(IReadOnlyList<RebillDifference> differences) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', differences.Select(difference => difference.Canonical)))));
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

    /// <summary>The invoice made from scratch.</summary>
    internal IReadOnlyList<DescribedLine> Now { get; init; } = [];

    /// <summary>What of fixed fees and caps it would charge, by engagement.</summary>
    internal IReadOnlyDictionary<Guid, IReadOnlyList<Engagements.Pricing.ModeCharge>> Charges { get; init; } =
        new Dictionary<Guid, IReadOnlyList<Engagements.Pricing.ModeCharge>>();
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

using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.TimeTracking;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <summary>
/// A finalised invoice as it would be made now: its time priced anew under its frozen rounding, its retainers of hours drawn on as
/// if it had drawn nothing, its expenses and fees as they are frozen, its discounts and its taxes by its frozen rules.
/// </summary>
/// <param name="Charges">What of fixed fees and caps it would charge, by engagement.</param>
/// <param name="Uses">What each retainer of hours would be drawn on for.</param>
internal sealed record ScratchInvoice(
    IReadOnlyList<DescribedLine> Lines, IReadOnlyDictionary<Guid, IReadOnlyList<ModeCharge>> Charges,
    IReadOnlyDictionary<Guid, IReadOnlyList<HoursUse>> Uses)
{
    public static ScratchInvoice Empty { get; } = new(
        [], new Dictionary<Guid, IReadOnlyList<ModeCharge>>(), new Dictionary<Guid, IReadOnlyList<HoursUse>>());

    /// <summary>Why it cannot be made; null where it can.</summary>
    public static Rejection? Of(IssuedInvoice invoice, BillingSources sources, out ScratchInvoice scratch)
    {
        scratch = Empty;
        var facts = invoice.Facts;
        if (sources.Client.Details is not { } client) return Clients.Client.NoSuchClient;
        var entries = facts.Time.SelectMany(time => Standing(time, facts, sources)).ToList();
        if (TimeLines.Of(entries, facts.InvoiceId, sources.Under(facts.Rounding), client, out var time) is { } unpriced) return unpriced;
        var hours = CoveredHours.Of(time.Lines, RetainerDraws.WithoutDrawsOf(invoice, sources));
        if (hours.Refuse() is { } stopped) return stopped;
        var frozen = Rebilling.Described(facts.Lines, facts.Texts?.LineDescriptions)
            .Where(line => line.Line.Kind is LineKind.Expense or LineKind.Fee).Select(AsPriced);
        var refusal = TaxedLines.Charge(
            [.. hours.Split(time.Lines, facts.Rounding).Concat(frozen)], [], facts.Discounts ?? [], facts.Tax?.Rules ?? TaxRules.None,
            client.Currency, out var taxed);
        if (refusal is not null) return refusal;
        scratch = new ScratchInvoice(
            [.. taxed.Lines.Select((line, i) => line with { Line = line.Line with { LineNumber = i + 1 } })], time.Charges, hours.Uses);
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
}

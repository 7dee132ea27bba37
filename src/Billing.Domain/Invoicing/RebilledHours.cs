using System.Globalization;
using Billing.Domain.Retainers;
using NodaTime;

namespace Billing.Domain.Invoicing;

/// <summary>What of one day's work an invoice uses of a retainer's hours, and would use now.</summary>
/// <param name="How">One of <see cref="UseOf"/>.</param>
public sealed record RebilledHours(Guid RetainerId, LocalDate WorkedOn, string How, long BeforeSeconds, long NowSeconds)
{
    /// <summary>The same text for the same difference.</summary>
    internal string Canonical => string.Create(
        CultureInfo.InvariantCulture, $"{RetainerId}|{WorkedOn:uuuu-MM-dd}|{How}|{BeforeSeconds}|{NowSeconds}");

    /// <summary>Where they differ, day by day. From which lot hours come is the account's own matter, and no difference.</summary>
    internal static IReadOnlyList<RebilledHours> Between(
        IssuedInvoice invoice, BillingSources sources, IReadOnlyDictionary<Guid, IReadOnlyList<HoursUse>> now) =>
    [
        .. RetainerDraws.HoursOf(invoice, sources).OrderBy(retainer => retainer.RetainerId).SelectMany(retainer =>
        {
            var before = Sums(retainer.HoursDraws.GetValueOrDefault(invoice.Facts.InvoiceId)?.Uses ?? []);
            var after = Sums(now.GetValueOrDefault(retainer.RetainerId) ?? []);
            return before.Keys.Union(after.Keys).OrderBy(use => use.Day).ThenBy(use => use.How, StringComparer.Ordinal)
                .Select(use => new RebilledHours(
                    retainer.RetainerId, use.Day, use.How, before.GetValueOrDefault(use), after.GetValueOrDefault(use)));
        }).Where(use => use.BeforeSeconds != use.NowSeconds),
    ];

    private static Dictionary<(LocalDate Day, string How), long> Sums(IReadOnlyList<HoursUse> uses) => uses
        .GroupBy(use => (use.WorkedOn, use.How)).ToDictionary(group => group.Key, group => group.Sum(use => use.Seconds));
}

using Billing.Domain.Values;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Exchange;

/// <summary>A rate card that an engagement of the file gets.</summary>
/// <param name="IsPersons">Whether it is one person's alone.</param>
internal sealed record ImportRate(bool IsPersons, Money PerHour, LocalDate From)
{
    public string FromText => LocalDatePattern.Iso.Format(From);
}

/// <summary>
/// Which rate cards the engagements get that an import makes: one from the first day on where all work of it has one rate; else
/// for each person one from each day on which the person's rate changes. Engagements that were there keep their rates.
/// </summary>
internal sealed class ImportRates
{
    private readonly Dictionary<(string Client, string Engagement, string? Person), List<ImportRate>> _open = [];
    private readonly HashSet<(string Client, string Engagement, string Person)> _unclear = [];
    private readonly HashSet<(string Client, string Engagement)> _opened = [];

    private ImportRates() { }

    public static ImportRates None { get; } = new();

    /// <param name="perHour">For all engagements, whatever the file says; null for its own rates.</param>
    public static ImportRates Of(IReadOnlyList<TimeRow> rows, Money? perHour, DateTimeZone zone)
    {
        var rates = new ImportRates();
        var usable = rows.Where(row => row.Fault is null).ToList();
        if (usable.Count == 0) return rates;
        var firstDay = usable.Min(row => row.WorkedOn(zone));
        foreach (var engagement in usable.GroupBy(row => (row.Client, row.Engagement)))
        {
            var (client, name) = engagement.Key;
            var priced = engagement.Where(row => row.PerHour is not null).ToList();
            var one = perHour ?? (priced.Select(row => row.PerHour).Distinct().Count() == 1 ? priced[0].PerHour : null);
            if (one is { } common)
            {
                rates._open[(client, name, null)] = [new ImportRate(IsPersons: false, common, firstDay)];
                continue;
            }
            foreach (var person in priced.GroupBy(row => row.Person))
            {
                if (Changes(person, zone) is { } changes) rates._open[(client, name, person.Key)] = changes;
                else rates._unclear.Add((client, name, person.Key));
            }
        }
        return rates;
    }

    /// <summary>The row's engagement was made just now, so that it gets the file's rates.</summary>
    public void Open(TimeRow row) => _opened.Add((row.Client, row.Engagement));

    /// <summary>What is still to be set before the row's work is logged.</summary>
    public IReadOnlyList<ImportRate> Due(TimeRow row) => !_opened.Contains((row.Client, row.Engagement))
        ? []
        :
        [
            .. _open.GetValueOrDefault((row.Client, row.Engagement, null), []),
            .. _open.GetValueOrDefault((row.Client, row.Engagement, row.Person), []),
        ];

    public void Done(TimeRow row, ImportRate rate) =>
        _open[(row.Client, row.Engagement, rate.IsPersons ? row.Person : null)].Remove(rate);

    /// <summary>What somebody should know of the row's rate, since nothing was made of it.</summary>
    public RowFault? DoubtOf(TimeRow row) => row.PerHour is { } perHour && _unclear.Contains((row.Client, row.Engagement, row.Person))
        ? new RowFault(
            "rate-unclear", $"The file has it at {perHour} an hour, and other work of that day at another rate. Set the rate by hand.")
        : null;

    /// <summary>Null where a day has two rates.</summary>
    private static List<ImportRate>? Changes(IEnumerable<TimeRow> rows, DateTimeZone zone)
    {
        var changes = new List<ImportRate>();
        foreach (var day in rows.GroupBy(row => row.WorkedOn(zone)).OrderBy(day => day.Key))
        {
            var rates = day.Select(row => row.PerHour!.Value).Distinct().ToList();
            if (rates.Count > 1) return null;
            if (changes.Count == 0 || changes[^1].PerHour != rates[0]) changes.Add(new ImportRate(IsPersons: true, rates[0], day.Key));
        }
        return changes;
    }
}

using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Exchange;

/// <summary>How files write days.</summary>
internal static class WrittenDates
{
    public const string Iso = "yyyy-mm-dd";

    /// <summary>What <c>dateForm</c> may be, and how it reads.</summary>
    public static IReadOnlyDictionary<string, LocalDatePattern> Forms { get; } = new Dictionary<string, LocalDatePattern>(
        StringComparer.Ordinal)
    {
        [Iso] = LocalDatePattern.Iso,
        ["mm/dd/yyyy"] = LocalDatePattern.CreateWithInvariantCulture("M/d/uuuu"),
        ["dd/mm/yyyy"] = LocalDatePattern.CreateWithInvariantCulture("d/M/uuuu"),
        ["dd.mm.yyyy"] = LocalDatePattern.CreateWithInvariantCulture("d.M.uuuu"),
        ["mm-dd-yyyy"] = LocalDatePattern.CreateWithInvariantCulture("M-d-uuuu"),
        ["dd-mm-yyyy"] = LocalDatePattern.CreateWithInvariantCulture("d-M-uuuu"),
    };

    /// <summary>For writing: every part with all its digits.</summary>
    public static LocalDatePattern Padded(string form) => LocalDatePattern.CreateWithInvariantCulture(
        form.Replace('m', 'M').Replace('y', 'u'));

    public static LocalDate? Read(string text, string form) => Forms[form].Parse(text).TryGetValue(default, out var day) ? day : null;

    /// <summary>The form of all days of a file: the one in which they can be read, or several if they say the same in each.</summary>
    /// <returns>Null where it can't be told, since days can be read in several ways and not one of them fits all.</returns>
    public static string? Find(IEnumerable<string> texts)
    {
        var written = texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var possible = Forms.Keys.Where(form => written.Exists(text => Read(text, form) is not null)).ToList();
        if (possible.Count <= 1) return possible.FirstOrDefault() ?? Iso;
        var fitting = possible.Where(form => written.TrueForAll(text => Read(text, form) is not null)).ToList();
        return fitting.Count > 0 && written.TrueForAll(text => fitting.Select(form => Read(text, form)).Distinct().Count() == 1)
            ? fitting[0]
            : null;
    }
}

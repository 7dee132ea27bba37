using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Exchange;

/// <summary>How files write days.</summary>
internal static class WrittenDates
{
    public const string Iso = "yyyy-mm-dd";

    /// <summary>What <c>dateForm</c> may be.</summary>
    public static IReadOnlyList<string> Forms { get; } = [Iso, "mm/dd/yyyy", "dd/mm/yyyy", "dd.mm.yyyy", "mm-dd-yyyy", "dd-mm-yyyy"];

    public static RowFault FormUnclear { get; } = new(
        "date-form-unclear",
        $"The days of this file can be read in several ways. Say which with dateForm: {string.Join(", ", Forms)}.");

    /// <summary>Made when a file is read: the command line asks for the forms alone, at each start.</summary>
    private static readonly Lazy<Dictionary<string, LocalDatePattern>> Patterns = new(() => Forms.ToDictionary(
        form => form,
        form => form == Iso
            ? LocalDatePattern.Iso
            : LocalDatePattern.CreateWithInvariantCulture(
                form.Replace("mm", "M", StringComparison.Ordinal).Replace("dd", "d", StringComparison.Ordinal).Replace('y', 'u')),
        StringComparer.Ordinal));

    /// <summary>How a form reads: parts may lack their leading zeros, but for ISO 8601.</summary>
    public static LocalDatePattern PatternOf(string form) => Patterns.Value[form];

    /// <summary>For writing: every part with all its digits.</summary>
    public static LocalDatePattern Padded(string form) => LocalDatePattern.CreateWithInvariantCulture(
        form.Replace('m', 'M').Replace('y', 'u'));

    public static LocalDate? Read(string text, string form) => PatternOf(form).Parse(text).TryGetValue(default, out var day) ? day : null;

    /// <summary>The form of all days of a file: the one in which they can be read, or several if they say the same in each.</summary>
    /// <returns>Null where it can't be told, since days can be read in several ways and not one of them fits all.</returns>
    public static string? Find(IEnumerable<string> texts)
    {
        var written = texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var possible = Forms.Where(form => written.Exists(text => Read(text, form) is not null)).ToList();
        if (possible.Count <= 1) return possible.FirstOrDefault() ?? Iso;
        var fitting = possible.Where(form => written.TrueForAll(text => Read(text, form) is not null)).ToList();
        return fitting.Count > 0 && written.TrueForAll(text => fitting.Select(form => Read(text, form)).Distinct().Count() == 1)
            ? fitting[0]
            : null;
    }
}

using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;
using NodaTime.Text;

namespace Billing.Projections.Documents;

/// <summary>
/// How a language writes amounts and days, and what stands on documents in it. All of it is data, in <c>Wordings/</c>; the
/// machine's culture has no say.
/// </summary>
public sealed class DocumentLanguage
{
    /// <summary>A word that is said twice is a slip. The languages are loaded by it, so it stands before them.</summary>
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    private static readonly FrozenDictionary<string, DocumentLanguage> Known =
        Languages.All.ToFrozenDictionary(code => code, Load, StringComparer.Ordinal);

    private readonly LocalDatePattern days;
    private readonly IReadOnlyList<string> months;
    private readonly string groupSeparator;
    private readonly Dictionary<string, string> amounts;
    private readonly Dictionary<string, string> words;

    private DocumentLanguage(string code, WordingFile file)
    {
        Code = code;
        days = LocalDatePattern.CreateWithInvariantCulture(file.DatePattern);
        (DecimalSeparator, groupSeparator, amounts, words) = (file.DecimalSeparator, file.GroupSeparator, file.Amounts, file.Words);
        months = file.Months;
    }

    public string Code { get; }

    public IEnumerable<string> Keys => words.Keys;

    /// <summary>BCP 47, as documents say it of themselves.</summary>
    public string Tag => Code == Languages.English ? "en-US" : Code;

    /// <param name="code">One of <see cref="Languages.All"/>; null for the default.</param>
    public static DocumentLanguage Of(string? code) => Known[code ?? Languages.Default];

    public string DecimalSeparator { get; }

    public string Day(LocalDate day) => days.Format(day);

    /// <summary>The name of the day's month.</summary>
    public string Month(LocalDate day) => months[day.Month - 1];

    public string Amount(Money amount) => Amount(
        Math.Abs(amount.ToDecimal()).ToString("N" + amount.Currency.Decimals, CultureInfo.InvariantCulture), amount.IsNegative,
        amount.Currency);

    /// <summary>A price of an hour, with as many further places as it takes for quantity times price to be the amount.</summary>
    /// <param name="tenThousandths">What comes on top of it, in ten-thousandths of a minor unit.</param>
    public string Price(Money perHour, long tenThousandths)
    {
        if (tenThousandths % 10_000 == 0) return Amount(perHour with { Minor = perHour.Minor + (tenThousandths / 10_000) });
        var currency = perHour.Currency;
        var exact = perHour.ToDecimal() + ((decimal)tenThousandths / 10_000 / currency.MinorPerMajor);
        var format = "#,##0." + new string('0', currency.Decimals) + "####";
        return Amount(exact.ToString(format, CultureInfo.InvariantCulture), isNegative: false, currency);
    }

    /// <summary>A rate in hundred-thousandths, such as <c>8.875%</c>.</summary>
    public string Rate(int hundredThousandths) =>
        Word("rate", ("rate", Localised(TaxTreatment.TextOf(hundredThousandths).TrimEnd('%'))));

    /// <summary>A number in this form of the invariant culture, such as <c>#,##0.##</c>.</summary>
    public string Number(decimal number, string format) => Localised(number.ToString(format, CultureInfo.InvariantCulture));

    private string Amount(string plain, bool isNegative, Currency currency) =>
        (amounts.GetValueOrDefault(currency.Code) ?? amounts["other"])
        .Replace("{sign}", isNegative ? "-" : "", StringComparison.Ordinal)
        .Replace("{digits}", Localised(plain), StringComparison.Ordinal)
        .Replace("{code}", currency.Code, StringComparison.Ordinal);

    private string Localised(string plain) =>
        string.Concat(plain.Select(c => c switch { '.' => DecimalSeparator, ',' => groupSeparator, _ => c.ToString() }));

    /// <exception cref="KeyNotFoundException">The language lacks the word, which is a bug.</exception>
    public string Word(string key) => words[key];

    /// <summary>The word with what stands in its places, such as <c>{day}</c>.</summary>
    /// <exception cref="KeyNotFoundException">The language lacks the word, which is a bug.</exception>
    public string Word(string key, params ReadOnlySpan<(string Place, string Text)> places)
    {
        var word = words[key];
        foreach (var (place, text) in places) word = word.Replace($"{{{place}}}", text, StringComparison.Ordinal);
        return word;
    }

    /// <summary>What a fact is called; where the language has no word of its own, that of the other key, or null.</summary>
    [return: NotNullIfNotNull(nameof(other))]
    public string? WordOr(string key, string? other) => words.GetValueOrDefault(key) ?? (other is null ? null : words[other]);

    private static DocumentLanguage Load(string code)
    {
        using var stream = typeof(DocumentLanguage).Assembly.GetManifestResourceStream($"wordings/{code}.json")
            ?? throw new InvalidOperationException($"There is no wording for '{code}'.");
        var file = JsonSerializer.Deserialize<WordingFile>(stream, Strict)!;
        return new DocumentLanguage(code, file);
    }

    /// <param name="Months">The names of the twelve.</param>
    /// <param name="Amounts">By currency code, with <c>{sign}</c>, <c>{digits}</c> and <c>{code}</c>; <c>other</c> for the rest.</param>
    private sealed record WordingFile(
        string DatePattern, string DecimalSeparator, string GroupSeparator, Dictionary<string, string> Amounts,
        Dictionary<string, string> Words, IReadOnlyList<string> Months);
}

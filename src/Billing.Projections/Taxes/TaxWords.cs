using System.Globalization;
using Billing.Domain.Taxes;
using Billing.Projections.Documents;
using NodaTime;

namespace Billing.Projections.Taxes;

/// <summary>The sentences of the report and how figures stand in them, in one language. Amounts are US dollars.</summary>
internal readonly record struct TaxWords(DocumentLanguage Language)
{
    /// <summary>A word of the report, with its gaps filled.</summary>
    public string Of(string key, params ReadOnlySpan<(string Place, string Text)> places) => Language.Word($"estimate-{key}", places);

    public string Ordinal(int quarter) => Of($"ordinal-{Count(quarter)}");

    public string Quarter(int quarter) => Of($"quarter-{Count(quarter)}");

    public string Day(LocalDate day) => Language.Day(day);

    public string Exact(decimal dollars) => Language.Amount(Cents.ToMoney(dollars));

    /// <summary>What to send is a whole number of dollars.</summary>
    public string Whole(decimal dollars) =>
        Exact(Cents.UpToDollar(dollars)).Replace($"{Language.DecimalSeparator}00", "", StringComparison.Ordinal);

    public string Percent(decimal share) => Of("percent", ("share", Language.Number(share * 100, "0.##")));

    /// <summary>What is no amount, such as a rate or a count.</summary>
    public string Number(decimal exact) => Language.Number(exact, "0.######");

    public static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}

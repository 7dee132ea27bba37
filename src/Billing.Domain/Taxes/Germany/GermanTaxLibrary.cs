using System.Diagnostics.CodeAnalysis;
using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.Germany;

/// <summary>The German parameter files that this build carries, read once.</summary>
public static class GermanTaxLibrary
{
    private static readonly Lazy<IReadOnlyList<GermanTaxParameters>> Files = new(() =>
        ParameterJson.ReadAll("german-tax-parameters/", GermanTaxFile.Parse, p => p.Version));

    /// <summary>The newest figures of a year; false with <c>tax-year-not-loaded</c> where there are none.</summary>
    public static bool TryForYear(
        int year, [NotNullWhen(true)] out GermanTaxParameters? parameters, [NotNullWhen(false)] out Rejection? rejection)
    {
        parameters = Files.Value.Where(p => p.Year == year).MaxBy(p => ParameterJson.Revision(p.Version));
        rejection = parameters is not null ? null : new Rejection(
            "tax-year-not-loaded",
            FormattableString.Invariant($"There are no German tax figures for {year} yet. ")
            + $"Estimates can be made for {string.Join(", ", Files.Value.Select(p => p.Year).Distinct().Order())}.",
            "/year");
        return parameters is not null;
    }
}

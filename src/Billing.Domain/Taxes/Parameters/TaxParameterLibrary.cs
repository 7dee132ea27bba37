using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Billing.Domain.Taxes.Parameters;

/// <summary>The parameter files that this build carries, read once.</summary>
public static class TaxParameterLibrary
{
    private const string Prefix = "tax-parameters/";

    private static readonly Lazy<IReadOnlyList<TaxParameters>> All = new(() =>
        ParameterJson.ReadAll(Prefix, TaxParameterFile.Parse, p => p.Version));

    /// <summary>The tax years there are figures for, earlier ones first.</summary>
    public static IReadOnlyList<int> Years => [.. All.Value.Select(p => p.Year).Distinct().Order()];

    /// <summary>Codes of the expense categories of any year; a year knows its own.</summary>
    public static IReadOnlySet<string> CategoryCodes => Codes.Value;

    private static readonly Lazy<IReadOnlySet<string>> Codes = new(() => All.Value
        .SelectMany(p => p.ScheduleC.Categories.Value.Select(category => category.Code))
        .ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Dollars for a business mile driven that day; null where no year's figures hold it.</summary>
    public static decimal? MileageRateOn(LocalDate day) => TryForYear(day.Year, out var parameters, out _)
        ? parameters.BusinessMileage.Value.FirstOrDefault(rate => rate.From <= day && day <= rate.To)?.Rate
        : null;

    /// <summary>The newest figures of a year.</summary>
    /// <returns>False with <c>tax-year-not-loaded</c> where there are none: never another year's figures.</returns>
    public static bool TryForYear(
        int year,
        [NotNullWhen(true)] out TaxParameters? parameters,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        parameters = All.Value.Where(p => p.Year == year).MaxBy(p => ParameterJson.Revision(p.Version));
        rejection = parameters is not null ? null : new Rejection(
            "tax-year-not-loaded",
            $"There are no tax figures for {year} yet. Estimates can be made for {Listed(Years)}.",
            "/year");
        return parameters is not null;
    }

    /// <summary>The figures that an earlier estimate named.</summary>
    /// <returns>False with <c>tax-parameters-unknown</c> where this build does not carry that version.</returns>
    public static bool TryVersion(
        string version,
        [NotNullWhen(true)] out TaxParameters? parameters,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        parameters = All.Value.FirstOrDefault(p => p.Version == version);
        rejection = parameters is not null ? null : new Rejection(
            "tax-parameters-unknown",
            $"There are no tax figures named {version}. Known are {Listed(All.Value.Select(p => p.Version))}.",
            "/parametersVersion");
        return parameters is not null;
    }

    private static string Listed<T>(IEnumerable<T> names) => string.Join(", ", names);
}

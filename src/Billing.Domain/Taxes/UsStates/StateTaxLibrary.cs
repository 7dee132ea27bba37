using System.Diagnostics.CodeAnalysis;
using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsStates;

/// <summary>The states' parameter files that this build carries, read once.</summary>
public static class StateTaxLibrary
{
    private static readonly Lazy<IReadOnlyList<StateTaxParameters>> Files = new(() =>
        ParameterJson.ReadAll("state-tax-parameters/", StateTaxFile.Parse, p => p.Version));

    /// <summary>All of them, earlier years first.</summary>
    public static IReadOnlyList<StateTaxParameters> All => Files.Value;

    /// <summary>A state's tax of a year, by its newest figures.</summary>
    /// <returns>
    /// False with <c>state-not-covered</c> where there are figures for no year, and with <c>tax-year-not-loaded</c> where there are for
    /// others: never another year's.
    /// </returns>
    public static bool TryFor(
        UsState state, int year, [NotNullWhen(true)] out IStateTax? tax, [NotNullWhen(false)] out Rejection? rejection)
    {
        var files = All.Where(p => p.Jurisdiction == state.Jurisdiction).ToList();
        var parameters = files.Where(p => p.Year == year).MaxBy(p => ParameterJson.Revision(p.Version));
        (tax, rejection) = parameters switch
        {
            { IncomeTax: { } incomeTax } => (new StateIncomeTax(parameters, incomeTax), null),
            not null => ((IStateTax)new WithoutStateIncomeTax(parameters), (Rejection?)null),
            null when files.Count == 0 => (null, new Rejection(
                "state-not-covered",
                $"{state.Name} has an income tax that is not worked out here. Covered are {Listed(All.Select(p => p.Name).Distinct())}.",
                "/state")),
            null => (null, new Rejection(
                "tax-year-not-loaded",
                FormattableString.Invariant($"There are no tax figures of {state.Name} for {year} yet. ")
                + $"Estimates can be made for {Listed(files.Select(p => p.Year).Distinct().Order())}.",
                "/year")),
        };
        return tax is not null;
    }

    private static string Listed<T>(IEnumerable<T> names) => string.Join(", ", names);
}

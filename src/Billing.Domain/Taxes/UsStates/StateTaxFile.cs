using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Taxes.UsStates;

/// <summary>Reads one parameter file of a state, strictly.</summary>
public static class StateTaxFile
{
    private const int Dates = 4;

    /// <summary>The parameters that the text holds.</summary>
    /// <exception cref="InvalidDataException">It is no parameter file, or its figures disagree.</exception>
    public static StateTaxParameters Parse(string json) =>
        ParameterJson.Read<StateTaxParameters>(json, Problems, parameters => parameters.Version);

    private static IEnumerable<string> Problems(StateTaxParameters p)
    {
        if (!UsState.IsJurisdiction(p.Jurisdiction)) yield return $"{p.Jurisdiction} is no state";
        if (!p.Version.StartsWith($"{p.Jurisdiction}-{p.Year}.", StringComparison.Ordinal))
            yield return "the version is not {jurisdiction}-{year}.{revision}";
        if (p.WithoutIncomeTax is { Value: true } == (p.IncomeTax is not null))
            yield return "a state has an income tax or says that it has none";
        foreach (var problem in p.IncomeTax is { } tax ? Problems(tax) : []) yield return problem;
    }

    private static IEnumerable<string> Problems(StateIncomeTaxParameters p) =>
    [
        .. FilingStatuses.All.SelectMany(status => BracketCheck.Problems(p.Rates.Value.For(status), status, mayBeginUntaxed: true)),
        .. p.Deductions.Concat(p.Credits).SelectMany(pair => Steps(pair.Key, pair.Value)),
        .. Shares(p),
        .. Instalments(p.Instalments),
    ];

    /// <summary>Steps rise, and the last one, and only it, has no end.</summary>
    private static IEnumerable<string> Steps(string code, StateAllowance allowance)
    {
        foreach (var status in FilingStatuses.All)
        {
            var limits = allowance.Value.For(status).Select(step => step.UpTo).ToList();
            var doRise = limits.Zip(limits.Skip(1))
                .All(pair => pair.First is { } first && (pair.Second is not { } second || second > first));
            if (limits.Count == 0 || limits[^1] is not null || !doRise)
                yield return $"the steps of {code} of {status.Code()} do not rise to an open one";
        }
    }

    private static IEnumerable<string> Shares(StateIncomeTaxParameters p)
    {
        TaxFigure?[] shares =
        [
            p.BusinessIncomeDeduction?.Rate, p.TaxpayerCredit?.Rate, p.TaxpayerCredit?.PhaseOutRate, p.Surtax?.Rate,
            p.Instalments.CurrentYearShare, p.Instalments.PriorYearShare,
        ];
        foreach (var share in shares)
            if (share is { Value: <= 0 or > 1 }) yield return $"{share.Path} is no share";
        if (p.CreditReduction is { } reduction && FilingStatuses.All.Any(status => reduction.Step.Value.For(status) <= 0))
            yield return "a step of the reduction of credits is nothing";
    }

    private static IEnumerable<string> Instalments(StateInstalmentParameters p)
    {
        var shares = p.CumulativeShares.Value;
        if (shares.Count != Dates || shares[^1] != 1 || shares.Zip(shares.Skip(1)).Any(pair => pair.First > pair.Second))
            yield return "the shares of the instalments do not grow to the whole";
        if (p.PriorYearShareHighIncome is null != p.HighIncomeOver is null)
            yield return "a share for high incomes needs the income, and the other way round";
    }
}

using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.Germany;

/// <summary>Reads one parameter file of Germany, strictly.</summary>
public static class GermanTaxFile
{
    /// <summary>By how much the formulas of two zones may differ where they meet, in euros: the law rounds its constants.</summary>
    private const decimal Joint = 1;

    /// <summary>The parameters that the text holds.</summary>
    /// <exception cref="InvalidDataException">It is no parameter file, or its figures disagree.</exception>
    public static GermanTaxParameters Parse(string json) =>
        ParameterJson.Read<GermanTaxParameters>(json, Problems, parameters => parameters.Version);

    private static IEnumerable<string> Problems(GermanTaxParameters p)
    {
        if (p.Jurisdiction != TaxYear.Germany) yield return $"{p.Jurisdiction} is not the jurisdiction of these figures";
        if (!p.Version.StartsWith($"{p.Jurisdiction}-{p.Year}.", StringComparison.Ordinal))
            yield return "the version is not {jurisdiction}-{year}.{revision}";
        TaxFigure[] ends = [p.IncomeTax.BasicAllowance, p.IncomeTax.FirstZoneEnd, p.IncomeTax.SecondZoneEnd, p.IncomeTax.ThirdZoneEnd];
        if (ends.Zip(ends.Skip(1)).Any(pair => pair.First.Value >= pair.Second.Value)) yield return "the zones of the tariff do not rise";
        foreach (var end in ends)
        {
            var jump = GermanTariff.Exact(p.IncomeTax, end.Value + 1) - GermanTariff.Exact(p.IncomeTax, end.Value);
            if (jump is < 0 or > Joint) yield return $"the tariff jumps by {jump} at {end.Path}";
        }
        TaxFigure[] shares =
        [
            p.IncomeTax.ThirdRate, p.IncomeTax.FourthRate, p.Solidarity.Rate, p.Solidarity.FadingRate, p.ChurchTax.Rate,
            p.ChurchTax.RateInBavariaAndBadenWurttemberg,
        ];
        foreach (var share in shares)
            if (share.Value is <= 0 or > 1) yield return $"{share.Path} is no share";
        var categories = p.Profit.Categories.Value;
        if (categories.DistinctBy(category => category.Code).Count() != categories.Count) yield return "a category stands twice";
        if (categories.Any(category => category.DeductibleShare is < 0 or > 1)) yield return "a category has no share";
    }
}

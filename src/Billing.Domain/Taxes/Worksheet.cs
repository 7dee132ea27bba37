namespace Billing.Domain.Taxes;

/// <summary>Collects the lines of one calculation in the order in which they are worked out.</summary>
/// <param name="money">What its amounts count.</param>
public sealed class Worksheet(TaxUnit money = TaxUnit.Dollars)
{
    private readonly List<TaxLine> _lines = [];

    /// <summary>The lines so far, earlier ones first.</summary>
    public IReadOnlyList<TaxLine> Lines => _lines;

    /// <summary>Adds an amount of money.</summary>
    public TaxLine Add(
        string code, string label, string? formLine, decimal exact, string formula, params TaxInput[] inputs) =>
        Keep(new TaxLine(code, label, formLine, exact, money, formula, inputs));

    /// <summary>Adds a share, ratio or count.</summary>
    public TaxLine AddNumber(
        string code, string label, string? formLine, decimal exact, string formula, params TaxInput[] inputs) =>
        Keep(new TaxLine(code, label, formLine, exact, TaxUnit.Number, formula, inputs));

    private TaxLine Keep(TaxLine line)
    {
        _lines.Add(line);
        return line;
    }
}

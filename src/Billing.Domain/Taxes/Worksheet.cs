namespace Billing.Domain.Taxes;

/// <summary>Whether lines are rounded as they are worked out.</summary>
public enum LineRounding
{
    /// <summary>Not at all: estimates go on from exact figures, and income tax is by the rate schedules.</summary>
    None,

    /// <summary>Every line to whole dollars, half up, and income tax by the Tax Table: as a filed return has it.</summary>
    WholeDollars,
}

/// <summary>Collects the lines of one calculation in the order in which they are worked out.</summary>
public sealed class Worksheet
{
    private static readonly Dictionary<string, string> AsTheyAre = [];

    private readonly List<TaxLine> _lines;
    private readonly string _part;
    private readonly IReadOnlyDictionary<string, string> _formLines;

    /// <param name="rounding">Of its lines.</param>
    /// <param name="money">What its amounts count.</param>
    public Worksheet(LineRounding rounding = LineRounding.None, TaxUnit money = TaxUnit.Dollars)
        : this([], "", AsTheyAre, rounding, money)
    {
    }

    private Worksheet(
        List<TaxLine> lines, string part, IReadOnlyDictionary<string, string> formLines, LineRounding rounding, TaxUnit money)
    {
        _lines = lines;
        _part = part;
        _formLines = formLines;
        Rounding = rounding;
        Money = money;
    }

    public LineRounding Rounding { get; }

    /// <summary>What amounts count.</summary>
    public TaxUnit Money { get; }

    /// <summary>The lines so far, earlier ones first.</summary>
    public IReadOnlyList<TaxLine> Lines => _lines;

    /// <summary>
    /// A part of this sheet in which a rule is worked out once more, such as for a period of the year: its lines and
    /// facts carry the part before their names.
    /// </summary>
    /// <param name="name">Such as <c>annualized.a</c>.</param>
    /// <param name="formLines">Where the part's form has a line, by code; other lines keep theirs.</param>
    public Worksheet Part(string name, IReadOnlyDictionary<string, string> formLines) =>
        new(_lines, $"{_part}{name}.", formLines, Rounding, Money);

    /// <summary>Adds an amount of money.</summary>
    public TaxLine Add(
        string code, string label, string? formLine, decimal exact, string formula, params TaxInput[] inputs) => Keep(
            code, label, formLine,
            Rounding == LineRounding.None ? exact : Math.Round(exact, MidpointRounding.AwayFromZero), Money,
            formula, inputs);

    /// <summary>Adds an amount that a form keeps in dollars and cents even where its other lines are whole dollars.</summary>
    public TaxLine AddInCents(
        string code, string label, string? formLine, decimal exact, string formula, params TaxInput[] inputs) => Keep(
            code, label, formLine, Rounding == LineRounding.None ? exact : Cents.Round(exact), Money, formula,
            inputs);

    /// <summary>Adds a share, ratio or count.</summary>
    public TaxLine AddNumber(
        string code, string label, string? formLine, decimal exact, string formula, params TaxInput[] inputs) =>
        Keep(code, label, formLine, exact, TaxUnit.Number, formula, inputs);

    private TaxLine Keep(
        string code, string label, string? formLine, decimal exact, TaxUnit unit, string formula, TaxInput[] inputs)
    {
        if (_part.Length > 0)
        {
            formLine = _formLines.GetValueOrDefault(code, formLine!);
            code = _part + code;
            for (var i = 0; i < inputs.Length; i++)
                if (inputs[i].Kind == TaxInputKind.Fact) inputs[i] = inputs[i] with { Name = _part + inputs[i].Name };
        }
        var line = new TaxLine(code, label, formLine, exact, unit, formula, inputs);
        _lines.Add(line);
        return line;
    }
}

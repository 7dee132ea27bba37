namespace Billing.Domain.Taxes;

/// <summary>What the figure of a line counts.</summary>
public enum TaxUnit
{
    /// <summary>US dollars.</summary>
    Dollars,

    /// <summary>Euros.</summary>
    Euros,

    /// <summary>A pure number: a share, a ratio, a count.</summary>
    Number,
}

/// <summary>
/// One line of the working: what it is called, where the form has it, how it came about and from what.
/// </summary>
/// <param name="Code">Stable address of the line, such as <c>se.tax.taxpayer</c>; unique within one estimate.</param>
/// <param name="Label">What the line is, for a person.</param>
/// <param name="FormLine">The form and line it fills, where there is one.</param>
/// <param name="Exact">The figure without any rounding; later lines go on from this one.</param>
/// <param name="Unit">What the figure counts.</param>
/// <param name="Formula">The rule in words, in terms of the inputs.</param>
/// <param name="Inputs">What the formula took, in its order.</param>
public sealed record TaxLine(
    string Code,
    string Label,
    string? FormLine,
    decimal Exact,
    TaxUnit Unit,
    string Formula,
    IReadOnlyList<TaxInput> Inputs)
{
    /// <summary>The figure to show: money rounded to the cent, half away from zero.</summary>
    public decimal Amount => Unit == TaxUnit.Number ? Exact : Cents.Round(Exact);

    /// <summary>The line as an input of a later one.</summary>
    public static implicit operator TaxInput(TaxLine line) => new(TaxInputKind.Line, line.Code, line.Exact);
}

/// <summary>Where an input comes from.</summary>
public enum TaxInputKind
{
    /// <summary>Something the person or the books said; its name is the place in the facts.</summary>
    Fact,

    /// <summary>A figure of the law; its name is the path in the parameter file.</summary>
    Parameter,

    /// <summary>An earlier line; its name is that line's code.</summary>
    Line,
}

/// <summary>One operand of a line.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Name">Its address there.</param>
/// <param name="Value">The value that was used, not rounded.</param>
/// <param name="Source">Of a parameter: where the figure was taken from.</param>
/// <param name="Confidence">Of a parameter: how well it is attested.</param>
public readonly record struct TaxInput(
    TaxInputKind Kind, string Name, decimal Value, string? Source = null, Parameters.Confidence? Confidence = null)
{
    /// <summary>An input that the person or the books gave.</summary>
    public static TaxInput Fact(string name, decimal value) => new(TaxInputKind.Fact, name, value);
}

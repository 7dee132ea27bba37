using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Taxes.Parameters;

/// <summary>How well a figure is attested.</summary>
public enum Confidence
{
    /// <summary>Written down without a checked source.</summary>
    Unverified,

    /// <summary>One source that was not checked.</summary>
    Low,

    /// <summary>One good secondary source that cites the primary one.</summary>
    Medium,

    /// <summary>Two independent sources agree.</summary>
    High,
}

/// <summary>What every entry of a parameter file says beside its value.</summary>
/// <param name="Source">Where the value was taken from; abbreviations are in the file's <c>sources</c>.</param>
/// <param name="Confidence">How well it is attested.</param>
/// <param name="Path">Its address in the file, written by the loader.</param>
/// <param name="Note">What a reader should know.</param>
public abstract record Sourced(string Source, Confidence Confidence, string Path, string? Note);

/// <summary>One number of the law: dollars or a share.</summary>
public sealed record TaxFigure(decimal Value, string Source, Confidence Confidence, string Path, string? Note = null)
    : Sourced(Source, Confidence, Path, Note)
{
    /// <summary>The figure as an input of a line.</summary>
    public static implicit operator TaxInput(TaxFigure figure) =>
        new(TaxInputKind.Parameter, figure.Path, figure.Value, figure.Source, figure.Confidence);
}

/// <summary>One number of the law that differs by filing status.</summary>
public sealed record TaxFigureByStatus(
    ByStatus<decimal> Value, string Source, Confidence Confidence, string Path, string? Note = null)
    : Sourced(Source, Confidence, Path, Note)
{
    /// <summary>The figure of one status.</summary>
    public TaxFigure For(FilingStatus status) =>
        new(Value.For(status), Source, Confidence, $"{Path}.{status.Code()}", Note);
}

/// <summary>A value of another shape: a table, a list.</summary>
public sealed record TaxTable<T>(T Value, string Source, Confidence Confidence, string Path, string? Note = null)
    : Sourced(Source, Confidence, Path, Note)
{
    /// <summary>One number out of the table as an input of a line.</summary>
    /// <param name="place">Its address inside the table.</param>
    /// <param name="value">The number.</param>
    public TaxInput Part(string place, decimal value) =>
        new(TaxInputKind.Parameter, $"{Path}.{place}", value, Source, Confidence);
}

/// <summary>
/// One value for each filing status; all five are always written out, so that none is taken for another.
/// </summary>
[SuppressMessage("Naming", "CA1720", Justification = "Single is the status's name on the form.")]
public sealed record ByStatus<T>(T Single, T Mfj, T Mfs, T Hoh, T Qss)
{
    /// <summary>The value of one status.</summary>
    public T For(FilingStatus status) => status switch
    {
        FilingStatus.Single => Single,
        FilingStatus.MarriedFilingJointly => Mfj,
        FilingStatus.MarriedFilingSeparately => Mfs,
        FilingStatus.HeadOfHousehold => Hoh,
        FilingStatus.QualifyingSurvivingSpouse => Qss,
        _ => throw new UnreachableException(),
    };
}

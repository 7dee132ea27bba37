using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Documents;

/// <summary>
/// A quarterly tax estimate as it is printed: what is due next and why, the four dates, and the working.
/// </summary>
public sealed record TaxReportModel
{
    /// <summary>Such as <c>Estimated tax, second quarter</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Whose practice it is.</summary>
    public required string Practice { get; init; }

    public required int TaxYear { get; init; }

    /// <summary>In words, such as <c>Married filing jointly</c>.</summary>
    public required string FilingStatus { get; init; }

    /// <summary>The report knows what was known on this day.</summary>
    public required LocalDate AsOf { get; init; }

    /// <summary>Null once nothing of the year is due any more.</summary>
    public TaxDueModel? NextDue { get; init; }

    public required IReadOnlyList<TaxInstalmentModel> Instalments { get; init; }
    public required IReadOnlyList<TaxWorkingModel> Working { get; init; }

    /// <summary>Names the parameter data that the figures come from.</summary>
    public required string ParameterVersion { get; init; }

    /// <summary>Publications that the parameters come from; an http or https address becomes a link.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    public required string Disclaimer { get; init; }
    public DocumentStyle Style { get; init; } = new();
}

public sealed record TaxDueModel(Money Amount, LocalDate DueOn, string Why);

/// <param name="Label">Such as <c>1st quarter</c>.</param>
public sealed record TaxInstalmentModel(string Label, LocalDate DueOn, Money Required, Money Paid, Money Remaining);

public sealed record TaxWorkingModel(string Heading, IReadOnlyList<TaxWorkingRowModel> Rows);

/// <param name="FormLine">Such as <c>Schedule SE, line 4a</c>.</param>
/// <param name="Figure">The amount, or a percentage or count as printed.</param>
/// <param name="IsResult">The row sums up the ones above it.</param>
public sealed record TaxWorkingRowModel(string Label, string? FormLine, string Figure, bool IsResult = false)
{
    public TaxWorkingRowModel(string label, string? formLine, Money amount, bool isResult = false)
        : this(label, formLine, PrintedText.Of(amount), isResult)
    {
    }
}

using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Documents;

/// <summary>
/// A quarterly tax estimate as it is printed: what is due next and why, the four dates, and the working.
/// </summary>
public sealed record TaxReportModel
{
    public DocumentLanguage Language { get; init; } = DocumentLanguage.Of(null);

    /// <summary>Such as <c>Estimated tax, second quarter</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Whose practice it is.</summary>
    public required string Practice { get; init; }

    public required int TaxYear { get; init; }

    /// <summary>In words, such as <c>Married filing jointly</c>.</summary>
    public required string FilingStatus { get; init; }

    /// <summary>The report knows what was known on this day.</summary>
    public required LocalDate AsOf { get; init; }

    /// <summary>The one thing to do, in a sentence.</summary>
    public required string Headline { get; init; }

    /// <summary>Why, in plain words; each a paragraph.</summary>
    public IReadOnlyList<string> PlainWords { get; init; } = [];

    /// <summary>Empty where nothing is to be paid now.</summary>
    public IReadOnlyList<string> HowToPay { get; init; } = [];

    public required IReadOnlyList<TaxInstalmentModel> Instalments { get; init; }

    /// <summary>Two ways to spread the year's payments; null where they come to the same.</summary>
    public TaxMethodsModel? Methods { get; init; }

    /// <summary>What of each dollar to put aside, and why.</summary>
    public IReadOnlyList<TaxShareModel> SetAside { get; init; } = [];

    /// <summary>Estimated tax paid for the year.</summary>
    public IReadOnlyList<TaxPaymentModel> Payments { get; init; } = [];

    /// <summary>The year by month; null for none.</summary>
    public BarChartModel? Chart { get; init; }

    /// <summary>Null where no estimate was given before.</summary>
    public TaxChangesModel? Changes { get; init; }

    public required IReadOnlyList<TaxWorkingModel> Working { get; init; }

    /// <summary>Names the parameter data that the figures come from.</summary>
    public required string ParameterVersion { get; init; }

    /// <summary>Publications that the parameters come from; an http or https address becomes a link.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    public required string Disclaimer { get; init; }

    /// <summary>What the sources are worth, in English, as the parameters say it; null for nothing.</summary>
    public string? Provenance { get; init; }

    public DocumentStyle Style { get; init; } = new();
}

/// <param name="Label">Such as <c>1st quarter</c>.</param>
public sealed record TaxInstalmentModel(string Label, LocalDate DueOn, Money Required, Money Paid, Money Remaining);

/// <param name="Words">What the choice is about.</param>
public sealed record TaxMethodsModel(string Words, IReadOnlyList<TaxMethodRowModel> Rows);

/// <param name="Regular">In four equal parts.</param>
/// <param name="Annualized">By when the income came.</param>
public sealed record TaxMethodRowModel(string Label, Money Regular, Money Annualized);

/// <param name="Share">Such as <c>23.05 %</c>.</param>
public sealed record TaxShareModel(string Label, string Share);

/// <param name="Label">Such as <c>1st quarter</c>.</param>
public sealed record TaxPaymentModel(LocalDate PaidOn, string Label, Money Amount, string? Confirmation);

/// <param name="Since">Which estimate it is held against, in a sentence.</param>
/// <param name="Reasons">What changed, each in a sentence; never empty.</param>
public sealed record TaxChangesModel(string Since, IReadOnlyList<string> Reasons, IReadOnlyList<TaxChangedLineModel> Lines);

/// <param name="Before">As printed; empty where there was none.</param>
public sealed record TaxChangedLineModel(string Label, string? FormLine, string Before, string Now);

public sealed record TaxWorkingModel(string Heading, IReadOnlyList<TaxWorkingRowModel> Rows);

/// <param name="FormLine">Such as <c>Schedule SE, line 4a</c>.</param>
/// <param name="Figure">The amount, or a percentage or count as printed.</param>
/// <param name="IsResult">The row sums up the ones above it.</param>
public sealed record TaxWorkingRowModel(string Label, string? FormLine, string Figure, bool IsResult = false)
{
    /// <summary>By which the line is explained; null for none.</summary>
    public string? Code { get; init; }
}

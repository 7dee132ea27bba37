using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Documents;

/// <summary>All that happened about one invoice, in plain words, for somebody who knows nothing of it.</summary>
public sealed record DisputeSummaryModel
{
    public required DocumentLanguage Language { get; init; }
    public required Party Seller { get; init; }
    public required Party Client { get; init; }
    public required string InvoiceNumber { get; init; }
    public required LocalDate IssuedOn { get; init; }
    public required LocalDate DueOn { get; init; }

    /// <summary>From the total down to what is open, each with its sign.</summary>
    public required IReadOnlyList<(string Label, Money Amount)> Account { get; init; }

    public required Money Open { get; init; }

    /// <summary>In the order in which it was written down.</summary>
    public required IReadOnlyList<TimelineModel> Timeline { get; init; }

    /// <summary>Of the practice; every time is in it.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What lies beside the summary.</summary>
    public required IReadOnlyList<(string Name, string What)> Files { get; init; }

    /// <summary>The day of the last thing that happened.</summary>
    public required LocalDate AsOf { get; init; }

    public DocumentStyle Style { get; init; } = new();
}

/// <param name="What">A sentence.</param>
public sealed record TimelineModel(LocalDateTime At, string What);

using NodaTime;

namespace Billing.Projections.Documents;

/// <summary>Hours that were worked, as they are printed: no rate and no amount is on it.</summary>
public sealed record TimesheetModel
{
    public required DocumentLanguage Language { get; init; }
    public required Party Practice { get; init; }

    /// <summary>Whose work it was done for; null where it is of several clients.</summary>
    public Party? Client { get; init; }

    /// <summary>Who did the work; null where it is of several people.</summary>
    public string? Assistant { get; init; }

    /// <summary>The invoice that it is behind; null for none.</summary>
    public string? InvoiceNumber { get; init; }

    public required LocalDate From { get; init; }

    /// <summary>The last day.</summary>
    public required LocalDate Through { get; init; }

    /// <summary>One for each engagement, in their order.</summary>
    public required IReadOnlyList<TimesheetGroupModel> Groups { get; init; }

    public DocumentStyle Style { get; init; } = new();
}

/// <param name="Name">Of the engagement, with its client where the sheet is of several.</param>
/// <param name="Hours">In the order of their days.</param>
public sealed record TimesheetGroupModel(string Name, IReadOnlyList<WorkedHoursModel> Hours);

using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Taxes;

/// <summary>What a practice wants to be told of its taxes, and who sees them by a link.</summary>
public abstract record TaxPolicyEvent
{
    private TaxPolicyEvent() { }

    /// <summary>Whether a reminder is mailed ahead of each due date; a later one replaces it.</summary>
    /// <param name="DaysBefore">Null for none.</param>
    /// <param name="Recipient">Null for the practice's own address.</param>
    public sealed record TaxRemindersSet(int? DaysBefore, [property: Confidential] string? Recipient, Instant SetAt) : TaxPolicyEvent;

    /// <summary>An unguessable link was made.</summary>
    /// <param name="Opens">One of <see cref="TaxLinkKind"/>.</param>
    /// <param name="TokenHash">SHA-256 of the link's secret, lower-case hexadecimal.</param>
    public sealed record TaxLinkMade(Guid LinkId, string Opens, string TokenHash, Instant MadeAt) : TaxPolicyEvent;

    public sealed record TaxLinkRevoked(Guid LinkId, Instant RevokedAt) : TaxPolicyEvent;
}

/// <summary>What a link opens. A calendar's address lies with whoever keeps the calendar, so it opens nothing else.</summary>
public static class TaxLinkKind
{
    /// <summary>The due dates with what to pay, as iCalendar.</summary>
    public const string Calendar = "calendar";

    /// <summary>The quarterly report with its working.</summary>
    public const string Report = "report";

    public static IReadOnlyList<string> All { get; } = [Calendar, Report];
}

using System.Collections.Immutable;
using NodaTime;

namespace Billing.Domain.RecurringInvoices;

/// <param name="Terms">Null where there is no such recurring invoice.</param>
/// <param name="NextFrom">Where the next period begins.</param>
/// <param name="Done">What became of each period so far, in their order.</param>
public sealed record RecurringInvoiceState(
    RecurringInvoiceEvent.RecurringInvoiceSet? Terms, LocalDate NextFrom, bool IsPaused, bool IsEnded, ImmutableList<DonePeriod> Done)
{
    public static RecurringInvoiceState None { get; } = new(null, default, false, false, []);

    /// <summary>The periods to come, were it not paused; none after its end.</summary>
    public IEnumerable<RecurringPeriod> ToCome =>
        Terms is { } terms && !IsEnded ? terms.Plan.Since(Done.Count + 1, NextFrom) : [];

    /// <summary>The next of them; null after the last.</summary>
    public RecurringPeriod? Next => ToCome.FirstOrDefault();
}

/// <param name="InvoiceId">Null where it was skipped, or had nothing but a retainer's fee.</param>
/// <param name="FeeInvoiceId">The deposit that asks for the retainer's fee.</param>
/// <param name="Skipped">One of <see cref="WhySkipped"/>; null where it was invoiced.</param>
public sealed record DonePeriod(
    LocalDate From, LocalDate EndExclusive, Guid? InvoiceId, Guid? FeeInvoiceId, string? Skipped, Instant At);

public static class RecurringStatus
{
    public const string Active = "active", Paused = "paused";

    /// <summary>No period is left.</summary>
    public const string Ended = "ended";

    public static string Of(bool hasNext, bool isPaused) => !hasNext ? Ended : isPaused ? Paused : Active;
}

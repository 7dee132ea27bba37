using NodaTime;
using NodaTime.Text;

namespace Billing.Domain.Access;

/// <summary>What lies in a closed period stays as it is. Every subject that dates facts asks here.</summary>
public static class PeriodLock
{
    /// <summary>Null where the day is open.</summary>
    /// <param name="day">The day to which the fact belongs.</param>
    /// <param name="field">JSON pointer to where the request says the day; null where it does not say it.</param>
    public static Rejection? Refuse(BusinessState business, LocalDate day, string? field) =>
        business is BusinessState.Open { LockedThrough: { } through } && day <= through
            ? new Rejection(
                "period-locked",
                $"The books are closed through {LocalDatePattern.Iso.Format(through)}, and this is of "
                + $"{LocalDatePattern.Iso.Format(day)}. Date it later, or have the owner move the lock.",
                field)
            : null;
}

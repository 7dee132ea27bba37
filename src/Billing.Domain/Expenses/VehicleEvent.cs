using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Expenses;

/// <summary>What happens to a vehicle that is used for the business.</summary>
public abstract record VehicleEvent
{
    private VehicleEvent() { }

    public sealed record VehicleAdded(
        Guid VehicleId, [property: Confidential] string? Name, bool IsLeased, Instant AddedAt) : VehicleEvent;

    /// <summary>How its costs are deducted in a year, in full; a later one replaces it.</summary>
    /// <param name="Method">One of <see cref="VehicleMethod"/>.</param>
    /// <param name="TotalHundredths">All that it was driven in the year, private trips too; null where it is not known.</param>
    /// <param name="Unit"><c>mi</c> or <c>km</c>; null like the distance.</param>
    public sealed record VehicleYearSet(
        int Year, string Method, long? TotalHundredths, string? Unit, Instant SetAt) : VehicleEvent;
}

/// <summary>How a vehicle's costs are deducted in a year; never both ways at once.</summary>
public static class VehicleMethod
{
    /// <summary>Each trip at the rate of its day.</summary>
    public const string Standard = "standard";

    /// <summary>What was paid for the vehicle, by the share of its distance that was for the business.</summary>
    public const string Actual = "actual";
}

using System.Globalization;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>
/// One surcharge as data: when it applies, and how much it adds to an hour, either a part of the rate or an amount.
/// </summary>
/// <param name="Kind">rush, evening, weekend, holiday or overtime.</param>
/// <param name="BasisPoints">Hundredths of a percent of the rate; null where it adds an amount.</param>
/// <param name="PerHourMinor">What it adds to an hour; null where it adds a part.</param>
/// <param name="Currency">ISO 4217 code of the amount; for work in another currency it does not apply.</param>
/// <param name="FromMinute">Evening: local minute of the day at which it begins, 0 to 1439.</param>
/// <param name="ToMinute">Evening: local minute at which it ends, exclusive; where it is not later, that of the next
/// day.</param>
/// <param name="DaysOfWeek">Weekend: 1 for Monday to 7 for Sunday.</param>
/// <param name="Dates">Holiday: its days.</param>
/// <param name="Name">What it is called beside its kind, such as the name of a list of holidays; null where nothing.</param>
/// <param name="OverSeconds">Overtime: what is worked beyond it.</param>
/// <param name="Per">Overtime: day or week, which begins on Monday.</param>
/// <param name="Of">Overtime: engagement or all, whose work of the assistant counts.</param>
/// <param name="Zone">practice or assistant: whose local time is meant; null for the assistant's.</param>
public sealed record SurchargeRule(
    string Kind, int? BasisPoints, long? PerHourMinor, string? Currency, int? FromMinute, int? ToMinute,
    IReadOnlyList<int>? DaysOfWeek, IReadOnlyList<LocalDate>? Dates, string? Name, int? OverSeconds, string? Per, string? Of,
    string? Zone)
{
    /// <summary>A rule of a kind that says nothing else yet.</summary>
    public static SurchargeRule OfKind(string kind) =>
        new(kind, null, null, null, null, null, null, null, null, null, null, null, null);

    public const string Rush = "rush";
    public const string Evening = "evening";
    public const string Weekend = "weekend";
    public const string Holiday = "holiday";
    public const string Overtime = "overtime";
    public const string PerDay = "day";
    public const string PerWeek = "week";
    public const string OfEngagement = "engagement";
    public const string OfAll = "all";
    public const string PracticeZone = "practice";
    public const string AssistantZone = "assistant";

    public static IReadOnlyList<string> Kinds { get; } = [Rush, Evening, Weekend, Holiday, Overtime];

    /// <summary>What it adds to an hour at a rate, in ten-thousandths of a minor unit.</summary>
    public long AddsTenThousandths(long perHourMinor) =>
        checked((perHourMinor * (BasisPoints ?? 0)) + ((PerHourMinor ?? 0) * HourlyPrice.Scale));

    /// <summary>As a line says it: <c>evening +50 %</c>.</summary>
    public string InWords()
    {
        var what = Name is null ? Kind : $"{Kind} ({Name})";
        if (BasisPoints is { } points)
            return string.Create(CultureInfo.InvariantCulture, $"{what} +{points / 100m:0.##} %");
        var amount = Values.Currency.TryOf(Currency, out var currency)
            ? new Money(PerHourMinor ?? 0, currency).ToString()
            : (PerHourMinor ?? 0).ToString(CultureInfo.InvariantCulture);
        return $"{what} +{amount} an hour";
    }

    /// <summary>Whether it applies only when another rule does, and then adds no more.</summary>
    public bool AddsAtMost(SurchargeRule other) =>
        (this with { Name = null, BasisPoints = null, PerHourMinor = null, DaysOfWeek = null, Dates = null })
            == (other with { Name = null, BasisPoints = null, PerHourMinor = null, DaysOfWeek = null, Dates = null })
        && (DaysOfWeek ?? []).All((other.DaysOfWeek ?? []).Contains) && (Dates ?? []).All((other.Dates ?? []).Contains)
        && BasisPoints is null == other.BasisPoints is null
        && (BasisPoints ?? 0) <= (other.BasisPoints ?? 0) && (PerHourMinor ?? 0) <= (other.PerHourMinor ?? 0);

    public bool Says(SurchargeRule other) =>
        this with { DaysOfWeek = null, Dates = null } == other with { DaysOfWeek = null, Dates = null }
        && (DaysOfWeek ?? []).SequenceEqual(other.DaysOfWeek ?? []) && (Dates ?? []).SequenceEqual(other.Dates ?? []);
}

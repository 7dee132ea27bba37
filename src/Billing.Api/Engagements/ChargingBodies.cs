using System.ComponentModel.DataAnnotations;
using Billing.Api.Http;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Engagements;

/// <param name="AssistantId">Whom the rate is for; left out, for everyone. A client has none for single assistants.</param>
/// <param name="ValidUntilExclusive">First day on which it no longer holds; left out, it is open-ended.</param>
/// <param name="Task">The one task that it is for; left out, it is for any.</param>
/// <param name="TierSeconds">So much time of a month is at the rate, the rest at <paramref name="AbovePerHour"/>; both or
/// neither.</param>
public sealed record SetRateCardBody(
    Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive = null, Guid? AssistantId = null, Guid? CardId = null,
    [property: Text(CardRules.TaskMaxLength)] string? Task = null,
    [property: Range(1, CardRules.TierMaxSeconds)] long? TierSeconds = null, Money? AbovePerHour = null)
{
    internal SetRateCard WishOf(Guid cardId, Instant now) =>
        new(cardId, AssistantId, PerHour, ValidFrom, ValidUntilExclusive, now, Task, TierSeconds, AbovePerHour);
}

/// <param name="ValidUntilExclusive">First day on which it no longer holds; left out, it is open-ended.</param>
public sealed record SetCostBody(
    Guid AssistantId, Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive = null, Guid? CardId = null)
{
    internal SetCostCard WishOf(Guid cardId, Instant now) =>
        new(cardId, AssistantId, PerHour, ValidFrom, ValidUntilExclusive, now);
}

/// <param name="Kind">hourly, fixed-fee or capped.</param>
/// <param name="Amount">The fee or the cap; left out for hourly.</param>
/// <param name="Per">once or month; left out, once.</param>
public sealed record SetBillingModeBody(
    [property: OneOf(typeof(BillingMode), nameof(BillingMode.Kinds))] string Kind, LocalDate ValidFrom,
    Money? Amount = null, string? Per = null, Guid? Id = null)
{
    internal SetBillingMode WishOf(Guid id, Instant now) => new(id, Kind, Amount, Per, ValidFrom, now);
}

/// <param name="Combine">highest or sum: what of several surcharges on the same second.</param>
public sealed record SetSurchargesBody(IReadOnlyList<SurchargeBody> Rules, LocalDate ValidFrom, string Combine = SurchargeSet.Highest)
{
    internal SetSurcharges WishOf(Instant now) => new([.. Rules.Select(rule => rule.ToRule())], Combine, ValidFrom, now);
}

/// <param name="Kind">rush, evening, weekend, holiday or overtime.</param>
/// <param name="BasisPoints">Hundredths of a percent of the rate; this or <paramref name="PerHour"/>.</param>
/// <param name="FromMinute">Evening: local minute of the day at which it begins, 0 to 1439.</param>
/// <param name="ToMinute">Evening: local minute at which it ends, exclusive; where it is not later, of the next day.</param>
/// <param name="DaysOfWeek">Weekend: 1 for Monday to 7 for Sunday.</param>
/// <param name="Dates">Holiday: its days.</param>
/// <param name="Name">What it is called beside its kind, such as the name of a list of holidays.</param>
/// <param name="OverSeconds">Overtime: what is worked beyond it.</param>
/// <param name="Per">Overtime: day or week.</param>
/// <param name="Of">Overtime: engagement or all, whose work counts.</param>
/// <param name="Zone">practice or assistant: whose clock; left out, the assistant's.</param>
public sealed record SurchargeBody(
    [property: OneOf(typeof(SurchargeRule), nameof(SurchargeRule.Kinds))] string Kind, int? BasisPoints = null,
    Money? PerHour = null, int? FromMinute = null, int? ToMinute = null,
    IReadOnlyList<int>? DaysOfWeek = null, IReadOnlyList<LocalDate>? Dates = null,
    [property: Text(CardRules.TaskMaxLength)] string? Name = null, int? OverSeconds = null, string? Per = null, string? Of = null,
    string? Zone = null)
{
    internal SurchargeRule ToRule() => new(
        Kind, BasisPoints, PerHour?.Minor, PerHour?.Currency.Code, FromMinute, ToMinute, DaysOfWeek, Dates, Name, OverSeconds, Per,
        Of, Zone);
}

/// <param name="Rounding">Left out, the practice's policy holds.</param>
/// <param name="MinimumSeconds">An entry is billed as at least so long.</param>
public sealed record SetTimeRuleBody(
    LocalDate ValidFrom, Access.RoundingBody? Rounding = null,
    [property: Range(0, Engagement.MinimumMaxSeconds)] int MinimumSeconds = 0)
{
    internal SetTimeRule WishOf(Instant now) => new(
        Rounding is { } r ? new RoundingPolicy(r.IncrementSeconds, r.Direction, r.Scope) : null, MinimumSeconds, ValidFrom, now);
}

/// <summary>No hour gets dearer for work of those days.</summary>
/// <param name="UntilExclusive">First day of work that the promise no longer covers.</param>
public sealed record LockRatesBody(LocalDate ValidFrom, LocalDate UntilExclusive);

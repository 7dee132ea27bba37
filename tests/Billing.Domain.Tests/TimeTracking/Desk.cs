using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;
using NodaTime;
using NodaTime.Text;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>An assistant in Helsinki, one engagement, and words for what happens at the desk in the week 2026-W14.</summary>
internal static class Desk
{
    public static readonly Guid Assistant = Id(0xA);
    public static readonly Guid ClientId = Id(0xC);
    public static readonly Guid EngagementId = Id(0xE);
    public static readonly Guid OtherEngagementId = Id(0xE2);
    public static readonly Guid Invoice = Id(0x111);
    public static readonly Guid OtherInvoice = Id(0x112);
    public static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    /// <summary>Friday of the week in which everything happens, 2026-03-30 to 2026-04-05.</summary>
    public static readonly Instant Now = At("2026-04-03 18:00");
    public static readonly TimesheetWeek Week = TimesheetWeek.Of(Assistant, new LocalDate(2026, 4, 3));

    /// <summary>The practice, with the policies that hold until it sets its own, and no closed period.</summary>
    public static readonly BusinessState Juniper = Business.Stream.Fold(
        [new BusinessEvent.BusinessOpened(Id(0xB), "Juniper", "Europe/Helsinki", "EUR", Now)]);

    public static readonly ClientEvent.ClientAdded ClientAdded = new(ClientId, "Globex", null, [], "USD", null, Now);
    public static readonly EngagementEvent.EngagementAgreed Agreed = new(EngagementId, ClientId, "USD", "Inbox care", Now);
    public static readonly ClientState Globex = Client.Stream.Fold([ClientAdded]);
    public static readonly ClientState ArchivedGlobex = Client.Stream.Fold([ClientAdded, new ClientEvent.ClientArchived(Now)]);
    public static readonly EngagementState Inbox = Engagement.Stream.Fold([Agreed]);
    public static readonly EngagementState Calls = Engagement.Stream.Fold([Agreed with { EngagementId = OtherEngagementId }]);

    /// <summary>The practice after its books were closed through that day.</summary>
    public static BusinessState LockedThrough(string day) => Business.Stream.Evolve(
        Juniper, new BusinessEvent.PeriodLocked(LocalDatePattern.Iso.Parse(day).Value, "Filed", Now));

    public static BusinessState With(TimekeepingPolicy policy) => Business.Stream.Evolve(
        Juniper, new BusinessEvent.TimekeepingPolicySet(
            policy.WhileRunning, policy.ForgottenAfterSeconds, policy.CapSeconds, Now, policy.WhenForgotten));

    public static Guid Id(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    /// <summary>The instant of a clock on the wall.</summary>
    public static Instant At(string local, string zone = "Europe/Helsinki") =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(local).Value
            .InZoneStrictly(DateTimeZoneProviders.Tzdb[zone]).ToInstant();

    public static TimeSpent Between(string start, string end) => new TimeSpent.Between(At(start), At(end));

    public static TimeSpent OnDay(string day, long seconds) => new TimeSpent.OnDay(LocalDatePattern.Iso.Parse(day).Value, seconds);

    public static LogTime Log(int id, TimeSpent time) =>
        new(Id(id), Assistant, EngagementId, time, "Mails", Billable: true, Helsinki, Now);

    public static LogTime Log(int id, string start, string end) => Log(id, Between(start, end));

    public static TimeEntryLogged Logged(int id, string start, string end)
    {
        var (from, until) = (At(start), At(end));
        return new(
            Id(id), Assistant, EngagementId, ClientId, "Mails", true, from.InZone(Helsinki).Date, from, until,
            (long)(until - from).TotalSeconds, "Europe/Helsinki", Now);
    }

    public static TimeEntryLogged LoggedOnDay(int id, string day, long seconds) => new(
        Id(id), Assistant, EngagementId, ClientId, "Mails", true, LocalDatePattern.Iso.Parse(day).Value, null, null, seconds,
        "Europe/Helsinki", Now);

    public static StartTimer Start(int id, string? at = null) =>
        new(Id(id), Assistant, EngagementId, "Mails", Billable: true, Helsinki, at is null ? null : At(at), Now);

    public static TimerStarted Started(int id, string at) => new(
        Id(id), Assistant, EngagementId, ClientId, "Mails", true, At(at), At(at).InZone(Helsinki).Date, "Europe/Helsinki");

    public static CorrectEntry Correct(int id, TimeSpent time) =>
        new(Id(id), Week, EngagementId, time, "Mails", Billable: true, Now);

    public static TimesheetState Sheet(params IEnumerable<TimesheetEvent> history) => Timesheet.Stream.Fold(history);

    public static Outcome<TimesheetEvent> When(
        this Given<TimesheetState, TimesheetEvent> given, LogTime command, AdjacentWeeks? adjacent = null,
        EngagementState? engagement = null, ClientState? client = null, BusinessState? business = null) =>
        given.When(s => Timesheet.Decide(
            s, command, adjacent ?? AdjacentWeeks.Empty, engagement ?? Inbox, client ?? Globex, business ?? Juniper));

    public static Outcome<TimesheetEvent> When(
        this Given<TimesheetState, TimesheetEvent> given, StartTimer command, AdjacentWeeks? adjacent = null,
        EngagementState? engagement = null, ClientState? client = null, BusinessState? business = null) =>
        given.When(s => Timesheet.Decide(
            s, command, adjacent ?? AdjacentWeeks.Empty, engagement ?? Inbox, client ?? Globex, business ?? Juniper));

    public static Outcome<TimesheetEvent> When(
        this Given<TimesheetState, TimesheetEvent> given, StopTimer command, AdjacentWeeks? adjacent = null,
        BusinessState? business = null) =>
        given.When(s => Timesheet.Decide(s, command, adjacent ?? AdjacentWeeks.Empty, business ?? Juniper));

    public static Outcome<TimesheetEvent> When(
        this Given<TimesheetState, TimesheetEvent> given, RemoveEntry command, BusinessState? business = null) =>
        given.When(s => Timesheet.Decide(s, command, business ?? Juniper));

    public static Outcome<TimesheetEvent> When(
        this Given<TimesheetState, TimesheetEvent> given, CorrectEntry command, AdjacentWeeks? adjacent = null,
        EngagementState? engagement = null, ClientState? client = null, BusinessState? business = null) =>
        given.When(s => Timesheet.Decide(
            s, command, adjacent ?? AdjacentWeeks.Empty, engagement ?? Inbox, client ?? Globex, business ?? Juniper));
}

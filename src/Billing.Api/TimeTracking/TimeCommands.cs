using Billing.Api.Commands;
using Billing.Domain.TimeTracking;

namespace Billing.Api.TimeTracking;

public sealed record StartTimerCommand(CommandContext Context, StartTimer Wish) : ICommand;

/// <param name="EntryWeek">The week that holds the entry which goes on.</param>
public sealed record ContinueTimerCommand(CommandContext Context, TimesheetWeek EntryWeek, ContinueTimer Wish) : ICommand;

public sealed record StopTimerCommand(CommandContext Context, TimesheetWeek Week, StopTimer Wish) : ICommand;

public sealed record ResolveTimerCommand(CommandContext Context, TimesheetWeek Week, ResolveTimer Wish) : ICommand;

public sealed record LogTimeCommand(CommandContext Context, LogTime Wish) : ICommand;

public sealed record CorrectEntryCommand(CommandContext Context, CorrectEntry Wish) : ICommand;

public sealed record RemoveEntryCommand(CommandContext Context, TimesheetWeek Week, RemoveEntry Wish) : ICommand;

/// <param name="FoundIn">The week in which the read models have the entry; null where they don't know it.</param>
public sealed record SyncEntryCommand(CommandContext Context, SyncEntry Wish, TimesheetWeek? FoundIn) : ICommand;

public sealed record SetGridCommand(CommandContext Context, SetGrid Wish) : ICommand;

public sealed record HandInWeekCommand(CommandContext Context, HandInWeek Wish) : ICommand;

public sealed record ApproveWeekCommand(CommandContext Context, TimesheetWeek Week, ApproveWeek Wish) : ICommand;

public sealed record ReturnWeekCommand(CommandContext Context, TimesheetWeek Week, ReturnWeek Wish) : ICommand;

public sealed record ReopenWeekCommand(CommandContext Context, TimesheetWeek Week, ReopenWeek Wish) : ICommand;

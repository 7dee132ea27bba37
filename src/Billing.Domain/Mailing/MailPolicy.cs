using System.Diagnostics;
using NodaTime;
using static Billing.Domain.Mailing.MailPolicyEvent;

namespace Billing.Domain.Mailing;

public abstract record MailPolicyEvent
{
    private MailPolicyEvent() { }

    /// <summary>What the practice mails by itself from now on.</summary>
    /// <param name="SendsReceipts">A receipt for each payment that succeeds.</param>
    /// <param name="SendsReminders">Reminders that are due, each day.</param>
    /// <param name="ReminderDays">The steps: days after an invoice's due day, negative before it; rising.</param>
    /// <param name="SendsFailedCharges">That a charge without the client failed, to the client and to the practice; null, as false, for
    /// no.</param>
    public sealed record MailPolicySet(
        bool SendsReceipts, bool SendsReminders, IReadOnlyList<int> ReminderDays, Instant SetAt,
        bool? SendsFailedCharges = null) : MailPolicyEvent;
}

public sealed record SetMailPolicy(
    bool SendsReceipts, bool SendsReminders, IReadOnlyList<int> ReminderDays, Instant At, bool SendsFailedCharges = false);

/// <param name="SetAt">Null until the practice has said anything.</param>
public sealed record MailPolicyState(bool SendsReceipts, bool SendsReminders, IReadOnlyList<int> ReminderDays, Instant? SetAt)
{
    /// <summary>Nothing goes out unasked; reminders that a person sends come three days before and a week and three after.</summary>
    public static MailPolicyState Default { get; } = new(false, false, [-3, 7, 21], null);

    public bool SendsFailedCharges { get; init; }
}

/// <summary>What the practice mails by itself. The stream is <c>mail-policy-{practice's id}</c>.</summary>
public static class MailPolicy
{
    public const int MostSteps = 10;
    public const int FirstDay = -60;
    public const int LastDay = 365;

    public static readonly StreamType<MailPolicyState, MailPolicyEvent> Stream =
        new("mail-policy", MailPolicyState.Default, Evolve);

    public static MailPolicyState Evolve(MailPolicyState state, MailPolicyEvent @event) => @event switch
    {
        MailPolicySet e => new MailPolicyState(e.SendsReceipts, e.SendsReminders, e.ReminderDays, e.SetAt)
        {
            SendsFailedCharges = e.SendsFailedCharges ?? false,
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>reminder-days-malformed</c>.</summary>
    public static Decision<MailPolicyEvent> Decide(MailPolicyState state, SetMailPolicy command)
    {
        var days = command.ReminderDays;
        var isRising = days.Zip(days.Skip(1)).All(pair => pair.First < pair.Second);
        if (days.Count > MostSteps || !isRising || days.Any(day => day is < FirstDay or > LastDay))
        {
            return new Rejection(
                "reminder-days-malformed",
                $"Send at most {MostSteps} whole days from {FirstDay} (before due) to {LastDay} (after), each greater than the one before.",
                "/reminderDays", RejectionKind.Invalid);
        }
        var isSame = state.SetAt is not null && state.SendsReceipts == command.SendsReceipts
            && state.SendsReminders == command.SendsReminders && state.SendsFailedCharges == command.SendsFailedCharges
            && state.ReminderDays.SequenceEqual(days);
        return isSame
            ? Decision<MailPolicyEvent>.AlreadyDone
            : new MailPolicySet(
                command.SendsReceipts, command.SendsReminders, days, command.At, command.SendsFailedCharges ? true : null);
    }
}

namespace Billing.Domain.Access;

/// <summary>How the practice keeps time: one timer at most, and what becomes of one that was forgotten.</summary>
/// <param name="WhileRunning">What starting a timer does while another runs.</param>
/// <param name="ForgottenAfterSeconds">A timer that runs for so long counts as forgotten.</param>
/// <param name="CapSeconds">What a forgotten timer is cut to, or proposed to be cut to.</param>
/// <param name="WhenForgotten">What stopping a forgotten timer does where nobody says when the work ended.</param>
public sealed record TimekeepingPolicy(
    string WhileRunning, long ForgottenAfterSeconds, long CapSeconds, string WhenForgotten = TimekeepingPolicy.Warn)
{
    /// <summary>The running timer is stopped at the moment at which the other starts.</summary>
    public const string StopFirst = "stop-first";

    /// <summary>The other timer is not started.</summary>
    public const string Refuse = "refuse";

    /// <summary>All the time that it ran becomes the entry, and whoever stops it is told.</summary>
    public const string Warn = "warn";

    /// <summary>The entry ends at the cap, and whoever stops it is told.</summary>
    public const string Cap = "cap";

    private const long DaySeconds = 24 * 3600;
    private const long LeastSeconds = 60;

    /// <summary>What holds until the practice sets its own: twelve hours are a slip, eight are a working day.</summary>
    public static TimekeepingPolicy Default { get; } = new(Refuse, 12 * 3600, 8 * 3600);

    public static TimekeepingPolicy Of(BusinessState business) =>
        business is BusinessState.Open open ? open.Timekeeping : Default;

    /// <summary>Null where the policy can be kept: no entry is longer than a day, and no cut is longer than what is cut.</summary>
    internal Rejection? RefuseUnfit()
    {
        if (WhileRunning is not (StopFirst or Refuse))
        {
            return Invalid(
                "timer-policy-unknown", $"Starting while a timer runs is {StopFirst} or {Refuse}.", "/whileRunning");
        }
        if (WhenForgotten is not (Warn or Cap))
        {
            return Invalid(
                "forgotten-policy-unknown", $"Stopping a forgotten timer is {Warn} or {Cap}.", "/whenForgotten");
        }
        if (ForgottenAfterSeconds is < LeastSeconds or > DaySeconds)
        {
            return Invalid(
                "forgotten-after-out-of-range",
                $"A timer counts as forgotten after {LeastSeconds} to {DaySeconds} seconds.", "/forgottenAfterSeconds");
        }
        return CapSeconds < LeastSeconds || CapSeconds > ForgottenAfterSeconds
            ? Invalid(
                "timer-cap-out-of-range",
                $"A forgotten timer is cut to {LeastSeconds} seconds or more, and to no more than forgottenAfterSeconds.",
                "/capSeconds")
            : null;
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}

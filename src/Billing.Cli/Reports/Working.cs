using Billing.Cli.Shown;
using NodaTime;

namespace Billing.Cli.Reports;

/// <summary>How a figure came about: its formula, what went in, and the events behind it.</summary>
internal static class Working
{
    public static void Show(Screen screen, string formula, IReadOnlyList<InputView> inputs, IReadOnlyList<EventView> events)
    {
        screen.Say(formula);
        screen.Table(
            ["from", Column.Amount("value"), "source"],
            inputs.Select(input => new[] { input.Name, input.Value, input.Source }), "It has no inputs.");
        Show(screen, events);
    }

    public static void Show(Screen screen, IReadOnlyList<EventView> events)
    {
        if (events.Count == 0) return;
        screen.Say("");
        screen.Table(
            [Column.Amount("place"), "recorded (UTC)", "event", "by"],
            events.Select(e => new[]
            {
                FormattableString.Invariant($"{e.Place}"), Written.At(e.RecordedAt, DateTimeZone.Utc), e.Type, e.Actor,
            }));
    }
}

internal sealed record InputView(string Name, string Value, string? Source);

/// <param name="Place">In the book.</param>
internal sealed record EventView(long Place, string Type, string Actor, Instant RecordedAt);

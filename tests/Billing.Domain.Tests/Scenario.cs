namespace Billing.Domain.Tests;

/// <summary>Given what happened, when something is wished, then this is recorded or refused.</summary>
public static class Scenario
{
    public static Given<TState, TEvent> Given<TState, TEvent>(
        this StreamType<TState, TEvent> stream, params IEnumerable<TEvent> history)
        where TState : notnull
        where TEvent : notnull => new(stream.Fold(history));

    /// <summary>Folds a whole life, and checks that no kind of event is missing in it and none makes the fold throw.</summary>
    public static void Takes_every_kind_of_event<TState, TEvent>(
        this StreamType<TState, TEvent> stream, IReadOnlyCollection<TEvent> life)
        where TState : notnull
        where TEvent : notnull
    {
        var kinds = typeof(TEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(TEvent))).ToList();
        Assert.NotEmpty(kinds);
        Assert.Equal(
            kinds.Select(type => type.Name).Order(StringComparer.Ordinal),
            life.Select(@event => @event.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        Assert.NotNull(stream.Fold(life));
    }
}

public sealed record Given<TState, TEvent>(TState State)
    where TState : notnull
    where TEvent : notnull
{
    public Outcome<TEvent> When(Func<TState, Decision<TEvent>> decide) => new(decide(State));
}

public sealed record Outcome<TEvent>(Decision<TEvent> Decision)
    where TEvent : notnull
{
    /// <summary>Exactly these events, in this order; lists in them are compared by what they hold.</summary>
    public void Then(params IReadOnlyList<TEvent> expected)
    {
        var accepted = Assert.IsType<Decision<TEvent>.Accepted>(Decision);
        Assert.Equal(expected.SelectMany(Facts), accepted.Events.SelectMany(Facts));
    }

    public void ThenNothing() => Assert.Empty(Assert.IsType<Decision<TEvent>.Accepted>(Decision).Events);

    /// <summary>Properties of an event by name; a list is taken apart, since records compare lists by reference.</summary>
    private static IEnumerable<(string Name, object? Value)> Facts(TEvent @event)
    {
        yield return ("event", @event.GetType());
        foreach (var property in @event.GetType().GetProperties())
        {
            var value = property.GetValue(@event);
            if (value is System.Collections.IList list)
            {
                yield return (property.Name, list.Count);
                foreach (var item in list) yield return (property.Name, item);
            }
            else
            {
                yield return (property.Name, value);
            }
        }
    }

    public Rejection ThenRefused(string code, string? field = null)
    {
        var rejection = Assert.IsType<Decision<TEvent>.Rejected>(Decision).Rejection;
        Assert.Equal((code, field), (rejection.Code, rejection.Field));
        Assert.NotEmpty(rejection.Detail);
        return rejection;
    }
}

namespace Billing.Domain.Tests.Invoicing;

/// <summary>Checks of a stream's fold that hold for every stream.</summary>
internal static class EveryEvent
{
    /// <summary>
    /// The histories have every type of event in them; each event changes the state, so none is swallowed; and folding
    /// a history in two parts, cut anywhere, gives what folding it whole gives.
    /// </summary>
    public static void IsFolded<TState, TEvent>(StreamType<TState, TEvent> stream, params TEvent[][] histories)
        where TState : notnull
        where TEvent : notnull
    {
        var known = typeof(TEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(TEvent))).Select(type => type.Name);
        var told = histories.SelectMany(history => history).Select(@event => @event.GetType().Name).Distinct();
        Assert.Equal(known.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));

        foreach (var history in histories)
        {
            var state = stream.Initial;
            foreach (var @event in history)
            {
                var next = stream.Evolve(state, @event);
                Assert.True(Canonical.Text(state) != Canonical.Text(next), $"{@event.GetType().Name} changed nothing.");
                state = next;
            }
            for (var cut = 0; cut <= history.Length; cut++)
                Canonical.Same(state, stream.After(stream.Fold(history[..cut]), history[cut..]));
        }
    }
}

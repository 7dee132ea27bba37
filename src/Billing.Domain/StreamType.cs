namespace Billing.Domain;

/// <summary>
/// How the streams of one category are named and folded. The name is <c>{category}-{id}</c>.
/// </summary>
/// <typeparam name="TState">What deciding needs to know; immutable.</typeparam>
/// <typeparam name="TEvent">The closed hierarchy of the category's events.</typeparam>
public sealed record StreamType<TState, TEvent>(string Category, TState Initial, Func<TState, TEvent, TState> Evolve)
    where TState : notnull
    where TEvent : notnull
{
    public string Name(Guid id) => $"{Category}-{id:D}";

    public string Name(string id) => $"{Category}-{id}";

    public TState Fold(IEnumerable<TEvent> history) => history.Aggregate(Initial, Evolve);
}

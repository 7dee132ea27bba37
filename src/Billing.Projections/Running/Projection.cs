using Billing.Projections.Rows;

namespace Billing.Projections.Running;

/// <summary>
/// Works out the rows of its tables from the events that it lists. It sees each event once, in the order of the feed,
/// reads no other projection's tables, and knows no clock, so that a replay gives the same rows.
/// </summary>
internal abstract class Projection
{
    private readonly Dictionary<Type, Action<Fact, object>> handlers = [];

    /// <summary>Raised when the same events give other rows than before; the tables' definitions count by themselves.</summary>
    public abstract int Version { get; }

    public abstract IReadOnlyList<Table> Tables { get; }

    public IReadOnlyDictionary<Type, Action<Fact, object>> Handlers => handlers;

    protected void On<TEvent>(Action<Fact, TEvent> apply)
        where TEvent : notnull =>
        handlers.Add(typeof(TEvent), (fact, @event) => apply(fact, (TEvent)@event));
}

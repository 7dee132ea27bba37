namespace Billing.Domain.Tests.Invoicing;

/// <summary>Then: what a decision answered.</summary>
internal static class Decided
{
    public static IReadOnlyList<TEvent> Events<TEvent>(this Decision<TEvent> decision) =>
        Assert.IsType<Decision<TEvent>.Accepted>(decision).Events;

    public static void IsAlreadyDone<TEvent>(this Decision<TEvent> decision) => Assert.Empty(decision.Events());

    public static Rejection Refusal<TEvent>(this Decision<TEvent> decision) =>
        Assert.IsType<Decision<TEvent>.Rejected>(decision).Rejection;

    public static void IsRefused<TEvent>(this Decision<TEvent> decision, string code) =>
        Assert.Equal(code, decision.Refusal().Code);

    /// <summary>The state after what was decided.</summary>
    public static TState After<TState, TEvent>(this StreamType<TState, TEvent> stream, TState state, IEnumerable<TEvent> events)
        where TState : notnull
        where TEvent : notnull => events.Aggregate(state, stream.Evolve);
}

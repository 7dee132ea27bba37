namespace Billing.Domain;

/// <summary>
/// What a decider answers: the facts to record, none where the wish is fulfilled already, or a refusal.
/// </summary>
/// <typeparam name="TEvent">The closed hierarchy of the stream's events.</typeparam>
public abstract record Decision<TEvent>
{
    private Decision() { }

    public sealed record Accepted(IReadOnlyList<TEvent> Events) : Decision<TEvent>;

    public sealed record Rejected(Rejection Rejection) : Decision<TEvent>;

    public static implicit operator Decision<TEvent>(TEvent @event) => new Accepted([@event]);

    public static implicit operator Decision<TEvent>(TEvent[] events) => new Accepted(events);

    public static implicit operator Decision<TEvent>(Rejection rejection) => new Rejected(rejection);

    /// <summary>The wish is fulfilled already, so a retry changes nothing.</summary>
    public static Decision<TEvent> AlreadyDone { get; } = new Accepted([]);
}

/// <summary>A refusal by a rule of the business.</summary>
/// <param name="Code">Stable name of the rule, in kebab case; part of the API.</param>
/// <param name="Detail">What is wrong with this wish and what to do instead, in a sentence or two for a person.</param>
/// <param name="Field">JSON pointer into the request to the field at fault, where there is one.</param>
public sealed record Rejection(string Code, string Detail, string? Field = null, RejectionKind Kind = RejectionKind.Rule)
{
    /// <summary>Where a wish of several parts is refused as a whole: each part at fault with its own rule and field.</summary>
    public IReadOnlyList<Rejection> Parts { get; init; } = [];
}

public enum RejectionKind
{
    /// <summary>The state of the books does not allow it now.</summary>
    Rule,

    /// <summary>The wish itself makes no sense, whatever the books say.</summary>
    Invalid,

    /// <summary>What it is about does not exist, or not for whoever asks.</summary>
    NotFound,

    /// <summary>Whoever asks may not do it.</summary>
    NotAllowed,
}

using System.Diagnostics;

namespace Billing.Domain.Invoicing;

/// <summary>For decisions over several streams, which rule out every refusal of a part before they ask for
/// it.</summary>
internal static class CertainDecision
{
    /// <summary>The events of a decision that cannot be a refusal.</summary>
    /// <exception cref="UnreachableException">It is one all the same: a bug.</exception>
    public static IReadOnlyList<TEvent> Certain<TEvent>(this Decision<TEvent> decision) => decision switch
    {
        Decision<TEvent>.Accepted accepted => accepted.Events,
        Decision<TEvent>.Rejected { Rejection: var why } =>
            throw new UnreachableException($"{why.Code} was ruled out: {why.Detail}"),
        _ => throw new UnreachableException(),
    };
}

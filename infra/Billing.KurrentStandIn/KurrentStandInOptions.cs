namespace Billing.KurrentStandIn;

/// <summary>What kind of server to be.</summary>
public sealed record KurrentStandInOptions
{
    /// <summary>One for a single server; more for a cluster, of which the first leads to begin with.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>The limit of one append, which is 1 MiB in version 23.10.</summary>
    public int MaxAppendSize { get; init; } = 1 << 20;

    /// <summary>The most that an append may take, whatever deadline it asks for.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Null to ask for nobody's name.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Off, it says that it is older than <c>BatchAppend</c>.</summary>
    public bool HasBatchAppend { get; init; } = true;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

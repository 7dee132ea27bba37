using NodaTime;

namespace Billing.Projections.Postgres;

/// <summary>Where the read models lie in a PostgreSQL database, and who writes them for how long.</summary>
public sealed record PostgresReadOptions
{
    /// <summary>
    /// Their schema, which holds nothing else and may be dropped at any time. Lower-case letters, digits and underscores, at
    /// most 63, not beginning with a digit.
    /// </summary>
    public string Schema { get; init; } = "billing_read";

    /// <summary>How long after its last renewal a node that has gone silent is believed to be there.</summary>
    public Duration LeaseTime { get; init; } = Duration.FromSeconds(5);

    /// <summary>How often the lease is renewed, or asked for.</summary>
    public Duration LeaseInterval { get; init; } = Duration.FromSeconds(1);
}

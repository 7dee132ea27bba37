using Billing.Projections.Storage;
using Npgsql;

namespace Billing.Projections.Postgres;

/// <summary>What went wrong at the server, and whether it may pass.</summary>
internal static class PostgresFailure
{
    public static bool IsOne(Exception e) => e is NpgsqlException or TimeoutException;

    public static ReadDatabaseException Of(Exception e) => e is PostgresException refused
        ? new($"PostgreSQL answered {refused.SqlState}: {refused.MessageText}", IsPassing(refused.SqlState), e)
        : new($"PostgreSQL can't be reached: {e.Message}", isPassing: true, e);

    /// <summary>
    /// The server shuts down, starts or has become a standby; a deadlock; and a schema that somebody has dropped, which is
    /// laid out again.
    /// </summary>
    private static bool IsPassing(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
        || state.StartsWith("40", StringComparison.Ordinal)
        || state is PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction
            or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.LockNotAvailable;
}

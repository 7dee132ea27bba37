using System.Text.RegularExpressions;
using Billing.Projections.Storage;
using Npgsql;

namespace Billing.Projections.Postgres;

/// <summary>
/// The read models in a schema of a PostgreSQL database, for any number of processes: one of them writes at a time, all
/// read. A query holds its thread while the server works on it.
/// </summary>
public sealed partial class PostgresReadDatabase : ReadDatabase
{
    /// <summary>
    /// Every query is written for its index; the planner is kept from preferring scans while statistics are young. A commit
    /// may be lost with the server, never half: the checkpoint goes with it and the events are read again.
    /// </summary>
    private const string SessionOptions =
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off -c client_min_messages=warning "
        + "-c synchronous_commit=off -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3";

    private const int AutoPrepared = 100;

    private readonly NpgsqlDataSource readers, writers, listeners;
    private readonly PostgresLease lease;
    private readonly PostgresSession writer;

    private PostgresReadDatabase(NpgsqlConnectionStringBuilder settings, PostgresReadOptions options)
    {
        readers = NpgsqlDataSource.Create(settings);
        var unpooled = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
        listeners = NpgsqlDataSource.Create(unpooled);
        lease = new PostgresLease(readers, listeners, options);
        // Whoever takes the lease over knows the connection of the node before it by this name.
        (unpooled.ApplicationName, unpooled.CommandTimeout) = (PostgresLease.WriterName(lease.Holder), 0);
        writers = NpgsqlDataSource.Create(unpooled);
        writer = new PostgresSession(writers, lease);
    }

    internal override Session Writer => writer;

    internal override IWritingLease Lease => lease;

    /// <summary>Connects, and makes the schema where there is none.</summary>
    /// <param name="connectionString">Npgsql's keywords. Several hosts: the primary among them is used.</param>
    /// <exception cref="ArgumentException">The connection string or an option is malformed.</exception>
    /// <exception cref="ReadDatabaseException">The server can't be reached, or refuses.</exception>
    public static PostgresReadDatabase Open(string connectionString, PostgresReadOptions? options = null)
    {
        options ??= new PostgresReadOptions();
        if (!SchemaName().IsMatch(options.Schema))
            throw new ArgumentException(
                $"The schema name '{options.Schema}' is not made of at most 63 lower-case letters, digits and underscores.",
                nameof(options));
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = options.Schema, NoResetOnClose = true };
        settings.Options = string.IsNullOrEmpty(settings.Options) ? SessionOptions : $"{settings.Options} {SessionOptions}";
        if (settings.MaxAutoPrepare == 0) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (AutoPrepared, 2);
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true) settings.TargetSessionAttributes ??= "primary";
        var database = new PostgresReadDatabase(settings, options);
        try
        {
            database.lease.Prepare();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A connection that waited in the pool may have been lost meanwhile, so a query is tried twice.</summary>
    internal override T Read<T>(Func<Session, T> query)
    {
        try
        {
            return ReadOnce(query);
        }
        catch (ReadDatabaseException e) when (e.IsPassing)
        {
            return ReadOnce(query);
        }
    }

    public override void Dispose()
    {
        writer.Dispose();
        lease.Dispose();
        listeners.Dispose();
        writers.Dispose();
        readers.Dispose();
    }

    private T ReadOnce<T>(Func<Session, T> query)
    {
        using var session = new PostgresSession(readers, lease: null);
        session.BeginReading();
        var answer = query(session);
        session.Commit();
        return answer;
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex SchemaName();
}

using Npgsql;
using NpgsqlTypes;

namespace Billing.EventStore.Postgres;

/// <summary>Statements that travel together in one round trip, their parameters arrays of rows.</summary>
internal static class Batches
{
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params (NpgsqlDbType Type, object Values)[] columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (type, values) in columns)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
        batch.BatchCommands.Add(command);
        return command;
    }

    public static void Add(this NpgsqlBatchCommand command, long value) =>
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });
}

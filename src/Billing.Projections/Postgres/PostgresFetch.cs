using Billing.Projections.Storage;

namespace Billing.Projections.Postgres;

/// <summary>A query by many keys, which are sent as an array for each of their columns.</summary>
internal sealed class PostgresFetch(PostgresSession session, string sql, IReadOnlyList<Column> key)
    : PostgresStatement(session, sql)
{
    private readonly HeldRows keys = new(sql, key);

    public override void Add(long value) => keys.Add(value);

    public override void Add(Guid value) => keys.Add(value);

    public override void Add(string value) => keys.Add(value);

    public override void Run() => keys.Run();

    public override bool Step()
    {
        if (!IsRunning)
            foreach (var column in keys.Parameters()) Parameters.Add(column);
        return base.Step();
    }

    public override void Reset()
    {
        base.Reset();
        keys.Forget();
    }
}

using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// Which keys are taken. The newest recorded-at that was written here is the clock by which old keys are pruned, a few
/// with each group of appends and oldest position first. A key with a recorded-at in the future stays until that has passed.
/// </summary>
internal sealed class IdempotencyKeys(Database database, Duration lifetime)
{
    private const int LeastPruned = 64;

    private readonly Statement insert = database.Prepare("""
        INSERT INTO idempotency_keys (first_position, last_position, book_key, key, recorded_at_ticks)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """);

    private readonly Statement find = database.Prepare("SELECT 1 FROM idempotency_keys WHERE book_key = ?1 AND key = ?2");

    private readonly Statement prune = database.Prepare("""
        DELETE FROM idempotency_keys WHERE recorded_at_ticks < ?1 AND first_position IN (
            SELECT first_position FROM idempotency_keys ORDER BY first_position LIMIT ?2)
        """);

    private Instant newest = Instant.MinValue;
    private int added;

    public void Add(long bookKey, EventMetadata metadata, long firstPosition, long lastPosition)
    {
        insert.Bind(1, firstPosition).Bind(2, lastPosition).Bind(3, bookKey).Bind(4, metadata.IdempotencyKey)
            .Bind(5, metadata.RecordedAt.ToUnixTimeTicks()).Run();
        newest = Instant.Max(newest, metadata.RecordedAt);
        added++;
    }

    public bool IsTaken(long bookKey, string key)
    {
        find.Bind(1, bookKey).Bind(2, key);
        var taken = find.Step();
        find.Reset();
        return taken;
    }

    /// <summary>Part of a group that added keys, and twice as many at least, so that the table can't outgrow its lifetime.</summary>
    public void PruneSome()
    {
        if (added == 0) return;
        prune.Bind(1, (newest - lifetime).ToUnixTimeTicks()).Bind(2, Math.Max(LeastPruned, 2L * added)).Run();
        added = 0;
    }
}

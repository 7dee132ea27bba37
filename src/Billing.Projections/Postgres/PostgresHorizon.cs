namespace Billing.Projections.Postgres;

/// <summary>What keeps PostgreSQL from letting go of deleted rows, as its documentation of routine vacuuming lists it.</summary>
internal static class PostgresHorizon
{
    /// <summary>
    /// 1 while a transaction of this database is not newer than the one whose number is ?1, be it open, prepared, or that of a replica or
    /// a slot; 0 afterwards. Everybody may ask.
    /// </summary>
    public const string IsHeldBefore =
        """
        SELECT count(*) FROM (
            SELECT greatest(age(backend_xid), age(backend_xmin)) AS age FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND (datname = current_database() OR datname IS NULL)
            UNION ALL SELECT age(transaction) FROM pg_prepared_xacts WHERE database = current_database()
            UNION ALL SELECT age(xmin) FROM pg_replication_slots) held
        WHERE held.age >= age(?1::xid)
        """;
}

namespace Billing.Projections.Postgres;

/// <summary>What keeps PostgreSQL from letting go of deleted rows, as its documentation of routine vacuuming lists it.</summary>
internal static class PostgresHorizon
{
    /// <summary>
    /// How many transactions of this database are not newer than the one whose number is ?1, be they open, prepared, or those of a replica
    /// or a slot. Everybody may ask.
    /// </summary>
    public const string HeldBefore =
        """
        SELECT count(*) FROM (
            SELECT greatest(age(backend_xid), age(backend_xmin)) AS age FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND (datname = current_database() OR datname IS NULL)
            UNION ALL SELECT age(transaction) FROM pg_prepared_xacts WHERE database = current_database()
            UNION ALL SELECT age(xmin) FROM pg_replication_slots) held
        WHERE held.age >= age(?1::xid)
        """;
}

namespace Billing.Projections.Storage;

/// <summary>
/// The right to write read models that several processes share. One process has it at a time, until it lets go or has not
/// renewed it for the time of the lease. Each term has a number that only grows; a transaction of a term that is over
/// can't be committed.
/// </summary>
internal interface IWritingLease
{
    /// <summary>How often whoever has it renews it, and whoever has not asks for it.</summary>
    TimeSpan Interval { get; }

    /// <summary>Begins a term of this process, also where it has the lease already. False where another process has it.</summary>
    /// <exception cref="ReadDatabaseException">The database could not be asked.</exception>
    bool Take();

    /// <summary>Goes on with the term. False where it is over.</summary>
    /// <exception cref="ReadDatabaseException">The database could not be asked.</exception>
    bool Renew();

    /// <summary>Ends the term, so that the next process need not wait.</summary>
    void Release();

    /// <summary>
    /// Waits, at most an interval, until whoever writes has committed, and answers the position up to which the tables have
    /// come; 0 while nothing can be read of them.
    /// </summary>
    /// <param name="reads">Whether tables of a schema can be read.</param>
    /// <exception cref="ReadDatabaseException">The database could not be asked.</exception>
    Task<long> NextPosition(Func<string, bool> reads, CancellationToken cancellationToken);
}

/// <summary>The term was over when a transaction was to be committed. Nothing of it was kept.</summary>
public sealed class LeaseLostException() : ReadDatabaseException(
    "Another node keeps the read models now; nothing of this transaction was kept.", isPassing: true);

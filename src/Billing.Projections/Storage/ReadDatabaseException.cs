namespace Billing.Projections.Storage;

/// <summary>The database of the read models failed. Its content can be rebuilt from the events.</summary>
/// <param name="isPassing">Whether the same may well succeed a little later.</param>
public class ReadDatabaseException(string message, bool isPassing = false, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The database is away; it may come back by itself.</summary>
    public bool IsPassing { get; } = isPassing;
}

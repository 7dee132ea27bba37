using System.Globalization;
using SQLitePCL;

namespace Billing.EventStore.Sqlite;

/// <summary>What SQLite answered instead of success.</summary>
internal sealed class Failure(int extendedCode, string message) : Exception(
    string.Create(CultureInfo.InvariantCulture, $"SQLite error {extendedCode}: {message}"))
{
    /// <summary>A unique index or a check refused the row; only that statement was undone.</summary>
    public bool IsConstraint => (extendedCode & 0xff) == raw.SQLITE_CONSTRAINT;
}

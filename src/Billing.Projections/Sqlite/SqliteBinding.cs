using System.Runtime.InteropServices;

namespace Billing.Projections.Sqlite;

/// <summary>
/// SQLite's own calls that bind a parameter, for a statement that its owner keeps alive. The library's counts the references
/// of a handle around each, which for a number takes longer than the call; a rebuild binds tens of millions of values.
/// </summary>
internal static class SqliteBinding
{
    private const string Library = "e_sqlite3";

    /// <summary>SQLITE_TRANSIENT: SQLite takes a copy before it returns.</summary>
    private const nint Copied = -1;

    [SuppressGCTransition]
    [DllImport(Library, EntryPoint = "sqlite3_bind_int64")]
    public static extern int Number(nint statement, int parameter, long value);

    [SuppressGCTransition]
    [DllImport(Library, EntryPoint = "sqlite3_bind_null")]
    public static extern int Null(nint statement, int parameter);

    public static int Blob(nint statement, int parameter, ReadOnlySpan<byte> value) =>
        Blob(statement, parameter, in MemoryMarshal.GetReference(value), value.Length, Copied);

    /// <param name="value">UTF-8 and not empty: an empty span has no address, which SQLite takes for null.</param>
    public static int Text(nint statement, int parameter, ReadOnlySpan<byte> value) =>
        Text(statement, parameter, in MemoryMarshal.GetReference(value), value.Length, Copied);

    [DllImport(Library, EntryPoint = "sqlite3_bind_blob")]
    private static extern int Blob(nint statement, int parameter, in byte value, int length, nint owner);

    [DllImport(Library, EntryPoint = "sqlite3_bind_text")]
    private static extern int Text(nint statement, int parameter, in byte value, int length, nint owner);
}

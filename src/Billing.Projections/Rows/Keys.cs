using Billing.Projections.Sqlite;

namespace Billing.Projections.Rows;

/// <summary>What identifies a row. Every table of a business's data begins with the number of its book.</summary>
internal interface IKey
{
    /// <summary>SQLite types of the key's columns, in order.</summary>
    static abstract IReadOnlyList<string> Types { get; }

    void AddTo(Statement statement);
}

internal readonly record struct BookKey(long Book) : IKey
{
    public static IReadOnlyList<string> Types => ["INTEGER"];

    public void AddTo(Statement statement) => statement.Add(Book);
}

internal readonly record struct GlobalKey(Guid Id) : IKey
{
    public static IReadOnlyList<string> Types => ["BLOB"];

    public void AddTo(Statement statement) => statement.Add(Id);
}

internal readonly record struct IdKey(long Book, Guid Id) : IKey
{
    public static IReadOnlyList<string> Types => ["INTEGER", "BLOB"];

    public void AddTo(Statement statement)
    {
        statement.Add(Book);
        statement.Add(Id);
    }
}

internal readonly record struct NameKey(long Book, string Name) : IKey
{
    public static IReadOnlyList<string> Types => ["INTEGER", "TEXT"];

    public void AddTo(Statement statement)
    {
        statement.Add(Book);
        statement.Add(Name);
    }
}

/// <param name="Kind">Which of the rows of one id.</param>
internal readonly record struct KindKey(long Book, Guid Id, string Kind) : IKey
{
    public static IReadOnlyList<string> Types => ["INTEGER", "BLOB", "TEXT"];

    public void AddTo(Statement statement)
    {
        statement.Add(Book);
        statement.Add(Id);
        statement.Add(Kind);
    }
}

/// <param name="Line">Which of the rows of one id.</param>
internal readonly record struct LineKey(long Book, Guid Id, long Line) : IKey
{
    public static IReadOnlyList<string> Types => ["INTEGER", "BLOB", "INTEGER"];

    public void AddTo(Statement statement)
    {
        statement.Add(Book);
        statement.Add(Id);
        statement.Add(Line);
    }
}

using Billing.Projections.Storage;

namespace Billing.Projections.Rows;

/// <summary>What identifies a row. Every table of a business's data begins with the number of its book.</summary>
internal interface IKey
{
    /// <summary>Types of the key's columns, in order.</summary>
    static abstract IReadOnlyList<SqlType> Types { get; }

    /// <summary>Number of the book; 0 for what belongs to none.</summary>
    long Book { get; }

    void AddTo(Command command);
}

internal readonly record struct BookKey(long Book) : IKey
{
    public static IReadOnlyList<SqlType> Types => [SqlType.Number];

    public void AddTo(Command command) => command.Add(Book);
}

internal readonly record struct GlobalKey(Guid Id) : IKey
{
    public static IReadOnlyList<SqlType> Types => [SqlType.Id];

    public long Book => 0;

    public void AddTo(Command command) => command.Add(Id);
}

internal readonly record struct IdKey(long Book, Guid Id) : IKey
{
    public static IReadOnlyList<SqlType> Types => [SqlType.Number, SqlType.Id];

    public void AddTo(Command command)
    {
        command.Add(Book);
        command.Add(Id);
    }
}

internal readonly record struct NameKey(long Book, string Name) : IKey
{
    public static IReadOnlyList<SqlType> Types => [SqlType.Number, SqlType.Text];

    public void AddTo(Command command)
    {
        command.Add(Book);
        command.Add(Name);
    }
}

/// <param name="Kind">Which of the rows of one id.</param>
internal readonly record struct KindKey(long Book, Guid Id, string Kind) : IKey
{
    public static IReadOnlyList<SqlType> Types => [SqlType.Number, SqlType.Id, SqlType.Text];

    public void AddTo(Command command)
    {
        command.Add(Book);
        command.Add(Id);
        command.Add(Kind);
    }
}

/// <summary>Something with an id that its caller chose, which is unique in its stream alone.</summary>
/// <param name="Of">The stream's id.</param>
internal readonly record struct PartKey(long Book, Guid Of, Guid Id) : IKey
{
    public static IReadOnlyList<SqlType> Types => [SqlType.Number, SqlType.Id, SqlType.Id];

    public void AddTo(Command command)
    {
        command.Add(Book);
        command.Add(Of);
        command.Add(Id);
    }
}

/// <param name="Line">Which of the rows of one id.</param>
internal readonly record struct LineKey(long Book, Guid Id, long Line) : IKey
{
    public static IReadOnlyList<SqlType> Types => [SqlType.Number, SqlType.Id, SqlType.Number];

    public void AddTo(Command command)
    {
        command.Add(Book);
        command.Add(Id);
        command.Add(Line);
    }
}

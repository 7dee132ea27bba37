using NodaTime;

namespace Billing.Projections.Storage;

/// <summary>
/// A parameter of a query in the form in which the tables hold it. One that is null has a type all the same: PostgreSQL
/// asks for it.
/// </summary>
internal readonly record struct SqlValue
{
    private SqlValue(SqlType type) => Type = type;

    public SqlType Type { get; }

    public long? Number { get; private init; }

    public Guid? Id { get; private init; }

    public string? Text { get; private init; }

    public static implicit operator SqlValue(long number) => new(SqlType.Number) { Number = number };

    public static implicit operator SqlValue(Guid id) => new(SqlType.Id) { Id = id };

    public static implicit operator SqlValue(Guid? id) => new(SqlType.Id) { Id = id };

    public static implicit operator SqlValue(string? text) => new(SqlType.Text) { Text = text };

    public static implicit operator SqlValue(LocalDate date) => Calendar.Number(date);

    public static implicit operator SqlValue(LocalDate? date) =>
        new(SqlType.Number) { Number = date is { } day ? Calendar.Number(day) : null };

    public static implicit operator SqlValue(bool? flag) =>
        new(SqlType.Number) { Number = flag is { } set ? (set ? 1 : 0) : null };
}

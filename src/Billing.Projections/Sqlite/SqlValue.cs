using NodaTime;

namespace Billing.Projections.Sqlite;

/// <summary>A parameter of a query in the form in which the tables hold it.</summary>
internal readonly record struct SqlValue(long? Number, Guid? Id, string? Text)
{
    public static SqlValue Null => default;

    public static implicit operator SqlValue(long number) => new(number, null, null);

    public static implicit operator SqlValue(Guid id) => new(null, id, null);

    public static implicit operator SqlValue(Guid? id) => new(null, id, null);

    public static implicit operator SqlValue(string? text) => new(null, null, text);

    public static implicit operator SqlValue(LocalDate date) => new(Calendar.Number(date), null, null);

    public static implicit operator SqlValue(LocalDate? date) => date is { } day ? day : Null;

    public static implicit operator SqlValue(bool? flag) => flag is { } set ? new(set ? 1 : 0, null, null) : Null;
}

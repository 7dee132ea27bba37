using Billing.Projections.Sqlite;
using Billing.Projections.Storage;
using CsCheck;
using NodaTime;

namespace Billing.Projections.Tests.Sqlite;

public sealed class StatementTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Überstunden – 時間 🙂")]
    [InlineData("before\0after")]
    public void Text_comes_back_as_it_went_in(string text)
    {
        using var session = new SqliteSession(":memory:", forWriting: true);
        Assert.Equal(text, session.Row("SELECT ?1", row => row.OptionalText(), text));
        Assert.Equal("text", session.Row("SELECT typeof(?1)", row => row.Text(), text));
    }

    [Fact]
    public void Null_is_no_empty_text() =>
        Assert.Null(In(session => session.Row("SELECT ?1", row => row.OptionalText(), (string?)null)));

    [Fact]
    public void Dates_ids_and_numbers_come_back_as_they_went_in() => Gen.Select(
        Gen.Int[-50_000, 2_000_000], Gen.Guid, Gen.Long).Sample((days, id, number) => In(session =>
        {
            var date = new LocalDate(1970, 1, 1).PlusDays(Math.Clamp(days, -50_000, 2_900_000));
            return session.Row("SELECT ?1, ?2, ?3", row => row.Date() == date && row.Id() == id && row.Long() == number, date, id, number);
        }), iter: 1_000);

    [Fact]
    public void Ids_sort_by_the_time_in_them() => Gen.Select(Gen.Guid, Gen.Guid).Sample((one, other) => In(session =>
        session.Row("SELECT ?1 < ?2", row => row.Bool(), one, other)
            == (string.CompareOrdinal(one.ToString("N"), other.ToString("N")) < 0)), iter: 1_000);

    [Fact]
    public void A_statement_that_failed_can_be_used_again()
    {
        using var session = new SqliteSession(":memory:", forWriting: true);
        session.Execute("CREATE TABLE t (x INTEGER PRIMARY KEY) STRICT");
        session.Row("INSERT INTO t VALUES (?1)", _ => 0, 1);
        var failure = Assert.Throws<ReadDatabaseException>(() => session.Row("INSERT INTO t VALUES (?1)", _ => 0, 1));
        Assert.Contains("UNIQUE", failure.Message, StringComparison.Ordinal);
        session.Row("INSERT INTO t VALUES (?1)", _ => 0, 2);
        Assert.Equal([1, 2], session.Rows("SELECT x FROM t ORDER BY x", row => row.Int()));
    }

    private static T In<T>(Func<Session, T> work)
    {
        using var session = new SqliteSession(":memory:", forWriting: true);
        return work(session);
    }
}

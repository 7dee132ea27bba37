using Billing.EventStore.Verification;

namespace Billing.EventStore.Tests.Verification;

/// <summary>What somebody does to the rows of an event file, and how the walk names it.</summary>
public sealed class TamperingTests
{
    [Fact]
    public async Task A_book_that_nobody_touched_is_whole()
    {
        await using var written = await WrittenBook.Write();

        var report = await written.Verify();

        Assert.True(report.IsWhole);
        Assert.Null(report.Fault);
        Assert.True(report.IsComplete);
        Assert.Equal(WrittenBook.Events, report.Place);
        Assert.Equal((await written.Read())[^1].Link, report.Link);
    }

    [Theory]
    [InlineData("data", "replace(data, ':', ': ')")]
    [InlineData("data", "'{\"n\":2}'")]
    [InlineData("type", "'time-entry-removed.v1'")]
    [InlineData("actor", "'member:0200'")]
    [InlineData("correlation_id", "randomblob(16)")]
    [InlineData("causation_id", "randomblob(16)")]
    [InlineData("recorded_at_ticks", "recorded_at_ticks + 1")]
    [InlineData("idempotency_key", "'k-2'")]
    [InlineData("idempotency_key", "NULL")]
    [InlineData("body_hash", "'ff'")]
    [InlineData("confidential", "x'78'")]
    [InlineData("confidential_key", "randomblob(16)")]
    [InlineData("id", "randomblob(16)")]
    [InlineData("link", "randomblob(32)")]
    public async Task A_changed_column_is_an_altered_event(string column, string value)
    {
        await using var written = await WrittenBook.Write();
        written.Change($"UPDATE events SET {column} = {value} WHERE {{at 5}}");

        var fault = (await written.Verify()).Fault;

        Assert.Equal((ChainFaultKind.Altered, 5L, "b", 2L), (fault?.Kind, fault?.Place ?? 0, fault?.Stream, fault?.Version ?? 0));
        Assert.Contains(column == "link" ? "which alone was altered" : "link ", fault!.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_confidential_part_is_an_altered_event()
    {
        await using var written = await WrittenBook.Write();
        written.Change("UPDATE events SET confidential = CAST('{\"note\":\"mails\"}' AS BLOB) WHERE {at 3}");

        Assert.Equal("ALTERED at place 3 (stream b, version 1)", Head((await written.Verify()).Fault));
    }

    [Fact]
    public async Task A_changed_version_or_stream_is_an_altered_event()
    {
        await using var written = await WrittenBook.Write();
        written.Change("UPDATE events SET version = 9 WHERE {at 12}");
        var byVersion = (await written.Verify()).Fault!;
        written.Change("UPDATE events SET version = 3 WHERE {at 12}; UPDATE streams SET name = 'd' WHERE name = 'c' AND {book}");
        var byStream = (await written.Verify()).Fault;

        Assert.Equal("ALTERED at place 12 (stream c, version 9): expected version 3; found the same event with version 9", byVersion.ToString());
        Assert.Equal("ALTERED at place 6 (stream d, version 1)", Head(byStream));
    }

    [Theory]
    [InlineData(1, "a", 1L)]
    [InlineData(6, "c", 1L)]
    [InlineData(7, "a", 4L)]
    public async Task A_deleted_row_is_a_missing_event_and_its_stream_is_named(int place, string stream, long version)
    {
        await using var written = await WrittenBook.Write();
        written.Change($"DELETE FROM events WHERE {{at {place}}}");

        Assert.Equal(
            $"MISSING at place {place} (stream {stream}, version {version}): expected place {place}; found place {place + 1}",
            (await written.Verify()).Fault?.ToString());
    }

    [Fact]
    public async Task Several_deleted_rows_are_named_by_the_first()
    {
        await using var written = await WrittenBook.Write();
        written.Change("DELETE FROM events WHERE {at 4} OR {at 5} OR {at 6} OR {at 9}");

        Assert.Equal(
            "MISSING at place 4 (stream a, version 3): expected place 4; found place 7", (await written.Verify()).Fault?.ToString());
    }

    [Fact]
    public async Task A_deletion_whose_gap_was_closed_up_is_still_a_missing_event()
    {
        await using var written = await WrittenBook.Write();
        written.Change("""
            DELETE FROM events WHERE {at 4};
            UPDATE events SET place = -place WHERE {book} AND place > 4;
            UPDATE events SET place = -place - 1 WHERE {book} AND place < 0
            """);

        Assert.Equal("MISSING at place 4 (stream a, version 3)", Head((await written.Verify()).Fault));
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(2, 11)]
    [InlineData(1, 12)]
    public async Task Two_rows_with_each_others_place_are_reordered(int one, int other)
    {
        await using var written = await WrittenBook.Write();
        var before = await written.Read();
        written.Change($$"""
            UPDATE events SET place = 100 WHERE {at {{one}}};
            UPDATE events SET place = {{one}} WHERE {at {{other}}};
            UPDATE events SET place = {{other}} WHERE place = 100
            """);

        var fault = (await written.Verify()).Fault;

        Assert.Equal(
            $"REORDERED at place {one} (stream {before[one - 1].Stream}, version {before[one - 1].Version}): expected event "
            + $"{before[one - 1].Id:D}; found event {before[other - 1].Id:D}, while the expected one lies at place {other}",
            fault?.ToString());
    }

    [Fact]
    public async Task Two_rows_with_each_others_content_and_their_own_links_are_reordered()
    {
        await using var written = await WrittenBook.Write();
        written.Change("""
            CREATE TEMP TABLE kept AS SELECT * FROM events WHERE {at 7} OR {at 10};
            UPDATE events SET id = randomblob(16) WHERE {at 10};
            UPDATE events SET (id, data, correlation_id, causation_id) =
                (SELECT id, data, correlation_id, causation_id FROM kept WHERE place = 10) WHERE {at 7};
            UPDATE events SET (id, data, correlation_id, causation_id) =
                (SELECT id, data, correlation_id, causation_id FROM kept WHERE place = 7) WHERE {at 10}
            """);

        Assert.Equal("REORDERED at place 7 (stream a, version 4)", Head((await written.Verify()).Fault));
    }

    [Fact]
    public async Task Positions_that_run_backwards_are_reordered_though_every_link_fits()
    {
        await using var written = await WrittenBook.Write();
        written.Change("UPDATE events SET position = 500 WHERE {at 8}");

        var fault = (await written.Verify()).Fault;

        Assert.Equal("REORDERED at place 9 (stream c, version 2)", Head(fault));
        Assert.Contains("a position after 500", fault!.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("correlation_id", "x'0102'")]
    [InlineData("recorded_at_ticks", "9223372036854775807")]
    public async Task A_row_that_makes_no_event_is_unreadable_at_its_place(string column, string value)
    {
        await using var written = await WrittenBook.Write();
        written.Change($"UPDATE events SET {column} = {value} WHERE {{at 8}}");

        var report = await written.Verify();

        Assert.Equal((ChainFaultKind.Unreadable, 8L), (report.Fault?.Kind, report.Fault?.Place ?? 0));
        Assert.Contains("place 8 of its book", report.Fault!.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_books_damage_is_not_this_ones()
    {
        await using var written = await WrittenBook.Write();
        written.Change("UPDATE events SET data = '{}' WHERE NOT ({book})");

        Assert.True((await written.Verify()).IsWhole);
    }

    /// <summary>The fault without what was expected and found.</summary>
    private static string? Head(ChainFault? fault) => fault?.ToString().Split(':')[0];
}

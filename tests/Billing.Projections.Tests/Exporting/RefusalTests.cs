using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Billing.EventStore.Port;

namespace Billing.Projections.Tests.Exporting;

/// <summary>Whatever is wrong with a file is said by line or place, and then nothing is written.</summary>
public sealed partial class RefusalTests
{
    private const int Seed = 7, Steps = 120;

    [Fact]
    public Task A_torn_last_line_is_refused() => Refused("torn", lines => lines[^1] = lines[^1][..20]);

    [Fact]
    public Task A_file_without_its_end_is_refused() =>
        Refused("is torn: its last line is not the end", lines => lines.RemoveAt(lines.Count - 1));

    [Fact]
    public Task A_line_behind_the_end_is_refused() => Refused("behind the end", lines => lines.Add(lines[^2]));

    [Fact]
    public Task A_missing_event_is_refused_by_the_count() =>
        Refused("events should come before it", lines => lines.RemoveAt(FirstEvent(lines) + 3));

    [Fact]
    public Task A_missing_event_is_refused_by_the_chain() => Refused("MISSING at place 4", lines =>
    {
        lines.RemoveAt(FirstEvent(lines) + 3);
        Change(lines, lines.Count - 1, end => end["events"] = (long)end["events"]! - 1);
    });

    [Fact]
    public Task A_book_that_ends_early_is_refused() => Refused("does not end where its head says", lines =>
    {
        lines.RemoveAt(lines.FindLastIndex(IsEvent));
        Change(lines, lines.Count - 1, end => end["events"] = (long)end["events"]! - 1);
    });

    [Fact]
    public Task Events_out_of_order_are_refused() => Refused("REORDERED at place 5", lines =>
    {
        var at = FirstEvent(lines) + 4;
        (lines[at], lines[at + 1]) = (lines[at + 1], lines[at]);
    });

    [Fact]
    public Task An_amount_altered_where_people_read_it_is_refused() => Refused("its readable part is not what the chain holds", lines =>
    {
        var at = lines.FindIndex(Amount().IsMatch);
        lines[at] = Amount().Replace(lines[at], "\"amountMinor\":${amount}9", 1);
    });

    [Fact]
    public Task An_amount_altered_in_the_stored_bytes_is_refused_by_the_chain() => Refused("ALTERED at place", lines =>
    {
        var at = lines.FindIndex(Amount().IsMatch);
        Change(lines, at, line =>
        {
            var data = Convert.FromBase64String((string)line["event"]!["data"]!);
            var altered = Amount().Replace(System.Text.Encoding.UTF8.GetString(data), "\"amountMinor\":${amount}9", 1);
            line["event"]!["data"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(altered));
            line["facts"] = JsonNode.Parse(altered);
        });
    });

    [Fact]
    public Task An_altered_name_is_refused() => Refused("its readable part is not what the chain holds", lines =>
        Change(lines, lines.FindIndex(line => line.Contains("\"personal\":{", StringComparison.Ordinal)), line =>
            line["personal"]!.AsObject().First(field => field.Value is not null).Value!.ReplaceWith("Mallory")));

    [Fact]
    public Task Another_key_is_refused() => Refused("does not open the event", lines =>
        Change(lines, lines.FindIndex(IsKey), line => line["key"] = Convert.ToBase64String(new byte[32])));

    [Fact]
    public Task A_missing_key_is_refused() => Refused("is not there", lines =>
    {
        lines.RemoveAt(lines.FindIndex(IsKey));
        Change(lines, lines.Count - 1, end => end["keys"] = (long)end["keys"]! - 1);
    });

    [Fact]
    public Task An_altered_head_is_refused() => Refused("does not end where its head says", lines =>
        Change(lines, 0, head => head["link"] = new string('0', 64)));

    [Fact]
    public Task Another_format_is_refused() =>
        Refused("Line 1 of", lines => Change(lines, 0, head => head["format"] = "billing-practice.v2"));

    [Fact]
    public async Task A_practice_that_is_there_already_is_refused_and_stays()
    {
        using var history = await ExportedHistory.Of(Seed, Steps);
        await history.Import();
        var before = (await history.Imported()).Count;

        var refusal = await Assert.ThrowsAsync<EventStoreException>(history.Import);

        Assert.Contains("already, with", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await history.Imported()).Count);
    }

    private static async Task Refused(string said, Action<List<string>> change)
    {
        using var history = await ExportedHistory.Of(Seed, Steps);
        history.ChangeLines(change);

        var refusal = await Assert.ThrowsAsync<EventStoreException>(history.Import);

        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.True(history.IsUntouched);
    }

    private static bool IsEvent(string line) => line.StartsWith("{\"kind\":\"event\"", StringComparison.Ordinal);

    private static bool IsKey(string line) => line.StartsWith("{\"kind\":\"key\"", StringComparison.Ordinal);

    private static int FirstEvent(List<string> lines) => lines.FindIndex(IsEvent);

    private static void Change(List<string> lines, int at, Action<JsonNode> change)
    {
        var line = JsonNode.Parse(lines[at])!;
        change(line);
        lines[at] = line.ToJsonString();
    }

    [GeneratedRegex("\"amountMinor\":(?<amount>[0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Amount();
}

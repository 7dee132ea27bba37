using System.Net.Http.Headers;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Commands;

/// <summary>
/// Nobody waits for what others wrote, except who names it: what an assistant did a moment ago is there for the practice as soon as the
/// practice asks for it. Each is tried some times, as the read models pause between two commits and show what comes in a pause late.
/// </summary>
public sealed class OthersWritesTests : IAsyncLifetime
{
    private const int Times = 6;
    private const string Day = "2026-03-09";
    private const string Credit = """
        {"reason":"Half of it was late","amount":{"amount":"10.00","currency":"USD"},"clientCredit":{"amount":"10.00","currency":"USD"},"issuedOn":"2026-04-03"}
        """;

    private ApiServer _server = null!;
    private Practice _practice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.AddClient();
        await _practice.AddAssistant();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_draft_takes_entries_that_were_logged_a_moment_ago()
    {
        for (var i = 0; i < Times; i++)
        {
            var entries = await LogTwo();
            (await _server.Post(_practice.Owner, "/v1/invoices",
                $$"""{"clientId":"{{_practice.ClientId}}","through":"2026-03-09","entryIds":["{{entries[0]}}","{{entries[1]}}"]}""")).Ok();
        }
    }

    [Fact]
    public async Task A_draft_of_all_that_is_unbilled_leaves_out_nothing_that_was_logged_a_moment_ago()
    {
        for (var i = 0; i < Times; i++)
        {
            await LogTwo();
            var draft = (await _practice.Post("/v1/invoices", $$"""{"clientId":"{{_practice.ClientId}}","through":"2026-03-09"}""")).Id;
            var finalized = await _practice.Post($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-04-01"}""");
            Assert.Equal("80.00", (string?)finalized.Json["total"]!["amount"]);
        }
    }

    [Fact]
    public async Task Credit_that_the_bookkeeper_gave_a_moment_ago_pays()
    {
        var (_, bookkeeper) = await _practice.Join("Priya", "bookkeeper");
        for (var i = 0; i < Times; i++)
        {
            var paid = await _practice.Invoice("2026-03-09");
            await _practice.Pay(paid, "40.00", "2026-04-02");
            var open = await _practice.Invoice("2026-03-10");
            await LogTwo();
            (await _server.Post(bookkeeper, $"/v1/invoices/{paid}:credit", Credit)).Ok();
            var applied = (await _server.Post(_practice.Owner, $"/v1/invoices/{open}:apply-credit", """{"appliedOn":"2026-04-03"}""")).Ok();
            Assert.Equal("10.00", (string?)applied.Json["applied"]!["amount"]);
        }
    }

    [Fact]
    public async Task An_invoice_that_is_finalised_takes_credit_that_the_bookkeeper_gave_a_moment_ago()
    {
        await _practice.Post("/v1/business:set-invoicing-policy", """
            {"numberPrefix":"INV","paymentTermsDays":14,"rounding":{"incrementSeconds":0,"direction":"up","scope":"entry"},"appliesCredit":true}
            """);
        var (_, bookkeeper) = await _practice.Join("Priya", "bookkeeper");
        for (var i = 0; i < Times; i++)
        {
            var paid = await _practice.Invoice("2026-03-09");
            await _practice.Pay(paid, "40.00", "2026-04-02");
            await LogTwo();
            var draft = (await _practice.Post("/v1/invoices", $$"""{"clientId":"{{_practice.ClientId}}","through":"2026-03-09"}""")).Id;
            await LogTwo();
            (await _server.Post(bookkeeper, $"/v1/invoices/{paid}:credit", Credit)).Ok();
            var finalized = (await _server.Post(_practice.Owner, $"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-04-03"}""")).Ok();
            Assert.Equal("10.00", (string?)finalized.Json["creditApplied"]?["amount"]);
        }
    }

    [Fact]
    public async Task The_owner_corrects_an_entry_and_stops_a_timer_of_a_moment_ago()
    {
        for (var i = 0; i < Times; i++)
        {
            var entry = (await LogTwo())[1];
            (await _server.Post(_practice.Owner, $"/v1/time-entries/{entry}:correct",
                $$"""{"engagementId":"{{_practice.EngagementId}}","workedOn":"2026-03-09","durationSeconds":60}""")).Ok();
            await LogTwo();
            var start = NodaTime.SystemClock.Instance.GetCurrentInstant() - NodaTime.Duration.FromMinutes(20 - i);
            (await _server.Post(_practice.Assistant, "/v1/timer:start",
                $$"""{"engagementId":"{{_practice.EngagementId}}","startedAt":"{{start:uuuu-MM-ddTHH:mm:ss}}Z"}""")).Ok();
            (await _server.Post(_practice.Owner, "/v1/timer:stop", $$"""{"assistantId":"{{_practice.AssistantId}}","endedAt":"{{start + NodaTime.Duration.FromSeconds(1):uuuu-MM-ddTHH:mm:ss}}Z"}""")).Ok();
        }
    }

    [Fact]
    public async Task What_an_id_names_is_found_as_soon_as_it_is_written()
    {
        for (var i = 0; i < Times; i++)
        {
            var entry = (await LogTwo())[1];
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/time-entries/{entry}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _practice.Owner);
            using var answer = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task An_id_that_another_took_a_moment_ago_is_taken_in_every_week()
    {
        for (var i = 0; i < Times / 2; i++)
        {
            var work = $$"""
                "engagementId":"{{_practice.EngagementId}}"
                """;
            await Taken("/id", "/v1/time-entries", $$"""{"id":"{{(await LogTwo())[1]}}",{{work}},"workedOn":"2026-05-04","durationSeconds":3600}""");
            await Taken("/id", "/v1/timer:start", $$"""{"id":"{{(await LogTwo())[1]}}",{{work}},"startedAt":"2026-05-04T09:00:00Z"}""");
            await Taken("/cells/0/id", "/v1/weeks/2026-W19:set-grid", $$"""
                {"cells":[{"id":"{{(await LogTwo())[1]}}",{{work}},"workedOn":"2026-05-04","durationSeconds":3600}]}
                """);
        }
    }

    [Fact]
    public async Task Of_two_requests_that_choose_one_id_for_two_weeks_at_once_one_is_taken()
    {
        for (var i = 0; i < Times; i++)
        {
            var id = Guid.CreateVersion7();
            var work = $$"""
                "id":"{{id}}","engagementId":"{{_practice.EngagementId}}"
                """;
            var others = i % 2 == 0
                ? _server.Post(_practice.Assistant, "/v1/time-entries", $$"""{{{work}},"workedOn":"2026-03-09","durationSeconds":60}""")
                : _server.Post(_practice.Assistant, "/v1/time-entries:sync", $$"""
                    {"items":[{{{work}},"revision":1,"workedOn":"2026-03-09","durationSeconds":60}]}
                    """);
            var owners = _server.Post(_practice.Owner, "/v1/time-entries", $$"""{{{work}},"workedOn":"2026-05-04","durationSeconds":60}""");
            var isTaken = (await others).Code == 201 || (await others).Text.Contains("\"applied\"", StringComparison.Ordinal);
            Assert.NotEqual(isTaken, (await owners).Code == 201);
        }
    }

    [Fact]
    public async Task An_id_of_a_timer_that_runs_for_another_is_taken()
    {
        var start = NodaTime.SystemClock.Instance.GetCurrentInstant() - NodaTime.Duration.FromHours(1);
        var timer = (await _server.Post(_practice.Assistant, "/v1/timer:start",
            $$"""{"engagementId":"{{_practice.EngagementId}}","startedAt":"{{start:uuuu-MM-ddTHH:mm:ss}}Z"}""")).Ok().Id;
        await Taken("/id", "/v1/time-entries", $$"""
            {"id":"{{timer}}","engagementId":"{{_practice.EngagementId}}","workedOn":"2026-05-04","durationSeconds":3600}
            """);
    }

    [Fact]
    public async Task A_piece_of_a_timer_takes_no_id_of_another_week()
    {
        var entry = await _practice.Log(_practice.Assistant, Day, 3600);
        (await _server.Post(_practice.Owner, "/v1/timer:start",
            $$"""{"engagementId":"{{_practice.EngagementId}}","startedAt":"2026-05-04T09:00:00Z"}""")).Ok();
        await Taken("/pieces/1/id", "/v1/timer:resolve", $$"""
            {"resolution":"split","pieces":[{"startedAt":"2026-05-04T09:00:00Z","endedAt":"2026-05-04T10:00:00Z"},
             {"id":"{{entry}}","startedAt":"2026-05-04T11:00:00Z","endedAt":"2026-05-04T12:00:00Z"}]}
            """);
    }

    private async Task Taken(string field, string path, string body)
    {
        var answer = await _server.Post(_practice.Owner, path, body);
        Assert.Equal((409, "id-taken", field), (answer.Code, answer.ProblemCode, answer.Pointers.SingleOrDefault()));
    }

    /// <summary>The first one lets the pause begin which the second one falls into.</summary>
    private async Task<Guid[]> LogTwo() =>
        [await _practice.Log(_practice.Assistant, Day, 3600), await _practice.Log(_practice.Assistant, Day, 3600)];
}

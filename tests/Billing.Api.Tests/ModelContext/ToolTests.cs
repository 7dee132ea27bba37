using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.ModelContext;

/// <summary>A real client of the protocol does a practice's work by tools.</summary>
public sealed class ToolTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;
    private ToolCaller _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.AddClient();
        _owner = await ToolCaller.Connect(_server, _practice.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _server.DisposeAsync();
        Assert.Empty(_server.Errors);
    }

    [Fact]
    public async Task Only_confirming_is_said_to_be_destructive_and_previews_are_said_to_write_nothing()
    {
        var tools = await _owner.Tools();

        Assert.Equal(
            [
                "confirm", "explain_report_figure", "explain_tax_line", "list_clients", "list_engagements", "list_entries", "list_invoices",
                "list_receivables", "list_unbilled", "log_time", "next_tax_payment", "preview_draft_invoice", "preview_finalize_invoice",
                "preview_send_invoice", "show_invoice", "show_report", "show_week", "start_timer", "stop_timer", "switch_timer", "timer_status",
            ],
            tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["confirm"], tools.Where(tool => tool.Annotations!.DestructiveHint == true).Select(tool => tool.Name));
        Assert.Equal(
            ["confirm", "log_time", "start_timer", "stop_timer", "switch_timer"],
            tools.Where(tool => tool.Annotations!.ReadOnlyHint != true).Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.False(string.IsNullOrEmpty(tool.Description), tool.Name));
    }

    [Fact]
    public async Task An_hour_is_clocked_logged_and_seen()
    {
        var engagements = (await _owner.Call("list_engagements")).Ok();
        var engagement = (string?)engagements.Json["items"]![0]!["engagementId"];
        Assert.Equal(_practice.EngagementId.ToString(), engagement);
        var now = NodaTime.SystemClock.Instance.GetCurrentInstant();
        var hourAgo = NodaTime.Text.InstantPattern.General.Format(now - NodaTime.Duration.FromHours(1));

        (await _owner.Call("start_timer", ("engagementId", engagement), ("note", "Mails"), ("startedAt", hourAgo))).Ok();
        Assert.Equal("Mails", (string?)(await _owner.Call("timer_status")).Ok().Json["running"]!["note"]);
        Assert.InRange((long)(await _owner.Call("stop_timer")).Ok().Json["durationSeconds"]!, 3600, 3700);
        (await _owner.Call("log_time", ("engagementId", engagement), ("workedOn", "2026-05-04"), ("duration", "1:30"))).Ok();

        Assert.Equal(5400, (long)(await _owner.Call("show_week", ("week", "2026-W19"))).Ok().Json["durationSeconds"]!);
        Assert.Single((await _owner.Call("list_entries", ("from", "2026-05-01"), ("to", "2026-05-31"))).Ok().Json["items"]!.AsArray());
        Assert.Equal(2, (int)(await _owner.Call("list_unbilled")).Ok().Json["items"]![0]!["entryCount"]!);
    }

    [Fact]
    public async Task What_is_sent_again_with_its_retry_key_is_written_once()
    {
        (string, object?)[] call =
            [("engagementId", _practice.EngagementId), ("workedOn", "2026-05-04"), ("duration", "1:30"), ("retryKey", "call-17")];

        var first = (await _owner.Call("log_time", call)).Ok();
        var again = (await _owner.Call("log_time", call)).Ok();

        Assert.Equal((string?)first.Json["id"], (string?)again.Json["id"]);
        Assert.Equal(5400, (long)(await _owner.Call("show_week", ("week", "2026-W19"))).Ok().Json["durationSeconds"]!);
    }

    [Fact]
    public async Task A_refusal_is_the_tools_error_in_the_words_of_the_api()
    {
        var answer = await _owner.Call("stop_timer");

        var refused = await _server.Post(_practice.Owner, "/v1/timer:stop", "{}");
        Assert.Equal((refused.ProblemCode, (string?)refused.Json["detail"]), (answer.Code, (string?)answer.Json["detail"]));
        var bad = await _owner.Call("log_time", ("engagementId", _practice.EngagementId), ("workedOn", "2026-05-04"), ("duration", "1:99"));
        Assert.Equal("invalid-request", bad.Code);
        Assert.Equal("not-found", (await _owner.Call("show_invoice", ("invoiceId", Guid.NewGuid()))).Code);
    }

    [Fact]
    public async Task The_next_tax_payment_has_its_reason_and_a_line_its_inputs()
    {
        var next = (await _owner.Call("next_tax_payment", ("year", 2026))).Ok().Json;
        var estimate = await _practice.Get("/v1/tax-years/2026/estimate");

        Assert.Equal((string?)estimate["advice"], (string?)next["advice"]);
        Assert.Equal((string?)estimate["required"]!["reason"], (string?)next["required"]!["reason"]);
        Assert.False(next.ContainsKey("lines"));
        var line = (await _owner.Call("explain_tax_line", ("year", 2026), ("code", "schedule-c.receipts"))).Ok().Json;
        Assert.Equal("schedule-c.receipts", (string?)line["line"]!["code"]);
    }

    [Fact]
    public async Task An_assistants_token_clocks_but_sees_no_rates_and_no_invoices()
    {
        var invoice = await _practice.Invoice("2026-05-04");
        var (_, token) = await _practice.Join("Ana", "assistant");
        await using var assistant = await ToolCaller.Connect(_server, token);

        var engagements = (await assistant.Call("list_engagements")).Ok();
        Assert.DoesNotContain("perHour", engagements.Text, StringComparison.Ordinal);
        Assert.Contains("perHour", (await _owner.Call("list_engagements")).Text, StringComparison.Ordinal);
        (await assistant.Call("log_time", ("engagementId", _practice.EngagementId), ("workedOn", "2026-05-04"), ("duration", "1"))).Ok();
        foreach (var (tool, arguments) in new (string, (string, object?)[])[]
        {
            ("list_invoices", []), ("show_invoice", [("invoiceId", invoice)]), ("list_unbilled", []), ("list_receivables", []),
            ("next_tax_payment", [("year", 2026)]), ("preview_draft_invoice", [("clientId", _practice.ClientId)]),
            ("preview_finalize_invoice", [("invoiceId", invoice)]), ("preview_send_invoice", [("invoiceId", invoice)]),
        })
        {
            Assert.Equal((tool, "role-not-allowed"), (tool, (await assistant.Call(tool, arguments)).Code));
        }
    }

    [Fact]
    public async Task A_call_that_is_too_long_is_refused()
    {
        var answer = await _server.Post(
            _practice.Owner, "/mcp",
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{new string('x', 256 * 1024)}}"} }""",
            ("Accept", "application/json, text/event-stream"));

        Assert.Equal((413, "unreadable-request"), (answer.Code, answer.ProblemCode));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bill_unknown-but-long-enough-to-be-one")]
    public async Task Nobody_is_let_in_without_a_good_token(string? token)
    {
        var answer = await _server.Post(
            token, "/mcp", """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", ("Accept", "application/json, text/event-stream"));

        Assert.Equal((401, "not-authenticated", "Bearer"), (answer.Code, answer.ProblemCode, answer.Header("WWW-Authenticate")));
    }
}

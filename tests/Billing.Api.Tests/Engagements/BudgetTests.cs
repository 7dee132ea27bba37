using Billing.Api.Engagements;
using Billing.Api.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Engagements;

/// <summary>Budgets from the work that is logged to the alert that is given once.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;

    private string Budget => $"/v1/engagements/{_practice.EngagementId}/budget";

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.AddClient();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Says_what_is_used_and_left_in_hours_and_in_money()
    {
        await Set("""{"durationSeconds":36000,"money":{"amount":"1000.00","currency":"USD"},"firstDay":"2026-03-01"}""");
        await _practice.Log(_practice.Owner, "2026-02-28", 3600);
        await _practice.Log(_practice.Owner, "2026-03-02", 9000);
        await _practice.Post("/v1/time-entries",
            $$"""{"engagementId":"{{_practice.EngagementId}}","workedOn":"2026-03-03","durationSeconds":3600,"billable":false}""");

        var budget = await _practice.Get(Budget);

        Assert.Equal((12_600, 23_400, 35), ((int)budget["hours"]!["usedSeconds"]!, (int)budget["hours"]!["leftSeconds"]!, (int)budget["hours"]!["percent"]!));
        Assert.Equal(("100.00", "900.00"), ((string?)budget["money"]!["used"]!["amount"], (string?)budget["money"]!["left"]!["amount"]));
        Assert.Equal([80, 100], budget["thresholdPercents"]!.AsArray().Select(p => (int)p!));
        Assert.Equal(4, budget["burn"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_assistant_sees_hours_and_never_money()
    {
        var (_, assistant) = await _practice.Join("Ana", "assistant");
        await Set("""{"durationSeconds":3600,"money":{"amount":"40.00","currency":"USD"},"firstDay":"2026-03-01"}""");
        await _practice.Log(_practice.Owner, "2026-03-02", 3600);
        await Look();
        var seen = (await _server.Get(assistant, Budget)).Ok();
        var alerts = (await _server.Get(assistant, "/v1/budget-alerts")).Ok();
        Assert.DoesNotContain("USD", seen.Text + alerts.Text, StringComparison.Ordinal);
        Assert.Equal(["hours", "hours"], alerts.Items.Select(alert => (string?)alert["measure"]));
        Assert.Equal(4, (await _server.Get(_practice.Owner, "/v1/budget-alerts")).Ok().Items.Count);

        await Set("""{"money":{"amount":"40.00","currency":"USD"},"firstDay":"2026-03-01"}""");
        // Only one's own writes are waited for.
        await _server.CatchUp();
        Assert.Equal(404, (await _server.Get(assistant, Budget)).Code);
    }

    [Fact]
    public async Task A_threshold_raises_one_event_whatever_is_looked_at_twice_at_once_or_after_a_restart()
    {
        await Set("""{"durationSeconds":7200,"per":"month","firstDay":"2026-03-01","thresholdPercents":[50]}""");
        var entry = await _practice.Log(_practice.Owner, "2026-03-02", 3600);
        await Task.WhenAll(Look(), Look(), Look());
        await _server.Restart();
        await Look();
        var once = await Alerts();
        // It falls and rises again.
        await _practice.Post($"/v1/time-entries/{entry}:remove", "{}");
        await Look();
        await _practice.Log(_practice.Owner, "2026-03-03", 7200);
        await Look();
        var still = await Alerts();
        await _practice.Log(_practice.Owner, "2026-02-27", 7200);
        await _practice.Log(_practice.Owner, "2026-04-01", 3599);
        await Look();
        var almost = await Alerts();
        await _practice.Log(_practice.Owner, "2026-04-02", 1);
        await Look();

        Assert.Equal(["2026-03-01"], once);
        Assert.Equal(["2026-03-01"], still);
        Assert.Equal(["2026-03-01"], almost);
        Assert.Equal(["2026-04-01", "2026-03-01"], await Alerts());
        Assert.Empty(_server.Errors);
    }

    [Fact]
    public async Task A_dropped_budget_is_gone_and_warns_no_more()
    {
        await Set("""{"durationSeconds":3600,"firstDay":"2026-03-01"}""");
        await _practice.Post($"/v1/engagements/{_practice.EngagementId}:drop-budget", "{}");
        await _practice.Log(_practice.Owner, "2026-03-02", 3600);
        await Look();
        Assert.Equal((404, 0), ((await _server.Get(_practice.Owner, Budget)).Code, (await Alerts()).Count));
    }

    private Task<ApiAnswer> Set(string body) => _practice.Post($"/v1/engagements/{_practice.EngagementId}:set-budget", body);

    /// <summary>What the watch does after work was written, without waiting for its next turn.</summary>
    private async Task Look()
    {
        await _server.CatchUp();
        await _server.Services.GetRequiredService<BudgetWatch>().Look(TestContext.Current.CancellationToken);
        await _server.CatchUp();
    }

    private async Task<List<string?>> Alerts() =>
        [.. (await _server.Get(_practice.Owner, "/v1/budget-alerts")).Ok().Items.Select(alert => (string?)alert["periodStart"])];
}

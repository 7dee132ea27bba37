using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;

namespace Billing.Api.Tests.Reports;

/// <summary>The timesheet shows whose hours the caller may see, and never a rate.</summary>
public sealed class TimesheetDocumentTests
{
    [Fact]
    public async Task Shows_a_clients_hours_of_a_period_by_engagement_with_their_sum_and_no_rate()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        await practice.Log(practice.Assistant, "2026-05-04", 5400);
        await practice.Log(practice.OtherAssistant, "2026-05-05", 1800);
        await practice.Log(practice.OtherAssistant, "2026-06-01", 60);
        await practice.Post($"/v1/clients/{practice.ClientId}:set-language", """{"language":"de"}""");

        var text = await TextOf(server, practice.Owner, $"client={practice.ClientId}&from=2026-05-01&to=2026-05-31");

        Assert.Contains("Stundenzettel", text, StringComparison.Ordinal);
        Assert.Contains("Alle Stunden 2:00", text, StringComparison.Ordinal);
        Assert.DoesNotContain("01.06.2026", text, StringComparison.Ordinal);
        Assert.DoesNotContain("USD", text, StringComparison.Ordinal);
        Assert.Contains("Timesheet", await TextOf(server, practice.Owner, $"client={practice.ClientId}&language=en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assistant_gets_their_own_hours_and_is_refused_those_of_others()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        await practice.Log(practice.Assistant, "2026-05-04", 5400);
        await practice.Log(practice.OtherAssistant, "2026-05-05", 1800);

        var text = await TextOf(server, practice.Assistant, "from=2026-05-01&to=2026-05-31");

        Assert.Contains("All hours 1:30", text, StringComparison.Ordinal);
        var refused = await server.Get(practice.Assistant, $"/v1/reports/timesheet/pdf?assistant={practice.OtherAssistantId}");
        Assert.Equal((403, "not-own-time"), (refused.Code, refused.ProblemCode));
        Assert.Equal(404, (await server.Get(practice.Owner, $"/v1/reports/timesheet/pdf?client={Guid.NewGuid()}")).Code);
        Assert.Equal(400, (await server.Get(practice.Owner, "/v1/reports/timesheet/pdf?from=2026-05-02&to=2026-05-01")).Code);
    }

    private static async Task<string> TextOf(ApiServer server, string token, string query) =>
        PaymentReceiptTests.TextOf(await PaymentReceiptTests.Download(server, token, $"/v1/reports/timesheet/pdf?{query}"));
}

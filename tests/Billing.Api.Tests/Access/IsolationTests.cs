using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Access;

/// <summary>One practice never sees or touches another; an assistant neither another's time nor what an hour costs.</summary>
public sealed class IsolationTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    private Practice Mine => full.Practice;

    private Practice Theirs => full.Other;

    [Fact]
    public async Task Another_practices_id_is_answered_like_one_that_does_not_exist()
    {
        var faults = new List<string>();
        var theirs = Endpoints.Commands(Theirs).Concat(Endpoints.Queries(Theirs))
            .Where(e => e.Key.Contains("{id:guid}", StringComparison.Ordinal));
        foreach (var (name, request) in theirs)
        {
            var known = request.Path.Split('/', ':').Single(part => Guid.TryParse(part, out _));
            var unknown = request.Path.Replace(known, Guid.CreateVersion7().ToString(), StringComparison.Ordinal);
            var head = await Server.Head();
            var (foreign, missing) = (await Ask(request.Path, request.Body), await Ask(unknown, request.Body));
            if (await Server.Head() != head) faults.Add($"{name}: changed the books");
            if ((foreign.Code, foreign.ProblemCode) != (missing.Code, missing.ProblemCode)) faults.Add($"{name}: {foreign} or {missing}");
            // The lists within an invoice are empty for an id that is not there.
            if (foreign.Code != 404 && foreign.Text != """{"items":[]}""") faults.Add($"{name}: {foreign}");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));

        Task<ApiAnswer> Ask(string path, string? body) =>
            body is null ? Server.Get(Mine.Owner, path) : Server.Post(Mine.Owner, path, body);
    }

    [Fact]
    public async Task Another_practices_checkout_cannot_be_opened()
    {
        var head = await Server.Head();

        var answer = await Server.Post(Mine.Owner, $"/v1/invoices/{Theirs.InvoiceId}:checkout", null);

        // Without Stripe the server does not even look; with it, the payments' tests ask again.
        Assert.Equal((409, "online-payment-not-configured"), (answer.Code, answer.ProblemCode));
        Assert.Equal(head, await Server.Head());
    }

    [Fact]
    public async Task Lists_hold_nothing_of_another_practice()
    {
        string[] ids = [
            $"{Theirs.Id}", $"{Theirs.OwnerId}", $"{Theirs.AssistantId}", $"{Theirs.ClientId}", $"{Theirs.EngagementId}", $"{Theirs.EntryId}",
            $"{Theirs.TimerId}", $"{Theirs.ExpenseId}", $"{Theirs.RetainerId}", $"{Theirs.InvoiceId}", $"{Theirs.DraftId}", $"{Theirs.PaymentId}",
            $"{Theirs.TaxPaymentId}", $"{Theirs.LinkId}", $"{Theirs.SpareTokenId}"];
        foreach (var (name, query) in Endpoints.Queries(Mine))
        {
            var answer = (await Server.Get(Mine.Owner, query.Path)).Ok();
            if (answer.MediaType == "application/pdf") continue;
            Assert.DoesNotContain(ids, id => answer.Text.Contains(id, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Filters_by_another_practices_ids_find_nothing()
    {
        foreach (var path in new[]
        {
            $"/v1/time-entries?assistant={Theirs.AssistantId}", $"/v1/time-entries?client={Theirs.ClientId}",
            $"/v1/time-entries?engagement={Theirs.EngagementId}", $"/v1/expenses?client={Theirs.ClientId}",
            $"/v1/invoices?client={Theirs.ClientId}", $"/v1/engagements?client={Theirs.ClientId}", $"/v1/retainers?client={Theirs.ClientId}",
        })
        {
            Assert.Empty((await Server.Get(Mine.Owner, path)).Ok().Items);
        }
        Assert.Null((await Server.Get(Mine.Owner, $"/v1/timer?assistant={Theirs.AssistantId}")).Ok().Json["running"]);
    }

    [Fact]
    public async Task A_share_link_opens_its_own_invoice_only()
    {
        var page = (await Server.Get(null, Theirs.SharePath)).Ok();
        var mine = (await Server.Get(null, Mine.SharePath)).Ok();

        Assert.Contains("Birch", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Juniper", page.Text, StringComparison.Ordinal);
        Assert.Contains("Juniper", mine.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await Server.Get(null, Mine.SharePath + "x")).Code);
    }

    [Fact]
    public async Task A_revoked_link_opens_nothing()
    {
        var shared = await Mine.Post($"/v1/invoices/{Mine.InvoiceId}:share", "{}");
        var path = new Uri(shared.Json["url"]!.GetValue<string>()).AbsolutePath;
        (await Server.Get(null, path)).Ok();

        await Mine.Post($"/v1/invoices/{Mine.InvoiceId}:revoke-share", $$"""{"linkId":"{{shared.Json["linkId"]}}"}""");

        foreach (var answer in new[]
        {
            await Server.Get(null, path), await Server.Get(null, path + "/invoice.pdf"), await Server.Post(null, path + "/pay", null),
        })
        {
            Assert.Equal((404, "link-unknown"), (answer.Code, answer.ProblemCode));
            Assert.Null(Refused.Fault(answer));
        }
    }

    [Fact]
    public async Task An_assistant_sees_and_keeps_their_own_time_only()
    {
        var head = await Server.Head();
        var ben = Mine.OtherAssistantId;

        var list = (await Server.Get(Mine.Assistant, "/v1/time-entries?limit=500")).Ok();
        Assert.NotEmpty(list.Items);
        Assert.All(list.Items, entry => Assert.Equal(Mine.AssistantId, entry["assistantId"]!.GetValue<Guid>()));
        Assert.Equal(404, (await Server.Get(Mine.Assistant, $"/v1/time-entries/{Mine.OtherEntryId}")).Code);
        foreach (var answer in new[]
        {
            await Server.Get(Mine.Assistant, $"/v1/time-entries?assistant={ben}"),
            await Server.Get(Mine.Assistant, $"/v1/timer?assistant={ben}"),
            await Server.Get(Mine.Assistant, $"/v1/weeks/{Practice.Week}?assistant={ben}"),
            await Server.Post(Mine.Assistant, "/v1/timer:start", $$"""{"engagementId":"{{Mine.EngagementId}}","assistantId":"{{ben}}"}"""),
            await Server.Post(Mine.Assistant, "/v1/timer:stop", $$"""{"assistantId":"{{ben}}"}"""),
            await Server.Post(Mine.Assistant, "/v1/time-entries", $$"""{"engagementId":"{{Mine.EngagementId}}","assistantId":"{{ben}}","workedOn":"2026-03-20","durationSeconds":60}"""),
            await Server.Post(Mine.Assistant, $"/v1/time-entries/{Mine.OtherEntryId}:correct", $$"""{"engagementId":"{{Mine.EngagementId}}","workedOn":"2026-03-04","durationSeconds":60}"""),
            await Server.Post(Mine.Assistant, $"/v1/time-entries/{Mine.OtherEntryId}:remove", "{}"),
            await Server.Post(Mine.Assistant, $"/v1/weeks/{Practice.Week}:hand-in", $$"""{"assistantId":"{{ben}}"}"""),
        })
        {
            Assert.Equal((403, "not-own-time"), (answer.Code, answer.ProblemCode));
            Assert.Null(Refused.Fault(answer));
        }
        Assert.Equal(head, await Server.Head());
    }

    [Fact]
    public async Task An_assistant_sees_no_rates()
    {
        Assert.NotEmpty((await Server.Get(Mine.Owner, $"/v1/engagements/{Mine.EngagementId}")).Ok().Json["cards"]!.AsArray());
        foreach (var (name, query) in Endpoints.Queries(Mine))
        {
            var answer = await Server.Get(Mine.Assistant, query.Path);
            if (!answer.IsSuccess) continue;
            Assert.DoesNotContain("perHour\":{", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"amount\"", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_dry_run_of_an_assistant_tells_nothing_of_others()
    {
        var answer = await Server.Post(
            Mine.Assistant, $"/v1/time-entries/{Mine.OtherEntryId}:remove?dryRun=true", "{}");

        Assert.Equal((403, "not-own-time"), (answer.Code, answer.ProblemCode));
    }
}

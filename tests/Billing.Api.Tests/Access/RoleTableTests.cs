using Billing.Api.Http;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Access;

/// <summary>Every route of the server stands in one of the two tables, and does what they say.</summary>
public sealed partial class RoleTableTests(FullServer full) : IClassFixture<FullServer>
{
    private const string NoWebhook = "01990000-0000-7000-8000-0000000000f1";

    private static readonly string[] Roles = ["owner", "assistant", "bookkeeper"];

    private ApiServer Server => full.Server;

    [Fact]
    public void Every_route_of_the_server_stands_in_one_of_the_tables()
    {
        var served = Server.Routes;
        var listed = RoleTable.Table.Keys.Concat(RoleTable.Public.Keys);

        Assert.Equal(listed.Order(StringComparer.Ordinal), served.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, endpoint) in served)
        {
            var reason = endpoint.Metadata.GetMetadata<PublicEndpoint>()?.Reason;
            Assert.Equal((name, RoleTable.Public.GetValueOrDefault(name)), (name, reason));
            Assert.True(endpoint.Metadata.GetMetadata<AllowedRoles>() is null == (reason is not null), name);
        }
    }

    [Fact]
    public void The_document_of_the_api_names_every_route_and_no_other()
    {
        var documented = File.ReadLines(Path.Combine(Repository.Folder, "docs", "api.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells is [_, "GET" or "POST", ..])
            .Select(cells => $"{cells[1]} {cells[2].Trim('`')}");
        var served = Server.Routes.Keys.Select(name => name
            .Replace(":guid}", "}", StringComparison.Ordinal).Replace(":int}", "}", StringComparison.Ordinal));

        Assert.Equal(served.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_cell_lets_in_whom_the_table_names_and_nobody_else()
    {
        var faults = new List<string>();
        foreach (var (name, allowed) in RoleTable.Table)
        {
            foreach (var role in Roles)
            {
                var isAllowed = allowed.Contains(role[0], StringComparison.Ordinal);
                if (await Ask(name, full.Practice.TokenOf(role)) is var answer && IsLetIn(answer) != isAllowed)
                    faults.Add($"{name} by {role}: {answer}");
                else if (!isAllowed && Refused.Fault(answer) is { } fault)
                    faults.Add($"{name} by {role}: {fault}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task Nobody_is_let_in_without_a_token_that_is_good_now()
    {
        var practice = full.Practice;
        var revoked = await practice.IssueToken(practice.OwnerId);
        (await Server.Get(revoked.Token, "/v1/me")).Ok();
        await practice.Post($"/v1/tokens/{revoked.Id}:revoke", "{}");
        var leaver = await practice.Join("Cleo", "owner");
        (await Server.Get(leaver.Token, "/v1/me")).Ok();
        await practice.Post($"/v1/members/{leaver.Id}:remove", "{}");
        var soon = NodaTime.SystemClock.Instance.GetCurrentInstant() + NodaTime.Duration.FromSeconds(1);
        var expired = await practice.IssueToken(practice.OwnerId, $",\"expiresAt\":\"{soon:uuuu-MM-ddTHH:mm:ss.fff}Z\"");
        await Task.Delay(1_100, TestContext.Current.CancellationToken);
        var almost = practice.Owner[..^1] + (practice.Owner[^1] == 'A' ? 'B' : 'A');

        var faults = new List<string>();
        foreach (var name in RoleTable.Table.Keys)
        {
            foreach (var token in new[] { null, almost, "bill_unknown-but-long-enough-to-be-one", revoked.Token, leaver.Token, expired.Token, ApiServer.OperatorToken, "x" })
            {
                var head = await Server.Head();
                var answer = await Ask(name, token);
                if ((401, "not-authenticated") != (answer.Code, answer.ProblemCode) || Refused.Fault(answer) is not null ||
                    answer.Header("WWW-Authenticate") != "Bearer" || await Server.Head() != head)
                {
                    faults.Add($"{name} with {token ?? "no token"}: {answer}");
                }
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static bool IsLetIn(ApiAnswer answer) => answer.Code != 401 && answer.ProblemCode != "role-not-allowed";

    /// <summary>Asks without leaving a trace: commands as dry runs.</summary>
    private Task<ApiAnswer> Ask(string name, string? token)
    {
        if (Endpoints.Queries(full.Practice).GetValueOrDefault(name) is { } query) return Server.Get(token, query.Path);
        if (Endpoints.Commands(full.Practice).GetValueOrDefault(name) is { } command)
            return Server.Post(token, command.Path + "?dryRun=true", command.Body);
        if (SpecialRequests.Files(full.Practice).GetValueOrDefault(name) is { } file)
            return Server.PostBytes(token, $"{file.Path}{(file.Path.Contains('?') ? '&' : '?')}dryRun=true", file.Bytes, file.MediaType);
        if (IsNeverWritten(name) && SpecialRequests.Commands(full.Practice).GetValueOrDefault(name) is { } special)
            return Server.Post(token, special.Path, special.Body);
        return name switch
        {
            "POST /mcp" => Server.Post(token, "/mcp", """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", ("Accept", "application/json, text/event-stream")),
            "POST /v1/payments/{id:guid}:refund" => Server.Post(token, $"/v1/payments/{full.Practice.PaymentId}:refund", "{}"),
            "POST /v1/retainers/{id:guid}:refund" => Server.Post(token, $"/v1/retainers/{full.Practice.BlockId}:refund?dryRun=true", "{}"),
            "POST /v1/retainers/{id:guid}:settle-refund" => Server.Post(
                token, $"/v1/retainers/{full.Practice.BlockId}:settle-refund?dryRun=true",
                $$"""{"refundId":"{{full.Practice.BlockId}}","method":"transfer"}"""),
            "POST /v1/invoices/{id:guid}:apply-credit" or "POST /v1/invoices/{id:guid}:take-credit-off" => Server.Post(
                token, $"/v1/invoices/{full.Practice.InvoiceId}:{name.Split(':')[^1]}?dryRun=true", "{}"),
            "POST /v1/invoices/{id:guid}:collect" or "POST /v1/invoices/{id:guid}:checkout" =>
                Server.Post(token, $"/v1/invoices/{full.Practice.InvoiceId}:{name.Split(':')[^1]}", null),
            "POST /v1/clients/{id:guid}:erase" => Server.Post(token, $"/v1/clients/{full.Practice.ClientId}:erase?dryRun=true", "{}"),
            "GET /v1/events" => Server.Get(token, "/v1/events?since=-"), // What would be answered never ends.
            "POST /v1/webhooks" => Server.Post(token, "/v1/webhooks", """{"url":"https://127.0.0.1/"}"""),
            "POST /v1/webhooks/{id:guid}:change" => Server.Post(token, $"/v1/webhooks/{NoWebhook}:change", """{"url":"https://a.example/"}"""),
            "POST /v1/webhooks/{id:guid}:redeliver" => Server.Post(token, $"/v1/webhooks/{NoWebhook}:redeliver", """{"messageId":"msg_x"}"""),
            _ when name.Contains("/webhooks/", StringComparison.Ordinal) && name.Replace("{id:guid}", NoWebhook, StringComparison.Ordinal) is var one =>
                one.StartsWith("GET ", StringComparison.Ordinal) ? Server.Get(token, one["GET ".Length..]) : Server.Post(token, one["POST ".Length..], "{}"),
            "GET /v1/stripe-account" or "GET /v1/business/logo" => Server.Get(token, name["GET ".Length..]),
            "POST /v1/stripe-account:connect" or "POST /v1/stripe-account:disconnect" =>
                Server.Post(token, $"/v1/stripe-account:{name.Split(':')[^1]}", "{}"),
            _ when name.Contains("/identities", StringComparison.Ordinal) => AskOfIdentities(name, token),
            "POST /v1/reminders:send-due" => Server.Post(token, "/v1/reminders:send-due?dryRun=true", "{}"),
            "POST /v1/recurring-invoices:run-due" => Server.Post(token, "/v1/recurring-invoices:run-due?dryRun=true", "{}"),
            "POST /v1/time-entries:sync" => Server.Post(token, "/v1/time-entries:sync?dryRun=true", """{"items":[]}"""),
            "POST /v1/invoices/{id:guid}:charge-late-fee" => Server.Post(
                token, $"/v1/invoices/{full.Practice.InvoiceId}:charge-late-fee?dryRun=true", "{}"),
            "GET /v1/expenses/{id:guid}/receipts/{hash}" => Server.Get(
                token, $"/v1/expenses/{full.Practice.ExpenseId}/receipts/{new string('a', 64)}"),
            _ => throw new InvalidOperationException($"There is no request for {name}."),
        };
    }

    private Task<ApiAnswer> AskOfIdentities(string name, string? token) => name == "POST /v1/identities"
        ? Server.Post(token, "/v1/identities", """{"identityToken":"a.b.c"}""")
        : Server.Post(token, $"/v1/identities/{NoWebhook}:unlink?dryRun=true", "{}");

    /// <summary>What takes no dry run: it reads only, or names a proposal that there is not.</summary>
    private static bool IsNeverWritten(string name) => name.EndsWith(":what-if", StringComparison.Ordinal)
        || name.EndsWith(":simulate", StringComparison.Ordinal) || name.EndsWith("-rebill", StringComparison.Ordinal)
        || name.Contains(":preview-", StringComparison.Ordinal);
}

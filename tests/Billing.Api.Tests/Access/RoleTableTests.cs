using Billing.Api.Http;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Access;

/// <summary>Every route of the server stands in one of the two tables, and does what they say.</summary>
public sealed partial class RoleTableTests(FullServer full) : IClassFixture<FullServer>
{
    private static readonly string[] Roles = ["owner", "assistant", "bookkeeper"];

    /// <summary>Who may use an endpoint: o owner, a assistant, b bookkeeper.</summary>
    private static readonly Dictionary<string, string> Table = new(StringComparer.Ordinal)
    {
        ["GET /v1/business"] = "oab",
        ["POST /v1/business:describe"] = "o",
        ["POST /v1/business:move"] = "o",
        ["POST /v1/business:set-invoicing-policy"] = "o",
        ["POST /v1/business:set-timekeeping-policy"] = "o",
        ["POST /v1/business:lock-period"] = "o",
        ["GET /v1/stripe-account"] = "o",
        ["POST /v1/stripe-account:connect"] = "o",
        ["POST /v1/stripe-account:disconnect"] = "o",
        ["GET /v1/business/rates"] = "oab",
        ["POST /v1/business:set-rate"] = "o",
        ["POST /v1/business:set-cost"] = "o",
        ["POST /v1/business:set-surcharges"] = "o",
        ["POST /v1/business:preview-rate"] = "o",
        ["POST /v1/business:preview-surcharges"] = "o",
        ["GET /v1/members"] = "ob",
        ["POST /v1/members"] = "o",
        ["POST /v1/members/{id:guid}:remove"] = "o",
        ["POST /v1/members/{id:guid}:allow-rates"] = "o",
        ["GET /v1/tokens"] = "o",
        ["POST /v1/tokens"] = "o",
        ["POST /v1/tokens/{id:guid}:revoke"] = "o",
        ["GET /v1/me"] = "oab",
        ["GET /v1/clients"] = "oab",
        ["GET /v1/clients/{id:guid}"] = "oab",
        ["POST /v1/clients"] = "ob",
        ["POST /v1/clients/{id:guid}:describe"] = "ob",
        ["POST /v1/clients/{id:guid}:agree-terms"] = "ob",
        ["POST /v1/clients/{id:guid}:archive"] = "ob",
        ["POST /v1/clients/{id:guid}:set-language"] = "ob",
        ["GET /v1/clients/{id:guid}/statement"] = "ob",
        ["GET /v1/clients/{id:guid}/statement/pdf"] = "ob",
        ["POST /v1/invoices/{id:guid}:send"] = "ob",
        ["POST /v1/invoices/{id:guid}:send-credit-note"] = "ob",
        ["POST /v1/payments/{id:guid}:send-receipt"] = "ob",
        ["GET /v1/mails"] = "ob",
        ["GET /v1/mails/{id:guid}"] = "ob",
        ["POST /v1/mails/{id:guid}:resend"] = "ob",
        ["POST /v1/mails/{id:guid}:confirm"] = "ob",
        ["POST /v1/mails/{id:guid}:note-bounce"] = "ob",
        ["POST /v1/mail-reports"] = "ob",
        ["GET /v1/mail-policy"] = "ob",
        ["POST /v1/mail-policy:set"] = "o",
        ["GET /v1/reminders/due"] = "ob",
        ["POST /v1/reminders:send-due"] = "ob",
        ["GET /v1/clients/{id:guid}/rates"] = "oab",
        ["POST /v1/clients/{id:guid}:set-rate"] = "o",
        ["POST /v1/clients/{id:guid}:preview-rate"] = "o",
        ["GET /v1/engagements"] = "oab",
        ["GET /v1/engagements/{id:guid}"] = "oab",
        ["POST /v1/engagements"] = "ob",
        ["GET /v1/engagements/{id:guid}/rates"] = "oab",
        ["POST /v1/engagements/{id:guid}:set-rate"] = "o",
        ["POST /v1/engagements/{id:guid}:preview-rate"] = "o",
        ["POST /v1/engagements/{id:guid}:preview-surcharges"] = "o",
        ["POST /v1/engagements/{id:guid}:preview-time-rule"] = "o",
        ["POST /v1/engagements/{id:guid}:preview-billing-mode"] = "o",
        ["POST /v1/engagements/{id:guid}:set-cost"] = "o",
        ["POST /v1/engagements/{id:guid}:set-billing-mode"] = "o",
        ["POST /v1/engagements/{id:guid}:set-surcharges"] = "o",
        ["POST /v1/engagements/{id:guid}:set-time-rule"] = "o",
        ["POST /v1/engagements/{id:guid}:lock-rates"] = "o",
        ["POST /v1/engagements/{id:guid}:end"] = "ob",
        ["GET /v1/timer"] = "oab",
        ["GET /v1/timers"] = "ob",
        ["POST /v1/timer:start"] = "oab",
        ["POST /v1/timer:switch"] = "oab",
        ["POST /v1/timer:continue"] = "oab",
        ["POST /v1/timer:resolve"] = "oab",
        ["POST /v1/timer:stop"] = "oab",
        ["GET /v1/time-entries"] = "oab",
        ["GET /v1/time-entries/{id:guid}"] = "oab",
        ["GET /v1/time-entries/{id:guid}/price"] = "oab",
        ["POST /v1/time-entries"] = "oab",
        ["POST /v1/time-entries:sync"] = "oab",
        ["POST /v1/time-entries/{id:guid}:correct"] = "oab",
        ["POST /v1/time-entries/{id:guid}:remove"] = "oab",
        ["GET /v1/weeks"] = "ob",
        ["GET /v1/weeks/{week}"] = "oab",
        ["POST /v1/weeks/{week}:set-grid"] = "oab",
        ["POST /v1/weeks/{week}:approve"] = "o",
        ["POST /v1/weeks/{week}:return"] = "o",
        ["POST /v1/weeks/{week}:hand-in"] = "oab",
        ["POST /v1/weeks/{week}:reopen"] = "o",
        ["GET /v1/expenses"] = "ob",
        ["GET /v1/expenses/{id:guid}"] = "ob",
        ["GET /v1/expense-categories"] = "oab",
        ["POST /v1/expenses"] = "ob",
        ["POST /v1/expenses/{id:guid}:correct"] = "ob",
        ["POST /v1/expenses/{id:guid}:remove"] = "ob",
        ["GET /v1/expenses/{id:guid}/receipts"] = "ob",
        ["GET /v1/expenses/{id:guid}/receipts/{hash}"] = "ob",
        ["POST /v1/expenses/{id:guid}/receipts"] = "ob",
        ["POST /v1/expenses/{id:guid}/receipts/{hash}:remove"] = "ob",
        ["GET /v1/trips"] = "ob",
        ["GET /v1/trips/{id:guid}"] = "ob",
        ["POST /v1/trips"] = "ob",
        ["POST /v1/trips/{id:guid}:correct"] = "ob",
        ["POST /v1/trips/{id:guid}:remove"] = "ob",
        ["GET /v1/vehicles"] = "ob",
        ["POST /v1/vehicles"] = "ob",
        ["POST /v1/vehicles/{id:guid}:set-year"] = "ob",
        ["GET /v1/recurring-expenses"] = "ob",
        ["GET /v1/recurring-expenses/due"] = "ob",
        ["POST /v1/recurring-expenses"] = "ob",
        ["POST /v1/recurring-expenses/{id:guid}:change"] = "ob",
        ["POST /v1/recurring-expenses/{id:guid}:record-due"] = "ob",
        ["POST /v1/expense-policy:set-paid-first"] = "o",
        ["GET /v1/quotes"] = "ob",
        ["GET /v1/quotes/{id:guid}"] = "ob",
        ["GET /v1/quotes/{id:guid}/pdf"] = "ob",
        ["POST /v1/quotes"] = "ob",
        ["POST /v1/quotes/{id:guid}:revise"] = "ob",
        ["POST /v1/quotes/{id:guid}:send"] = "ob",
        ["POST /v1/quotes/{id:guid}:accept"] = "ob",
        ["POST /v1/quotes/{id:guid}:decline"] = "ob",
        ["POST /v1/quotes/{id:guid}:share"] = "ob",
        ["POST /v1/quotes/{id:guid}:revoke-share"] = "ob",
        ["POST /v1/quotes/{id:guid}:turn-into-engagement"] = "ob",
        ["POST /v1/quotes/{id:guid}:turn-into-invoice"] = "ob",
        ["GET /v1/recurring-invoices"] = "ob",
        ["GET /v1/recurring-invoices/due"] = "ob",
        ["GET /v1/recurring-invoices/{id:guid}"] = "ob",
        ["POST /v1/recurring-invoices"] = "ob",
        ["POST /v1/recurring-invoices/{id:guid}:change"] = "ob",
        ["POST /v1/recurring-invoices/{id:guid}:skip"] = "ob",
        ["POST /v1/recurring-invoices/{id:guid}:pause"] = "ob",
        ["POST /v1/recurring-invoices/{id:guid}:resume"] = "ob",
        ["POST /v1/recurring-invoices/{id:guid}:end"] = "ob",
        ["POST /v1/recurring-invoices:run-due"] = "ob",
        ["GET /v1/engagements/{id:guid}/budget"] = "oab",
        ["GET /v1/budget-alerts"] = "oab",
        ["POST /v1/engagements/{id:guid}:set-budget"] = "ob",
        ["POST /v1/engagements/{id:guid}:drop-budget"] = "ob",
        ["GET /v1/retainers"] = "ob",
        ["GET /v1/retainers/{id:guid}"] = "ob",
        ["POST /v1/retainers"] = "ob",
        ["POST /v1/retainers/{id:guid}:request-deposit"] = "ob",
        ["POST /v1/retainers/{id:guid}:set-terms"] = "ob",
        ["POST /v1/retainers/{id:guid}:close"] = "ob",
        ["POST /v1/retainers/{id:guid}:buy-hours"] = "ob",
        ["POST /v1/retainers/{id:guid}:renew"] = "ob",
        ["POST /v1/retainers/{id:guid}:approve-overage"] = "ob",
        ["POST /v1/retainers/{id:guid}:request-top-up"] = "ob",
        ["POST /v1/retainers/{id:guid}:refund"] = "ob",
        ["POST /v1/retainers/{id:guid}:simulate"] = "ob",
        ["GET /v1/retainers/{id:guid}/periods"] = "ob",
        ["GET /v1/retainers/{id:guid}/lots"] = "ob",
        ["GET /v1/unearned"] = "ob",
        ["GET /v1/invoices"] = "ob",
        ["GET /v1/invoices/{id:guid}"] = "ob",
        ["GET /v1/invoices/{id:guid}/payments"] = "ob",
        ["GET /v1/invoices/{id:guid}/links"] = "ob",
        ["GET /v1/invoices/{id:guid}/pdf"] = "ob",
        ["POST /v1/invoices"] = "ob",
        ["POST /v1/invoices/{id:guid}:use-retainers"] = "ob",
        ["POST /v1/invoices/{id:guid}:discard"] = "ob",
        ["POST /v1/invoices/{id:guid}:finalize"] = "ob",
        ["POST /v1/invoices/{id:guid}:void"] = "ob",
        ["POST /v1/invoices/{id:guid}:share"] = "ob",
        ["POST /v1/invoices/{id:guid}:revoke-share"] = "ob",
        ["POST /v1/invoices/{id:guid}:checkout"] = "ob",
        ["GET /v1/invoices/{id:guid}/proposal"] = "ob",
        ["POST /v1/invoices/{id:guid}:drop-rebill"] = "o",
        ["POST /v1/invoices/{id:guid}:accept-rebill"] = "o",
        ["GET /v1/credit-notes"] = "ob",
        ["GET /v1/invoices/{id:guid}/credit-notes"] = "ob",
        ["GET /v1/invoices/{id:guid}/credit-notes/{number}/e-invoice.xml"] = "ob",
        ["GET /v1/invoices/{id:guid}/credit-notes/{number}/pdf"] = "ob",
        ["POST /v1/invoices/{id:guid}:credit"] = "ob",
        ["POST /v1/invoices/{id:guid}:settle-refund"] = "ob",
        ["POST /v1/invoices/{id:guid}:write-off"] = "o",
        ["GET /v1/late-fees"] = "ob",
        ["GET /v1/sales-tax"] = "ob",
        ["GET /v1/sales-tax/payments"] = "ob",
        ["GET /v1/sales-tax/returns"] = "ob",
        ["POST /v1/sales-tax/payments"] = "ob",
        ["POST /v1/sales-tax/payments/{id:guid}:correct"] = "ob",
        ["POST /v1/sales-tax/payments/{id:guid}:remove"] = "ob",
        ["GET /v1/clients/{id:guid}/credit"] = "ob",
        ["POST /v1/invoices/{id:guid}:apply-credit"] = "ob",
        ["POST /v1/invoices/{id:guid}:take-credit-off"] = "ob",
        ["GET /v1/e-invoicing"] = "ob",
        ["POST /v1/business:set-e-invoicing"] = "o",
        ["GET /v1/clients/{id:guid}/e-invoicing"] = "ob",
        ["POST /v1/clients/{id:guid}:agree-e-invoicing"] = "ob",
        ["GET /v1/invoices/{id:guid}/e-invoice.xml"] = "ob",
        ["POST /v1/business:set-sales-tax"] = "o",
        ["GET /v1/clients/{id:guid}/tax"] = "ob",
        ["POST /v1/clients/{id:guid}:agree-tax"] = "ob",
        ["POST /v1/invoices/{id:guid}:describe"] = "ob",
        ["POST /v1/invoices/{id:guid}:charge-late-fee"] = "ob",
        ["POST /v1/business:set-late-fee-policy"] = "o",
        ["GET /v1/proposals"] = "ob",
        ["GET /v1/payments/{id:guid}"] = "ob",
        ["POST /v1/payments"] = "ob",
        ["POST /v1/bank-statements"] = "ob",
        ["GET /v1/bank-lines"] = "ob",
        ["GET /v1/bank-lines/{id:guid}"] = "ob",
        ["POST /v1/bank-lines/{id:guid}:confirm"] = "ob",
        ["POST /v1/bank-lines/{id:guid}:link"] = "ob",
        ["POST /v1/bank-lines/{id:guid}:set-aside"] = "ob",
        ["POST /v1/bank-lines/{id:guid}:take-up"] = "ob",
        ["POST /v1/payments/{id:guid}:refund"] = "ob",
        ["POST /v1/invoices/{id:guid}:collect"] = "ob",
        ["GET /v1/payments/{id:guid}/refunds"] = "ob",
        ["GET /v1/clients/{id:guid}/collection"] = "ob",
        ["GET /v1/disputes"] = "ob",
        ["POST /v1/clients/{id:guid}/collection:offer"] = "o",
        ["GET /v1/payouts"] = "ob",
        ["POST /v1/clients/{id:guid}/collection:turn-off"] = "o",
        ["GET /v1/unbilled"] = "ob",
        ["GET /v1/clients/{id:guid}/unbilled"] = "ob",
        ["GET /v1/receivables"] = "ob",
        ["GET /v1/journal"] = "ob",
        ["GET /v1/journal.hledger"] = "ob",
        ["GET /v1/journal.beancount"] = "ob",
        ["GET /v1/cash"] = "ob",
        ["GET /v1/tax-years/{year:int}"] = "ob",
        ["GET /v1/tax-years/{year:int}/estimates"] = "ob",
        ["GET /v1/tax-years/{year:int}/estimate"] = "ob",
        ["GET /v1/tax-years/{year:int}/estimate/pdf"] = "ob",
        ["GET /v1/tax-years/{year:int}/information-returns"] = "ob",
        ["POST /v1/tax-years/{year:int}:set-profile"] = "o",
        ["POST /v1/tax-years/{year:int}:set-home-office"] = "o",
        ["POST /v1/tax-years/{year:int}/payments"] = "ob",
        ["POST /v1/tax-years/{year:int}/estimates"] = "ob",
        ["POST /v1/tax-years/{year:int}/payments/{id:guid}:remove"] = "ob",
        ["GET /v1/reports/{report}"] = "oab",
        ["GET /v1/reports/{report}/explain"] = "oab",
        ["POST /v1/imports/agency-timesheet"] = "ob",
        ["GET /v1/chain"] = "o",
        ["GET /v1/chain/checkpoint"] = "o",
    };

    private ApiServer Server => full.Server;

    [Fact]
    public void Every_route_of_the_server_stands_in_one_of_the_tables()
    {
        var served = Server.Routes;
        var listed = Table.Keys.Concat(Public.Keys);

        Assert.Equal(listed.Order(StringComparer.Ordinal), served.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, endpoint) in served)
        {
            var reason = endpoint.Metadata.GetMetadata<PublicEndpoint>()?.Reason;
            Assert.Equal((name, Public.GetValueOrDefault(name)), (name, reason));
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
        foreach (var (name, allowed) in Table)
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
        foreach (var name in Table.Keys)
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
        return name switch
        {
            "POST /v1/payments/{id:guid}:refund" => Server.Post(token, $"/v1/payments/{full.Practice.PaymentId}:refund", "{}"),
            "POST /v1/retainers/{id:guid}:refund" => Server.Post(token, $"/v1/retainers/{full.Practice.BlockId}:refund?dryRun=true", "{}"),
            "POST /v1/invoices/{id:guid}:apply-credit" or "POST /v1/invoices/{id:guid}:take-credit-off" => Server.Post(
                token, $"/v1/invoices/{full.Practice.InvoiceId}:{name.Split(':')[^1]}?dryRun=true", "{}"),
            "POST /v1/invoices/{id:guid}:collect" or "POST /v1/invoices/{id:guid}:checkout" =>
                Server.Post(token, $"/v1/invoices/{full.Practice.InvoiceId}:{name.Split(':')[^1]}", null),
            "GET /v1/stripe-account" => Server.Get(token, "/v1/stripe-account"),
            "POST /v1/stripe-account:connect" or "POST /v1/stripe-account:disconnect" =>
                Server.Post(token, $"/v1/stripe-account:{name.Split(':')[^1]}", "{}"),
            "POST /v1/reminders:send-due" => Server.Post(token, "/v1/reminders:send-due?dryRun=true", "{}"),
            "POST /v1/recurring-invoices:run-due" => Server.Post(token, "/v1/recurring-invoices:run-due?dryRun=true", "{}"),
            "POST /v1/time-entries:sync" => Server.Post(token, "/v1/time-entries:sync?dryRun=true", """{"items":[]}"""),
            "POST /v1/retainers/{id:guid}:simulate" => Server.Post(
                token, $"/v1/retainers/{full.Practice.BlockId}:simulate",
                $$"""{"from":"2026-01-01","through":"2026-12-31","terms":{{Endpoints.BlockTerms}}}"""),
            "POST /v1/imports/agency-timesheet" => Server.PostBytes(
                token, "/v1/imports/agency-timesheet?dryRun=true", "Project,Client,Note,Team Member,Date,Hours Logged\n"u8.ToArray(), "text/csv"),
            "POST /v1/mail-reports" => Server.PostBytes(
                token, "/v1/mail-reports?dryRun=true", Mailing.Reports.Postfix(full.Practice.MailId), "message/rfc822"),
            "POST /v1/bank-statements" => Server.PostBytes(token, "/v1/bank-statements?dryRun=true", "Date,Amount\n"u8.ToArray(), "text/csv"),
            "POST /v1/invoices/{id:guid}:drop-rebill" => Server.Post(
                token, $"/v1/invoices/{full.Practice.InvoiceId}:drop-rebill", $$"""{"fingerprint":"{{new string('a', 64)}}"}"""),
            "POST /v1/invoices/{id:guid}:accept-rebill" => Server.Post(
                token, $"/v1/invoices/{full.Practice.InvoiceId}:accept-rebill",
                $$"""{"fingerprint":"{{new string('a', 64)}}","way":"delta","issuedOn":"2026-04-02"}"""),
            "POST /v1/invoices/{id:guid}:charge-late-fee" => Server.Post(
                token, $"/v1/invoices/{full.Practice.InvoiceId}:charge-late-fee?dryRun=true", "{}"),
            _ when name.Contains(":preview-", StringComparison.Ordinal) => Server.Post(
                token, name["POST ".Length..].Replace("{id:guid}", IdIn(name), StringComparison.Ordinal), Endpoints.PreviewBody(name)),
            "POST /v1/expenses/{id:guid}/receipts" => Server.PostBytes(
                token, $"/v1/expenses/{full.Practice.ExpenseId}/receipts?dryRun=true", "%PDF-1.7"u8.ToArray(), "application/pdf"),
            "GET /v1/expenses/{id:guid}/receipts/{hash}" => Server.Get(
                token, $"/v1/expenses/{full.Practice.ExpenseId}/receipts/{new string('a', 64)}"),
            _ => throw new InvalidOperationException($"There is no request for {name}."),
        };
    }

    private string IdIn(string name) =>
        (name.Contains("/clients/", StringComparison.Ordinal) ? full.Practice.ClientId : full.Practice.EngagementId).ToString();
}

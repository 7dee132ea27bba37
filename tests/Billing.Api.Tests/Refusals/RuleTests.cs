using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Refusals;

/// <summary>Bodies that can be read and still make no sense: each gets its own code and points to its field.</summary>
public sealed class RuleTests(FullServer full) : IClassFixture<FullServer>
{
    [Theory]
    [InlineData("/business:describe", "email", "\"nobody\"", 422, "email-malformed")]
    [InlineData("/business:describe", "name", "\"two\\nlines\"", 422, "text-unprintable")]
    [InlineData("/business:describe", "addressLines", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"]", 422, "address-too-long")]
    [InlineData("/business:move", "timeZone", "\"Mars/Olympus\"", 422, "time-zone-unknown")]
    [InlineData("/business:move", "timeZone", "\"america/chicago\"", 422, "time-zone-unknown")]
    [InlineData("/business:set-invoicing-policy", "numberPrefix", "\"lower\"", 422, "number-prefix-malformed")]
    [InlineData("/business:set-invoicing-policy", "rounding", """{"incrementSeconds":60,"direction":"sideways","scope":"entry"}""", 422, "rounding-direction-unknown")]
    [InlineData("/business:set-invoicing-policy", "rounding", """{"incrementSeconds":60,"direction":"up","scope":"month"}""", 422, "rounding-scope-unknown")]
    [InlineData("/business:set-timekeeping-policy", "whileRunning", "\"both\"", 422, "timer-policy-unknown")]
    [InlineData("/business:set-timekeeping-policy", "whenForgotten", "\"ask\"", 422, "forgotten-policy-unknown")]
    [InlineData("/business:set-timekeeping-policy", "forgottenAfterSeconds", "0", 422, "forgotten-after-out-of-range")]
    [InlineData("/business:set-timekeeping-policy", "capSeconds", "36001", 422, "timer-cap-out-of-range")]
    [InlineData("/business:lock-period", "through", "\"2190-01-01\"", 409, "in-the-future")]
    [InlineData("/business:lock-period", "reason", "\"a\\nb\"", 422, "text-unprintable")]
    [InlineData("/members", "role", "\"admin\"", 422, "role-unknown")]
    [InlineData("/members", "role", "\"Owner\"", 422, "role-unknown")]
    [InlineData("/members", "timeZone", "\"EST5\"", 422, "time-zone-unknown")]
    [InlineData("/tokens", "expiresAt", "\"2020-01-01T00:00:00Z\"", 422, "expiry-not-ahead")]
    [InlineData("/tokens", "label", "\"a\\nb\"", 422, "text-unprintable")]
    [InlineData("/clients", "email", "\"a@b@c\"", 422, "email-malformed")]
    [InlineData("/engagements/{id:guid}:set-rate", "perHour", """{"amount":"0.00","currency":"USD"}""", 422, "rate-out-of-range")]
    [InlineData("/engagements/{id:guid}:set-rate", "perHour", """{"amount":"-40.00","currency":"USD"}""", 422, "rate-out-of-range")]
    [InlineData("/engagements/{id:guid}:set-rate", "perHour", """{"amount":"100000.01","currency":"USD"}""", 422, "rate-out-of-range")]
    [InlineData("/engagements/{id:guid}:set-rate", "perHour", """{"amount":"40.00","currency":"EUR"}""", 422, "currency-mismatch")]
    [InlineData("/engagements/{id:guid}:set-rate", "validUntilExclusive", "\"2026-06-01\"", 422, "card-period-empty")]
    [InlineData("/retainers/{id:guid}:request-deposit", "amount", """{"amount":"0","currency":"USD"}""", 422, "amount-not-positive")]
    [InlineData("/retainers/{id:guid}:request-deposit", "amount", """{"amount":"-1","currency":"USD"}""", 422, "amount-not-positive")]
    [InlineData("/retainers/{id:guid}:request-deposit", "amount", """{"amount":"800","currency":"EUR"}""", 422, "currency-mismatch")]
    [InlineData("/retainers/{id:guid}:request-deposit", "amount", """{"amount":"800","currency":"JPY"}""", 422, "currency-mismatch")]
    [InlineData("/timer:start", "startedAt", "\"2199-01-01T00:00:00Z\"", 409, "in-the-future")]
    [InlineData("/timer:start", "startedAt", "\"1999-01-01T00:00:00Z\"", 422, "date-out-of-range")]
    [InlineData("/timer:start", "startedAt", "\"9999-12-31T23:59:59Z\"", 422, "date-out-of-range")]
    [InlineData("/timer:start", "startedAt", "\"-9998-01-01T00:00:00Z\"", 422, "date-out-of-range")]
    [InlineData("/timer:switch", "startedAt", "\"2199-01-01T00:00:00Z\"", 409, "in-the-future")]
    [InlineData("/timer:continue", "startedAt", "\"1999-01-01T00:00:00Z\"", 422, "date-out-of-range")]
    [InlineData("/timer:continue", "entryId", "\"00000000-0000-0000-0000-000000000001\"", 404, "entry-unknown")]
    [InlineData("/timer:resolve", "resolution", "\"forget\"", 400, "invalid-request")]
    [InlineData("/timer:resolve", "endedAt", "\"2199-01-01T00:00:00Z\"", 409, "in-the-future")]
    [InlineData("/weeks/{week}:return", "reason", "\"a\\nb\"", 422, "text-unprintable")]
    [InlineData("/timer:stop", "endedAt", "\"2199-01-01T00:00:00Z\"", 409, "in-the-future")]
    [InlineData("/timer:stop", "endedAt", "\"2026-01-01T00:00:00Z\"", 422, "end-not-after-start")]
    [InlineData("/timer:stop", "endedAt", "\"9999-12-31T23:59:59Z\"", 422, "date-out-of-range")]
    [InlineData("/time-entries", "durationSeconds", "0", 422, "duration-not-positive")]
    [InlineData("/time-entries", "durationSeconds", "-60", 422, "duration-not-positive")]
    [InlineData("/time-entries", "durationSeconds", "86401", 422, "duration-too-long")]
    [InlineData("/time-entries", "durationSeconds", "9223372036854775807", 422, "duration-too-long")]
    [InlineData("/time-entries", "durationSeconds", "-9223372036854775808", 422, "duration-not-positive")]
    [InlineData("/time-entries", "workedOn", "\"1999-12-31\"", 422, "date-out-of-range")]
    [InlineData("/time-entries", "workedOn", "\"9999-12-31\"", 400, "invalid-request")]
    [InlineData("/time-entries", "workedOn", "\"-9998-01-01\"", 400, "invalid-request")]
    [InlineData("/time-entries", "workedOn", "\"2190-01-01\"", 409, "in-the-future")]
    [InlineData("/time-entries/{id:guid}:correct", "durationSeconds", "-1", 422, "duration-not-positive")]
    [InlineData("/expenses", "amount", """{"amount":"0.00","currency":"USD"}""", 422, "amount-not-positive")]
    [InlineData("/expenses", "amount", """{"amount":"-5.00","currency":"USD"}""", 422, "amount-not-positive")]
    [InlineData("/expenses", "amount", """{"amount":"5","currency":"JPY"}""", 409, "currency-mismatch")]
    [InlineData("/expenses", "category", "\"yachts\"", 422, "category-unknown")]
    [InlineData("/expenses", "paidOn", "\"2190-01-01\"", 409, "in-the-future")]
    [InlineData("/expenses", "paidOn", "\"1999-12-31\"", 422, "date-out-of-range")]
    [InlineData("/expenses", "payee", "\"a\\nb\"", 422, "text-unprintable")]
    [InlineData("/expenses/{id:guid}:correct", "category", "\"\\u00e9\"", 422, "category-unknown")]
    [InlineData("/invoices/{id:guid}:finalize", "issuedOn", "\"2190-12-31\"", 422, "issued-on-implausible")]
    [InlineData("/invoices/{id:guid}:finalize", "issuedOn", "\"9999-12-31\"", 400, "invalid-request")]
    [InlineData("/invoices/{id:guid}:finalize", "issuedOn", "\"1999-12-31\"", 422, "issued-on-implausible")]
    [InlineData("/invoices/{id:guid}:void", "voidedOn", "\"2026-01-31\"", 422, "voided-on-implausible")]
    [InlineData("/invoices/{id:guid}:void", "reason", "\"a\\nb\"", 422, "text-unprintable")]
    [InlineData("/payments", "amount", """{"amount":"0","currency":"USD"}""", 422, "amount-not-positive")]
    [InlineData("/payments", "amount", """{"amount":"-10","currency":"USD"}""", 422, "amount-not-positive")]
    [InlineData("/payments", "amount", """{"amount":"10.00","currency":"EUR"}""", 422, "currency-mismatch")]
    [InlineData("/payments", "amount", """{"amount":"1000","currency":"JPY"}""", 422, "currency-mismatch")]
    [InlineData("/payments", "method", "\"barter\"", 422, "payment-method-unknown")]
    [InlineData("/payments", "receivedOn", "\"2190-01-01\"", 422, "received-on-implausible")]
    [InlineData("/payments", "receivedOn", "\"1950-01-01\"", 422, "received-on-implausible")]
    [InlineData("/payments", "receivedOn", "\"-9998-01-01\"", 400, "invalid-request")]
    [InlineData("/tax-years/{year:int}:set-profile", "filingStatus", "\"widowed\"", 400, "invalid-request")]
    [InlineData("/tax-years/{year:int}:set-profile", "wages", """{"amount":"-1","currency":"USD"}""", 422, "amount-out-of-range")]
    [InlineData("/tax-years/{year:int}:set-profile", "wages", """{"amount":"1000000000.01","currency":"USD"}""", 422, "amount-out-of-range")]
    [InlineData("/tax-years/{year:int}:set-profile", "wages", """{"amount":"1","currency":"EUR"}""", 400, "invalid-request")]
    [InlineData("/tax-years/{year:int}/states/{state}:set-filing", "withholding", """{"amount":"-1","currency":"USD"}""", 422, "amount-out-of-range")]
    [InlineData("/tax-years/{year:int}/states/{state}:set-filing", "withholding", """{"amount":"1","currency":"EUR"}""", 400, "invalid-request")]
    [InlineData("/tax-years/{year:int}/germany:set-profile", "deductions", """{"amount":"1","currency":"USD"}""", 400, "invalid-request")]
    [InlineData("/tax-years/{year:int}/germany:set-profile", "churchTax", "\"north\"", 422, "church-tax-unknown")]
    [InlineData("/tax-years/{year:int}/germany:set-profile", "setPrepayments", "[]", 422, "prepayments-not-four")]
    [InlineData("/tax-years/{year:int}/payments", "amount", """{"amount":"0","currency":"USD"}""", 422, "amount-not-positive")]
    [InlineData("/tax-years/{year:int}/payments", "amount", """{"amount":"1","currency":"CAD"}""", 400, "invalid-request")]
    [InlineData("/tax-years/{year:int}/payments", "paidOn", "\"2025-12-31\"", 422, "paid-on-implausible")]
    public async Task Refuses_a_field_by_its_rule(string pattern, string field, string literal, int status, string code)
    {
        var good = Endpoints.Commands(full.Practice)[$"POST /v1{pattern}"];
        var body = JsonNode.Parse(good.Body!)!.AsObject();
        body[field] = JsonNode.Parse(literal);
        var head = await full.Server.Head();

        var answer = await full.Server.Post(full.Practice.Owner, good.Path, body.ToJsonString());

        Assert.Equal((status, code), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer, "/" + field));
        Assert.Equal(head, await full.Server.Head());
    }

    [Theory]
    [InlineData("\"startedAt\":\"2026-03-10T09:00:00Z\"")]
    [InlineData("\"endedAt\":\"2026-03-10T09:00:00Z\"")]
    [InlineData("\"workedOn\":\"2026-03-10\"")]
    [InlineData("\"durationSeconds\":60")]
    [InlineData("\"billable\":true")]
    [InlineData("\"startedAt\":\"2026-03-10T09:00:00Z\",\"durationSeconds\":60")]
    [InlineData("\"startedAt\":\"2026-03-10T09:00:00Z\",\"endedAt\":\"2026-03-10T10:00:00Z\",\"durationSeconds\":3600")]
    public async Task Refuses_time_that_is_half_said_or_said_twice(string time)
    {
        var head = await full.Server.Head();

        foreach (var path in new[] { "/v1/time-entries", $"/v1/time-entries/{full.Practice.EntryId}:correct" })
        {
            var answer = await full.Server.Post(
                full.Practice.Owner, path, $$"""{"engagementId":"{{full.Practice.EngagementId}}",{{time}}}""");
            Assert.Equal(400, answer.Code);
            Assert.Null(Refused.Fault(answer, "/startedAt"));
        }
        Assert.Equal(head, await full.Server.Head());
    }

    [Fact]
    public async Task Refuses_time_that_overlaps_and_a_day_that_is_full()
    {
        var practice = full.Practice;
        (await Log("\"startedAt\":\"2026-02-03T15:00:00Z\",\"endedAt\":\"2026-02-03T17:00:00Z\"")).Ok();
        (await Log("\"workedOn\":\"2026-02-04\",\"durationSeconds\":86400")).Ok();
        var head = await full.Server.Head();

        var overlap = await Log("\"startedAt\":\"2026-02-03T16:59:59Z\",\"endedAt\":\"2026-02-03T18:00:00Z\"");
        var full24 = await Log("\"workedOn\":\"2026-02-04\",\"durationSeconds\":1");

        Assert.Equal((409, "time-overlap"), (overlap.Code, overlap.ProblemCode));
        Assert.Equal((409, "day-full"), (full24.Code, full24.ProblemCode));
        Assert.Null(Refused.Fault(overlap));
        Assert.Null(Refused.Fault(full24));
        Assert.Equal(head, await full.Server.Head());

        Task<ApiAnswer> Log(string time) => full.Server.Post(
            practice.Bookkeeper, "/v1/time-entries", $$"""{"engagementId":"{{practice.EngagementId}}",{{time}}}""");
    }

    [Theory]
    [InlineData("\"name\":\"\"", "/name")]
    [InlineData("\"name\":\"two\\nlines\"", "/name")]
    [InlineData("\"ownerName\":\"  \"", "/ownerName")]
    [InlineData("\"ownerName\":\"a\\tb\"", "/ownerName")]
    [InlineData("\"timeZone\":\"Nowhere\"", "/timeZone")]
    [InlineData("\"currency\":\"usd\"", "/currency")]
    [InlineData("\"currency\":null", "/currency")]
    [InlineData("\"surprise\":1", "/surprise")]
    public async Task Refuses_to_open_a_practice_that_makes_no_sense(string field, string pointer)
    {
        var body = JsonNode.Parse("""{"name":"New","ownerName":"Owner","timeZone":"Etc/UTC","currency":"USD"}""")!.AsObject();
        var (name, value) = JsonNode.Parse($"{{{field}}}")!.AsObject().Single();
        body[name] = value?.DeepClone();
        var head = await full.Server.Head();

        var answer = await full.Server.Post(ApiServer.OperatorToken, "/v1/businesses", body.ToJsonString());

        Assert.Null(Refused.Fault(answer, pointer));
        Assert.Equal(head, await full.Server.Head());
        Assert.Empty(full.Server.Errors);
    }

    [Theory]
    [InlineData("currency=usd", "currency")]
    [InlineData("timeZone=Nowhere", "timeZone")]
    [InlineData("perHour=-1", "perHour")]
    [InlineData("perHour=0", "perHour")]
    [InlineData("perHour=1.234", "perHour")]
    [InlineData("dryRun=perhaps", "dryRun")]
    public async Task Refuses_an_import_with_settings_that_cannot_be_used(string query, string pointer)
    {
        var answer = await Import("?" + query, "Project,Client,Note,Team Member,Date,Hours Logged\n"u8.ToArray(), "text/csv");

        Assert.Equal(400, answer.Code);
        Assert.Null(Refused.Fault(answer, pointer));
    }

    [Fact]
    public async Task Refuses_a_file_that_is_no_agency_timesheet()
    {
        Assert.Equal("not-an-agency-timesheet", (await Import("", "Name,Hours\n"u8.ToArray(), "text/csv")).ProblemCode);
        Assert.Equal("not-an-agency-timesheet", (await Import("", [0xFF, 0xC3, 0x28], "text/csv")).ProblemCode);
        Assert.Equal("not-an-agency-timesheet", (await Import("", [], "text/csv")).ProblemCode);
        var wrongType = await Import("", "{}"u8.ToArray(), "application/json");
        Assert.Equal((415, "not-csv"), (wrongType.Code, wrongType.ProblemCode));
        var tooLarge = await Import("", new byte[32 * 1024 * 1024 + 1], "text/csv");
        Assert.Equal((413, "body-too-large"), (tooLarge.Code, tooLarge.ProblemCode));
        Assert.Null(Refused.Fault(wrongType));
        Assert.Null(Refused.Fault(tooLarge));
    }

    private async Task<ApiAnswer> Import(string query, byte[] file, string mediaType)
    {
        var head = await full.Server.Head();
        var answer = await full.Server.PostBytes(full.Practice.Owner, "/v1/imports/agency-timesheet" + query, file, mediaType);
        Assert.Equal(head, await full.Server.Head());
        return answer;
    }
}

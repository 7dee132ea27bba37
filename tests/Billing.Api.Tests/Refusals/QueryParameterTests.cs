using Billing.Api.Http;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Refusals;

/// <summary>What is asked for badly is refused by the name of its parameter.</summary>
public sealed class QueryParameterTests(FullServer full) : IClassFixture<FullServer>
{
    private static readonly string[] Paged = ["/v1/clients", "/v1/engagements", "/v1/time-entries", "/v1/expenses", "/v1/invoices"];

    public static TheoryData<string, string> BadPages()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in Paged)
            foreach (var bad in new[] { "limit=0", "limit=501", "limit=x", "limit=-1", "limit=1.5", "limit=1&limit=2", "limit=99999999999", "cursor=x", "cursor=%00" })
                data.Add(path, bad);
        return data;
    }

    [Theory]
    [MemberData(nameof(BadPages))]
    [InlineData("/v1/clients", "archived=maybe")]
    [InlineData("/v1/engagements", "client=x")]
    [InlineData("/v1/timer", "assistant=x")]
    [InlineData("/v1/weeks/2026-W10", "assistant=x")]
    [InlineData("/v1/time-entries", "client=x")]
    [InlineData("/v1/time-entries", "engagement=1")]
    [InlineData("/v1/time-entries", "assistant=me")]
    [InlineData("/v1/time-entries", "from=2026-02-30")]
    [InlineData("/v1/time-entries", "to=yesterday")]
    [InlineData("/v1/time-entries", "billed=2")]
    [InlineData("/v1/expenses", "from=01.02.2026")]
    [InlineData("/v1/expenses", "to=2026-1-1")]
    [InlineData("/v1/expenses", "billed=no")]
    [InlineData("/v1/expenses", "client=x")]
    [InlineData("/v1/expense-categories", "year=1999")]
    [InlineData("/v1/expense-categories", "year=2100")]
    [InlineData("/v1/expense-categories", "year=x")]
    [InlineData("/v1/retainers", "client=x")]
    [InlineData("/v1/invoices", "client=x")]
    [InlineData("/v1/invoices", "status=lost")]
    [InlineData("/v1/unbilled", "through=x")]
    [InlineData("/v1/receivables", "day=x")]
    [InlineData("/v1/sales-tax/returns", "year=26")]
    [InlineData("/v1/sales-tax/returns", "every=week")]
    [InlineData("/v1/sales-tax/returns", "asOf=x")]
    [InlineData("/v1/cash", "from=x")]
    [InlineData("/v1/cash", "to=2026-00-01")]
    [InlineData("/v1/cash?from=2026-05-01", "to=2026-04-30")]
    [InlineData("/v1/tax-years/2026/estimate", "asOf=x")]
    [InlineData("/v1/tax-years/2026/estimate", "projection=hope")]
    [InlineData("/v1/tax-years/2026/estimate", "netProfit=lots")]
    [InlineData("/v1/tax-years/2026/estimate?projection=own-number", "netProfit=1.234")]
    [InlineData("/v1/tax-years/2026/estimate?projection=run-rate", "netProfit=5")]
    [InlineData("/v1/tax-years/2026/estimate/pdf", "asOf=x")]
    [InlineData("/v1/tax-years/2026/states/ca/estimate", "asOf=x")]
    [InlineData("/v1/tax-years/2026/states/ca/estimate", "projection=hope")]
    [InlineData("/v1/tax-years/2026/germany/estimate", "netProfit=lots")]
    [InlineData("/v1/tax-years/2026/germany/profit", "asOf=x")]
    [InlineData("/v1/tax-years/2026/germany/vat", "asOf=x")]
    [InlineData("/v1/chain", "after=-1")]
    [InlineData("/v1/chain", "after=x")]
    [InlineData("/v1/chain", "after=1000000")]
    [InlineData("/v1/chain", "limit=0")]
    [InlineData("/v1/chain", "limit=5001")]
    [InlineData("/v1/reports/work", "by=moon")]
    [InlineData("/v1/reports/work", "asOf=x")]
    [InlineData("/v1/reports/work?from=2026-05-01", "to=2026-04-30")]
    [InlineData("/v1/clients", "colour=red")]
    [InlineData("/v1/me", "client=01900000-0000-7000-8000-000000000001")]
    [InlineData("/v1/business", "Billing-Position=x")]
    public async Task Refuses_a_parameter_that_cannot_be_read(string path, string bad)
    {
        var name = bad[..bad.IndexOf('=', StringComparison.Ordinal)];
        var answer = name == "Billing-Position"
            ? await full.Server.Get(full.Practice.Owner, path, (name, "x"))
            : await full.Server.Get(full.Practice.Owner, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + bad);

        Assert.Equal(400, answer.Code);
        Assert.Null(Refused.Fault(answer));
        // Contradictory parameters are told by either name.
        Assert.Contains(
            answer.Pointers, p => p == name || path.Contains($"{p}=", StringComparison.Ordinal)
                || bad.StartsWith("netProfit=5", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/tax-years/1999/estimate", 409, "tax-year-not-loaded")]
    [InlineData("/v1/tax-years/2050/estimate", 409, "tax-year-not-loaded")]
    [InlineData("/v1/tax-years/2147483647/estimate", 409, "tax-year-not-loaded")]
    [InlineData("/v1/tax-years/-1/estimate", 409, "tax-year-not-loaded")]
    [InlineData("/v1/tax-years/99999999999/estimate", 404, "not-found")]
    [InlineData("/v1/tax-years/x/estimate", 404, "not-found")]
    [InlineData("/v1/tax-years/2026/states/zz", 422, "state-unknown")]
    [InlineData("/v1/tax-years/2026/states/zz/estimate", 422, "state-unknown")]
    [InlineData("/v1/tax-years/2026/states/ny/estimate", 409, "state-not-covered")]
    [InlineData("/v1/tax-years/2024/states/ga/estimate", 409, "tax-year-not-loaded")]
    [InlineData("/v1/tax-years/2147483647/states/ca/estimate", 409, "tax-year-not-loaded")]
    [InlineData("/v1/tax-years/2023/germany/estimate", 409, "tax-year-not-loaded")]
    [InlineData("/v1/tax-years/2147483647/germany/profit", 409, "tax-year-not-loaded")]
    [InlineData("/v1/tax-years/-1/germany/vat", 409, "tax-year-not-loaded")]
    [InlineData("/v1/tax-years/2147483647/germany", 422, "tax-year-unknown")]
    [InlineData("/v1/tax-years/2026/germany/estimate", 409, "tax-currency-not-eur")]
    [InlineData("/v1/expense-categories?year=2050", 409, "tax-year-not-loaded")]
    [InlineData("/v1/weeks/2026-W54", 400, "invalid-request")]
    [InlineData("/v1/weeks/2026-10", 400, "invalid-request")]
    [InlineData("/v1/weeks/9999-W01", 400, "invalid-request")]
    [InlineData("/v1/clients/no-id", 404, "not-found")]
    [InlineData("/v1/nothing-here", 404, "not-found")]
    [InlineData("/nothing/here", 404, "not-found")]
    [InlineData("/i/short", 404, "link-unknown")]
    [InlineData("/i/0123456789012345678901234567890123456789012", 404, "link-unknown")]
    public async Task Refuses_an_address_that_names_nothing(string path, int status, string code)
    {
        var answer = await full.Server.Get(full.Practice.Owner, path);

        Assert.Equal((status, code), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer));
    }

    [Theory]
    [InlineData("/v1/tax-years/1999:set-profile", """{"filingStatus":"single"}""")]
    [InlineData("/v1/tax-years/2100:set-profile", """{"filingStatus":"single"}""")]
    [InlineData("/v1/tax-years/-5:set-profile", """{"filingStatus":"single"}""")]
    [InlineData("/v1/tax-years/2100/germany:set-profile", "{}")]
    [InlineData("/v1/tax-years/1999/states/ca:set-filing", "{}")]
    [InlineData("/v1/tax-years/2147483647/payments", """{"quarter":1,"amount":{"amount":"1","currency":"USD"},"paidOn":"2026-04-15"}""")]
    public async Task Refuses_a_tax_year_out_of_range(string path, string body)
    {
        var head = await full.Server.Head();

        var answer = await full.Server.Post(full.Practice.Owner, path, body);

        Assert.Equal((422, "tax-year-unknown"), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer));
        Assert.Equal(head, await full.Server.Head());
    }

    [Theory]
    [InlineData("from", "-9998-01-01")]
    [InlineData("to", "9999-12-31")]
    [InlineData("through", "9999-12-31")]
    [InlineData("day", "9999-12-31")]
    [InlineData("day", "-9998-01-01")]
    [InlineData("asOf", "9999-12-31")]
    [InlineData("asOf", "-9998-01-01")]
    public async Task Answers_for_the_first_and_the_last_day_there_is(string name, string day)
    {
        foreach (var (endpoint, good) in Endpoints.Queries(full.Practice))
        {
            if (full.Server.Routes[endpoint].Metadata.GetMetadata<QueryParameters>()?.Takes(name) is not true) continue;
            var answer = await full.Server.Get(full.Practice.Owner, $"{good.Path}{(good.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={day}");
            Assert.True(answer.IsSuccess || Refused.Fault(answer) is null, $"{endpoint}: {answer}");
        }
        Assert.Empty(full.Server.Errors);
    }

    [Fact]
    public async Task Says_which_methods_an_address_does_not_take()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/v1/clients");

        var answer = await full.Server.Send(request);

        Assert.Equal((405, "method-not-allowed"), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer));
    }
}

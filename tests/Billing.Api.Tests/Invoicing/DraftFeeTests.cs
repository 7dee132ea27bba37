using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Invoicing;

/// <summary>Agreed fees on a draft that somebody makes by hand.</summary>
public sealed class DraftFeeTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    [Fact]
    public async Task Are_billed_line_by_line_with_the_work_or_alone_and_reconcile()
    {
        var practice = await Practice.Open(Server);
        var id = (await practice.Post("/v1/invoices", Draft(practice,
            $$$"""
            [{"description":"Website care March","amount":{"amount":"60.00","currency":"USD"}},
             {"description":"Photos","amount":{"amount":"25.50","currency":"USD"},"engagementId":"{{{practice.EngagementId}}}"}]
            """))).Id;
        await practice.Post($"/v1/invoices/{id}:finalize", """{"issuedOn":"2026-05-05"}""");
        var detail = await practice.Get($"/v1/invoices/{id}");
        Assert.Equal(
            ["fee Website care March 60.00", "fee Photos 25.50"],
            detail["lines"]!.AsArray().Select(line =>
                $"{(string?)line!["kind"]} {(string?)line["description"]} {(string?)line["amount"]!["amount"]}"));
        Assert.Equal("85.50", (string?)detail["invoice"]!["total"]!["amount"]);
        await Reconciled.Holds(Server, practice.Id);
    }

    [Theory]
    [InlineData("""[{"description":"Care","amount":{"amount":"0.00","currency":"USD"}}]""", 422, "amount-not-positive")]
    [InlineData("""[{"description":"Care","amount":{"amount":"1.00","currency":"EUR"}}]""", 422, "currency-mismatch")]
    [InlineData("""[{"description":" ","amount":{"amount":"1.00","currency":"USD"}}]""", 400, "invalid-request")]
    [InlineData(
        """[{"description":"Care","amount":{"amount":"1.00","currency":"USD"},"engagementId":"00000000-0000-0000-0000-000000000077"}]""", 404,
        "engagement-unknown")]
    [InlineData("[]", 409, "nothing-to-bill")]
    public async Task That_make_no_sense_are_refused_and_nothing_is_drafted(string fees, int status, string code)
    {
        var practice = await Practice.Open(Server);
        var refused = await Server.Post(practice.Owner, "/v1/invoices", Draft(practice, fees));
        Assert.Equal((status, code), (refused.Code, refused.ProblemCode));
    }

    private static string Draft(Practice practice, string fees) =>
        $$$"""{"clientId":"{{{practice.ClientId}}}","entryIds":[],"expenseIds":[],"retainerIds":[],"fees":{{{fees}}}}""";
}

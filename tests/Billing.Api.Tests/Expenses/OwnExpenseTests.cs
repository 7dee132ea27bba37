using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Expenses;

/// <summary>An assistant writes down what they paid, and of the rest of what is spent learns nothing.</summary>
public sealed class OwnExpenseTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    private Practice Practice => full.Practice;

    [Fact]
    public async Task An_assistant_records_corrects_and_proves_an_expense_and_the_owner_sees_who_it_was()
    {
        var id = await Record(Practice.Assistant, "Corner Print Shop");
        (await Server.Post(Practice.Assistant, $"/v1/expenses/{id}:correct", Body("Corner Print Shop", "12.90"))).Ok();
        (await Attach(Practice.Assistant, id)).Ok();

        var seen = (await Server.Get(Practice.Owner, $"/v1/expenses/{id}")).Ok().Json;
        Assert.Equal(("12.90", Practice.AssistantId), ((string?)seen["amount"]!["amount"], (Guid)seen["recordedBy"]!));
        Assert.Single((await Server.Get(Practice.Assistant, $"/v1/expenses/{id}/receipts")).Ok().Items);
        (await Server.Post(Practice.Assistant, $"/v1/expenses/{id}:remove", "{}")).Ok();
    }

    [Fact]
    public async Task What_others_wrote_down_an_assistant_neither_sees_nor_touches()
    {
        var own = await Record(Practice.Assistant, "Own");
        var others = new[] { await Record(Practice.OtherAssistant, "Another's"), await Record(Practice.Owner, "The owner's"), Practice.ExpenseId };

        var listed = (await Server.Get(Practice.Assistant, "/v1/expenses?limit=500")).Ok().Items;
        Assert.Contains(listed, expense => (Guid)expense["expenseId"]! == own);
        Assert.All(listed, expense => Assert.Equal(Practice.AssistantId, (Guid)expense["recordedBy"]!));
        foreach (var other in others)
        {
            var path = $"/v1/expenses/{other}";
            Assert.Equal(404, (await Server.Get(Practice.Assistant, path)).Code);
            Assert.Empty((await Server.Get(Practice.Assistant, $"{path}/receipts")).Ok().Items);
            Assert.Equal("expense-unknown", (await Server.Post(Practice.Assistant, $"{path}:correct", Body("Mine", "1.00"))).ProblemCode);
            Assert.Equal("expense-unknown", (await Server.Post(Practice.Assistant, $"{path}:remove", "{}")).ProblemCode);
            Assert.Equal("expense-unknown", (await Attach(Practice.Assistant, other)).ProblemCode);
        }
    }

    [Theory]
    [InlineData(",\"rebill\":true,\"markUp\":{\"basisPoints\":1000}", "/markUp")]
    [InlineData(",\"businessShareBasisPoints\":5000", "/businessShareBasisPoints")]
    [InlineData(",\"vehicleId\":\"01990000-0000-7000-8000-0000000000f1\"", "/vehicleId")]
    public async Task What_is_the_practices_to_say_is_refused_to_an_assistant(string more, string pointer)
    {
        var refused = await Server.Post(Practice.Assistant, "/v1/expenses", Body("Shop", "5.00", more));

        Assert.Equal((403, "not-for-assistants"), (refused.Code, refused.ProblemCode));
        Assert.Contains(pointer, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assistant_does_not_see_what_goes_on_top_of_their_expense()
    {
        var id = await Record(Practice.Assistant, "Stock photos");
        (await Server.Post(
            Practice.Owner, $"/v1/expenses/{id}:correct",
            Body("Stock photos", "10.00", $",\"clientId\":\"{Practice.ClientId}\",\"rebill\":true,\"markUp\":{{\"basisPoints\":2000}}"))).Ok();

        const string Share = "asisPoints\":2000";
        var owners = (await Server.Get(Practice.Owner, $"/v1/expenses/{id}")).Ok();
        Assert.Equal("2.00", (string?)owners.Json["markUp"]!["amount"]);
        Assert.Contains(Share, owners.Text, StringComparison.Ordinal);
        var own = (await Server.Get(Practice.Assistant, $"/v1/expenses/{id}")).Ok();
        Assert.Equal("0.00", (string?)own.Json["markUp"]!["amount"]);
        Assert.DoesNotContain(Share, own.Text, StringComparison.Ordinal);
    }

    private Task<ApiAnswer> Attach(string token, Guid expense) =>
        Server.PostBytes(token, $"/v1/expenses/{expense}/receipts", "%PDF-1.4 a bill"u8.ToArray(), "application/pdf");

    private async Task<Guid> Record(string token, string payee) => (await Server.Post(token, "/v1/expenses", Body(payee, "12.80"))).Ok().Id;

    private static string Body(string payee, string amount, string more = "") =>
        $$$"""{"amount":{"amount":"{{{amount}}}","currency":"USD"},"category":"office-expense","paidOn":"2026-04-02","payee":"{{{payee}}}"{{{more}}}}""";
}

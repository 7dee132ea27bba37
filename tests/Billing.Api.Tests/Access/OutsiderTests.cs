using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Access;

/// <summary>Who comes with no token of a practice.</summary>
public sealed class OutsiderTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    [Theory]
    [InlineData("Basic b3duZXI6c2VjcmV0LXNlY3JldA==")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bill_0123456789012345678901234567890")]
    public async Task Nobody_is_let_in_by_another_scheme(string header)
    {
        var answer = await Server.Get(null, "/v1/me", ("Authorization", header));

        Assert.Equal((401, "not-authenticated"), (answer.Code, answer.ProblemCode));
    }

    [Fact]
    public async Task Only_the_operator_opens_practices()
    {
        const string body = """{"name":"New","ownerName":"Owner","timeZone":"Etc/UTC","currency":"USD"}""";
        var head = await Server.Head();
        foreach (var token in new[] { null, full.Practice.Owner, ApiServer.OperatorToken[..^1], ApiServer.OperatorToken + "x" })
        {
            var answer = await Server.Post(token, "/v1/businesses", body);
            Assert.Equal((401, "not-authenticated"), (answer.Code, answer.ProblemCode));
            Assert.Null(Refused.Fault(answer));
        }
        Assert.Equal(head, await Server.Head());
    }
}

using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Refusals;

/// <summary><c>If-Match</c> and <c>Idempotency-Key</c>: nobody overwrites what they have not seen, and nothing happens twice.</summary>
public sealed class ConditionTests(FullServer full) : IClassFixture<FullServer>
{
    private ApiServer Server => full.Server;

    private string Owner => full.Practice.Owner;

    [Fact]
    public async Task Refuses_a_stale_version_on_every_command_and_changes_nothing()
    {
        foreach (var (name, good) in Endpoints.Commands(full.Practice))
        {
            var head = await Server.Head();
            var answer = await Server.Post(Owner, good.Path, good.Body, ("If-Match", "\"4711\""));
            Assert.True((412, "version-mismatch") == (answer.Code, answer.ProblemCode), $"{name}: {answer}");
            Assert.Null(Refused.Fault(answer));
            Assert.Equal(head, await Server.Head());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("\"x\"")]
    [InlineData("\"\"")]
    [InlineData("W/\"3\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("\"1\", \"2\"")]
    public async Task Refuses_an_If_Match_that_is_no_ETag_of_ours(string tag)
    {
        var head = await Server.Head();

        var answer = await Server.Post(Owner, $"/v1/clients/{full.Practice.ClientId}:agree-terms", """{"paymentTermsDays":9}""", ("If-Match", tag));

        Assert.Equal((400, "invalid-request"), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer, "If-Match"));
        Assert.Equal(head, await Server.Head());
    }

    /// <summary>As it was given, among others, weak as proxies make it, or whichever there is.</summary>
    [Fact]
    public async Task Whoever_has_a_resource_as_it_is_gets_no_body_again()
    {
        var (server, practice) = (full.Server, full.Practice);
        var (faults, tagged) = (new List<string>(), 0);
        foreach (var (name, query) in Endpoints.Queries(practice))
        {
            var read = (await server.Get(practice.Owner, query.Path)).Ok();
            if (read.Header("ETag") is not { } tag) continue;
            tagged++;
            foreach (var known in new[] { tag, $"\"no\", {tag}", $"W/{tag}", "*" })
            {
                var again = await server.Get(practice.Owner, query.Path, ("If-None-Match", known));
                if ((again.Code, again.Text, again.Header("ETag")) != (304, "", tag)) faults.Add($"{name} with {known}: {again.Code}");
            }
            var other = await server.Get(practice.Owner, query.Path, ("If-None-Match", "\"no\""));
            if (other.Code != 200) faults.Add($"{name} with another tag: {other.Code}");
        }
        Assert.True(tagged > 10, $"Only {tagged} have a tag.");
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Takes_the_version_that_the_caller_has_read_and_only_once()
    {
        var path = $"/v1/clients/{full.Practice.ClientId}";
        var tag = (await Server.Get(Owner, path)).Ok().Header("ETag")!;

        var first = await Server.Post(Owner, $"{path}:agree-terms", """{"paymentTermsDays":11}""", ("If-Match", tag));
        var second = await Server.Post(Owner, $"{path}:agree-terms", """{"paymentTermsDays":12}""", ("If-Match", tag));
        var renewed = await Server.Post(Owner, $"{path}:agree-terms", """{"paymentTermsDays":12}""", ("If-Match", first.Header("ETag")!));

        Assert.Equal((200, 412, 200), (first.Code, second.Code, renewed.Code));
        Assert.NotEqual(tag, first.Header("ETag"));
    }

    [Fact]
    public async Task Answers_a_repeated_request_as_it_was_answered_first()
    {
        (string, string) key = ("Idempotency-Key", "repeat-1");
        const string body = """{"name":"Calder","currency":"USD"}""";

        var first = await Server.Post(Owner, "/v1/clients", body, key);
        var head = await Server.Head();
        var second = await Server.Post(Owner, "/v1/clients", body, key);

        Assert.Equal(201, first.Code);
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal((first.Code, first.Text), (second.Code, second.Text));
        Assert.Equal(first.Header("Location"), second.Header("Location"));
        Assert.Equal(first.Header("ETag"), second.Header("ETag"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal(head, await Server.Head());
    }

    [Theory]
    [InlineData("/v1/clients", """{"name":"Delta","currency":"EUR"}""")]
    [InlineData("/v1/clients", """{"currency":"USD","name":"Delta"}""")]
    [InlineData("/v1/clients?dryRun=false", """{"name":"Delta","currency":"USD"}""")]
    [InlineData("/v1/business:move", """{"timeZone":"Europe/Paris"}""")]
    public async Task Refuses_a_key_that_was_used_for_another_request(string path, string body)
    {
        (string, string) key = ("Idempotency-Key", "reused-1");
        (await Server.Post(Owner, "/v1/clients", """{"name":"Delta","currency":"USD"}""", key)).Ok();
        var head = await Server.Head();

        var answer = await Server.Post(Owner, path, body, key);

        Assert.Equal((422, "idempotency-key-reused"), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer));
        Assert.Equal(head, await Server.Head());
    }

    [Fact]
    public async Task A_key_of_another_practice_is_another_key()
    {
        (string, string) key = ("Idempotency-Key", "shared-by-chance");
        const string body = """{"name":"Elm","currency":"USD"}""";

        var mine = await Server.Post(Owner, "/v1/clients", body, key);
        var theirs = await Server.Post(full.Other.Owner, "/v1/clients", body, key);

        Assert.Equal((201, 201), (mine.Code, theirs.Code));
        Assert.NotEqual(mine.Id, theirs.Id);
        Assert.Null(theirs.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_refusal_does_not_use_a_key_up()
    {
        (string, string) key = ("Idempotency-Key", "refused-first");
        var refused = await Server.Post(Owner, "/v1/clients", """{"name":"Fir","currency":"usd"}""", key);

        var mended = await Server.Post(Owner, "/v1/clients", """{"name":"Fir","currency":"USD"}""", key);

        Assert.Equal((400, 201), (refused.Code, mended.Code));
    }

    [Fact]
    public async Task Keys_work_on_every_command()
    {
        // On a practice of its own, since the commands take effect here: in the order of the table, with what fails later.
        var practice = await Practice.Open(Server, "Keyed");
        foreach (var (name, good) in Endpoints.Commands(practice).Where(e => !e.Key.EndsWith(":archive", StringComparison.Ordinal)))
        {
            (string, string) key = ("Idempotency-Key", $"each:{name.Replace(' ', '-')}");
            var first = await Server.Post(practice.Owner, good.Path, good.Body, key);
            if (!first.IsSuccess) continue;
            var wrote = first.Header("Billing-Position") is not null;
            var head = await Server.Head();
            var second = await Server.Post(practice.Owner, good.Path, good.Body, key);
            Assert.True(second.IsSuccess, $"{name}: {second}");
            Assert.Equal(head, await Server.Head());
            Assert.True(!wrote || second.Header("Idempotent-Replayed") == "true", $"{name}: not told as a replay");
            Assert.True(!wrote || first.Json["id"]!.ToJsonString() == second.Json["id"]!.ToJsonString(), $"{name}: {first} and then {second}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("tab\there")]
    public async Task Refuses_a_key_that_is_no_visible_ASCII(string key)
    {
        var head = await Server.Head();

        var answer = await Server.Post(Owner, "/v1/clients", """{"name":"Gum","currency":"USD"}""", ("Idempotency-Key", key));

        Assert.Equal((400, "invalid-request"), (answer.Code, answer.ProblemCode));
        Assert.Null(Refused.Fault(answer, "Idempotency-Key"));
        Assert.Equal(head, await Server.Head());
    }

    [Fact]
    public async Task Takes_a_key_of_200_characters_and_none_longer()
    {
        const string body = """{"name":"Haw","currency":"USD"}""";

        var longest = await Server.Post(Owner, "/v1/clients", body, ("Idempotency-Key", new string('k', 200)));
        var longer = await Server.Post(Owner, "/v1/clients", body, ("Idempotency-Key", new string('k', 201)));

        Assert.Equal((201, 400), (longest.Code, longer.Code));
        Assert.Null(Refused.Fault(longer, "Idempotency-Key"));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    [InlineData("true,true")]
    public async Task Refuses_a_dry_run_that_is_neither_true_nor_false(string value)
    {
        var head = await Server.Head();

        var answer = await Server.Post(Owner, $"/v1/clients?dryRun={value}", """{"name":"Ivy","currency":"USD"}""");

        Assert.Equal(400, answer.Code);
        Assert.Null(Refused.Fault(answer, "dryRun"));
        Assert.Equal(head, await Server.Head());
    }
}

using System.Text;
using Billing.Api.Tests.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Billing.Api.Tests.Refusals;

/// <summary>One server and one practice for all the bad requests of a class: none of them changes anything.</summary>
public sealed class FullServer : IAsyncLifetime
{
    public ApiServer Server { get; private set; } = null!;

    public Practice Practice { get; private set; } = null!;

    public Practice Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ApiServer.Start();
        Practice = await Practice.Open(Server);
        Other = await Practice.Open(Server, "Birch");
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>What is wrong with a request's body, is refused as documented and changes nothing.</summary>
public sealed class BadInputTests(FullServer full) : IClassFixture<FullServer>
{
    private const int MaxBodyBytes = 256 * 1024;

    private ApiServer Server => full.Server;

    private Practice Practice => full.Practice;

    [Fact]
    public async Task Takes_every_good_request_that_the_bad_ones_are_made_of()
    {
        var faults = new List<string>();
        foreach (var (name, good) in Endpoints.Commands(Practice))
        {
            var head = await Server.Head();
            var answer = await Server.Post(Practice.Owner, good.Path + "?dryRun=true", good.Body);
            if (!answer.IsSuccess) faults.Add($"{name}: {answer}");
            if (await Server.Head() != head) faults.Add($"{name}: a dry run wrote something");
        }
        foreach (var (name, good) in Endpoints.Queries(Practice))
        {
            var answer = await Server.Get(Practice.Owner, good.Path);
            if (!answer.IsSuccess) faults.Add($"{name}: {answer}");
        }
        AssertNone(faults);
    }

    [Fact]
    public void Knows_a_good_request_for_every_command()
    {
        var known = Endpoints.Commands(Practice).Keys.Concat(Endpoints.Queries(Practice).Keys).Concat(Endpoints.Special);
        var served = Server.Routes.Where(r => r.Value.Metadata.GetMetadata<Api.Http.AllowedRoles>() is not null).Select(r => r.Key);

        Assert.Equal(served.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Refuses_every_broken_body_and_changes_nothing()
    {
        var faults = new List<string>();
        var sent = 0;
        foreach (var (name, good) in Endpoints.Commands(Practice))
        {
            var record = Server.Routes[name].Metadata.GetRequiredMetadata<IAcceptsMetadata>().RequestType!;
            foreach (var bad in BadBodies.Of(record, good.Body!))
            {
                sent++;
                if (await FaultOf(() => Server.Post(Practice.Owner, good.Path, bad.Json), bad.Pointer) is { } fault)
                    faults.Add($"{name}, {bad.Name}: {fault}");
            }
        }
        AssertNone(faults);
        Assert.True(sent > 1_500, $"Only {sent} bad bodies were made.");
        Assert.Empty(Server.Errors);
    }

    [Fact]
    public async Task Refuses_bytes_that_are_no_JSON_text_of_a_bearable_size()
    {
        (string Name, byte[] Body, string? MediaType, int Status, string Code)[] cases =
        [
            ("invalid UTF-8", [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}'], "application/json", 400, "invalid-request"),
            ("UTF-16", Encoding.Unicode.GetBytes("{}"), "application/json", 400, "invalid-request"),
            ("NUL bytes", new byte[40], "application/json", 400, "invalid-request"),
            ("blanks", "   "u8.ToArray(), "application/json", 400, "invalid-request"),
            ("a form", "name=x"u8.ToArray(), "application/x-www-form-urlencoded", 415, "not-json"),
            ("plain text", "{}"u8.ToArray(), "text/plain", 415, "not-json"),
            ("no media type", "{}"u8.ToArray(), null, 415, "not-json"),
            ("too large", Encoding.UTF8.GetBytes($$"""{"surprise":"{{new string('x', MaxBodyBytes)}}"}"""), "application/json", 413, "body-too-large"),
        ];
        var faults = new List<string>();
        foreach (var (name, good) in Endpoints.Commands(Practice))
        {
            foreach (var bad in cases)
            {
                var fault = await FaultOf(
                    () => Server.PostBytes(Practice.Owner, good.Path, bad.Body, bad.MediaType), pointer: null, bad.Status, bad.Code);
                if (fault is not null) faults.Add($"{name}, {bad.Name}: {fault}");
            }
        }
        AssertNone(faults);
    }

    [Fact]
    public async Task Refuses_ids_in_the_path_that_are_none_or_unknown()
    {
        var faults = new List<string>();
        foreach (var (name, good) in Endpoints.Commands(Practice).Where(e => e.Key.Contains("{id:guid}", StringComparison.Ordinal)))
        {
            var known = good.Path.Split('/', ':').Single(part => Guid.TryParse(part, out _));
            foreach (var id in new[] { "no-id", "0", Guid.Empty.ToString(), Guid.CreateVersion7().ToString(), "%01", "%ED%A0%80" })
            {
                var path = good.Path.Replace(known, id, StringComparison.Ordinal);
                if (await FaultOf(() => Server.Post(Practice.Owner, path, good.Body), pointer: null, 404) is { } fault)
                    faults.Add($"{name}, id {id}: {fault}");
            }
        }
        AssertNone(faults);
    }

    [Fact]
    public async Task Refuses_unknown_ids_in_the_body_and_those_of_other_practices()
    {
        string[] named = ["clientId", "engagementId", "assistantId", "memberId", "vehicleId", "invoiceId", "retainerId", "linkId", "entryIds", "expenseIds", "engagementIds"];
        var faults = new List<string>();
        var (mine, theirs) = (Endpoints.Commands(Practice), Endpoints.Commands(full.Other));
        foreach (var (name, good) in mine)
        {
            foreach (var field in named.Where(f => f != "invoiceId" || name == "POST /v1/payments"))
            {
                var body = System.Text.Json.Nodes.JsonNode.Parse(good.Body!)!.AsObject();
                // Whom a rate or a cost is for is only looked up when work is priced.
                if (!body.ContainsKey(field) || body[field]!.ToJsonString() == "[]" || name.EndsWith(":set-rate", StringComparison.Ordinal)
                    || name == "POST /v1/engagements/{id:guid}:set-cost") continue;
                var foreign = System.Text.Json.Nodes.JsonNode.Parse(theirs[name].Body!)![field]!.ToJsonString();
                var unknown = field.EndsWith("Ids", StringComparison.Ordinal) ? $"[\"{Guid.CreateVersion7()}\"]" : $"\"{Guid.CreateVersion7()}\"";
                var answers = new List<string?>();
                foreach (var id in new[] { foreign, unknown })
                {
                    body[field] = System.Text.Json.Nodes.JsonNode.Parse(id);
                    var fault = await FaultOf(async () =>
                    {
                        var answer = await Server.Post(Practice.Owner, good.Path, body.ToJsonString());
                        answers.Add($"{answer.Code} {answer.ProblemCode}");
                        return answer;
                    }, pointer: null);
                    if (fault is not null) faults.Add($"{name}, {field} = {id}: {fault}");
                }
                if (answers.Distinct().Count() != 1) faults.Add($"{name}, {field}: tells another practice's id from an unknown one: {string.Join(", ", answers)}");
            }
        }
        AssertNone(faults);
    }

    private async Task<string?> FaultOf(Func<Task<ApiAnswer>> send, string? pointer, int? status = null, string? code = null)
    {
        var head = await Server.Head();
        var answer = await send();
        if (await Server.Head() != head) return $"changed the books: {answer}";
        if (status is not null && answer.Code != status || code is not null && answer.ProblemCode != code)
            return $"not {status} {code}: {answer}";
        return Refused.Fault(answer, pointer);
    }

    private static void AssertNone(List<string> faults) => Assert.True(
        faults.Count == 0, $"{faults.Count} faults:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Take(40))}");
}

using System.Globalization;
using System.Text;
using Billing.Api.Tests.Http;
using Billing.Projections.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Refusals;

/// <summary>
/// Thousands of random requests to every endpoint. Some are good by chance and change the books; no refused one does, none
/// is answered with a server error, and afterwards everything can still be read.
/// </summary>
public sealed class FuzzTests
{
    private const int Requests = 4_000;
    private const int Seed = 20_261_123;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Random_requests_meet_no_server_error_and_refused_ones_change_nothing()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var random = new RandomRequests(Seed, Endpoints.Commands(practice), Endpoints.Queries(practice));
        var faults = new List<string>();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var (sent, accepted) = (0, 0);
        for (; sent < Requests && clock.Elapsed < Most; sent++)
        {
            var (path, body) = random.Next();
            var head = await server.Head();
            var answer = body is null ? await server.Get(practice.Owner, path) : await server.Post(practice.Owner, path, body);
            if (answer.IsSuccess) accepted++;
            else if (Refused.Fault(answer) is { } fault) faults.Add($"{path} {body}: {fault}");
            else if (await server.Head() != head) faults.Add($"{path} {body}: refused, but changed the books: {answer}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"Seed {Seed}: {sent} requests in {clock.Elapsed.TotalSeconds:0.0} s, {accepted} accepted."));
        Assert.True(faults.Count == 0, $"Seed {Seed}, {faults.Count} faults:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Take(20))}");
        Assert.True(accepted > sent / 50, $"Only {accepted} of {sent} were accepted; the requests are too bad to test anything.");
        await server.CatchUp();
        Assert.IsNotType<ProjectionHealth.Halted>(server.Services.GetRequiredService<ProjectionRunner>().Health);
        foreach (var (name, query) in Endpoints.Queries(practice))
        {
            var answer = await server.Get(practice.Owner, query.Path);
            Assert.True(answer.IsSuccess || Refused.Fault(answer) is null, $"{name}: {answer}");
        }
        Assert.Empty(server.Errors);
    }

    /// <summary>Good requests with a few members replaced, removed or added at random, and now and then pure noise.</summary>
    private sealed class RandomRequests(
        int seed, IReadOnlyDictionary<string, GoodRequest> commands, IReadOnlyDictionary<string, GoodRequest> queries)
    {
        private static readonly string[] Parameters =
            ["limit", "cursor", "from", "to", "client", "assistant", "engagement", "billed", "status", "day", "through", "asOf", "year", "projection", "netProfit", "archived", "dryRun", "retainer", "category"];

        private static readonly string[] Texts =
        [
            "", " ", "x", "USD", "EUR", "JPY", "BHD", "1.00", "0.01", "-1.00", "999999999999.99", "2026-02-28", "2026-02-30", "0001-01-01",
            "9999-12-31", "-9998-01-01", "2026-03-08T02:30:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "America/Chicago", "owner", "single", "mfj",
            "cash", "up", "line", "supplies", "\u0000", "\u202e", "\ufeff", "e\u0301", "😀", "'; DROP TABLE events; --", "<script>", "../..", "%s%n", "null", "true",
        ];

        private readonly Random _random = new(seed);
        private readonly GoodRequest[] _commands = [.. commands.Values];
        private readonly GoodRequest[] _queries = [.. queries.Values];
        private readonly string[] _ids = [.. commands.Values.Concat(queries.Values)
            .SelectMany(r => $"{r.Path}/{r.Body}".Split('/', ':', '"')).Where(part => Guid.TryParse(part, out _)).Distinct()];

        public (string Path, string? Body) Next()
        {
            if (_random.Next(5) == 0) return (Path(_queries[_random.Next(_queries.Length)].Path) + Query(), null);
            var good = _commands[_random.Next(_commands.Length)];
            var path = _random.Next(4) == 0 ? Path(good.Path) : good.Path;
            return (path + (_random.Next(10) == 0 ? "?dryRun=true" : ""), _random.Next(12) == 0 ? Value(0) : Changed(good.Body!));
        }

        /// <summary>Maybe with another id or week in it.</summary>
        private string Path(string path) => string.Join('/', path.Split('/').Select(part =>
            part.Length >= 36 && Guid.TryParse(part[..36], out _) && _random.Next(2) == 0 ? Id() + part[36..] : part));

        private string Query()
        {
            var query = new StringBuilder();
            for (var n = _random.Next(3); n > 0; n--)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(Parameters[_random.Next(Parameters.Length)]);
                query.Append('=').Append(Uri.EscapeDataString(Text()));
            }
            return query.ToString();
        }

        private string Changed(string body)
        {
            var members = System.Text.Json.Nodes.JsonNode.Parse(body)!.AsObject()
                .Select(m => (m.Key, Value: m.Key == "id" ? Quoted(Guid.CreateVersion7().ToString()) : m.Value?.ToJsonString() ?? "null")).ToList();
            for (var n = _random.Next(3); n > 0 && members.Count > 0; n--)
            {
                var i = _random.Next(members.Count);
                if (_random.Next(6) == 0) members.RemoveAt(i);
                else members[i] = (members[i].Key, Value(0));
            }
            if (_random.Next(15) == 0) members.Add((Text(), Value(0)));
            return $"{{{string.Join(',', members.Select(m => $"{Quoted(m.Key)}:{m.Value}"))}}}";
        }

        private string Value(int depth) => _random.Next(depth > 2 ? 6 : 9) switch
        {
            0 or 1 or 2 => Quoted(Text()),
            3 => Number(),
            4 => Quoted(Id()),
            5 => _random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" },
            6 => $"{{\"amount\":{Quoted(Amount())},\"currency\":{Quoted(Texts[3 + _random.Next(4)])}}}",
            7 => $"[{string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth + 1)))}]",
            _ => $"{{{string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(n => $"\"f{n}\":{Value(depth + 1)}"))}}}",
        };

        private string Text() => _random.Next(4) switch
        {
            0 => new string((char)('a' + _random.Next(26)), _random.Next(400)),
            1 => Id(),
            _ => Texts[_random.Next(Texts.Length)],
        };

        private string Amount() => _random.Next(3) == 0
            ? Text()
            : ((decimal)_random.NextInt64(-1_000, 1_000_000_000_000_000) / 100).ToString(CultureInfo.InvariantCulture);

        private string Number() => _random.Next(6) switch
        {
            0 => "1e400",
            1 => "-0.0",
            2 => _random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
            3 => "1.5",
            _ => _random.Next(-10, 100_000).ToString(CultureInfo.InvariantCulture),
        };

        private string Id() => _random.Next(8) == 0 ? Guid.Empty.ToString() : _ids[_random.Next(_ids.Length)];

        private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
    }
}

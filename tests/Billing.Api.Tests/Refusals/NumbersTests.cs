using System.Globalization;
using Billing.Api.Tests.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Billing.Api.Tests.Refusals;

/// <summary>
/// Whatever number a command takes, the books can be read and written afterwards: it is refused, or sums of several such have room.
/// </summary>
public sealed class NumbersTests
{
    private const int Times = 3;

    /// <summary>Subjects whose numbers come together in one practice; each has one of its own.</summary>
    [Theory]
    [InlineData("/v1/retainers")]
    [InlineData("/v1/engagements")]
    [InlineData("/v1/business")]
    [InlineData("/v1/clients")]
    [InlineData("/v1/expenses", "/v1/recurring-expenses", "/v1/expense-policy")]
    [InlineData("/v1/trips", "/v1/vehicles")]
    [InlineData("/v1/time-entries", "/v1/weeks", "/v1/timer")]
    public async Task No_number_that_a_command_takes_breaks_what_is_read_afterwards(params string[] subjects)
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var faults = new List<string>();
        var accepted = 0;
        foreach (var (name, good) in Endpoints.Commands(practice))
        {
            if (!subjects.Any(subject => good.Path.StartsWith(subject, StringComparison.Ordinal))) continue;
            var record = server.Routes[name].Metadata.GetRequiredMetadata<IAcceptsMetadata>().RequestType!;
            var largest = new List<(string[] At, string Literal)>();
            foreach (var (at, literals) in NumberBodies.Fields(record, good.Body!))
            {
                var took = new List<string>();
                foreach (var literal in literals)
                {
                    if (await Post(good, [(at, literal)])) took.Add(literal);
                }
                if (took.Count > 0) largest.Add((at, took[0]));
            }
            if (largest.Count > 1) await Post(good, largest);
            await Read(name);
        }
        Assert.True(faults.Count == 0, $"{faults.Count} faults:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Take(40))}");
        Assert.True(accepted > 0, "None of the numbers was accepted.");
        Assert.Empty(server.Errors);

        async Task<bool> Post(GoodRequest good, IReadOnlyList<(string[] At, string Literal)> values)
        {
            var took = false;
            for (var time = 0; time < Times; time++)
            {
                var body = NumberBodies.With(good.Body!, values);
                var answer = await server.Post(practice.Owner, good.Path, body);
                if (answer.IsSuccess) (took, accepted) = (true, accepted + 1);
                else if (Refused.Fault(answer) is { } fault) faults.Add($"{good.Path} {body}: {fault}");
            }
            return took;
        }

        async Task Read(string after)
        {
            await server.CatchUp();
            foreach (var (name, query) in Endpoints.Queries(practice))
            {
                var answer = await server.Get(practice.Owner, query.Path);
                if (answer.Code >= 500) faults.Add(string.Create(CultureInfo.InvariantCulture, $"after {after}: {name}: {answer}"));
            }
            foreach (var (name, command) in Endpoints.Commands(practice))
            {
                var answer = await server.Post(practice.Owner, command.Path + "?dryRun=true", command.Body);
                if (answer.Code >= 500) faults.Add($"after {after}: {name}: {answer}");
            }
        }
    }
}

using System.Text.RegularExpressions;
using Billing.Api.Tests.Clients;
using Billing.Api.Tests.Hosting;
using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.KurrentStandIn;
using Billing.TestSupport.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Exchange;

/// <summary>The export of everything, taken by the program itself into an empty installation over each engine.</summary>
[Collection(DemoExport.Collection)]
public sealed partial class PracticeMoveTests(DemoExport demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_practice_answers_the_same_bytes_over_a_new_event_file()
    {
        Assert.InRange(demo.Answers.Count(IsGiven), 300, int.MaxValue);
        Assert.Contains(demo.Answers, answer => answer.Key.EndsWith("/pdf", StringComparison.Ordinal) && IsGiven(answer));
        await using var to = await demo.Empty();

        await Move(demo.File, to);

        Assert.Equal(0, (await ProgramRun.Of("verify", $"--Billing:DataFolder={to.DataFolder}")).ExitCode);
    }

    [Fact]
    public async Task It_answers_the_same_bytes_over_PostgreSQL_and_back_in_an_event_file()
    {
        await using var database = await PostgresDatabase.Create();
        await using var there = await demo.Empty(OnPostgres(database));

        await Move(demo.File, there);

        Assert.Equal(0, (await ProgramRun.Of("verify", "--store", $"postgres:{database.ConnectionString}")).ExitCode);
        var rows = await PostgresRows.Read(database.ConnectionString, Stop);
        Assert.DoesNotContain(
            rows, table => MarkedClient.AtOnce.Any(word => table.Value.Contains(word, StringComparison.OrdinalIgnoreCase)));

        using var export = new PracticeFile();
        await export.Download(there, demo.Owner);
        await using var back = await demo.Empty();
        await Move(export, back);
        Assert.Equal(0, (await ProgramRun.Of("verify", $"--Billing:DataFolder={back.DataFolder}")).ExitCode);
    }

    [Fact]
    public async Task It_answers_the_same_bytes_over_KurrentDB()
    {
        await using var events = await KurrentStandInServer.Start();
        await using var to = await demo.Empty(
            KeyValuePair.Create("Billing:Store", (string?)"kurrentdb"),
            KeyValuePair.Create("Billing:KurrentDb", (string?)events.ConnectionString));

        await Move(demo.File, to, withPositions: false);

        Assert.Equal(0, (await ProgramRun.Of("verify", "--store", $"kurrentdb:{events.ConnectionString}")).ExitCode);
    }

    private static IEnumerable<KeyValuePair<string, string?>> OnPostgres(PostgresDatabase database) =>
        [KeyValuePair.Create("Billing:Store", (string?)"postgres"), KeyValuePair.Create("Billing:Postgres", (string?)database.ConnectionString)];

    /// <summary>Takes the practice in, and holds whatever the new installation says against what the first one says.</summary>
    /// <param name="withPositions">Also where each event lies among those of the whole server, which KurrentDB counts in its own way.</param>
    private async Task Move(PracticeFile file, ApiServer to, bool withPositions = true)
    {
        await to.Restart(async () =>
        {
            var import = await file.Import(to);
            Assert.True(import.ExitCode == 0, import.Errors);
        });
        await to.CatchUp();

        var after = await new EveryAnswer(to, demo.Owner).Collect(demo.Book);
        Assert.Equal(demo.Answers.Keys, after.Keys);
        Assert.All(demo.Answers, answer => Assert.Equal($"{answer.Key} {Said(answer.Value)}", $"{answer.Key} {Said(after[answer.Key])}"));
        var (before, again) = (await PracticeFile.Lines(demo.Server, demo.Owner), await PracticeFile.Lines(to, demo.Owner));
        Assert.Equal(before.Select(Said), again.Select(Said));
        var (contact, documents) = (new KeyOwner(demo.ErasedClientId, KeyUse.Contact), new KeyOwner(demo.ErasedClientId, KeyUse.Documents));
        var keys = to.Services.GetRequiredService<KeyRing>();
        Assert.Equal((true, false), (keys.KeyOf(demo.Book, contact).Bytes is null, keys.KeyOf(demo.Book, documents).Bytes is null));
        Assert.Null((string?)(await to.Get(demo.Owner, $"/v1/clients/{demo.ErasedClientId}")).Ok().Json["name"]);
        Assert.Empty(to.Errors);

        string Said(string text) => withPositions ? text : Position().Replace(text, "");
    }

    private static bool IsGiven(KeyValuePair<string, string> answer) => answer.Value.StartsWith("200", StringComparison.Ordinal);

    [GeneratedRegex("\"position\":[0-9]+")]
    private static partial Regex Position();
}

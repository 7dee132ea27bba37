using System.Net;
using System.Text.RegularExpressions;
using Billing.Api.Tests.Hosting;
using Billing.TestSupport.Processes;

namespace Billing.Api.Tests.Operations;

/// <summary>The verbs against a real server process: while it serves, and on what it leaves when it is killed.</summary>
[Collection(ServerProcess.Collection)]
public sealed partial class VerbTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-verbs-").FullName;
    private ServerProcess? _server;

    private ServerProcess Server => _server!;

    private string Events => Path.Combine(Server.DataFolder, "events.db");

    private string Setting => $"--Billing:DataFolder={Server.DataFolder}";

    public async ValueTask InitializeAsync() => _server = await ServerProcess.Start();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_backup_taken_while_serving_is_verified_and_restored_after_the_books_were_altered()
    {
        using var owner = new Person(Server.Address, Server.OwnerToken);
        (await owner.Post("/v1/clients", new { name = "Before", currency = "USD" })).Ok();
        var kept = Directory.CreateDirectory(Path.Combine(Server.DataFolder, "receipts", "ab")).FullName;
        await File.WriteAllTextAsync(Path.Combine(kept, "cdef"), "%PDF-", TestContext.Current.CancellationToken);
        var serving = await Run("verify", Setting);
        var backup = await Run("backup", "--to", In("backup.db"), Setting);
        var again = await Run("backup", "--to", In("backup.db"), Setting);
        var early = await Run("restore", "--from", In("backup.db"), Setting);
        (await owner.Post("/v1/clients", new { name = "After", currency = "USD" })).Ok();
        Assert.Equal(2, (await owner.Get("/v1/clients")).Ok().List("items").Count);
        await Server.Kill();
        EventRows.Change(Events, "UPDATE events SET data = '{}' WHERE position = 2");
        Directory.Delete(Path.Combine(Server.DataFolder, "receipts"), recursive: true);

        var altered = await Run("verify", Setting);
        var copyOfBackup = await Run("verify", "--store", $"sqlite:{In("backup.db")}");
        var restored = await Run("restore", "--from", In("backup.db"), Setting);
        var whole = await Run("verify", Setting);
        await Server.Restart();

        Assert.Matches("^book [0-9a-f-]{36}: whole, [0-9]+ events, link [0-9a-f]{64} at place [0-9]+$", serving.Output.Trim());
        Assert.Equal((0, 0, 1, 1), (serving.ExitCode, backup.ExitCode, again.ExitCode, early.ExitCode));
        Assert.Contains("backup-keys --to FILE", backup.Output, StringComparison.Ordinal);
        Assert.Contains("is there already", again.Errors, StringComparison.Ordinal);
        Assert.Contains("stop the other one", early.Errors, StringComparison.Ordinal);
        Assert.Equal((2, 0, 0, 0), (altered.ExitCode, copyOfBackup.ExitCode, restored.ExitCode, whole.ExitCode));
        Assert.Contains(": ALTERED at place 2 (stream business-", altered.Output, StringComparison.Ordinal);
        // Somebody new: the position of the owner's last write is no longer in the books.
        using var later = new Person(Server.Address, Server.OwnerToken);
        Assert.Single((await later.Get("/v1/clients")).Ok().List("items"));
        Assert.Single(Directory.GetFiles(Server.DataFolder, "events.db.replaced-*"));
        Assert.Contains("1 receipts are restored", restored.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(kept, "cdef")));
    }

    [Fact]
    public async Task A_tail_cut_off_a_forgery_and_a_book_written_anew_are_told_apart_by_a_checkpoint()
    {
        var signed = await Run("checkpoint", "--out", In("c.json"), "--public-key-out", In("public.pem"), Setting);
        var again = await Run("checkpoint", "--out", In("c.json"), Setting);
        var holds = await Run("verify", "--checkpoint", In("c.json"), Setting);
        await Server.Kill();
        EventRows.Change(Events, "DELETE FROM events WHERE position = (SELECT max(position) FROM events)");
        var unseen = await Run("verify", Setting);
        var truncated = await Run("verify", "--checkpoint", In("c.json"), "--public-key", In("public.pem"), Setting);
        await Change("c.json", "forged.json", text => Place().Replace(text, "\"place\":1,"));
        var forged = await Run("verify", "--checkpoint", In("forged.json"), Setting);
        var wrongKey = await Run("verify", "--checkpoint", In("c.json"), "--public-key", In("c.json"), Setting);

        Assert.Equal((0, 1, 0, 0), (signed.ExitCode, again.ExitCode, holds.ExitCode, unseen.ExitCode));
        Assert.Contains(": holds, ", holds.Output, StringComparison.Ordinal);
        Assert.Equal((2, 2, 1), (truncated.ExitCode, forged.ExitCode, wrongKey.ExitCode));
        Assert.Contains("TRUNCATED", truncated.Output, StringComparison.Ordinal);
        Assert.Contains("FORGED SIGNATURE", forged.Output, StringComparison.Ordinal);
        Assert.Contains("holds no checkpoint key", wrongKey.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exported_book_is_verified_without_the_store()
    {
        var book = Book().Match((await Run("verify", Setting)).Output).Value;
        await Run("checkpoint", "--out", In("c.json"), Setting);
        var exported = await Run("export-book", "--book", book, "--out", In("book.jsonl"), Setting);
        var whole = await Run("verify", "--offline", In("book.jsonl"), "--checkpoint", In("c.json"), Setting);
        await Change("book.jsonl", "altered.jsonl", text => text.Replace("first-start", "fist-start", StringComparison.Ordinal));
        var altered = await Run("verify", "--offline", In("altered.jsonl"));

        Assert.Equal((0, 0, 2), (exported.ExitCode, whole.ExitCode, altered.ExitCode));
        Assert.StartsWith($"book {book}: ALTERED at place 1", altered.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_practice_is_copied_while_it_is_served_completed_after_and_served_from_there()
    {
        using var owner = new Person(Server.Address, Server.OwnerToken);
        var moved = Path.Combine(_folder, "moved");
        string[] copy = ["copy", "--from", $"sqlite:{Events}", "--to", $"sqlite:{Path.Combine(moved, "events.db")}"];
        var first = await Run(copy);
        (await owner.Post("/v1/clients", new { name = "Late", currency = "USD" })).Ok();
        await Server.Kill();
        var second = await Run(copy);
        var third = await Run(copy);
        var verified = await Run("verify", "--store", $"sqlite:{Path.Combine(moved, "events.db")}");
        var original = await Run("verify", Setting);
        var keys = await Run("backup-keys", "--to", In("keys-copy.db"), Setting);
        foreach (var file in Directory.GetFiles(Server.DataFolder)) File.Delete(file);
        foreach (var file in Directory.GetFiles(moved, "events.db*")) File.Copy(file, Path.Combine(Server.DataFolder, Path.GetFileName(file)));
        var restored = await Run("restore-keys", "--from", In("keys-copy.db"), Setting);
        await Server.Restart();

        Assert.Equal((0, 0), (keys.ExitCode, restored.ExitCode));
        Assert.Contains("2 keys are restored", restored.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (first.ExitCode, second.ExitCode, third.ExitCode));
        Assert.Contains(": 1 events copied, ", second.Output, StringComparison.Ordinal);
        Assert.Contains(": 0 events copied, ", third.Output, StringComparison.Ordinal);
        Assert.Equal(original.Output, verified.Output);
        var served = await Eventually.Is(() => owner.Get("/v1/clients"), reply => reply.Status == HttpStatusCode.OK);
        Assert.Equal("Late", (string?)Assert.Single(served.List("items"))["name"]);
    }

    [Theory]
    [InlineData("'--checkpiont' is no option", "verify", "--checkpiont", "x.json")]
    [InlineData("There is no event file", "verify", "--store", "sqlite:nowhere/events.db")]
    [InlineData("'nowhere' names no store", "verify", "--store", "nowhere")]
    [InlineData("Reading from 127.0.0.1", "verify", "--store", "postgres:Host=127.0.0.1;Port=1")]
    [InlineData("NOT THERE", "verify", "--book", "01900000-0000-7000-8000-000000000001")]
    [InlineData("There is no backup", "restore", "--from", "nowhere.db")]
    [InlineData("Could not find", "verify", "--offline", "nowhere.jsonl")]
    public async Task What_cannot_be_done_is_said_in_a_line(string said, params string[] arguments)
    {
        var run = await Run([.. arguments, .. arguments.Contains("--store") || arguments[0] == "copy" ? Array.Empty<string>() : [Setting]]);

        Assert.InRange(run.ExitCode, 1, 2);
        Assert.Contains(said, run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_in_a_line_and_the_first_serves_on()
    {
        var second = await Run($"--urls=http://127.0.0.1:{LoopbackPort.Free()}", Setting);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("is open for writing in another process", second.Errors, StringComparison.Ordinal);
        Assert.Contains("stop the other one", second.Errors, StringComparison.Ordinal);
        using var owner = new Person(Server.Address, Server.OwnerToken);
        (await owner.Get("/v1/me")).Ok();
    }

    [Theory]
    [InlineData("events.db", "put the newest backup in its place with 'restore --from FILE'")]
    [InlineData("read.db", "the server and delete read.db")]
    public async Task A_damaged_file_is_told_at_the_start_in_one_line_with_the_remedy(string file, string remedy)
    {
        await File.WriteAllTextAsync(In(file), new string('x', 5_000), TestContext.Current.CancellationToken);

        var run = await Run($"--urls=http://127.0.0.1:{LoopbackPort.Free()}", $"--Billing:DataFolder={_folder}");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(remedy, Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static Task<ProgramRun> Run(params string[] arguments) => ProgramRun.Of(arguments);

    private string In(string name) => Path.Combine(_folder, name);

    private async Task Change(string from, string to, Func<string, string> change)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(In(to), change(await File.ReadAllTextAsync(In(from), cancellationToken)), cancellationToken);
    }

    [GeneratedRegex("\"place\":[0-9]+,")]
    private static partial Regex Place();

    [GeneratedRegex("(?<=^book )[0-9a-f-]{36}")]
    private static partial Regex Book();
}

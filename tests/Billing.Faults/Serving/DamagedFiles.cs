using System.Diagnostics;
using System.Globalization;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.Faults.Books;
using Billing.Faults.Running;

namespace Billing.Faults.Serving;

/// <summary>
/// What somebody else does to the files while the server is down: cuts the log, overwrites a page, takes the right to write.
/// No store can keep what is taken away; the server must start on books that hold, or say in one line what to do.
/// </summary>
internal sealed class DamagedFiles(string folder, int seed, Tally tally)
{
    private const int PageBytes = 4_096;
    private const string Nobody = "65534";

    /// <summary>
    /// What is left must be the books up to some place, every acknowledged event before it and none behind it. The loss is
    /// named by whatever was noted of the head before, here the acknowledgements, in life a signed checkpoint.
    /// </summary>
    public async Task CutLogs(int rounds)
    {
        using var drill = new ServerDrill(Path.Combine(folder, "cut-log"), seed, tally);
        await drill.Open();
        for (var round = 1; round <= rounds; round++)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, cut log {round}");
            await MoveLogIntoFile(drill);
            await Live(drill, where);
            var whole = await drill.Head();
            var cut = CutLog(drill.EventFile + "-wal", new Random(seed + round));
            await using (var life = drill.Start())
                if (await drill.ServesOrSaysWhy(where, life) is { } why) tally.Say("cut log", why);
            var head = await drill.Head();
            var gone = drill.Practice.ForgetBeyond(head);
            tally.Say("cut log", string.Create(
                CultureInfo.InvariantCulture,
                $"by {cut} bytes: the events end at position {head}, not {whole}; {gone} acknowledged requests lay behind it, cut off and named"));
            // A new life on the shorter books; its read models must not keep what is gone.
            await Live(drill, where);
            await drill.Check(where, readModels: true);
            tally.Faults++;
        }
    }

    public async Task OverwritePages(int rounds)
    {
        for (var round = 1; round <= rounds; round++)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, overwritten page {round}");
            using var drill = new ServerDrill(
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"page-{round}")), seed, tally);
            await drill.Open();
            await Live(drill, where);
            await MoveLogIntoFile(drill);
            var page = OverwritePage(drill.EventFile, new Random(seed + round));
            await using (var life = drill.Start())
            {
                var why = await drill.ServesOrSaysWhy(where, life);
                var found = why ?? $"the server serves; {await Walk(drill)}";
                tally.Say("overwritten page", string.Create(CultureInfo.InvariantCulture, $"{page}: {found}"));
            }
            tally.Faults++;
        }
    }

    /// <summary>The server of a user who may not write the event file.</summary>
    public async Task TakeRights()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName != "root"
            || ProgramPath.Find("setpriv") is not { } setpriv || ProgramPath.Find("chown") is not { } chown)
        {
            tally.Skipped("an event file without the right to write", "it takes root, setpriv and chown to start the server as somebody else");
            return;
        }
        using var drill = new ServerDrill(Path.Combine(folder, "no-right"), seed, tally);
        await drill.Open();
        using (var changed = Process.Start(chown, ["-R", $"{Nobody}:{Nobody}", folder])) await changed.WaitForExitAsync();
        File.SetUnixFileMode(drill.EventFile, UnixFileMode.UserRead);
        string[] asNobody = [setpriv, $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"];
        await using (var life = ServerLife.Start(drill.Address, drill.DataFolder, before: asNobody))
        {
            if (await drill.ServesOrSaysWhy("no right to write", life) is { } why) tally.Say("no right to write", why);
            else tally.Wrong("the server serves though it may not write the event file");
        }
        tally.Faults++;
    }

    private async Task Live(ServerDrill drill, string where)
    {
        await using var life = drill.Start();
        if (!await life.Serves())
        {
            tally.Wrong($"{where}: the server does not start: {string.Join(' ', life.Errors.Take(3))}");
            return;
        }
        using var stop = new CancellationTokenSource();
        var load = drill.Load(stop.Token);
        var done = drill.Done;
        await life.Until(() => drill.Done > done + 40, TimeSpan.FromSeconds(60));
        await life.Kill();
        await stop.CancelAsync();
        await load;
    }

    /// <summary>As closing does.</summary>
    private static ValueTask MoveLogIntoFile(ServerDrill drill) => SqliteEventStore.Open(drill.EventFile).DisposeAsync();

    private static long CutLog(string path, Random dice)
    {
        using var log = File.Open(path, FileMode.Open);
        var length = log.Length;
        log.SetLength(dice.NextInt64(length));
        return length - log.Length;
    }

    private static long OverwritePage(string path, Random dice)
    {
        using var file = File.Open(path, FileMode.Open);
        var page = dice.NextInt64(file.Length / PageBytes);
        var bytes = new byte[PageBytes];
        dice.NextBytes(bytes);
        file.Position = page * PageBytes;
        file.Write(bytes);
        return page;
    }

    private static async Task<string> Walk(ServerDrill drill)
    {
        try
        {
            await using var store = SqliteEventStore.Open(EventFiles.Copy(drill.EventFile, drill.LookedAt));
            var findings = await PracticeCheck.Run(store, drill.Practice);
            return findings.Wrong.Count == 0 ? "no event is touched" : $"the chain names it: {findings.Wrong[0]}";
        }
        catch (EventStoreException failure)
        {
            return $"reading the book names it: {failure.Message}";
        }
    }
}

using System.Text.RegularExpressions;
using Billing.TestSupport;
using Billing.TestSupport.Processes;

namespace Billing.Faults.Tests;

/// <summary>
/// The harness as a person runs it, at a size that a build server has the time for. Its seed is a new one each time and
/// stands in the first line of what it prints.
/// </summary>
public sealed partial class HarnessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    [Fact]
    public Task SQLite_loses_and_doubles_nothing_over_hundreds_of_kills_and_failing_disks()
    {
        Require.Program("cc", "build-essential");
        return Runs(kills: 200, leastFaults: 30, "--store", "sqlite");
    }

    [Fact]
    public Task PostgreSQL_loses_and_doubles_nothing_when_connections_are_cut_and_servers_killed()
    {
        if (!Directory.Exists("/usr/lib/postgresql")) Require.Missing("PostgreSQL is not installed (Debian: apt-get install postgresql)");
        return Runs(kills: 10, leastFaults: 7, "--store", "postgres");
    }

    [Fact]
    public Task KurrentDB_loses_and_doubles_nothing_when_connections_are_cut() =>
        Runs(kills: 10, leastFaults: 7, "--store", "kurrentdb");

    [Fact]
    public async Task A_wrong_argument_is_answered_with_the_usage()
    {
        var (code, lines) = await Run("--kill", "3");

        Assert.Equal(2, code);
        Assert.StartsWith("Usage: --kills N", Assert.Single(lines), StringComparison.Ordinal);
    }

    private static async Task Runs(int kills, int leastFaults, params string[] arguments)
    {
        var (code, lines) = await Run(["--kills", kills.ToString(System.Globalization.CultureInfo.InvariantCulture), .. arguments]);

        var all = string.Join('\n', lines);
        var last = LastLine().Match(lines[^1]);
        Assert.True(last.Success, all);
        Assert.True((code, last.Groups["lost"].Value, last.Groups["doubled"].Value) == (0, "0", "0"), all);
        Assert.True(int.Parse(last.Groups["kills"].ValueSpan, null) == kills, all);
        Assert.True(int.Parse(last.Groups["faults"].ValueSpan, null) >= leastFaults, all);
        Assert.True(long.Parse(last.Groups["acknowledged"].ValueSpan, null) > 10L * kills, all);
    }

    private static async Task<(int Code, IReadOnlyList<string> Lines)> Run(params string[] arguments)
    {
        var lines = new List<string>();
        var folder = AppContext.BaseDirectory;
        using var harness = DotnetProcess.Start(Path.Combine(folder, "Billing.Faults.dll"), arguments, folder, Hear);
        try
        {
            var code = await harness.Ended(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
            return (code, lines);
        }
        finally
        {
            await harness.Kill();
        }

        void Hear(string line)
        {
            lock (lines) lines.Add(line);
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }
    }

    [GeneratedRegex("^kills=(?<kills>[0-9]+) faults=(?<faults>[0-9]+) acknowledged=(?<acknowledged>[0-9]+) lost=(?<lost>[0-9]+) doubled=(?<doubled>[0-9]+)$")]
    private static partial Regex LastLine();
}

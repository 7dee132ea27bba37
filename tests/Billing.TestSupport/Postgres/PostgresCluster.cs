using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Billing.TestSupport.Postgres;

/// <summary>
/// A throwaway cluster from the programs installed on this machine, on a free loopback port. A shell watches over it and
/// removes it once this process has ended, in whatever way.
/// </summary>
public sealed class PostgresCluster : IDisposable
{
    private const string Programs = "/usr/lib/postgresql";
    private const int EndMilliseconds = 20_000;

    private static readonly string[] NotDurable = ["-c", "fsync=off", "-c", "full_page_writes=off"];

    private readonly Process watcher;
    private readonly int port;
    private readonly string programs, password;

    private PostgresCluster(Process watcher, string programs, int port, string password) =>
        (this.watcher, this.programs, this.port, this.password) = (watcher, programs, port, password);

    public string ConnectionString => At("127.0.0.1") + $";Port={port}";

    /// <summary>Null where PostgreSQL is not installed.</summary>
    /// <param name="durable">False: the server does not wait for the disk, which only a crash of the machine would show.</param>
    public static PostgresCluster? TryStart(bool durable) =>
        FindPrograms() is { } programs
            ? Start(programs, primary: 0, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), durable ? [] : NotDurable)
            : null;

    /// <summary>A standby of this one, which replays whatever is committed here.</summary>
    public PostgresCluster StartStandby() => Start(programs, port, password, NotDurable);

    /// <summary>Connection string of whichever of both is the primary.</summary>
    public string ConnectionStringWith(PostgresCluster standby) => At($"127.0.0.1:{port},127.0.0.1:{standby.port}");

    private static PostgresCluster Start(string programs, int primary, string password, string[] options)
    {
        var port = FreePort();
        string[] server =
        [
            Script(), "cluster", programs, port.ToString(CultureInfo.InvariantCulture),
            primary.ToString(CultureInfo.InvariantCulture), .. options,
        ];
        string[] asUser = Environment.UserName == "root"
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
            : [];
        string[] command = [.. asUser, "sh", "-c", .. server];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        var cluster = new PostgresCluster(Process.Start(start)!, programs, port, password);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
        cluster.Order(password, "ready");
        return cluster;
    }

    /// <summary>Stops the server at once, as a crash of it would; connections break.</summary>
    public void Crash() => Order("crash", "stopped");

    /// <summary>Kills its first process; the others, which serve the connections, find out and end.</summary>
    public void Kill() => Order("kill", "stopped");

    /// <summary>Ends all of its processes at once, as when its machine is lost.</summary>
    public void Lose() => Order("lose", "stopped");

    /// <summary>Starts it again at the same address.</summary>
    public void StartAgain() => Order("start", "ready");

    /// <summary>Makes a standby the primary.</summary>
    public void Promote() => Order("promote", "ready");

    public void Dispose()
    {
        if (watcher.HasExited) return;
        watcher.StandardInput.Close();
        watcher.WaitForExit(EndMilliseconds);
    }

    private string At(string hosts) =>
        $"Host={hosts};Database=postgres;Username=billing;Password={password};Include Error Detail=true";

    private void Order(string order, string answer)
    {
        watcher.StandardInput.WriteLine(order);
        watcher.StandardInput.Flush();
        var heard = watcher.StandardOutput.ReadLine();
        if (heard != answer) throw new InvalidOperationException("The PostgreSQL cluster of the tests did not start; see above.");
    }

    private static string? FindPrograms()
    {
        if (!Directory.Exists(Programs)) return null;
        return Directory.GetDirectories(Programs)
            .Select(folder => (Folder: Path.Combine(folder, "bin"), Version: Path.GetFileName(folder)))
            .Where(f => File.Exists(Path.Combine(f.Folder, "initdb")))
            .OrderByDescending(f => int.TryParse(f.Version, CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(f => f.Folder)
            .FirstOrDefault();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static string Script()
    {
        using var text = new StreamReader(
            typeof(PostgresCluster).Assembly.GetManifestResourceStream(typeof(PostgresCluster), "cluster.sh")!);
        return text.ReadToEnd();
    }
}

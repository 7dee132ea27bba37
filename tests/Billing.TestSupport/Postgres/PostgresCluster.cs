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

    private readonly Process watcher;

    private PostgresCluster(Process watcher, string connectionString) =>
        (this.watcher, ConnectionString) = (watcher, connectionString);

    public string ConnectionString { get; }

    /// <summary>Null where PostgreSQL is not installed.</summary>
    /// <param name="durable">False: the server does not wait for the disk, which only a crash of the machine would show.</param>
    public static PostgresCluster? TryStart(bool durable)
    {
        if (FindPrograms() is not { } programs) return null;
        var (port, password) = (FreePort(), Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        string[] server = [Script(), "cluster", programs, port.ToString(CultureInfo.InvariantCulture)];
        if (!durable) server = [.. server, "-c", "fsync=off", "-c", "full_page_writes=off"];
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
        var cluster = new PostgresCluster(
            Process.Start(start)!,
            $"Host=127.0.0.1;Port={port};Database=postgres;Username=billing;Password={password};Include Error Detail=true");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
        cluster.Order(password, "ready");
        return cluster;
    }

    /// <summary>Stops the server at once, as a crash of it would; connections break.</summary>
    public void Crash() => Order("crash", "stopped");

    /// <summary>Starts it again at the same address.</summary>
    public void StartAgain() => Order("start", "ready");

    public void Dispose()
    {
        if (watcher.HasExited) return;
        watcher.StandardInput.Close();
        watcher.WaitForExit(EndMilliseconds);
    }

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

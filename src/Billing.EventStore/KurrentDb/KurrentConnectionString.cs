using System.Globalization;

namespace Billing.EventStore.KurrentDb;

/// <summary>
/// Reads <c>esdb://user:password@host:2113?tls=false</c> as the official clients do, as far as this adapter has the
/// setting: schemes <c>esdb</c>, <c>kurrentdb</c> and <c>kurrent</c>, with <c>+discover</c> for a cluster; several hosts
/// by commas mean a cluster too.
/// </summary>
public static class KurrentConnectionString
{
    private const int DefaultPort = 2113;
    private static readonly string[] Schemes = ["esdb", "kurrentdb", "kurrent"];

    /// <exception cref="ArgumentException">The text is not of that form; the message says what is wrong with it.</exception>
    public static KurrentStoreOptions Parse(string text)
    {
        var (scheme, rest) = Cut(text, "://");
        if (rest is null) throw Wrong("it has no scheme, such as esdb://");
        var (engine, discover) = Cut(scheme, "+");
        if (!Schemes.Contains(engine, StringComparer.OrdinalIgnoreCase) || discover is not (null or "discover"))
            throw Wrong($"its scheme is {scheme}, not esdb, kurrentdb or kurrent, with or without +discover");
        var (address, query) = Cut(rest, "?");
        var at = address.LastIndexOf('@');
        var (user, password) = at < 0 ? (null, null) : Cut(address[..at], ":");
        if (at >= 0 && password is null) throw Wrong("a user stands before the @ without :password");
        var seeds = address[(at + 1)..].TrimEnd('/').Split(',').Select(Endpoint).ToList();
        var options = new KurrentStoreOptions
        {
            Seeds = seeds,
            Discover = discover is not null || seeds.Count > 1,
            User = user is null ? null : Uri.UnescapeDataString(user),
            Password = password is null ? null : Uri.UnescapeDataString(password),
        };
        return (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Aggregate(options, With);
    }

    private static KurrentEndpoint Endpoint(string text)
    {
        var (host, port) = Cut(text, ":");
        if (host.Length == 0) throw Wrong("it names no host");
        if (port is null) return new KurrentEndpoint(host, DefaultPort);
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65_536
            ? new KurrentEndpoint(host, number)
            : throw Wrong($"{port} is no port");
    }

    private static KurrentStoreOptions With(KurrentStoreOptions options, string setting)
    {
        var (name, given) = Cut(setting, "=");
        var value = Uri.UnescapeDataString(given ?? throw Wrong($"the setting {name} has no value"));
        return name.ToUpperInvariant() switch
        {
            "TLS" => options with { Tls = Flag(name, value) },
            "TLSCAFILE" => options with { CertificateAuthorityFile = value },
            "CONNECTIONNAME" => options with { ConnectionName = value },
            "MAXDISCOVERATTEMPTS" => options with { DiscoveryAttempts = Number(name, value) },
            "DISCOVERYINTERVAL" => options with { DiscoveryInterval = Milliseconds(name, value) },
            "GOSSIPTIMEOUT" => options with { GossipTimeout = Milliseconds(name, value) },
            "KEEPALIVEINTERVAL" => options with { KeepAlive = Milliseconds(name, value) },
            "NODEPREFERENCE" when value.Equals("leader", StringComparison.OrdinalIgnoreCase) => options,
            _ => throw Wrong($"the setting {setting} is not known here; known are tls, tlsCaFile, connectionName, "
                + "maxDiscoverAttempts, discoveryInterval, gossipTimeout, keepAliveInterval and nodePreference=leader"),
        };
    }

    private static bool Flag(string name, string value) =>
        bool.TryParse(value, out var flag) ? flag : throw Wrong($"{name} is {value}, neither true nor false");

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Wrong($"{name} is {value}, not a number of 1 or more");

    private static TimeSpan Milliseconds(string name, string value) => TimeSpan.FromMilliseconds(Number(name, value));

    private static (string Before, string? After) Cut(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + mark.Length)..]);
    }

    /// <summary>The text itself is left out, because it may hold a password.</summary>
    private static ArgumentException Wrong(string what) => new($"The KurrentDB connection string can't be read: {what}.");
}

using System.Text.RegularExpressions;

namespace Billing.Api.Tests.Fuzz;

/// <summary>Paths and queries that mostly name what is there.</summary>
internal sealed partial class TargetMaker(IEnumerable<Operation> operations, IReadOnlyList<string> ids, Known known)
{
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["year"] = ["2026", "2025", "2026", "2027", "2024"],
        ["week"] = ["2026-W10", "2026-W09", "2025-W40"],
        ["state"] = ["ca", "tx", "ny", "il", "wy"],
        ["quarter"] = ["1", "2", "3", "4"],
        ["number"] = ["INV-0001", "CN-0001", "JVA-0001", "2"],
        ["code"] = ["schedule-c-31", "total-tax", "1"],
        ["report"] = ["work", "money", "sales-tax", "profit", "receivables", "clients", "hours", "utilization", "retainers"],
        ["hash"] = [new('a', 64), "aa"],
        ["eventId"] = ["evt_1", "evt_unknown"],
        ["limit"] = ["1", "2", "500"],
        ["projection"] = ["none", "linear", "true"],
        ["netProfit"] = ["10000.00", "0", "-500.00"],
        ["billed"] = ["true", "false"],
        ["archived"] = ["true", "false"],
        ["dropped"] = ["true", "false"],
        ["status"] = ["open", "draft", "paid", "sent", "handed-in", "set-aside"],
        ["by"] = ["client", "month", "engagement", "assistant"],
        ["every"] = ["month", "quarter", "year"],
        ["language"] = ["de", "en"],
        ["category"] = ["supplies", "travel"],
        ["dryRun"] = ["true", "true", "false"],
        ["currency"] = ["USD", "EUR"],
        ["timeZone"] = ["Europe/Berlin"],
        ["perHour"] = ["40.00"],
        ["fileName"] = ["r.pdf", "ä.png"],
        ["tag"] = ["phone"],
        ["since"] = ["0", "1", "10"],
        ["after"] = ["0", "1"],
        ["goal"] = ["safe-harbor", "full"],
        ["basis"] = ["cash"],
        ["part"] = ["1"],
    };

    private static readonly string[] Unknown = ["x", "limit", "cursor", "dryRun", "Limit", "a%00b", "%ED%A0%80", "from%5B%5D", "", "__proto__", "since", "asOf"];

    /// <summary>By the word before an id in a path, the ids that good requests have there.</summary>
    private readonly ILookup<string, string> _idsAfter = operations.Where(o => o.Good is not null)
        .SelectMany(o => IdAfter().Matches(o.Good!.Path).Select(m => (Word: m.Groups[1].Value, Id: m.Groups[2].Value)))
        .ToLookup(pair => pair.Word, pair => pair.Id, StringComparer.Ordinal);

    public string Make(Operation operation, Random random, double oddness)
    {
        var good = (operation.Good?.Path ?? operation.File?.Path)?.Split('?', 2);
        var path = good is not null && random.NextDouble() > oddness && random.Next(2) > 0
            ? good[0]
            : Parameter().Replace(operation.Path, match => Filling(match, operation.Path, random, oddness));
        if (random.NextDouble() < oddness / 4) path = Bent(path, random);
        return good is [_, var query] && random.NextDouble() > oddness && random.Next(3) > 0 ? $"{path}?{query}" : path + Query(operation, random, oddness);
    }

    private string Filling(Match match, string path, Random random, double oddness)
    {
        if (random.NextDouble() < oddness) return Odd.Part(random);
        var name = match.Groups[1].Value;
        var before = path[..match.Index].TrimEnd('/').Split('/')[^1];
        if (random.Next(3) > 0 && known.Pick(name == "id" ? Known.IdOf(before) : name, random) is { } told) return told;
        if (Words.TryGetValue(name, out var words)) return Odd.Pick(random, words);
        return _idsAfter[before].ToList() is { Count: > 0 } good && random.Next(5) > 0 ? Odd.Pick(random, good) : Odd.Pick(random, ids);
    }

    private static string Bent(string path, Random random) => random.Next(9) switch
    {
        0 => path.ToUpperInvariant(),
        1 => path + "/",
        2 => path.Replace("/", "//", StringComparison.Ordinal),
        3 => path.Replace("/", "%2F", StringComparison.Ordinal),
        4 => path + "/..",
        5 => path + ":" + Odd.Part(random),
        6 => path.Replace("/v1", "/v1/.", StringComparison.Ordinal),
        7 => path + "%00",
        _ => path + "#" + Odd.Part(random),
    };

    private static string Query(Operation operation, Random random, double oddness)
    {
        var pairs = operation.Query.Where(_ => random.Next(4) == 0).Select(name => $"{name}={Value(name, random, oddness)}").ToList();
        if (random.NextDouble() < oddness / 2) pairs.Add($"{Odd.Pick(random, Unknown)}={Odd.Part(random)}");
        if (pairs.Count > 0 && random.NextDouble() < oddness / 2) pairs.Add(pairs[0]);
        return pairs.Count == 0 ? "" : $"?{string.Join('&', pairs)}";
    }

    private static string Value(string name, Random random, double oddness)
    {
        if (random.NextDouble() < oddness) return Odd.Part(random);
        if (Words.TryGetValue(name, out var words)) return Odd.Pick(random, words);
        return name is "from" or "to" or "asOf" or "day" or "through"
            ? FormattableString.Invariant($"2026-{1 + random.Next(12):00}-{1 + random.Next(28):00}")
            : Odd.Part(random);
    }

    [GeneratedRegex(@"\{(\w+)(?::\w+)?\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("([a-z-]+)/([0-9a-f]{8}-[0-9a-f-]{27})")]
    private static partial Regex IdAfter();
}

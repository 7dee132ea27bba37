using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Billing.Api.Tests.Http;

/// <summary>What every refusal must be: a problem that the documentation names, with the status it names.</summary>
public static partial class Refused
{
    private static readonly Lazy<IReadOnlyDictionary<string, IReadOnlySet<int>>> Table = new(ReadTable);

    /// <summary>Every code in <c>docs/problems.md</c> with the statuses that it comes with.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<int>> Documented => Table.Value;

    /// <summary>What is wrong with the answer as a refusal; null where it is a good one.</summary>
    /// <param name="pointer">What one of the field faults must point to, or point into; null where it does not matter.</param>
    public static string? Fault(ApiAnswer answer, string? pointer = null)
    {
        if (answer.Code >= 500) return $"a server error: {answer}";
        if (answer.Code < 400) return $"not refused: {answer}";
        if (answer.MediaType != "application/problem+json") return $"no problem: {answer}";
        var problem = answer.Json;
        var code = (string?)problem["code"];
        if (code is null || !Documented.TryGetValue(code, out var statuses)) return $"an undocumented code: {answer}";
        if (!statuses.Contains(answer.Code)) return $"documented with {string.Join('/', statuses)}: {answer}";
        if ((int?)problem["status"] != answer.Code) return $"another status in the body: {answer}";
        if ((string?)problem["type"] != $"urn:billing:problem:{code}") return $"another type: {answer}";
        if (string.IsNullOrWhiteSpace((string?)problem["title"])) return $"no title: {answer}";
        if (string.IsNullOrWhiteSpace((string?)problem["detail"])) return $"no detail: {answer}";
        if (!TraceId().IsMatch((string?)problem["traceId"] ?? "")) return $"no trace id: {answer}";
        return FaultOfFields(answer, problem) ?? FaultOfPointer(answer, pointer);
    }

    private static string? FaultOfFields(ApiAnswer answer, JsonObject problem)
    {
        if ((string?)problem["code"] == "invalid-request" && problem["errors"] is not JsonArray { Count: > 0 })
            return $"no field is named: {answer}";
        foreach (var error in problem["errors"] as JsonArray ?? [])
        {
            if (error!["pointer"] is null || string.IsNullOrWhiteSpace((string?)error["detail"])) return $"a field without words: {answer}";
            if ((string?)error["code"] is not { } code || !Documented.ContainsKey(code)) return $"an undocumented field code: {answer}";
        }
        return null;
    }

    private static string? FaultOfPointer(ApiAnswer answer, string? pointer) =>
        pointer is null || answer.Pointers.Any(p => p == pointer || p.StartsWith(pointer + "/", StringComparison.Ordinal))
            ? null
            : $"does not point to {pointer}: {answer}";

    private static Dictionary<string, IReadOnlySet<int>> ReadTable() => File
        .ReadLines(Path.Combine(Repository.Folder, "docs", "problems.md"))
        .Select(line => Row().Match(line))
        .Where(row => row.Success)
        .ToDictionary(
            row => row.Groups["code"].Value,
            IReadOnlySet<int> (row) => row.Groups["status"].Value.Split(',', StringSplitOptions.TrimEntries)
                .Select(s => s == "–" ? 0 : int.Parse(s, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet(),
            StringComparer.Ordinal);

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex TraceId();

    [GeneratedRegex("^\\| `(?<code>[a-z0-9-]+)` \\| (?<status>[0-9, –]+) \\|")]
    private static partial Regex Row();
}

/// <summary>Where the sources of these tests are.</summary>
public static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Billing.sln"))) return folder;
        throw new DirectoryNotFoundException("Billing.sln lies above none of the folders that the tests run in.");
    }
}

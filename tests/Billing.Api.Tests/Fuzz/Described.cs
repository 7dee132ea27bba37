using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Fuzz;

/// <summary>An operation of the description.</summary>
/// <param name="Path">With the names of its parameters, such as <c>/v1/clients/{id}:describe</c>.</param>
/// <param name="Query">Names of its query parameters.</param>
/// <param name="Body">Schema of its JSON body; null where it takes none, or another kind.</param>
/// <param name="MediaType">Of its body; null where it takes none.</param>
/// <param name="Good">A good request by hand; null where there is none.</param>
/// <param name="File">A file that it takes; null where it takes none.</param>
internal sealed record Operation(
    string Method, string Path, IReadOnlyList<string> Query, JsonNode? Body, string? MediaType, GoodRequest? Good, GoodFile? File)
{
    public string Name => $"{Method} {Path}";

    /// <summary>Whether it takes much longer than others, so that it gets a smaller share.</summary>
    public bool IsHeavy => Heavy.Any(word => Path.Contains(word, StringComparison.Ordinal));

    /// <summary>Whether much is refused for good once it was accepted, so that it gets a smaller share, too.</summary>
    public bool IsLast => Last.Any(verb => Path.EndsWith(verb, StringComparison.Ordinal));

    private static readonly string[] Last =
        [":archive", ":end", ":close", ":remove", ":revoke", ":revoke-share", ":void", ":write-off", ":lock-period", ":lock-rates", ":turn-off", ":discard"];

    private static readonly string[] Heavy =
    [
        "pdf", ".zip", "report", "estimate", "journal", "/events", "/changes", "imports", "statement", "e-invoice", "what-if", "set-aside", "voucher", "states",
        "germany", "hours.", "preview", "simulate", "proposal", "late-fees", "information-returns", "returns", "calendar", "receipts", "logo", "rebill",
        ":checkout", ":connect", "businesses", ":finalize", "unbilled", "recurring-invoices:run-due", ":send-due", "tax-years/{year}",
    ];
}

/// <summary>What the server's description says that can be asked for.</summary>
internal static partial class Described
{
    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch", "head", "options"];

    /// <param name="good">Good requests by method and pattern, as the server's routes have it.</param>
    /// <param name="files">Good files, by the same.</param>
    public static IReadOnlyList<Operation> Operations(
        JsonObject description, IReadOnlyDictionary<string, GoodRequest> good, IReadOnlyDictionary<string, GoodFile> files)
    {
        var (byPath, filesByPath) = (ByPath(good), ByPath(files));
        return
        [
            .. from path in description["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               where Methods.Contains(operation.Key)
               select Read(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject(), byPath, filesByPath),
        ];
    }

    private static Dictionary<string, T> ByPath<T>(IReadOnlyDictionary<string, T> byPattern) =>
        byPattern.ToDictionary(g => Constraint().Replace(g.Key, "{$1}"), g => g.Value, StringComparer.Ordinal);

    private static Operation Read(
        string method, string path, JsonObject operation, Dictionary<string, GoodRequest> good, Dictionary<string, GoodFile> files)
    {
        var query = operation["parameters"]?.AsArray().Where(p => (string?)p!["in"] == "query").Select(p => (string)p!["name"]!).ToList();
        var content = operation["requestBody"]?["content"]?.AsObject().FirstOrDefault();
        var isJson = content?.Key == "application/json";
        return new Operation(
            method, path, query ?? [], isJson ? content!.Value.Value!["schema"] : null, content?.Key,
            good.GetValueOrDefault($"{method} {path}"), files.GetValueOrDefault($"{method} {path}"));
    }

    [GeneratedRegex(@"\{(\w+):\w+\}")]
    private static partial Regex Constraint();
}

using System.IO.Compression;
using System.Text;
using Billing.Api.Access;
using Billing.Api.Exchange.Tables;
using Billing.Api.Expenses;
using Billing.Api.Http;
using Billing.Api.Retainers;
using Billing.EventStore.Exporting;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Microsoft.AspNetCore.Http.Features;

namespace Billing.Api.Exchange;

/// <summary>The whole practice, for its owner to take along.</summary>
public static class ExportEndpoints
{
    private const string JsonLines = "application/x-ndjson", Zip = "application/zip";

    /// <summary>The first that a ZIP can say; what is in it is of the moment of the request.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void MapExports(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/export", (Delegate)Book)
            .WithMetadata(new AllowedRoles(Role.Owner))
            .Produces<Stream>(200, JsonLines);

        v1.MapGet("/export.zip", (Delegate)Tables)
            .WithMetadata(new AllowedRoles(Role.Owner))
            .Produces<Stream>(200, Zip);
    }

    private static async Task<IResult> Book(HttpContext http, IEventStore store, KeyRing keys, IReceiptFiles files)
    {
        var (caller, refusal) = await Admission.Admit(http, Role.Owner);
        if (caller is null) return refusal!.AsResult();
        var call = new QueryCall(http, caller);
        // It opens the practice's whole past to whoever has it: no cache on the way may keep one.
        http.Response.Headers.CacheControl = "no-store";
        var export = new PracticeExport(store, keys, files.Open);
        return Results.Stream(
            to => export.Write(call.Book, call.Now, to, call.Aborted), JsonLines, $"practice-{call.Book}.jsonl");
    }

    private static async Task<IResult> Tables(HttpContext http, IEventStore store, IReceiptFiles files, RetainerDesk desk)
    {
        var (caller, refusal) = await Admission.Admit(http, Role.Owner);
        if (caller is null) return refusal!.AsResult();
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        var (tables, session, day) = (await PracticeTables.Fold(store, call.Book, call.Aborted), call.Session(), PracticeDay.Of(call));
        var retainers = new List<RetainerOnDay>();
        foreach (var id in tables.RetainerIds)
            if (await desk.One(session, id, day) is { } retainer) retainers.Add(retainer);
        http.Response.Headers.CacheControl = "no-store";
        // The end of each compressed entry is written synchronously by .NET's own ZIP, some bytes at a time.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return Results.Stream(
            to => Write(to, tables.All(retainers, day), tables.Receipts(files), call.Aborted), Zip, $"practice-{call.Book}.zip");
    }

    /// <summary>Written as it goes: receipts may be larger than what fits into memory.</summary>
    private static async Task Write(
        Stream to, IEnumerable<CsvTable> tables, IEnumerable<(string Path, Stream Content)> receipts, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(
            to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken);
        foreach (var table in tables) await Add($"{table.Name}.csv", new MemoryStream(table.ToBytes()));
        foreach (var (path, content) in receipts) await Add(path, content);

        async Task Add(string name, Stream content)
        {
            await using var reading = content;
            var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
            (entry.LastWriteTime, entry.ExternalAttributes) = (NoTime, 0);
            await using var writing = await entry.OpenAsync(cancellationToken);
            await content.CopyToAsync(writing, cancellationToken);
        }
    }
}

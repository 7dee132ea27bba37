using System.Text;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;

namespace Billing.Api.Exchange;

/// <summary>One request that brings a file in: who sends it, the file, and the books that its rows go into.</summary>
internal sealed class ImportCall(HttpContext http, Caller caller)
{
    private const int MaxFileBytes = 32 * 1024 * 1024;

    public QueryCall Query { get; } = new(http, caller);

    /// <summary>Lets somebody of these roles in, once the read models know all that is written: another may have brought rows.</summary>
    public static async ValueTask<(ImportCall? Call, IResult? Refusal)> Admit(HttpContext http, Role roles)
    {
        var (caller, refusal) = await Admission.Admit(http, roles);
        if (caller is null) return (null, refusal!.AsResult());
        var call = new ImportCall(http, caller);
        return await call.Query.WaitForAllWrites() is { } behind ? (null, behind.AsResult()) : (call, null);
    }

    public async ValueTask<(byte[] Bytes, IResult? TooLarge)> ReadFile()
    {
        var (bytes, isTooLarge) = await RequestBody.Read(http.Request, MaxFileBytes, http.RequestAborted);
        return (bytes, isTooLarge ? Problem.Of(413, "body-too-large", "The file is over 32 MiB; split it.").AsResult() : null);
    }

    /// <exception cref="DecoderFallbackException">On reading: the file is not in UTF-8.</exception>
    public static StreamReader ReaderOf(byte[] bytes) => new(
        new MemoryStream(bytes), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
        detectEncodingFromByteOrderMarks: true);

    /// <summary>The books, or for a dry run a copy of them.</summary>
    public async ValueTask<ImportBooks> Books(bool isDryRun)
    {
        var context = new CommandContext(caller.Book, caller.Actor, Query.Now, Query.Service<Func<Guid>>()());
        var bus = isDryRun
            ? await ScratchBooks.CopyOf(http.RequestServices, caller.Book, http.RequestAborted)
            : Query.Service<CommandBus>();
        return new ImportBooks(context, command => bus.Send(context, () => command, http.RequestAborted));
    }

    public async ValueTask<IResult> Answer<TReport>(TReport report)
    {
        await Query.NoteWrites();
        return Results.Json(report, ApiJson.Options);
    }
}

/// <param name="Send">Runs a command on them; null where it was told to stop.</param>
public sealed record ImportBooks(CommandContext Context, Func<ICommand, Task<CommandResult?>> Send);

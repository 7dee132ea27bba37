using System.Text;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain.Access;
using Billing.Domain.Values;
using Billing.Projections.Access;
using Billing.Projections.Clients;
using Billing.Projections.Engagements;
using Billing.Projections.Paging;

namespace Billing.Api.Exchange;

public static class ImportEndpoints
{
    private const int MaxFileBytes = 32 * 1024 * 1024;

    public static void MapImports(this IEndpointRouteBuilder v1) =>
        v1.MapPost("/imports/agency-timesheet", (Delegate)Agency)
            .WithMetadata(
                new AllowedRoles(Role.Owner | Role.Bookkeeper), new QueryParameters("timeZone", "currency", "perHour", "dryRun"))
            .Accepts<string>("text/csv")
            .Produces<ImportReport>();

    private static async Task<IResult> Agency(HttpContext http)
    {
        var (caller, refusal) = await Admission.Admit(http, Role.Owner | Role.Bookkeeper);
        if (caller is null) return refusal!.AsResult();
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        if (Settings(call) is not { } settings) return Problem.BadRequest(call.Errors).AsResult();
        var (bytes, tooLarge) = await RequestBody.Read(http.Request, MaxFileBytes, http.RequestAborted);
        if (tooLarge) return Problem.Of(413, "body-too-large", "The file is over 32 MiB; split it.").AsResult();
        if (ReadRows(bytes) is not { } rows)
        {
            return Problem.Of(
                422, "not-an-agency-timesheet",
                $"The file's first line must be: {string.Join(',', AgencyTimesheet.Header)}, in UTF-8.").AsResult();
        }
        var context = new CommandContext(call.Book, caller.Actor, call.Now, call.Service<Func<Guid>>()());
        var books = settings.IsDryRun
            ? await ScratchBooks.CopyOf(http.RequestServices, call.Book, http.RequestAborted)
            : call.Service<CommandBus>();
        var import = new AgencyImport(
            context, settings, Names(call), command => books.Send(context, () => command, http.RequestAborted));
        var report = await import.Run(rows);
        await call.NoteWrites();
        return Results.Json(report, ApiJson.Options);
    }

    private static IReadOnlyList<AgencyRow>? ReadRows(byte[] bytes)
    {
        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            using var reader = new StreamReader(new MemoryStream(bytes), strict, detectEncodingFromByteOrderMarks: true);
            return AgencyTimesheet.Read(reader);
        }
        catch (Exception e) when (e is DecoderFallbackException or CsvHelper.CsvHelperException)
        {
            return null;
        }
    }

    private static ImportSettings? Settings(QueryCall call)
    {
        var business = call.Service<AccessQueries>().Business(call.Book)!;
        var zone = call.Text("timeZone") ?? business.TimeZone;
        if (!TimeZones.TryOf(zone, out _))
            call.Refuse("timeZone", "malformed", "timeZone is an IANA name, such as America/New_York.");
        var currency = business.Currency;
        if (call.Text("currency") is { } code && !Currency.TryOf(code, out currency!))
            call.Refuse("currency", "malformed", "currency is an ISO 4217 code, such as USD.");
        Money? perHour = null;
        if (call.Text("perHour") is { } rate && currency is not null)
        {
            if (Money.TryParse(rate, currency, out var money) && money.IsPositive) perHour = money;
            else call.Refuse("perHour", "malformed", "perHour is an amount above zero, such as 32.50.");
        }
        var isDryRun = call.Flag("dryRun") ?? false;
        return call.Errors.Count > 0 ? null : new ImportSettings(zone, currency!, perHour, isDryRun);
    }

    private static KnownNames Names(QueryCall call)
    {
        var names = new KnownNames([], [], []);
        foreach (var client in PagedList.All(page => call.Service<ClientQueries>().Clients(call.Book, page)))
            names.Clients.TryAdd(client.Name ?? "", client.ClientId);
        foreach (var engagement in PagedList.All(page => call.Service<EngagementQueries>().Engagements(call.Book, page)))
            names.Engagements.TryAdd((engagement.ClientId, engagement.Name ?? ""), engagement.EngagementId);
        foreach (var member in call.Service<AccessQueries>().Members(call.Book).Where(m => m.LeftAt is null))
            names.Members.TryAdd(member.Name ?? "", member.MemberId);
        return names;
    }
}

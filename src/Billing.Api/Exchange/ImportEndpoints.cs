using System.Text;
using Billing.Api.Access;
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
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapImports(this IEndpointRouteBuilder v1) =>
        v1.MapPost("/imports/agency-timesheet", (Delegate)Agency)
            .WithMetadata(
                new AllowedRoles(Keepers), new QueryParameters("timeZone", "currency", "perHour", "dryRun"))
            .Accepts<string>("text/csv")
            .Produces<ImportReport>();

    private static async Task<IResult> Agency(HttpContext http)
    {
        var (call, refusal) = await ImportCall.Admit(http, Keepers);
        if (call is null) return refusal!;
        if (Settings(call.Query) is not { } settings) return Problem.BadRequest(call.Query.Errors).AsResult();
        var (bytes, tooLarge) = await call.ReadFile();
        if (tooLarge is not null) return tooLarge;
        if (ReadRows(bytes) is not { } rows)
        {
            return Problem.Of(
                422, "not-an-agency-timesheet",
                $"The file's first line must be: {string.Join(',', AgencyTimesheet.Header)}, in UTF-8.").AsResult();
        }
        var import = new AgencyImport(await call.Books(settings.IsDryRun), settings, Names(call.Query));
        return await call.Answer(await import.Run(rows));
    }

    private static IReadOnlyList<AgencyRow>? ReadRows(byte[] bytes)
    {
        try
        {
            using var reader = ImportCall.ReaderOf(bytes);
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
        var currency = call.Text("currency") is null ? business.Currency : call.Currency("currency");
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

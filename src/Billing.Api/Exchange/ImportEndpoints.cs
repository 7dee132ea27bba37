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
    internal const string AgencySource = "agency-timesheet";

    private static readonly string[] Common =
        ["timeZone", "currency", "perHour", "dryRun", "clientName", "engagementName", "memberName", "addMembers"];

    private delegate (ForeignInvoices? Found, RowFault? Fault) InvoiceReader(string text, InvoiceFileForm form);

    public static void MapImports(this IEndpointRouteBuilder v1)
    {
        Map(v1, AgencySource, Common, http => Import(http, null));
        foreach (var file in TimeFile.All)
            Map(v1, file.Name, [.. Common, "dateForm", "decimal", "billedBefore", "overlaps"], http => Import(http, file));
        MapInvoices(v1, FreshBooksInvoices.Program, ["dryRun", "dateForm"], FreshBooksInvoices.Read);
        MapInvoices(v1, WaveLedger.Program, ["dryRun"], WaveLedger.Read);
    }

    private static void MapInvoices(IEndpointRouteBuilder v1, string program, string[] parameters, InvoiceReader read) =>
        v1.HandlePost($"/imports/{program}-invoices", http => ImportInvoices(http, program, parameters, read))
            .WithMetadata(new AllowedRoles(Keepers), new QueryParameters(parameters))
            .Accepts<string>("text/csv")
            .Produces<InvoiceImportReport>();

    private static void Map(IEndpointRouteBuilder v1, string source, string[] parameters, Func<HttpContext, Task<IResult>> import) =>
        v1.HandlePost($"/imports/{source}", import)
            .WithMetadata(new AllowedRoles(Keepers), new QueryParameters(parameters))
            .Accepts<string>("text/csv")
            .Produces<ImportReport>();

    /// <param name="file">Which program's; null for the agency's.</param>
    private static async Task<IResult> Import(HttpContext http, TimeFile? file)
    {
        var (call, refusal) = await ImportCall.Admit(http, Keepers);
        if (call is null) return refusal!;
        var settings = Settings(call.Query, file);
        var form = file is null || settings is null ? null : Form(call.Query, settings);
        if (settings is null || call.Query.Errors.Count > 0) return Problem.BadRequest(call.Query.Errors).AsResult();
        var (bytes, tooLarge) = await call.ReadFile();
        if (tooLarge is not null) return tooLarge;
        var (reading, fault) = file is null ? ReadAgency(bytes) : ReadTime(bytes, file, form!);
        if (reading is null) return Problem.Of(422, fault!.Code, fault.Detail).AsResult();
        var import = new TimeImport(await call.Books(settings.IsDryRun), settings, Names(call.Query));
        return await call.Answer(await import.Run(reading));
    }

    private static async Task<IResult> ImportInvoices(HttpContext http, string program, string[] parameters, InvoiceReader read)
    {
        var (call, refusal) = await ImportCall.Admit(http, Keepers);
        if (call is null) return refusal!;
        var isDryRun = call.Query.Flag("dryRun") ?? false;
        var dateForm = parameters.Contains("dateForm") ? call.Query.OneOf("dateForm", WrittenDates.Forms) : null;
        if (call.Query.Errors.Count > 0) return Problem.BadRequest(call.Query.Errors).AsResult();
        var (bytes, tooLarge) = await call.ReadFile();
        if (tooLarge is not null) return tooLarge;
        var currency = call.Query.Service<AccessQueries>().Business(call.Query.Book)!.Currency;
        var (invoices, fault) = read(Text(bytes) ?? "", new InvoiceFileForm(currency, dateForm));
        if (invoices is null) return Problem.Of(422, fault!.Code, fault.Detail).AsResult();
        var import = new InvoiceImport(await call.Books(isDryRun), program, Names(call.Query).Clients, isDryRun);
        return await call.Answer(await import.Run(invoices));
    }

    private static (TimeFileReading?, RowFault?) ReadAgency(byte[] bytes) =>
        Text(bytes) is { } text && AgencyTimesheet.Read(text) is { } rows
            ? (new TimeFileReading(rows), null)
            : (null, new RowFault(
                "not-an-agency-timesheet", $"The file's first line must be: {string.Join(',', AgencyTimesheet.Header)}, in UTF-8."));

    private static (TimeFileReading?, RowFault?) ReadTime(byte[] bytes, TimeFile file, TimeFileForm form) => Text(bytes) is { } text
        ? TimeFileReader.Read(file, text, form)
        : (null, new RowFault("not-a-time-file", "The file is not in UTF-8. Export it anew, or save it as CSV in UTF-8."));

    private static string? Text(byte[] bytes)
    {
        try
        {
            using var reader = ImportCall.ReaderOf(bytes);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static TimeFileForm Form(QueryCall call, ImportSettings settings) => new(
        TimeZones.Of(settings.TimeZone), settings.Currency, call.OneOf("dateForm", WrittenDates.Forms),
        call.OneOf("decimal", ["point", "comma"]) switch { "point" => '.', "comma" => ',', _ => null });

    private static ImportSettings? Settings(QueryCall call, TimeFile? file)
    {
        var business = call.Service<AccessQueries>().Business(call.Book)!;
        var zone = call.Text("timeZone") ?? business.TimeZone;
        if (!TimeZones.TryOf(zone, out _))
            call.Refuse("timeZone", "malformed", "timeZone is an IANA name, such as America/New_York.");
        if (file is { HasClocks: true } && call.Text("timeZone") is null)
        {
            call.Refuse(
                "timeZone", "required",
                $"Files of {file.Program} say what the clock on the wall said. Send its IANA name, such as Europe/Berlin.");
        }
        var currency = call.Text("currency") is null ? business.Currency : call.Currency("currency");
        Money? perHour = null;
        if (call.Text("perHour") is { } rate && currency is not null)
        {
            if (Money.TryParse(rate, currency, out var money) && money.IsPositive) perHour = money;
            else call.Refuse("perHour", "malformed", "perHour is an amount above zero, such as 32.50.");
        }
        var (isDryRun, addsMembers) = (call.Flag("dryRun") ?? false, call.Flag("addMembers") ?? file is null);
        var billsAgain = file is not null && call.OneOf("billedBefore", ["not-billable", "billable"]) == "billable";
        var overlapsAsDays = file is not null && call.OneOf("overlaps", ["refuse", "as-day"]) == "as-day";
        if (call.Errors.Count > 0) return null;
        return new ImportSettings(file?.Name ?? AgencySource, zone, currency!, perHour, addsMembers, isDryRun)
        {
            ClientName = call.Text("clientName")?.Trim(),
            EngagementName = call.Text("engagementName")?.Trim(),
            MemberName = call.Text("memberName")?.Trim(),
            BillsAgain = billsAgain,
            OverlapsAsDays = overlapsAsDays,
        };
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

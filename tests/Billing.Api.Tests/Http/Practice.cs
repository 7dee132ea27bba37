using System.Text.Json.Nodes;
using Billing.Api.Mailing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Http;

/// <summary>A practice opened through the API, with its people's tokens and one of everything in its books.</summary>
public sealed class Practice
{
    public const string Zone = "America/Chicago";

    /// <summary>The week of the assistant's entry, as paths have it.</summary>
    public const string Week = "2026-W10";

    /// <summary>A week of the other assistant that is handed in.</summary>
    public const string HandedInWeek = "2026-W09";

    private readonly ApiServer _server;

    private Practice(ApiServer server, JsonObject opened)
    {
        _server = server;
        Id = opened["businessId"]!.GetValue<Guid>();
        OwnerId = opened["ownerId"]!.GetValue<Guid>();
        Owner = opened["token"]!.GetValue<string>();
    }

    public Guid Id { get; }

    public string Owner { get; }

    public Guid OwnerId { get; }

    public string Bookkeeper { get; private set; } = "";

    /// <summary>Token of the assistant whose time <see cref="EntryId"/> is, and whose timer runs.</summary>
    public string Assistant { get; private set; } = "";

    public Guid AssistantId { get; private set; }

    public string OtherAssistant { get; private set; } = "";

    public Guid OtherAssistantId { get; private set; }

    /// <summary>Id of a token that nobody uses.</summary>
    public Guid SpareTokenId { get; private set; }

    public Guid ClientId { get; private set; }

    public Guid EngagementId { get; private set; }

    /// <summary>Unbilled.</summary>
    public Guid EntryId { get; private set; }

    /// <summary>The other assistant's, unbilled.</summary>
    public Guid OtherEntryId { get; private set; }

    public Guid TimerId { get; private set; }

    public Guid ExpenseId { get; private set; }

    public Guid VehicleId { get; private set; }

    public Guid TripId { get; private set; }

    public Guid RecurringId { get; private set; }

    public Guid RetainerId { get; private set; }

    /// <summary>A retainer of hours, with a block of ten that was bought on the first of March.</summary>
    public Guid BlockId { get; private set; }

    /// <summary>An evergreen retainer that nobody has paid into.</summary>
    public Guid EvergreenId { get; private set; }

    public Guid DraftId { get; private set; }

    /// <summary>Finalised and open.</summary>
    public Guid InvoiceId { get; private set; }

    public Guid LinkId { get; private set; }

    /// <summary>The path of the share link.</summary>
    public string SharePath { get; private set; } = "";

    /// <summary>Finalised, and partly paid by <see cref="PaymentId"/>.</summary>
    public Guid PaidInvoiceId { get; private set; }

    public Guid PaymentId { get; private set; }

    /// <summary>A receipt that was sent, into a file.</summary>
    public Guid MailId { get; private set; }

    /// <summary>On the partly paid invoice: it took the rest off what was due, and owes the client 10.00.</summary>
    public Guid CreditNoteId { get; private set; }

    /// <summary>50.00 that came by bank, of which nobody has said what they are.</summary>
    public Guid BankLineId { get; private set; }

    /// <summary>1.00 of sales tax that was handed on to the office, which gave it back.</summary>
    public Guid SalesTaxPaymentId { get; private set; }

    public Guid TaxPaymentId { get; private set; }

    /// <summary>An estimate of 2026 that was given.</summary>
    public Guid EstimateId { get; private set; }

    /// <summary>Of a link to the calendar of due dates.</summary>
    public Guid TaxLinkId { get; private set; }

    public Guid StatePaymentId { get; private set; }

    public Guid GermanPaymentId { get; private set; }

    /// <summary>Sent, with a link, and neither accepted nor declined. Its second line is optional.</summary>
    public Guid QuoteId { get; private set; }

    public Guid QuoteLinkId { get; private set; }

    /// <summary>The path of the quote's link.</summary>
    public string QuotePath { get; private set; } = "";

    /// <summary>Accepted, and nothing was made of it yet.</summary>
    public Guid AcceptedQuoteId { get; private set; }

    /// <summary>Its first period begins on <see cref="RecurringFrom"/> and is due.</summary>
    public Guid RecurringInvoiceId { get; private set; }

    /// <summary>Forty days ago.</summary>
    public static string RecurringFrom => DaysFromNow(-40);

    /// <summary>A day as the API takes it.</summary>
    public static string DaysFromNow(int days) => NodaTime.Text.LocalDatePattern.Iso.Format(
        NodaTime.SystemClock.Instance.GetCurrentInstant().Plus(NodaTime.Duration.FromDays(days)).InUtc().Date);

    /// <summary>Nothing in its books but its owner.</summary>
    public static async Task<Practice> OpenEmpty(ApiServer server, string name = "Juniper", string currency = "USD")
    {
        var body = $$"""{"name":"{{name}}","ownerName":"Maya","timeZone":"{{Zone}}","currency":"{{currency}}"}""";
        var opened = (await server.Post(ApiServer.OperatorToken, "/v1/businesses", body)).Ok();
        return new Practice(server, opened.Json);
    }

    public static async Task<Practice> Open(ApiServer server, string name = "Juniper")
    {
        var practice = await OpenEmpty(server, name);
        await practice.AddPeople();
        await practice.AddWork();
        await practice.AddMoney();
        await practice.AddOffers();
        await server.CatchUp();
        await server.Services.GetRequiredService<Outbox>().Look(TestContext.Current.CancellationToken);
        await server.CatchUp();
        return practice;
    }

    public string TokenOf(string role) => role switch
    {
        "owner" => Owner,
        "assistant" => Assistant,
        "bookkeeper" => Bookkeeper,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };

    /// <summary>Sends what has to work, as the owner.</summary>
    public async Task<ApiAnswer> Post(string path, string body) => (await _server.Post(Owner, path, body)).Ok();

    public async Task<JsonObject> Get(string path) => (await _server.Get(Owner, path)).Ok().Json;

    /// <summary>A finalised invoice over one entry of so long at 40.00 an hour.</summary>
    /// <param name="more">Of the body that finalises it.</param>
    public async Task<Guid> Invoice(string workedOn, int hours = 1, string issuedOn = "2026-04-01", string more = "")
    {
        var entry = await Log(Owner, workedOn, 3600 * hours);
        var draft = (await Post("/v1/invoices",
            $$"""{"clientId":"{{ClientId}}","through":"{{workedOn}}","entryIds":["{{entry}}"],"expenseIds":[]}""")).Id;
        await Post($"/v1/invoices/{draft}:finalize", $$"""{"issuedOn":"{{issuedOn}}"{{more}}}""");
        return draft;
    }

    /// <summary>Records money that came by transfer for an invoice.</summary>
    public Task<ApiAnswer> Pay(Guid invoice, string amount, string day, string currency = "USD") => Post("/v1/payments", $$$"""
        {"invoiceId":"{{{invoice}}}","amount":{"amount":"{{{amount}}}","currency":"{{{currency}}}"},"method":"transfer","receivedOn":"{{{day}}}"}
        """);

    public async Task<Guid> Log(string token, string workedOn, int seconds) => (await _server.Post(token, "/v1/time-entries",
        $$"""{"engagementId":"{{EngagementId}}","workedOn":"{{workedOn}}","durationSeconds":{{seconds}}}""")).Ok().Id;

    /// <summary>The id of a new member and a token of theirs.</summary>
    public async Task<(Guid Id, string Token)> Join(string name, string role)
    {
        var id = (await Post("/v1/members", $$"""{"name":"{{name}}","role":"{{role}}","timeZone":"{{Zone}}"}""")).Id;
        return (id, (await IssueToken(id)).Token);
    }

    public async Task<(Guid Id, string Token)> IssueToken(Guid member, string more = "")
    {
        var issued = await Post("/v1/tokens", $$"""{"memberId":"{{member}}"{{more}}}""");
        return (issued.Id, issued.Json["token"]!.GetValue<string>());
    }

    /// <summary>A client with an engagement at 40.00 an hour.</summary>
    public async Task AddClient(string currency = "USD")
    {
        ClientId = (await Post("/v1/clients",
            $$"""{"name":"Acme Dental","currency":"{{currency}}","email":"office@acme.example"}""")).Id;
        EngagementId = (await Post("/v1/engagements", $$"""{"clientId":"{{ClientId}}","name":"Inbox"}""")).Id;
        await Post($"/v1/engagements/{EngagementId}:set-rate",
            $$$"""{"perHour":{"amount":"40","currency":"{{{currency}}}"},"validFrom":"2026-01-01"}""");
    }

    public async Task AddAssistant() => (AssistantId, Assistant) = await Join("Ana", "assistant");

    private async Task AddPeople()
    {
        (_, Bookkeeper) = await Join("Priya", "bookkeeper");
        await AddAssistant();
        (OtherAssistantId, OtherAssistant) = await Join("Ben", "assistant");
        (SpareTokenId, _) = await IssueToken(AssistantId);
    }

    private async Task AddWork()
    {
        await AddClient();
        EntryId = await Log(Assistant, "2026-03-03", 5400);
        OtherEntryId = await Log(OtherAssistant, "2026-03-04", 3600);
        (await _server.Post(OtherAssistant, $"/v1/weeks/{HandedInWeek}:hand-in", "{}")).Ok();
        var started = NodaTime.SystemClock.Instance.GetCurrentInstant() - NodaTime.Duration.FromMinutes(30);
        TimerId = (await _server.Post(Assistant, "/v1/timer:start",
            $$"""{"engagementId":"{{EngagementId}}","startedAt":"{{started:uuuu-MM-ddTHH:mm:ss}}Z"}""")).Ok().Id;
        ExpenseId = (await Post("/v1/expenses", """
            {"amount":{"amount":"19.99","currency":"USD"},"category":"office-expense","paidOn":"2026-03-05"}
            """)).Id;
        VehicleId = (await Post("/v1/vehicles", """{"name":"Hatchback"}""")).Id;
        TripId = (await Post("/v1/trips",
            $$"""{"vehicleId":"{{VehicleId}}","drivenOn":"2026-03-06","distance":{"hundredths":1240},"purpose":"Site visit"}""")).Id;
        RecurringId = (await Post("/v1/recurring-expenses",
            """{"amount":{"amount":"18.00","currency":"USD"},"category":"software","every":"month","firstOn":"2026-03-01"}""")).Id;
        await Post($"/v1/engagements/{EngagementId}:set-budget", """{"durationSeconds":360000,"firstDay":"2026-01-01"}""");
        RetainerId = (await Post("/v1/retainers", $$"""{"clientId":"{{ClientId}}","name":"Monthly"}""")).Id;
        BlockId = (await Post("/v1/retainers",
            $$$"""{"clientId":"{{{ClientId}}}","name":"Block","from":"2026-03-01","terms":{{{Endpoints.BlockTerms}}}}""")).Id;
        await Post($"/v1/retainers/{BlockId}:buy-hours", """{"boughtOn":"2026-03-01","draftsInvoice":false}""");
        EvergreenId = (await Post("/v1/retainers", $$$"""
            {"clientId":"{{{ClientId}}}","name":"Evergreen","from":"2026-03-01","terms":{"kind":"evergreen","evergreen":{"floor":{"amount":"100","currency":"USD"},"target":{"amount":"500","currency":"USD"} } } }
            """)).Id;
    }

    private async Task AddMoney()
    {
        await Post("/v1/business:set-e-invoicing", """
            {"address":{"postCode":"78701","city":"Austin","countryCode":"US"},"contactName":"Ana","contactPhone":"+1 512 5550100","contactEmail":"ana@juniper.example","iban":"DE89370400440532013000","registrationId":"TX 1"}
            """);
        await Post($"/v1/clients/{ClientId}:agree-e-invoicing",
            """{"address":{"postCode":"10115","city":"Berlin","countryCode":"DE"},"buyerReference":"04011000-12345-34"}""");
        InvoiceId = await Invoice("2026-01-05", hours: 3, issuedOn: "2026-02-01");
        var shared = await Post($"/v1/invoices/{InvoiceId}:share", "{}");
        LinkId = shared.Json["linkId"]!.GetValue<Guid>();
        SharePath = new Uri(shared.Json["url"]!.GetValue<string>()).AbsolutePath;
        PaidInvoiceId = await Invoice("2026-01-06", hours: 2, issuedOn: "2026-02-01");
        PaymentId = (await Pay(PaidInvoiceId, "50.00", "2026-02-10")).Id;
        MailId = (await Post($"/v1/payments/{PaymentId}:send-receipt", "{}")).Id;
        CreditNoteId = (await Post($"/v1/invoices/{PaidInvoiceId}:credit", """
            {"reason":"Half of it was late","amount":{"amount":"40.00","currency":"USD"},"refundDue":{"amount":"10.00","currency":"USD"},"issuedOn":"2026-03-02"}
            """)).Json["creditNoteId"]!.GetValue<Guid>();
        DraftId = (await Post("/v1/invoices", $$"""{"clientId":"{{ClientId}}","through":"2026-03-03","entryIds":["{{EntryId}}"]}""")).Id;
        var statement = "Date,Amount,Name\n2026-02-10,50.00,Acme Dental\n"u8.ToArray();
        BankLineId = (await _server.PostBytes(Owner, "/v1/bank-statements", statement, "text/csv")).Ok()
            .Json["entries"]![0]!["lineId"]!.GetValue<Guid>();
        TaxPaymentId = (await Post("/v1/tax-years/2026/payments",
            """{"quarter":1,"amount":{"amount":"500","currency":"USD"},"paidOn":"2026-04-15"}""")).Id;
        EstimateId = (await Post("/v1/tax-years/2026/estimates", """{"asOf":"2026-06-01"}""")).Id;
        TaxLinkId = (await Post("/v1/tax-links", """{"opens":"calendar"}""")).Json["linkId"]!.GetValue<Guid>();
        StatePaymentId = (await Post("/v1/tax-years/2026/states/ca/payments",
            """{"quarter":1,"amount":{"amount":"100","currency":"USD"},"paidOn":"2026-04-15"}""")).Id;
        GermanPaymentId = (await Post("/v1/tax-years/2026/germany/payments",
            """{"number":1,"amount":{"amount":"100","currency":"EUR"},"paidOn":"2026-03-10"}""")).Id;
    }

    private async Task AddOffers()
    {
        const string handedOn = """{"amount":{"amount":"1.00","currency":"USD"},"period":"2026-03","paidOn":"2026-04-10","isRefund":""";
        SalesTaxPaymentId = (await Post("/v1/sales-tax/payments", $"{handedOn}false}}")).Id;
        await Post("/v1/sales-tax/payments", $"{handedOn}true}}");
        QuoteId = await SendQuote();
        var shared = await Post($"/v1/quotes/{QuoteId}:share", "{}");
        QuoteLinkId = shared.Json["linkId"]!.GetValue<Guid>();
        QuotePath = new Uri(shared.Json["url"]!.GetValue<string>()).AbsolutePath;
        AcceptedQuoteId = await SendQuote();
        await Post($"/v1/quotes/{AcceptedQuoteId}:accept", """{"acceptedBy":"Ann"}""");
        RecurringInvoiceId = (await Post("/v1/recurring-invoices", Endpoints.RecurringInvoice(this, ""))).Id;
    }

    /// <summary>A quote of 900.00, and 60.00 more if the client likes.</summary>
    public async Task<Guid> SendQuote()
    {
        var id = (await Post("/v1/quotes", Endpoints.Quote(this, $",\"clientId\":\"{ClientId}\""))).Id;
        await Post($"/v1/quotes/{id}:send", """{"byMail":false}""");
        return id;
    }
}

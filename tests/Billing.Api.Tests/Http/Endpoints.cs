namespace Billing.Api.Tests.Http;

/// <summary>A request that the endpoint takes.</summary>
/// <param name="Path">With ids of the practice in it.</param>
/// <param name="Body">JSON; null for a GET.</param>
public sealed record GoodRequest(string Path, string? Body);

/// <summary>
/// A good request for every endpoint under <c>/v1</c> that takes a practice's token, against a <see cref="Practice"/>.
/// Bad ones are made of these, so that what is refused is refused for the one thing that is wrong with it.
/// </summary>
public static class Endpoints
{
    private const string V = "/v1";

    /// <summary>Endpoints that check their caller in other ways, or are no commands; their tests stand by themselves.</summary>
    public static readonly IReadOnlySet<string> Special = new HashSet<string>(StringComparer.Ordinal)
    {
        "POST /v1/invoices/{id:guid}:checkout", "POST /v1/imports/agency-timesheet", "POST /v1/retainers/{id:guid}:simulate",
    };

    /// <summary>Ten hours for 400, good for 70 days, stopped at 130 per cent.</summary>
    public const string BlockTerms =
        """{"kind":"hour-block","priority":3,"fee":{"amount":"400","currency":"USD"},"includedSeconds":36000,"overage":{"rule":"bill","perHour":{"amount":"45","currency":"USD"}},"caps":{"softPercent":110,"hardPercent":130},"block":{"expiryDays":70,"renewalDays":70,"rebillAtPercent":80},"refundDays":3660,"cycle":{"rule":"own-days","days":["2026-04-01"]}}""";

    public static IReadOnlyDictionary<string, GoodRequest> Commands(Practice p) =>
        Practices(p).Concat(Agreements(p)).Concat(Retainers(p)).Concat(Work(p)).Concat(Money(p))
            .ToDictionary(e => $"POST {V}{e.Pattern}", e => new GoodRequest(V + e.Path, e.Body), StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, GoodRequest> Queries(Practice p) => Reads(p)
        .ToDictionary(e => $"GET {V}{e.Pattern}", e => new GoodRequest(V + e.Path, null), StringComparer.Ordinal);

    private static IEnumerable<(string Pattern, string Path, string Body)> Practices(Practice p) =>
    [
        ("/business:describe", "/business:describe",
            """{"name":"Juniper","addressLines":["1 Larch St","Austin, TX"],"email":"a@juniper.example","taxId":"12-345"}"""),
        ("/business:move", "/business:move", """{"timeZone":"Europe/Helsinki"}"""),
        ("/business:set-invoicing-policy", "/business:set-invoicing-policy",
            """{"numberPrefix":"JVA","paymentTermsDays":30,"rounding":{"incrementSeconds":360,"direction":"nearest","scope":"entry"}}"""),
        ("/members", "/members", $$"""{"name":"Cleo","role":"assistant","timeZone":"Asia/Manila","id":"{{Guid.CreateVersion7()}}"}"""),
        ("/members/{id:guid}:remove", $"/members/{p.OtherAssistantId}:remove", "{}"),
        ("/tokens", "/tokens",
            $$"""{"memberId":"{{p.AssistantId}}","id":"{{Guid.CreateVersion7()}}","label":"phone","expiresAt":"2199-01-01T00:00:00Z"}"""),
        ("/tokens/{id:guid}:revoke", $"/tokens/{p.SpareTokenId}:revoke", "{}"),
    ];

    private static IEnumerable<(string Pattern, string Path, string Body)> Agreements(Practice p) =>
    [
        ("/clients", "/clients",
            $$"""{"name":"Birch","currency":"USD","id":"{{Guid.CreateVersion7()}}","email":"b@birch.example","addressLines":["2 Elm"],"paymentTermsDays":10}"""),
        ("/clients/{id:guid}:describe", $"/clients/{p.ClientId}:describe", """{"name":"Acme","email":"c@acme.example","addressLines":[]}"""),
        ("/clients/{id:guid}:agree-terms", $"/clients/{p.ClientId}:agree-terms", """{"paymentTermsDays":21}"""),
        ("/clients/{id:guid}:archive", $"/clients/{p.ClientId}:archive", "{}"),
        ("/engagements", "/engagements", $$"""{"clientId":"{{p.ClientId}}","name":"Listings","id":"{{Guid.CreateVersion7()}}"}"""),
        ("/engagements/{id:guid}:set-rate", $"/engagements/{p.EngagementId}:set-rate",
            $$$"""{"perHour":{"amount":"45.50","currency":"USD"},"validFrom":"2026-06-01","validUntilExclusive":"2026-07-01","assistantId":"{{{p.AssistantId}}}","cardId":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/engagements/{id:guid}:end", $"/engagements/{p.EngagementId}:end", """{"lastDay":"2026-12-31"}"""),
        ("/retainers", "/retainers",
            $$"""{"clientId":"{{p.ClientId}}","name":"Spring","engagementIds":["{{p.EngagementId}}"],"id":"{{Guid.CreateVersion7()}}"}"""),
        ("/retainers/{id:guid}:request-deposit", $"/retainers/{p.RetainerId}:request-deposit",
            $$$"""{"clientId":"{{{p.ClientId}}}","amount":{"amount":"800.00","currency":"USD"},"invoiceId":"{{{Guid.CreateVersion7()}}}","note":"Thanks"}"""),
    ];

    private static IEnumerable<(string Pattern, string Path, string Body)> Retainers(Practice p) =>
    [
        ("/retainers/{id:guid}:set-terms", $"/retainers/{p.BlockId}:set-terms", $$"""{"from":"2026-06-01","terms":{{BlockTerms}}}"""),
        ("/retainers/{id:guid}:buy-hours", $"/retainers/{p.BlockId}:buy-hours",
            $$$"""{"seconds":18000,"price":{"amount":"190.00","currency":"USD"},"boughtOn":"2026-03-02","id":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/retainers/{id:guid}:renew", $"/retainers/{p.BlockId}:renew", $$"""{"renewedOn":"2026-03-03","id":"{{Guid.CreateVersion7()}}"}"""),
        ("/retainers/{id:guid}:approve-overage", $"/retainers/{p.BlockId}:approve-overage",
            $$"""{"seconds":3600,"approvedOn":"2026-03-04","note":"By mail","id":"{{Guid.CreateVersion7()}}"}"""),
        ("/retainers/{id:guid}:request-top-up", $"/retainers/{p.EvergreenId}:request-top-up",
            $$"""{"invoiceId":"{{Guid.CreateVersion7()}}","note":"Thanks"}"""),
        ("/retainers/{id:guid}:refund", $"/retainers/{p.BlockId}:refund", $$"""{"refundedOn":"2026-03-05","id":"{{Guid.CreateVersion7()}}"}"""),
        ("/retainers/{id:guid}:close", $"/retainers/{p.BlockId}:close", """{"lastDay":"2026-12-31"}"""),
    ];

    private static IEnumerable<(string Pattern, string Path, string Body)> Work(Practice p) =>
    [
        ("/timer:start", "/timer:start", $$"""{"engagementId":"{{p.EngagementId}}","note":"mail","billable":true,"id":"{{Guid.CreateVersion7()}}"}"""),
        ("/timer:stop", "/timer:stop", $$"""{"assistantId":"{{p.AssistantId}}"}"""),
        ("/time-entries", "/time-entries",
            $$"""{"engagementId":"{{p.EngagementId}}","workedOn":"2026-03-10","durationSeconds":1800,"note":"calls","billable":true,"id":"{{Guid.CreateVersion7()}}"}"""),
        ("/time-entries/{id:guid}:correct", $"/time-entries/{p.EntryId}:correct",
            $$"""{"engagementId":"{{p.EngagementId}}","workedOn":"2026-03-03","durationSeconds":3600,"note":"calls","billable":true}"""),
        ("/time-entries/{id:guid}:remove", $"/time-entries/{p.EntryId}:remove", "{}"),
        ("/weeks/{week}:hand-in", $"/weeks/{Practice.Week}:hand-in", $$"""{"assistantId":"{{p.AssistantId}}"}"""),
        ("/weeks/{week}:reopen", $"/weeks/{Practice.Week}:reopen", $$"""{"assistantId":"{{p.AssistantId}}"}"""),
        ("/expenses", "/expenses", Expense(p, $",\"id\":\"{Guid.CreateVersion7()}\"")),
        ("/expenses/{id:guid}:correct", $"/expenses/{p.ExpenseId}:correct", Expense(p, "")),
        ("/expenses/{id:guid}:remove", $"/expenses/{p.ExpenseId}:remove", "{}"),
    ];

    private static string Expense(Practice p, string more) =>
        $$$"""{"amount":{"amount":"12.30","currency":"USD"},"category":"supplies","paidOn":"2026-03-06","clientId":"{{{p.ClientId}}}","engagementId":"{{{p.EngagementId}}}","rebill":true,"payee":"Staples","note":"paper"{{{more}}}}""";

    private static IEnumerable<(string Pattern, string Path, string Body)> Money(Practice p) =>
    [
        ("/invoices", "/invoices",
            $$"""{"clientId":"{{p.ClientId}}","id":"{{Guid.CreateVersion7()}}","through":"2026-03-31","entryIds":["{{p.OtherEntryId}}"],"expenseIds":[],"retainerId":"{{p.RetainerId}}","note":"March"}"""),
        ("/invoices/{id:guid}:use-retainers", $"/invoices/{p.DraftId}:use-retainers", $$"""{"retainerIds":["{{p.BlockId}}"]}"""),
        ("/invoices/{id:guid}:discard", $"/invoices/{p.DraftId}:discard", "{}"),
        ("/invoices/{id:guid}:finalize", $"/invoices/{p.DraftId}:finalize", """{"issuedOn":"2026-04-01"}"""),
        ("/invoices/{id:guid}:void", $"/invoices/{p.InvoiceId}:void", """{"reason":"wrong client","voidedOn":"2026-04-02"}"""),
        ("/invoices/{id:guid}:share", $"/invoices/{p.InvoiceId}:share", "{}"),
        ("/invoices/{id:guid}:revoke-share", $"/invoices/{p.InvoiceId}:revoke-share", $$"""{"linkId":"{{p.LinkId}}"}"""),
        ("/payments", "/payments",
            $$$"""{"invoiceId":"{{{p.InvoiceId}}}","amount":{"amount":"10.00","currency":"USD"},"method":"cheque","receivedOn":"2026-03-02","reference":"No. 7","id":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/tax-years/{year:int}:set-profile", "/tax-years/2026:set-profile",
            """{"filingStatus":"single","wages":{"amount":"1000.00","currency":"USD"},"childrenUnder17":1,"priorYearTax":{"amount":"900","currency":"USD"}}"""),
        ("/tax-years/{year:int}/payments", "/tax-years/2026/payments",
            $$$"""{"quarter":2,"amount":{"amount":"250.00","currency":"USD"},"paidOn":"2026-06-15","confirmation":"EFT 1","id":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/tax-years/{year:int}/estimates", "/tax-years/2026/estimates", """{"asOf":"2026-06-12"}"""),
        ("/tax-years/{year:int}/payments/{id:guid}:remove", $"/tax-years/2026/payments/{p.TaxPaymentId}:remove", "{}"),
    ];

    private static IEnumerable<(string Pattern, string Path)> Reads(Practice p) =>
    [
        ("/business", "/business"), ("/members", "/members"), ("/tokens", "/tokens"), ("/me", "/me"),
        ("/clients", "/clients"), ("/clients/{id:guid}", $"/clients/{p.ClientId}"),
        ("/engagements", "/engagements"), ("/engagements/{id:guid}", $"/engagements/{p.EngagementId}"),
        ("/timer", "/timer"), ("/time-entries", "/time-entries"), ("/time-entries/{id:guid}", $"/time-entries/{p.EntryId}"),
        ("/weeks/{week}", $"/weeks/{Practice.Week}"),
        ("/expenses", "/expenses"), ("/expenses/{id:guid}", $"/expenses/{p.ExpenseId}"), ("/expense-categories", "/expense-categories"),
        ("/retainers", "/retainers"), ("/retainers/{id:guid}", $"/retainers/{p.RetainerId}"),
        ("/retainers/{id:guid}/periods", $"/retainers/{p.BlockId}/periods"), ("/retainers/{id:guid}/lots", $"/retainers/{p.BlockId}/lots"),
        ("/unearned", "/unearned"),
        ("/invoices", "/invoices"), ("/invoices/{id:guid}", $"/invoices/{p.InvoiceId}"),
        ("/invoices/{id:guid}/payments", $"/invoices/{p.PaidInvoiceId}/payments"),
        ("/invoices/{id:guid}/links", $"/invoices/{p.InvoiceId}/links"), ("/invoices/{id:guid}/pdf", $"/invoices/{p.InvoiceId}/pdf"),
        ("/payments/{id:guid}", $"/payments/{p.PaymentId}"),
        ("/unbilled", "/unbilled"), ("/clients/{id:guid}/unbilled", $"/clients/{p.ClientId}/unbilled"),
        ("/receivables", "/receivables"), ("/cash", "/cash"),
        ("/tax-years/{year:int}", "/tax-years/2026"), ("/tax-years/{year:int}/estimates", "/tax-years/2026/estimates"),
        ("/tax-years/{year:int}/estimate", "/tax-years/2026/estimate"),
        ("/tax-years/{year:int}/estimate/pdf", "/tax-years/2026/estimate/pdf"),
        ("/chain", "/chain"), ("/chain/checkpoint", "/chain/checkpoint"),
    ];
}

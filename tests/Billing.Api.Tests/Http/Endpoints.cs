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
        "POST /mcp", "POST /v1/clients/{id:guid}:erase", "POST /v1/invoices/{id:guid}:checkout", "POST /v1/imports/agency-timesheet",
        "POST /v1/imports/toggl", "POST /v1/imports/clockify", "POST /v1/imports/harvest", "POST /v1/imports/solidtime",
        "POST /v1/imports/kimai", "POST /v1/imports/freshbooks-invoices", "POST /v1/imports/wave-invoices", "POST /v1/bank-statements",
        "POST /v1/time-entries:sync",
        "POST /v1/tax-years/{year:int}:what-if", "POST /v1/business:preview-rate",
        "POST /v1/clients/{id:guid}:preview-rate", "POST /v1/engagements/{id:guid}:preview-rate",
        "POST /v1/business:preview-surcharges", "POST /v1/engagements/{id:guid}:preview-surcharges",
        "POST /v1/engagements/{id:guid}:preview-time-rule", "POST /v1/engagements/{id:guid}:preview-billing-mode",
        "POST /v1/invoices/{id:guid}:drop-rebill", "POST /v1/invoices/{id:guid}:accept-rebill", "POST /v1/invoices/{id:guid}:charge-late-fee",
        "POST /v1/business/logo", "GET /v1/business/logo", "POST /v1/expenses/{id:guid}/receipts", "POST /v1/mail-reports",
        "GET /v1/expenses/{id:guid}/receipts/{hash}",
        "POST /v1/retainers/{id:guid}:simulate", "POST /v1/reminders:send-due", "POST /v1/recurring-invoices:run-due",
        "POST /v1/payments/{id:guid}:refund", "POST /v1/retainers/{id:guid}:refund", "POST /v1/invoices/{id:guid}:apply-credit",
        "POST /v1/retainers/{id:guid}:settle-refund",
        "POST /v1/invoices/{id:guid}:take-credit-off", "POST /v1/invoices/{id:guid}:collect",
        "POST /v1/webhooks", "GET /v1/webhooks/{id:guid}", "GET /v1/webhooks/{id:guid}/deliveries", "POST /v1/webhooks/{id:guid}:change",
        "POST /v1/webhooks/{id:guid}:pause", "POST /v1/webhooks/{id:guid}:resume", "POST /v1/webhooks/{id:guid}:remove",
        "POST /v1/webhooks/{id:guid}:rotate-secret", "POST /v1/webhooks/{id:guid}:replay", "POST /v1/webhooks/{id:guid}:redeliver",
        "POST /v1/identities", "POST /v1/identities/{id:guid}:unlink", "GET /v1/events", "GET /v1/stripe-account", "POST /v1/stripe-account:connect", "POST /v1/stripe-account:disconnect",
    };

    public static string PreviewBody(string name) => name[name.LastIndexOf('-')..] switch
    {
        "-rate" => """{"perHour":{"amount":"50.00","currency":"USD"},"validFrom":"2026-01-01"}""",
        "-surcharges" => """{"rules":[],"validFrom":"2026-01-01"}""",
        "-mode" => """{"kind":"hourly","validFrom":"2026-01-01"}""",
        _ => """{"validFrom":"2026-01-01"}""",
    };

    /// <summary>Ten hours for 400, good for 70 days, stopped at 130 per cent.</summary>
    public const string BlockTerms =
        """{"kind":"hour-block","priority":3,"fee":{"amount":"400","currency":"USD"},"includedSeconds":36000,"overage":{"rule":"bill","perHour":{"amount":"45","currency":"USD"}},"caps":{"softPercent":110,"hardPercent":130},"block":{"expiryDays":70,"renewalDays":70,"rebillAtPercent":80},"refundDays":3660,"cycle":{"rule":"own-days","days":["2026-04-01"]}}""";

    public static IReadOnlyDictionary<string, GoodRequest> Commands(Practice p) =>
        Practices(p).Concat(Agreements(p)).Concat(Retainers(p)).Concat(Rates(p)).Concat(Work(p)).Concat(Spending(p)).Concat(Money(p))
            .Concat(Mailing(p)).Concat(Banking(p)).Concat(Offers(p))
            .ToDictionary(e => $"POST {V}{e.Pattern}", e => new GoodRequest(V + e.Path, e.Body), StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, GoodRequest> Queries(Practice p) => Reads(p)
        .ToDictionary(e => $"GET {V}{e.Pattern}", e => new GoodRequest(V + e.Path, null), StringComparer.Ordinal);

    private static IEnumerable<(string Pattern, string Path, string Body)> Practices(Practice p) =>
    [
        ("/business:describe", "/business:describe",
            """{"name":"Juniper","addressLines":["1 Larch St","Austin, TX"],"email":"a@juniper.example","taxId":"12-345"}"""),
        ("/business:set-accent-colour", "/business:set-accent-colour", """{"accentColour":"#7A1F3D"}"""),
        ("/business/logo:remove", "/business/logo:remove", "{}"),
        ("/business:move", "/business:move", """{"timeZone":"Europe/Helsinki"}"""),
        ("/business:set-invoicing-policy", "/business:set-invoicing-policy",
            """{"numberPrefix":"JVA","paymentTermsDays":30,"rounding":{"incrementSeconds":360,"direction":"nearest","scope":"entry"}}"""),
        ("/business:set-timekeeping-policy", "/business:set-timekeeping-policy",
            """{"whileRunning":"stop-first","forgottenAfterSeconds":36000,"capSeconds":28800}"""),
        ("/business:set-late-fee-policy", "/business:set-late-fee-policy",
            """{"kind":"percentage","basisPoints":25,"graceDays":7,"per":"month","cap":{"amount":"50.00","currency":"USD"}}"""),
        ("/business:set-sales-tax", "/business:set-sales-tax",
            """{"default":{"category":"S","hundredThousandths":8250},"pricesInclude":true,"exceptions":[{"treatment":{"category":"E","reason":"Exempt."},"expenseCategory":"travel"}],"name":"Sales tax","vatId":"DE123456788","taxNumber":"12/345"}"""),
        ("/business:set-e-invoicing", "/business:set-e-invoicing",
            """{"address":{"street":"Ring 1","postCode":"10115","city":"Berlin","countryCode":"DE"},"contactName":"Ana","contactPhone":"+49 30 1","contactEmail":"a@juniper.example","iban":"DE89370400440532013000","bic":"COBADEFFXXX","registrationId":"HRB 1","electronic":{"scheme":"EM","id":"a@juniper.example"}}"""),
        ("/business:lock-period", "/business:lock-period", """{"through":"2025-12-31","reason":"Year closed"}"""),
        ("/members", "/members", $$"""{"name":"Cleo","role":"assistant","timeZone":"Asia/Manila","id":"{{Guid.CreateVersion7()}}"}"""),
        ("/members/{id:guid}:move", $"/members/{p.OtherAssistantId}:move", """{"timeZone":"Europe/Lisbon"}"""),
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

    private static IEnumerable<(string Pattern, string Path, string Body)> Rates(Practice p) =>
    [
        ("/business:set-rate", "/business:set-rate",
            $$$"""{"perHour":{"amount":"30.00","currency":"USD"},"validFrom":"2026-06-01","validUntilExclusive":"2026-07-01","assistantId":"{{{p.AssistantId}}}","cardId":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/business:set-cost", "/business:set-cost",
            $$$"""{"assistantId":"{{{p.AssistantId}}}","perHour":{"amount":"15.00","currency":"USD"},"validFrom":"2026-06-01","validUntilExclusive":"2026-07-01","cardId":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/business:set-surcharges", "/business:set-surcharges",
            """{"rules":[{"kind":"weekend","basisPoints":5000,"daysOfWeek":[6,7]}],"validFrom":"2026-06-01","combine":"sum"}"""),
        ("/members/{id:guid}:allow-rates", $"/members/{p.AssistantId}:allow-rates", """{"seesRates":true}"""),
        ("/clients/{id:guid}:set-rate", $"/clients/{p.ClientId}:set-rate",
            $$$"""{"perHour":{"amount":"35.00","currency":"USD"},"validFrom":"2026-06-01","validUntilExclusive":"2026-07-01","task":"design","tierSeconds":36000,"abovePerHour":{"amount":"30.00","currency":"USD"},"cardId":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/engagements/{id:guid}:set-cost", $"/engagements/{p.EngagementId}:set-cost",
            $$$"""{"assistantId":"{{{p.AssistantId}}}","perHour":{"amount":"16.00","currency":"USD"},"validFrom":"2026-06-01","validUntilExclusive":"2026-07-01","cardId":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/engagements/{id:guid}:set-billing-mode", $"/engagements/{p.EngagementId}:set-billing-mode",
            $$$"""{"kind":"capped","amount":{"amount":"900.00","currency":"USD"},"per":"month","validFrom":"2026-06-01","id":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/engagements/{id:guid}:set-surcharges", $"/engagements/{p.EngagementId}:set-surcharges",
            """{"rules":[{"kind":"rush","perHour":{"amount":"5.00","currency":"USD"}}],"validFrom":"2026-06-01","combine":"sum"}"""),
        ("/engagements/{id:guid}:set-time-rule", $"/engagements/{p.EngagementId}:set-time-rule",
            """{"validFrom":"2026-06-01","rounding":{"incrementSeconds":900,"direction":"up","scope":"entry"},"minimumSeconds":10800}"""),
        ("/engagements/{id:guid}:lock-rates", $"/engagements/{p.EngagementId}:lock-rates",
            """{"validFrom":"2027-01-01","untilExclusive":"2030-01-01"}"""),
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
        ("/retainers/{id:guid}:close", $"/retainers/{p.BlockId}:close", """{"lastDay":"2026-12-31"}"""),
    ];

    private static IEnumerable<(string Pattern, string Path, string Body)> Work(Practice p) =>
    [
        ("/timer:start", "/timer:start", $$"""{"engagementId":"{{p.EngagementId}}","note":"mail","billable":true,"id":"{{Guid.CreateVersion7()}}"}"""),
        ("/timer:switch", "/timer:switch",
            $$"""{"engagementId":"{{p.EngagementId}}","note":"calls","tags":["phone"],"id":"{{Guid.CreateVersion7()}}"}"""),
        ("/timer:continue", "/timer:continue", $$"""{"entryId":"{{p.OtherEntryId}}","id":"{{Guid.CreateVersion7()}}"}"""),
        ("/timer:resolve", "/timer:resolve", $$"""{"resolution":"cut","assistantId":"{{p.AssistantId}}"}"""),
        ("/timer:stop", "/timer:stop", $$"""{"assistantId":"{{p.AssistantId}}"}"""),
        ("/time-entries", "/time-entries",
            $$"""{"engagementId":"{{p.EngagementId}}","workedOn":"2026-03-10","durationSeconds":1800,"note":"calls","billable":true,"id":"{{Guid.CreateVersion7()}}"}"""),
        ("/time-entries/{id:guid}:correct", $"/time-entries/{p.EntryId}:correct",
            $$"""{"engagementId":"{{p.EngagementId}}","workedOn":"2026-03-03","durationSeconds":3600,"note":"calls","billable":true}"""),
        ("/time-entries/{id:guid}:remove", $"/time-entries/{p.EntryId}:remove", "{}"),
        ("/weeks/{week}:set-grid", $"/weeks/{Practice.Week}:set-grid",
            $$"""{"cells":[{"engagementId":"{{p.EngagementId}}","workedOn":"2026-03-05","durationSeconds":3600,"note":"calls","tags":["phone"]}],"assistantId":"{{p.AssistantId}}"}"""),
        ("/weeks/{week}:approve", $"/weeks/{Practice.HandedInWeek}:approve", $$"""{"assistantId":"{{p.OtherAssistantId}}"}"""),
        ("/weeks/{week}:return", $"/weeks/{Practice.HandedInWeek}:return",
            $$"""{"reason":"Which calls?","assistantId":"{{p.OtherAssistantId}}"}"""),
        ("/weeks/{week}:hand-in", $"/weeks/{Practice.Week}:hand-in", $$"""{"assistantId":"{{p.AssistantId}}"}"""),
        ("/weeks/{week}:reopen", $"/weeks/{Practice.Week}:reopen", $$"""{"assistantId":"{{p.AssistantId}}"}"""),
        ("/engagements/{id:guid}:set-budget", $"/engagements/{p.EngagementId}:set-budget",
            """{"durationSeconds":72000,"money":{"amount":"900.00","currency":"USD"},"per":"month","firstDay":"2026-03-01","thresholdPercents":[50,100]}"""),
        ("/engagements/{id:guid}:drop-budget", $"/engagements/{p.EngagementId}:drop-budget", "{}"),
    ];

    private static IEnumerable<(string Pattern, string Path, string Body)> Spending(Practice p) =>
    [
        ("/expenses", "/expenses", Expense(p, $",\"id\":\"{Guid.CreateVersion7()}\"")),
        ("/expenses/{id:guid}:correct", $"/expenses/{p.ExpenseId}:correct", Expense(p, "")),
        ("/expenses/{id:guid}:remove", $"/expenses/{p.ExpenseId}:remove", "{}"),
        ("/expenses/{id:guid}/receipts/{hash}:remove", $"/expenses/{p.ExpenseId}/receipts/{new string('a', 64)}:remove", "{}"),
        ("/trips", "/trips", Trip(p, $",\"id\":\"{Guid.CreateVersion7()}\"")),
        ("/trips/{id:guid}:correct", $"/trips/{p.TripId}:correct", Trip(p, "")),
        ("/trips/{id:guid}:remove", $"/trips/{p.TripId}:remove", "{}"),
        ("/vehicles", "/vehicles", $$"""{"name":"Van","isLeased":true,"id":"{{Guid.CreateVersion7()}}"}"""),
        ("/vehicles/{id:guid}:set-year", $"/vehicles/{p.VehicleId}:set-year",
            """{"year":2026,"method":"actual","total":{"hundredths":1200000,"unit":"mi"}}"""),
        ("/recurring-expenses", "/recurring-expenses", Recurring(p, $",\"id\":\"{Guid.CreateVersion7()}\"")),
        ("/recurring-expenses/{id:guid}:change", $"/recurring-expenses/{p.RecurringId}:change", Recurring(p, "")),
        ("/recurring-expenses/{id:guid}:record-due", $"/recurring-expenses/{p.RecurringId}:record-due", """{"through":"2026-05-01"}"""),
        ("/expense-policy:set-paid-first", "/expense-policy:set-paid-first",
            $$$"""{"engagementId":"{{{p.EngagementId}}}","above":{"amount":"50.00","currency":"USD"}}"""),
    ];

    private static string Expense(Practice p, string more) =>
        $$$"""{"amount":{"amount":"12.30","currency":"USD"},"category":"supplies","paidOn":"2026-03-06","clientId":"{{{p.ClientId}}}","engagementId":"{{{p.EngagementId}}}","rebill":true,"payee":"Staples","note":"paper","tax":{"amount":"0.93","currency":"USD"},"businessShareBasisPoints":8000,"markUp":{"basisPoints":1000}{{{more}}}}""";

    private static string Trip(Practice p, string more) =>
        $$$"""{"vehicleId":"{{{p.VehicleId}}}","drivenOn":"2026-03-07","distance":{"hundredths":2860,"unit":"km"},"purpose":"Photos","from":"Office","to":"Lakeside","clientId":"{{{p.ClientId}}}","engagementId":"{{{p.EngagementId}}}","ratePerUnit":"0.70"{{{more}}}}""";

    private static string Recurring(Practice p, string more) =>
        $$$"""{"amount":{"amount":"9.00","currency":"USD"},"category":"software","every":"week","firstOn":"2026-03-02","until":"2026-12-31","clientId":"{{{p.ClientId}}}","engagementId":"{{{p.EngagementId}}}","rebill":true,"payee":"Registrar","note":"domains","tax":{"amount":"1.00","currency":"USD"},"tip":{"amount":"0.50","currency":"USD"},"businessShareBasisPoints":5000,"markUp":{"basisPoints":1000}{{{more}}}}""";

    private static IEnumerable<(string Pattern, string Path, string Body)> Money(Practice p) =>
    [
        ("/invoices", "/invoices",
            $$"""{"clientId":"{{p.ClientId}}","id":"{{Guid.CreateVersion7()}}","through":"2026-03-31","entryIds":["{{p.OtherEntryId}}"],"expenseIds":[],"retainerId":"{{p.RetainerId}}","note":"March","purchaseOrder":"PO-7","discounts":[{"basisPoints":1000}],"fees":[{"description":"Care","amount":{"amount":"10.00","currency":"USD"},"engagementId":"{{p.EngagementId}}"}]}"""),
        ("/invoices/{id:guid}:describe", $"/invoices/{p.DraftId}:describe",
            """{"purchaseOrder":"PO-8","note":"March","discounts":[{"amount":{"amount":"1.00","currency":"USD"}}]}"""),
        ("/invoices/{id:guid}:use-retainers", $"/invoices/{p.DraftId}:use-retainers", $$"""{"retainerIds":["{{p.BlockId}}"]}"""),
        ("/invoices/{id:guid}:discard", $"/invoices/{p.DraftId}:discard", "{}"),
        ("/invoices/{id:guid}:finalize", $"/invoices/{p.DraftId}:finalize", """{"issuedOn":"2026-04-01"}"""),
        ("/invoices/{id:guid}:void", $"/invoices/{p.InvoiceId}:void", """{"reason":"wrong client","voidedOn":"2026-04-02"}"""),
        ("/invoices/{id:guid}:credit", $"/invoices/{p.InvoiceId}:credit",
            $$$"""{"reason":"Agreed by phone","amount":{"amount":"5.00","currency":"USD"},"issuedOn":"2026-04-02","id":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/invoices/{id:guid}:settle-refund", $"/invoices/{p.PaidInvoiceId}:settle-refund",
            $$"""{"creditNoteId":"{{p.CreditNoteId}}","method":"transfer","settledOn":"2026-03-03","reference":"No. 8","id":"{{Guid.CreateVersion7()}}"}"""),
        ("/invoices/{id:guid}:write-off", $"/invoices/{p.InvoiceId}:write-off",
            """{"reason":"Went out of business","writtenOffOn":"2026-04-02"}"""),
        ("/invoices/{id:guid}:share", $"/invoices/{p.InvoiceId}:share", "{}"),
        ("/invoices/{id:guid}:revoke-share", $"/invoices/{p.InvoiceId}:revoke-share", $$"""{"linkId":"{{p.LinkId}}"}"""),
        ("/payments", "/payments",
            $$$"""{"invoiceId":"{{{p.InvoiceId}}}","amount":{"amount":"10.00","currency":"USD"},"method":"cheque","receivedOn":"2026-03-02","reference":"No. 7","id":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/tax-years/{year:int}:set-profile", "/tax-years/2026:set-profile",
            """{"filingStatus":"single","wages":{"amount":"1000.00","currency":"USD"},"childrenUnder17":1,"priorYearTax":{"amount":"900","currency":"USD"}}"""),
        ("/tax-years/{year:int}:set-home-office", "/tax-years/2026:set-home-office",
            """{"method":"actual","officeSquareFeet":150,"homeSquareFeet":1500,"usedFrom":"2026-01-01","costs":[{"kind":"rent","amount":{"amount":"18000.00","currency":"USD"}}],"carriedOver":{"amount":"1.00","currency":"USD"}}"""),
        ("/tax-years/{year:int}/payments", "/tax-years/2026/payments",
            $$$"""{"quarter":2,"amount":{"amount":"250.00","currency":"USD"},"paidOn":"2026-06-15","confirmation":"EFT 1","id":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/tax-years/{year:int}/estimates", "/tax-years/2026/estimates", """{"asOf":"2026-06-12"}"""),
        ("/tax-years/{year:int}/payments/{id:guid}:remove", $"/tax-years/2026/payments/{p.TaxPaymentId}:remove", "{}"),
        ("/tax-policy:set-reminders", "/tax-policy:set-reminders", """{"daysBefore":14,"recipient":"maya@juniper.example"}"""),
        ("/tax-links", "/tax-links", """{"opens":"report"}"""),
        ("/tax-links/{id:guid}:revoke", $"/tax-links/{p.TaxLinkId}:revoke", "{}"),
        ("/tax-years/{year:int}/states/{state}:set-filing", "/tax-years/2026/states/ca:set-filing",
            """{"withholding":{"amount":"100.00","currency":"USD"},"priorYearTax":{"amount":"900.00","currency":"USD"},"priorYearAgi":{"amount":"40000.00","currency":"USD"},"priorYearFiledInFull":true,"priorOverpaymentApplied":{"amount":"5.00","currency":"USD"}}"""),
        ("/tax-years/{year:int}/states/{state}/payments", "/tax-years/2026/states/ca/payments",
            $$$"""{"quarter":2,"amount":{"amount":"250.00","currency":"USD"},"paidOn":"2026-06-15","confirmation":"FTB 1","id":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/tax-years/{year:int}/states/{state}/payments/{id:guid}:remove",
            $"/tax-years/2026/states/ca/payments/{p.StatePaymentId}:remove", "{}"),
        ("/tax-years/{year:int}/germany:set-profile", "/tax-years/2026/germany:set-profile",
            """{"isJoint":true,"deductions":{"amount":"6000.00","currency":"EUR"},"churchTax":"south","setPrepayments":[{"amount":"500","currency":"EUR"},{"amount":"500","currency":"EUR"},{"amount":"500","currency":"EUR"},{"amount":"500","currency":"EUR"}]}"""),
        ("/tax-years/{year:int}/germany/payments", "/tax-years/2026/germany/payments",
            $$$"""{"number":2,"amount":{"amount":"250.00","currency":"EUR"},"paidOn":"2026-06-10","confirmation":"SEPA 1","id":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/tax-years/{year:int}/germany/payments/{id:guid}:remove",
            $"/tax-years/2026/germany/payments/{p.GermanPaymentId}:remove", "{}"),
    ];

    private static IEnumerable<(string Pattern, string Path, string Body)> Mailing(Practice p) =>
    [
        ("/clients/{id:guid}:agree-tax", $"/clients/{p.ClientId}:agree-tax",
            """{"treatment":{"category":"AE","reason":"Reverse charge."},"pricesInclude":false,"vatId":"ATU12345675"}"""),
        ("/clients/{id:guid}:agree-e-invoicing", $"/clients/{p.ClientId}:agree-e-invoicing",
            """{"format":"zugferd","address":{"street":"Gasse 2","postCode":"1010","city":"Wien","countryCode":"AT"},"buyerReference":"04011000-12345-34","electronic":{"scheme":"9915","id":"b:1"}}"""),
        ("/clients/{id:guid}/collection:offer", $"/clients/{p.ClientId}/collection:offer", """{"collectsOn":"finalized"}"""),
        ("/clients/{id:guid}/collection:turn-off", $"/clients/{p.ClientId}/collection:turn-off", "{}"),
        ("/clients/{id:guid}:set-language", $"/clients/{p.ClientId}:set-language", """{"language":"de"}"""),
        ("/invoices/{id:guid}:send", $"/invoices/{p.InvoiceId}:send",
            $$"""{"recipient":"books@acme.example","mailId":"{{Guid.CreateVersion7()}}"}"""),
        ("/invoices/{id:guid}:send-credit-note", $"/invoices/{p.PaidInvoiceId}:send-credit-note",
            $$"""{"creditNoteId":"{{p.CreditNoteId}}","recipient":"books@acme.example","mailId":"{{Guid.CreateVersion7()}}"}"""),
        ("/payments/{id:guid}:send-receipt", $"/payments/{p.PaymentId}:send-receipt",
            $$"""{"recipient":"books@acme.example","mailId":"{{Guid.CreateVersion7()}}"}"""),
        ("/mails/{id:guid}:resend", $"/mails/{p.MailId}:resend", """{"recipient":"books@acme.example"}"""),
        ("/mails/{id:guid}:confirm", $"/mails/{p.MailId}:confirm", "{}"),
        ("/mails/{id:guid}:note-bounce", $"/mails/{p.MailId}:note-bounce", """{"reason":"550 no such box"}"""),
        ("/mail-policy:set", "/mail-policy:set", """{"sendsReceipts":false,"sendsReminders":false,"reminderDays":[-3,7]}"""),
    ];

    private static IEnumerable<(string Pattern, string Path, string Body)> Banking(Practice p) =>
    [
        ("/bank-lines/{id:guid}:confirm", $"/bank-lines/{p.BankLineId}:confirm", $$"""{"invoiceIds":["{{p.InvoiceId}}"]}"""),
        ("/bank-lines/{id:guid}:link", $"/bank-lines/{p.BankLineId}:link", $$"""{"paymentIds":["{{p.PaymentId}}"]}"""),
        ("/bank-lines/{id:guid}:set-aside", $"/bank-lines/{p.BankLineId}:set-aside", """{"reason":"From savings"}"""),
        ("/bank-lines/{id:guid}:take-up", $"/bank-lines/{p.BankLineId}:take-up", "{}"),
        ("/sales-tax/payments", "/sales-tax/payments",
            $$"""{"amount":{"amount":"2.00","currency":"USD"},"period":"2026-Q1","isRefund":true,"paidOn":"2026-04-11","reference":"REF-1","id":"{{Guid.CreateVersion7()}}"}"""),
        ("/sales-tax/payments/{id:guid}:correct", $"/sales-tax/payments/{p.SalesTaxPaymentId}:correct",
            """{"amount":{"amount":"3.00","currency":"USD"},"period":"2026","isRefund":true,"paidOn":"2026-04-11","reference":"REF-1"}"""),
        ("/sales-tax/payments/{id:guid}:remove", $"/sales-tax/payments/{p.SalesTaxPaymentId}:remove", """{"reason":"Paid from elsewhere"}"""),
    ];

    private static IEnumerable<(string Pattern, string Path, string Body)> Offers(Practice p) =>
    [
        ("/quotes", "/quotes", Quote(p, $",\"clientId\":\"{p.ClientId}\",\"id\":\"{Guid.CreateVersion7()}\"")),
        ("/quotes/{id:guid}:revise", $"/quotes/{p.QuoteId}:revise", Quote(p, "").Replace("Website", "Shop", StringComparison.Ordinal)),
        ("/quotes/{id:guid}:send", $"/quotes/{p.QuoteId}:send",
            $$"""{"recipient":"books@acme.example","mailId":"{{Guid.CreateVersion7()}}","byMail":true}"""),
        ("/quotes/{id:guid}:accept", $"/quotes/{p.QuoteId}:accept", """{"acceptedBy":"Ann","options":[2],"revision":1}"""),
        ("/quotes/{id:guid}:decline", $"/quotes/{p.QuoteId}:decline", """{"reason":"Too dear"}"""),
        ("/quotes/{id:guid}:share", $"/quotes/{p.QuoteId}:share", "{}"),
        ("/quotes/{id:guid}:revoke-share", $"/quotes/{p.QuoteId}:revoke-share", $$"""{"linkId":"{{p.QuoteLinkId}}"}"""),
        ("/quotes/{id:guid}:turn-into-engagement", $"/quotes/{p.AcceptedQuoteId}:turn-into-engagement",
            $$$"""{"kind":"capped","per":"once","perHour":{"amount":"50.00","currency":"USD"},"validFrom":"2026-06-01","name":"Site","deposit":{"amount":"100.00","currency":"USD"},"newEngagementId":"{{{Guid.CreateVersion7()}}}","newInvoiceId":"{{{Guid.CreateVersion7()}}}","newRetainerId":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/quotes/{id:guid}:turn-into-invoice", $"/quotes/{p.AcceptedQuoteId}:turn-into-invoice",
            $$$"""{"deposit":{"amount":"100.00","currency":"USD"},"newInvoiceId":"{{{Guid.CreateVersion7()}}}","newRetainerId":"{{{Guid.CreateVersion7()}}}"}"""),
        ("/recurring-invoices", "/recurring-invoices", RecurringInvoice(p, $",\"id\":\"{Guid.CreateVersion7()}\"")),
        ("/recurring-invoices/{id:guid}:change", $"/recurring-invoices/{p.RecurringInvoiceId}:change",
            RecurringInvoice(p, ",\"count\":12,\"inAdvance\":true")),
        ("/recurring-invoices/{id:guid}:skip", $"/recurring-invoices/{p.RecurringInvoiceId}:skip", $$"""{"from":"{{Practice.RecurringFrom}}"}"""),
        ("/recurring-invoices/{id:guid}:pause", $"/recurring-invoices/{p.RecurringInvoiceId}:pause", "{}"),
        ("/recurring-invoices/{id:guid}:resume", $"/recurring-invoices/{p.RecurringInvoiceId}:resume", """{"catchUp":true}"""),
        ("/recurring-invoices/{id:guid}:end", $"/recurring-invoices/{p.RecurringInvoiceId}:end", "{}"),
    ];

    public static string Quote(Practice p, string more) =>
        $$$"""{"title":"Website","lines":[{"description":"Pages","quantity":"2","unitPrice":{"amount":"450.00","currency":"USD"}},{"description":"Photos","unitPrice":{"amount":"60.00","currency":"USD"},"isOptional":true}],"validUntil":"{{{Practice.DaysFromNow(60)}}}","note":"Half ahead"{{{more}}}}""";

    public static string RecurringInvoice(Practice p, string more) =>
        $$$"""{"clientId":"{{{p.ClientId}}}","name":"Acme weekly","cycle":{"rule":"weeks","every":2},"firstDay":"{{{Practice.RecurringFrom}}}","mode":"draft","engagementId":"{{{p.EngagementId}}}","billsTime":true,"billsExpenses":true,"fees":[{"description":"Care {period}","amount":{"amount":"10.00","currency":"USD"}}],"note":"For {month}"{{{more}}}}""";

    private static IEnumerable<(string Pattern, string Path)> Reads(Practice p) =>
    [
        ("/bank-lines", "/bank-lines"), ("/bank-lines/{id:guid}", $"/bank-lines/{p.BankLineId}"),
        ("/quotes", "/quotes"), ("/quotes/{id:guid}", $"/quotes/{p.QuoteId}"), ("/quotes/{id:guid}/pdf", $"/quotes/{p.QuoteId}/pdf"),
        ("/recurring-invoices", "/recurring-invoices"), ("/recurring-invoices/due", "/recurring-invoices/due"),
        ("/recurring-invoices/{id:guid}", $"/recurring-invoices/{p.RecurringInvoiceId}"),
        ("/mails", "/mails"), ("/mails/{id:guid}", $"/mails/{p.MailId}"), ("/mail-policy", "/mail-policy"),
        ("/clients/{id:guid}/erasure", $"/clients/{p.ClientId}/erasure"),
        ("/reminders/due", "/reminders/due"), ("/clients/{id:guid}/statement", $"/clients/{p.ClientId}/statement"),
        ("/clients/{id:guid}/statement/pdf", $"/clients/{p.ClientId}/statement/pdf"),
        ("/business", "/business"), ("/business/look", "/business/look"), ("/business/rates", "/business/rates"),
        ("/clients/{id:guid}/rates", $"/clients/{p.ClientId}/rates"),
        ("/engagements/{id:guid}/rates", $"/engagements/{p.EngagementId}/rates"),
        ("/time-entries/{id:guid}/price", $"/time-entries/{p.EntryId}/price"), ("/proposals", "/proposals"),
        ("/invoices/{id:guid}/proposal", $"/invoices/{p.InvoiceId}/proposal"), ("/members", "/members"), ("/tokens", "/tokens"), ("/identities", "/identities"),
        ("/me", "/me"),
        ("/clients", "/clients"), ("/clients/{id:guid}", $"/clients/{p.ClientId}"),
        ("/engagements", "/engagements"), ("/engagements/{id:guid}", $"/engagements/{p.EngagementId}"),
        ("/timer", "/timer"), ("/timers", "/timers"), ("/weeks", "/weeks"), ("/time-entries", "/time-entries"), ("/time-entries/{id:guid}", $"/time-entries/{p.EntryId}"),
        ("/weeks/{week}", $"/weeks/{Practice.Week}"),
        ("/expenses", "/expenses"), ("/expenses/{id:guid}", $"/expenses/{p.ExpenseId}"), ("/expense-categories", "/expense-categories"),
        ("/expenses/{id:guid}/receipts", $"/expenses/{p.ExpenseId}/receipts"), ("/vehicles", "/vehicles"),
        ("/trips", "/trips"), ("/trips/{id:guid}", $"/trips/{p.TripId}"),
        ("/recurring-expenses", "/recurring-expenses"), ("/recurring-expenses/due", "/recurring-expenses/due"),
        ("/engagements/{id:guid}/budget", $"/engagements/{p.EngagementId}/budget"), ("/budget-alerts", "/budget-alerts"),
        ("/retainers", "/retainers"), ("/retainers/{id:guid}", $"/retainers/{p.RetainerId}"),
        ("/retainers/{id:guid}/periods", $"/retainers/{p.BlockId}/periods"), ("/retainers/{id:guid}/lots", $"/retainers/{p.BlockId}/lots"),
        ("/unearned", "/unearned"),
        ("/invoices", "/invoices"), ("/invoices/{id:guid}", $"/invoices/{p.InvoiceId}"),
        ("/invoices/{id:guid}/payments", $"/invoices/{p.PaidInvoiceId}/payments"),
        ("/invoices/{id:guid}/links", $"/invoices/{p.InvoiceId}/links"), ("/invoices/{id:guid}/pdf", $"/invoices/{p.InvoiceId}/pdf"),
        ("/payments/{id:guid}", $"/payments/{p.PaymentId}"), ("/payments/{id:guid}/refunds", $"/payments/{p.PaymentId}/refunds"),
        ("/payments/{id:guid}/receipt/pdf", $"/payments/{p.PaymentId}/receipt/pdf"),
        ("/disputes", "/disputes"), ("/payouts", "/payouts"), ("/credit-notes", "/credit-notes"), ("/late-fees", "/late-fees"),
        ("/e-invoicing", "/e-invoicing"), ("/clients/{id:guid}/e-invoicing", $"/clients/{p.ClientId}/e-invoicing"),
        ("/clients/{id:guid}/credit", $"/clients/{p.ClientId}/credit"),
        ("/invoices/{id:guid}/e-invoice.xml", $"/invoices/{p.InvoiceId}/e-invoice.xml"),
        ("/clients/{id:guid}/collection", $"/clients/{p.ClientId}/collection"),
        ("/sales-tax", "/sales-tax"), ("/sales-tax/payments", "/sales-tax/payments"), ("/sales-tax/returns", "/sales-tax/returns?year=2026"), ("/clients/{id:guid}/tax", $"/clients/{p.ClientId}/tax"),
        ("/invoices/{id:guid}/credit-notes", $"/invoices/{p.PaidInvoiceId}/credit-notes"),
        ("/invoices/{id:guid}/credit-notes/{number}/pdf", $"/invoices/{p.PaidInvoiceId}/credit-notes/CN-2026-0001/pdf"),
        ("/invoices/{id:guid}/credit-notes/{number}/e-invoice.xml", $"/invoices/{p.PaidInvoiceId}/credit-notes/CN-2026-0001/e-invoice.xml"),
        ("/unbilled", "/unbilled"), ("/clients/{id:guid}/unbilled", $"/clients/{p.ClientId}/unbilled"),
        ("/receivables", "/receivables"), ("/cash", "/cash"), ("/journal", "/journal"),
        ("/journal.hledger", "/journal.hledger"), ("/journal.beancount", "/journal.beancount"),
        ("/reports/{report}", "/reports/work?by=month"),
        ("/invoices/{id:guid}/dispute-pack.zip", $"/invoices/{p.PaidInvoiceId}/dispute-pack.zip"),
        ("/reports/timesheet/pdf", $"/reports/timesheet/pdf?assistant={p.AssistantId}"),
        ("/hours.timeclock", $"/hours.timeclock?assistant={p.AssistantId}"),
        ("/hours.timedot", $"/hours.timedot?assistant={p.AssistantId}"),
        ("/hours.ics", $"/hours.ics?assistant={p.AssistantId}"),
        ("/reports/{report}/explain", "/reports/work/explain?by=month&row=2026-03:USD&column=worked"),
        ("/changes", "/changes"), ("/webhooks", "/webhooks"), ("/chain", "/chain"), ("/chain/checkpoint", "/chain/checkpoint"),
        ("/export", "/export"), ("/export.zip", "/export.zip"), ("/invoices.quickbooks.csv", "/invoices.quickbooks.csv"), .. TaxReads(p),
    ];

    private static IEnumerable<(string Pattern, string Path)> TaxReads(Practice p) =>
    [
        ("/tax-years/{year:int}", "/tax-years/2026"), ("/tax-years/{year:int}/estimates", "/tax-years/2026/estimates"),
        ("/tax-years/{year:int}/estimate", "/tax-years/2026/estimate"),
        ("/tax-years/{year:int}/estimate/pdf", "/tax-years/2026/estimate/pdf"),
        ("/tax-years/{year:int}/information-returns", "/tax-years/2026/information-returns"),
        ("/tax-years/{year:int}/report", "/tax-years/2026/report"), ("/tax-years/{year:int}/report/pdf", "/tax-years/2026/report/pdf"),
        ("/tax-years/{year:int}/report/csv", "/tax-years/2026/report/csv"), ("/tax-years/{year:int}/set-aside", "/tax-years/2026/set-aside"),
        ("/tax-years/{year:int}/estimate/lines/{code}", "/tax-years/2026/estimate/lines/net-tax"),
        ("/tax-years/{year:int}/estimates/{id:guid}", $"/tax-years/2026/estimates/{p.EstimateId}"),
        ("/tax-years/{year:int}/vouchers/{quarter:int}", "/tax-years/2026/vouchers/2"),
        ("/tax-years/{year:int}/vouchers/{quarter:int}/pdf", "/tax-years/2026/vouchers/2/pdf"),
        ("/tax-policy", "/tax-policy"), ("/tax-calendar.ics", "/tax-calendar.ics"),
        ("/tax-years/{year:int}/states", "/tax-years/2026/states"), ("/tax-years/{year:int}/states/{state}", "/tax-years/2026/states/ca"),
        ("/tax-years/{year:int}/states/{state}/estimate", "/tax-years/2026/states/ca/estimate"),
        ("/tax-years/{year:int}/germany", "/tax-years/2026/germany"),
        ("/tax-years/{year:int}/germany/estimate", "/tax-years/2024/germany/estimate"),
        ("/tax-years/{year:int}/germany/profit", "/tax-years/2024/germany/profit"),
        ("/tax-years/{year:int}/germany/vat", "/tax-years/2026/germany/vat"),
    ];
}

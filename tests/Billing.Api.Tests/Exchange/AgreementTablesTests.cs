using Billing.Api.Tests.Clients;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Exchange;

/// <summary>What was agreed, what recurs, what the bank said and what was mailed, row by row, in the ZIP of tables.</summary>
public sealed class AgreementTablesTests : IAsyncLifetime
{
    private ApiServer? _server;
    private Practice? _practice;

    private ApiServer Server => _server!;

    private Practice P => _practice!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.Open(Server);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Rates_of_each_level_stand_with_their_days_and_what_assistants_are_paid_apart()
    {
        const string june = "\"validFrom\":\"2026-06-01\",\"validUntilExclusive\":\"2026-07-01\"";
        await P.Post("/v1/business:set-rate", $$$"""{"perHour":{"amount":"30","currency":"USD"},{{{june}}},"assistantId":"{{{P.AssistantId}}}"}""");
        await P.Post($"/v1/clients/{P.ClientId}:set-rate", $$$"""
            {"perHour":{"amount":"35","currency":"USD"},{{{june}}},"task":"design","tierSeconds":36000,"abovePerHour":{"amount":"28.50","currency":"USD"} }
            """);
        await P.Post($"/v1/engagements/{P.EngagementId}:set-cost", $$$"""
            {"assistantId":"{{{P.AssistantId}}}","perHour":{"amount":"16","currency":"USD"},"validFrom":"2026-06-01"}
            """);

        var tables = await Tables();

        Assert.Equal(
            [
                "assistant, , , Ana, , 30.00, , , USD, 2026-06-01, 2026-06-30",
                "client, Acme Dental, , , design, 35.00, 36000, 28.50, USD, 2026-06-01, 2026-06-30",
                "engagement, Acme Dental, Inbox, , , 40.00, , , USD, 2026-01-01, ",
            ],
            Rows(tables["rates.csv"], "level", "client", "engagement", "assistant", "task", "per_hour", "tier_seconds", "above_per_hour",
                "currency", "valid_from", "last_day"));
        Assert.Equal(
            ["Ana, Inbox, 16.00, USD, 2026-06-01, "],
            Rows(tables["cost_rates.csv"], "assistant", "engagement", "per_hour", "currency", "valid_from", "last_day"));
    }

    [Fact]
    public async Task Fees_caps_rounding_and_surcharges_stand_with_the_day_from_which_they_hold()
    {
        var engagement = $"/v1/engagements/{P.EngagementId}";
        await P.Post($"{engagement}:set-billing-mode",
            """{"kind":"capped","amount":{"amount":"900","currency":"USD"},"per":"month","validFrom":"2026-06-01"}""");
        await P.Post($"{engagement}:set-time-rule",
            """{"validFrom":"2026-06-01","rounding":{"incrementSeconds":900,"direction":"up","scope":"entry"},"minimumSeconds":1800}""");
        await P.Post("/v1/business:set-surcharges", """
            {"rules":[{"kind":"weekend","basisPoints":5000,"daysOfWeek":[6,7]},{"kind":"evening","perHour":{"amount":"5","currency":"USD"},"fromMinute":1200,"toMinute":360}],"validFrom":"2026-06-01","combine":"sum"}
            """);
        await P.Post($"{engagement}:set-surcharges", """{"rules":[],"validFrom":"2026-07-01"}""");

        var tables = await Tables();

        Assert.Equal(
            ["Inbox, capped, 900.00, USD, month, 2026-06-01"],
            Rows(tables["billing_modes.csv"], "engagement", "kind", "amount", "currency", "per", "valid_from"));
        Assert.Equal(
            [", 0, nearest, line, 0, ", "Inbox, 900, up, entry, 1800, 2026-06-01"],
            Rows(tables["time_rules.csv"], "engagement", "increment_seconds", "direction", "per", "minimum_seconds", "valid_from"));
        Assert.Equal(
            [
                ", 2026-06-01, sum, weekend, 50.00, , , , , 6 7",
                ", 2026-06-01, sum, evening, , 5.00, USD, 20:00, 06:00, ",
                "Inbox, 2026-07-01, highest, , , , , , , ",
            ],
            Rows(tables["surcharges.csv"], "engagement", "valid_from", "combine", "kind", "percent", "per_hour", "currency", "from_time",
                "to_time", "days_of_week"));
    }

    [Fact]
    public async Task What_retainers_gave_back_stands_with_the_day_on_which_it_went_out()
    {
        await Fuzz.World.PayAhead(P);
        var path = $"/v1/retainers/{P.EvergreenId}";
        var refund = (await P.Post($"{path}:refund", """{"refundedOn":"2026-03-09"}""")).Json["refundId"];

        Assert.Equal(["2026-03-09, 500.00, USD, , , "], await Refunds());

        await P.Post($"{path}:settle-refund", $$"""{"refundId":"{{refund}}","method":"cheque","settledOn":"2026-03-12","reference":"No. 7"}""");

        Assert.Equal(["2026-03-09, 500.00, USD, 2026-03-12, cheque, No. 7"], await Refunds());

        async Task<IEnumerable<string>> Refunds() =>
            Rows((await Tables())["retainer_refunds.csv"], "refunded_on", "amount", "currency", "settled_on", "method", "reference");
    }

    [Fact]
    public async Task Vehicles_and_what_recurs_stand_with_what_has_become_of_each_period()
    {
        await P.Post($"/v1/vehicles/{P.VehicleId}:set-year", """{"year":2026,"method":"standard","total":{"hundredths":81250,"unit":"mi"}}""");
        await P.Post($"/v1/recurring-invoices/{P.RecurringInvoiceId}:skip", $$"""{"from":"{{Practice.RecurringFrom}}"}""");

        var tables = await Tables();

        Assert.Equal(["Hatchback, false"], Rows(tables["vehicles.csv"], "name", "is_leased"));
        Assert.Equal(["2026, standard, 812.50, mi"], Rows(tables["vehicle_years.csv"], "year", "method", "driven_in_all", "unit"));
        Assert.Equal(
            ["month, 2026-03-01, , software, 18.00, USD, false"],
            Rows(tables["recurring_expenses.csv"], "every", "first_on", "until", "category", "amount", "currency", "is_rebilled"));
        Assert.Equal(
            [$"Acme weekly, Acme Dental, Inbox, active, draft, weeks, 2, {Practice.RecurringFrom}, , true, {Practice.DaysFromNow(-26)}, For {{month}}"],
            Rows(tables["recurring_invoices.csv"], "name", "client", "engagement", "status", "mode", "rule", "every", "first_day",
                "last_day", "bills_time", "next_from", "note"));
        Assert.Equal(
            ["1, Care {period}, 10.00, USD"], Rows(tables["recurring_invoice_fees.csv"], "fee", "description", "amount", "currency"));
        Assert.Equal(
            [$"{Practice.RecurringFrom}, {Practice.DaysFromNow(-27)}, , by-hand"],
            Rows(tables["recurring_invoice_periods.csv"], "from", "through", "invoice_id", "skipped"));
    }

    [Fact]
    public async Task Bank_lines_stand_with_the_payments_that_they_are_and_mails_with_what_they_were_about()
    {
        await P.Post($"/v1/bank-lines/{P.BankLineId}:link", $$"""{"paymentIds":["{{P.PaymentId}}"]}""");

        var tables = await Tables();

        Assert.Equal(
            ["2026-02-10, 50.00, USD, Acme Dental, matched"],
            Rows(tables["bank_lines.csv"], "booked_on", "amount", "currency", "payer", "status"));
        Assert.Equal(
            [$"{P.BankLineId}, {P.PaymentId}, {P.PaidInvoiceId}"],
            Rows(tables["bank_matches.csv"], "bank_line_id", "payment_id", "invoice_id"));
        Assert.Equal(
            [$"{P.MailId}, receipt, sent, Acme Dental, office@acme.example, {P.PaidInvoiceId}, {P.PaymentId}, receipt, 1"],
            Rows(tables["mails.csv"], "mail_id", "kind", "status", "client", "recipient", "invoice_id", "payment_id", "attachments",
                "attempts"));
    }

    [Fact]
    public async Task Of_an_erased_client_the_mails_are_listed_without_address_and_subject_and_no_table_holds_a_word_that_goes_at_once()
    {
        var client = await MarkedClient.Add(Server, P.Owner);
        await client.Bill(Server);
        var before = (await Tables())["mails.csv"].Single(mail => mail["client_id"] == $"{client.Id:D}");
        Assert.Equal(("zq-contact@example.test", false), (before["recipient"], before["subject"].Length == 0));

        await client.Erase();

        var tables = await Tables();
        var after = tables["mails.csv"].Single(mail => mail["client_id"] == $"{client.Id:D}");
        Assert.Equal(("receipt", "sent", "", "", ""), (after["kind"], after["status"], after["client"], after["recipient"], after["subject"]));
        Assert.Equal(before["last_attempt_at"], after["last_attempt_at"]);
        var cells = tables.Values.SelectMany(rows => rows).SelectMany(row => row.Values);
        Assert.DoesNotContain(cells, cell => MarkedClient.AtOnce.Any(word => cell.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private Task<Dictionary<string, List<Dictionary<string, string>>>> Tables() => PracticeTablesTests.Tables(Server, P.Owner);

    /// <summary>Some columns of each row.</summary>
    private static IEnumerable<string> Rows(List<Dictionary<string, string>> rows, params string[] columns) =>
        rows.Select(row => string.Join(", ", columns.Select(column => row[column])));
}

using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;

namespace Billing.Api.Tests.Taxes;

/// <summary>The quarterly report, from the books to each of its forms.</summary>
public sealed class TaxReportTests : TaxBooks
{
    [Fact]
    public async Task Says_first_what_to_pay_by_when_and_why()
    {
        await PayTax(1, "1500.00", "2026-04-14");

        var report = await Practice.Get($"/v1/tax-years/2026/report?{MidYear}");
        Assert.Equal("Pay $3,000 by Sep 15, 2026; $1,500 of it is late, so pay that now.", (string?)report["headline"]);
        var words = string.Join(' ', report["plainWords"]!.AsArray());
        Assert.Contains("the third one for 2026", words, StringComparison.Ordinal);
        Assert.Contains("paying in $6,000.00 over the year", words, StringComparison.Ordinal);
        Assert.Contains("irs.gov/payments", report["howToPay"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(13, report["months"]!.AsArray().Count);
        var february = report["months"]![1]!;
        Assert.Equal(("20000.00", "0.00"), (Amount(february["received"]), Amount(february["due"])));
        Assert.Equal(("1500.00", "1500.00"), (Amount(report["months"]![3]!["paid"]), Amount(report["months"]![3]!["due"])));
        Assert.Equal("1500.00", Amount(Assert.Single(report["payments"]!.AsArray())!["amount"]));
        Assert.Null(report["changes"]);
    }

    [Fact]
    public async Task Is_said_in_the_language_asked_for_and_its_figures_stay()
    {
        var english = await Practice.Get($"/v1/tax-years/2026/report?{MidYear}");
        var german = await Practice.Get($"/v1/tax-years/2026/report?{MidYear}&language=de");
        Assert.Equal(
            "Zahlen Sie 4.500 USD bis 15.09.2026; davon sind 3.000 USD überfällig, zahlen Sie diese also jetzt.",
            (string?)german["headline"]);
        Assert.Equal("Mär", (string?)german["months"]![2]!["month"]);
        Assert.Equal(english["estimate"]!.ToJsonString(), german["estimate"]!.ToJsonString());
        Assert.Equal(english.ToJsonString(), (await Practice.Get($"/v1/tax-years/2026/report?{MidYear}&language=en")).ToJsonString());

        var voucher = await Practice.Get($"/v1/tax-years/2026/vouchers/3?{MidYear}&language=de");
        Assert.StartsWith("1.500,00 USD sind bis zu diesem Tag zu zahlen", (string?)voucher["standing"], StringComparison.Ordinal);
        foreach (var pdf in (string[])["report", "estimate", "vouchers/3"])
        {
            var file = await PaymentReceiptTests.Download(
                Server, Practice.Owner, $"/v1/tax-years/2026/{pdf}/pdf?{MidYear}&language=de");
            Assert.Contains("Seite 1 von", PaymentReceiptTests.TextOf(file), StringComparison.Ordinal);
        }
        string[] unknowns = ["report?language=fr", "report/pdf?language=fr", "vouchers/3?language=DE", "report/csv?language=de"];
        foreach (var unknown in unknowns)
            Assert.Equal(400, (await Server.Get(Practice.Owner, $"/v1/tax-years/2026/{unknown}")).Code);
    }

    [Fact]
    public async Task The_receipts_of_the_year_say_what_to_put_aside_of_each()
    {
        await PayTax(1, "1500.00", "2026-04-14");
        var estimate = await Practice.Get($"/v1/tax-years/2026/estimate?{MidYear}");
        var aside = await Practice.Get($"/v1/tax-years/2026/set-aside?{MidYear}");

        Assert.Equal((string?)estimate["setAside"]!["noSurprise"]!["ofEachPayment"], (string?)aside["ofEachPayment"]);
        Assert.Equal(2, aside["items"]!.AsArray().Count);
        // Nothing more is to come, so the two receipts bring together all of the tax.
        Assert.Equal(Amount(estimate["totals"]!["totalTax"]), Amount(aside["setAside"]));
        Assert.Equal(Dollars(aside["setAside"]) - 1500m, Dollars(aside["inReserve"]));
        var noPenalty = await Practice.Get($"/v1/tax-years/2026/set-aside?{MidYear}&goal=no-penalty");
        Assert.Equal(("6000.00", "0.1500"), (Amount(noPenalty["setAside"]), (string?)noPenalty["ofEachPayment"]));
        Assert.Equal(400, (await Server.Get(Practice.Owner, "/v1/tax-years/2026/set-aside?goal=luck")).Code);
    }

    [Fact]
    public async Task A_line_goes_back_to_the_events_it_rests_on()
    {
        var gross = await Explain("schedule-c.gross-income");
        Assert.Equal(2, gross["facts"]!.AsArray().Count);
        Assert.All(gross["facts"]!.AsArray(), fact => Assert.Equal("receipt", (string?)fact!["kind"]));
        var names = gross["events"]!.AsArray().Select(e => (string?)e!["type"]).ToList();
        Assert.Equal(2, names.Count(name => name == "payment-recorded.v1"));
        Assert.DoesNotContain("expense-recorded.v1", names);
        Assert.All(gross["events"]!.AsArray(), e => Assert.Equal($"member:{Practice.OwnerId:D}", (string?)e!["actor"]));

        var net = await Explain("net-tax");
        Assert.Contains("expense-recorded.v1", net["events"]!.AsArray().Select(e => (string?)e!["type"]));
        Assert.Contains("filing-profile-set.v1", net["events"]!.AsArray().Select(e => (string?)e!["type"]));
        Assert.Contains("required.current-year", net["usedBy"]!.AsArray().Select(code => (string?)code));
        var places = net["events"]!.AsArray().Select(e => (long)e!["place"]!).ToList();
        Assert.Equal(places.Order(), places);

        var rate = (await Explain("se.medicare.taxpayer"))["line"]!["inputs"]!.AsArray().First(i => (string?)i!["kind"] == "parameter")!;
        Assert.False(string.IsNullOrWhiteSpace((string?)rate["source"]));
        Assert.NotNull(rate["confidence"]);
        Assert.Equal(404, (await Server.Get(Practice.Owner, "/v1/tax-years/2026/estimate/lines/no-such-line")).Code);
    }

    [Fact]
    public async Task Both_ways_to_spread_the_payments_stand_side_by_side_and_the_chosen_one_counts()
    {
        // Most of it came late in the year.
        await Receive("2026-11-20", 60_000);
        var page = await Practice.Get("/v1/tax-years/2026/report?asOf=2026-12-20&projection=year-to-date");
        var methods = page["estimate"]!["methods"]!.AsArray();
        Assert.Equal(["regular", "annualized"], methods.Select(method => (string?)method!["method"]));
        var pdf = (await Server.Get(Practice.Owner, "/v1/tax-years/2026/report/pdf?asOf=2026-12-20&projection=year-to-date")).Ok();
        Assert.Equal("application/pdf", pdf.MediaType);

        await Practice.Post("/v1/tax-years/2026:set-profile", $$$"""{{{{ReturnOfLastYear}}},"further":{"instalmentMethod":"annualized"} }""");
        var chosen = await Practice.Get("/v1/tax-years/2026/report?asOf=2026-12-20&projection=year-to-date");
        Assert.Contains("you chose to pay by when", string.Join(' ', chosen["plainWords"]!.AsArray()), StringComparison.Ordinal);
        var first = await Practice.Get("/v1/tax-years/2026/vouchers/1?asOf=2026-12-20&projection=year-to-date");
        Assert.Equal(Math.Ceiling(Dollars(methods[1]!["instalments"]![0]!["remaining"])), Dollars(first["amount"]));
        // A column of Schedule AI goes back to what had come by the end of its period.
        var column = await Practice.Get(
            "/v1/tax-years/2026/estimate/lines/annualized.a.instalment?asOf=2026-12-20&projection=year-to-date");
        Assert.Equal(
            ["2026-02-10", "2026-03-02"],
            column["facts"]!.AsArray().Select(fact => (string?)fact!["on"]));
    }

    [Fact]
    public async Task A_voucher_says_to_whom_for_what_how_much_and_by_when()
    {
        await PayTax(1, "1499.50", "2026-04-14");
        var first = await Practice.Get($"/v1/tax-years/2026/vouchers/1?{MidYear}");
        Assert.Equal(
            ("United States Treasury", "Form 1040-ES", "1.00", "2026-04-15"),
            ((string?)first["payee"], (string?)first["form"], Amount(first["amount"]), (string?)first["dueOn"]));
        Assert.Contains("now", (string?)first["standing"], StringComparison.Ordinal);
        var third = await Practice.Get($"/v1/tax-years/2026/vouchers/3?{MidYear}");
        Assert.Equal("1500.00", Amount(third["amount"]));
        var pdf = (await Server.Get(Practice.Owner, $"/v1/tax-years/2026/vouchers/3/pdf?{MidYear}")).Ok();
        Assert.Equal("application/pdf", pdf.MediaType);
        Assert.Equal(404, (await Server.Get(Practice.Owner, "/v1/tax-years/2026/vouchers/5")).Code);
    }

    [Fact]
    public async Task The_table_for_spreadsheets_holds_every_line_and_runs_nothing()
    {
        await Practice.Post("/v1/tax-years/2026/payments",
            """{"quarter":1,"amount":{"amount":"1500","currency":"USD"},"paidOn":"2026-04-14","confirmation":"=1+1"}""");
        var csv = (await Server.Get(Practice.Owner, $"/v1/tax-years/2026/report/csv?{MidYear}")).Ok().Text;
        var rows = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("part,code,label,form line,date,amount,unit,formula,confirmation", rows[0]);
        Assert.Contains("payment,,1st quarter,,2026-04-14,1500.00,USD,,'=1+1", rows);
        var lines = (await Practice.Get($"/v1/tax-years/2026/estimate?{MidYear}"))["lines"]!.AsArray();
        Assert.Equal(lines.Count, rows.Count(row => row.StartsWith("line,", StringComparison.Ordinal)));
        Assert.Contains("line,schedule-c.net-profit,Net profit or loss,Schedule C line 31,,39000.00,USD,", csv, StringComparison.Ordinal);
    }

    private async Task<JsonObject> Explain(string code) => await Practice.Get($"/v1/tax-years/2026/estimate/lines/{code}?{MidYear}");
}

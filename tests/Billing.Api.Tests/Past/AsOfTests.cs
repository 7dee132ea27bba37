using System.Globalization;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Tests.Past;

/// <summary>What is asked as of a moment is answered as it was answered then.</summary>
public sealed class AsOfTests : IAsyncLifetime
{
    /// <summary>What is about now, about people and programs, or frozen with its document, and so has no past to be asked for.</summary>
    private static readonly string[] OfNowAlone =
    [
        "/bank-lines", "/bank-lines/{id:guid}", "/budget-alerts", "/business", "/business/look", "/business/logo", "/business/rates",
        "/chain", "/chain/checkpoint", "/changes", "/clients", "/clients/{id:guid}", "/clients/{id:guid}/collection",
        "/clients/{id:guid}/e-invoicing", "/clients/{id:guid}/erasure", "/clients/{id:guid}/rates", "/e-invoicing", "/engagements",
        "/engagements/{id:guid}", "/engagements/{id:guid}/rates", "/events", "/expense-categories", "/expenses/{id:guid}/receipts",
        "/expenses/{id:guid}/receipts/{hash}", "/invoices/{id:guid}/credit-notes/{number}/e-invoice.xml",
        "/invoices/{id:guid}/credit-notes/{number}/pdf", "/invoices/{id:guid}/dispute-pack.zip", "/invoices/{id:guid}/e-invoice.xml",
        "/invoices/{id:guid}/links", "/invoices/{id:guid}/pdf", "/invoices/{id:guid}/proposal", "/mail-policy", "/mails",
        "/mails/{id:guid}", "/me", "/members", "/payments/{id:guid}/receipt/pdf", "/proposals", "/quotes", "/quotes/{id:guid}",
        "/quotes/{id:guid}/pdf", "/recurring-expenses", "/recurring-expenses/due", "/recurring-invoices", "/recurring-invoices/due",
        "/recurring-invoices/{id:guid}", "/reminders/due", "/stripe-account", "/stripe/dead-letters", "/tax-calendar.ics", "/tax-policy",
        "/tax-years/{year:int}/estimates/{id:guid}", "/time-entries/{id:guid}/price", "/timer", "/timers", "/tokens", "/webhooks",
        "/webhooks/{id:guid}", "/webhooks/{id:guid}/deliveries", "/export", "/export.zip", "/identities",
    ];

    private ApiServer _server = null!;
    private Practice _practice = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.Open(_server);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void Every_other_query_takes_it() => Assert.Equal(
        OfNowAlone.Order(StringComparer.Ordinal),
        _server.Routes
            .Where(route => route.Key.StartsWith("GET /v1/", StringComparison.Ordinal) && !TakesIt(route.Key))
            .Select(route => route.Key["GET /v1".Length..]).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_answer_is_the_one_that_was_given_when_the_book_ended_there()
    {
        var asked = Endpoints.Queries(_practice).Where(query => TakesIt(query.Key)).ToDictionary();
        var head = await End();
        var then = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, query) in asked) then[name] = await Answer(query.Path);

        await SameAsThen();
        foreach (var command in Endpoints.Commands(_practice).Values) await _server.Post(_practice.Owner, command.Path, command.Body);
        await SameAsThen();

        var changed = 0;
        foreach (var (name, query) in asked)
            if (await Answer(query.Path) != then[name]) changed++;
        Assert.InRange(changed, 25, asked.Count);
        Assert.Empty(_server.Errors);

        async Task SameAsThen()
        {
            foreach (var (name, query) in asked)
                Assert.Equal((name, then[name]), (name, await Answer(With(query.Path, $"{head}"))));
        }
    }

    /// <summary>Kiritimati is a day ahead of Chicago for most of the day, and Midway a day behind for the rest.</summary>
    [Fact]
    public async Task A_practice_that_has_moved_since_was_then_where_it_was()
    {
        var path = $"/v1/clients/{_practice.ClientId}/statement";
        var (head, then) = (await End(), await Answer(path));
        foreach (var zone in new[] { "Pacific/Kiritimati", "Pacific/Midway" })
        {
            await _practice.Post("/v1/business:move", $$"""{"timeZone":"{{zone}}"}""");
            Assert.Equal(then, await Answer(With(path, $"{head}")));
        }
    }

    [Fact]
    public async Task A_moment_before_the_book_is_refused_or_a_day_like_any_other_and_no_error_of_ours()
    {
        var answers = new List<(string, int)>();
        foreach (var (name, query) in Endpoints.Queries(_practice).Where(query => TakesIt(query.Key)))
        {
            answers.Add((name, (await _server.Get(_practice.Owner, With(query.Path, "2020-01-01"))).Code));
            answers.Add((name, (await _server.Get(_practice.Owner, With(query.Path, "2020-01-01T00:00:00Z"))).Code));
        }

        Assert.DoesNotContain(answers, answer => answer.Item2 >= 500);
        Assert.Contains(answers, answer => answer.Item2 == 400);
        Assert.Empty(_server.Errors);
    }

    [Fact]
    public async Task A_payment_is_known_from_its_place_and_its_instant_on_and_not_before()
    {
        var invoice = await _practice.Invoice("2026-03-09");
        var finalised = (await _server.Get(_practice.Owner, $"/v1/invoices/{invoice}")).Ok();
        var total = (string)finalised.Json["invoice"]!["total"]!["amount"]!;
        var before = await End();
        var between = InstantPattern.ExtendedIso.Format(SystemClock.Instance.GetCurrentInstant());
        await Task.Delay(20, Cancellation);
        await _practice.Pay(invoice, "10.00", "2026-04-02");
        var after = await End();

        Assert.Equal(total, await Open($"asOf={before}"));
        Assert.Equal(total, await Open($"asOf={between}"));
        Assert.Equal(Less(total, 10), await Open($"asOf={after}"));
        Assert.Equal(Less(total, 10), await Open("asOf=2099-12-30"));
        Assert.Equal(Less(total, 10), await Open(""));
        var known = (await _server.Get(_practice.Owner, $"/v1/invoices/{invoice}/payments?asOf={between}")).Ok();
        Assert.Empty(known.Items);
        Assert.Equal($"{before}", known.Header("Billing-As-Of"));
        Assert.Equal(404, (await _server.Get(_practice.Owner, $"/v1/invoices/{invoice}?asOf=1")).Code);
        Assert.Equal(400, (await _server.Get(_practice.Owner, $"/v1/invoices/{invoice}?asOf=2020-01-01")).Code);

        async Task<string> Open(string asOf) =>
            (string)(await _practice.Get($"/v1/invoices/{invoice}?{asOf}"))["invoice"]!["open"]!["amount"]!;
    }

    [Fact]
    public async Task What_was_erased_since_is_missing_from_the_past_too()
    {
        var client = (await _practice.Post("/v1/clients", """{"name":"Gone","currency":"USD"}""")).Id;
        var work = (await _practice.Post("/v1/engagements", $$"""{"clientId":"{{client}}","name":"Secret work"}""")).Id;
        var entry = (await _practice.Post("/v1/time-entries", $$"""
            {"engagementId":"{{work}}","workedOn":"2026-03-09","durationSeconds":60,"note":"zq-note","billable":false}
            """)).Id;
        var path = $"/v1/time-entries/{entry}?asOf={await End()}";
        Assert.Equal("zq-note", (string?)(await _practice.Get(path))["note"]);

        await _practice.Post($"/v1/clients/{client}:erase", "{}");

        var then = await _practice.Get(path);
        // The key is shredded right after the answer.
        for (var look = 0; look < 200 && then["note"] is not null; look++)
        {
            await Task.Delay(50, Cancellation);
            then = await _practice.Get(path);
        }
        Assert.Null(then["note"]);
        Assert.Equal(60, (long)then["durationSeconds"]!);
    }

    [Theory]
    [InlineData("0", "out-of-bounds")]
    [InlineData("999999999", "out-of-bounds")]
    [InlineData("x", "malformed")]
    [InlineData("-1", "malformed")]
    [InlineData("99999999999999999999", "malformed")]
    [InlineData("2026-02-30", "malformed")]
    [InlineData("2026-03-01T00:00:00", "malformed")]
    public async Task Refuses_what_is_no_moment_of_the_book(string asOf, string code)
    {
        var answer = await _server.Get(_practice.Owner, $"/v1/receivables?asOf={asOf}");

        Assert.Equal((400, "invalid-request"), (answer.Code, answer.ProblemCode));
        Assert.Equal(code, (string?)answer.Json["errors"]![0]!["code"]);
        Assert.Null(Refused.Fault(answer));
    }

    private async Task<long> End() => (await LastEvent.Of(
        _server.Services.GetRequiredService<IEventStore>(), new BookId(_practice.Id), Cancellation))!.Place;

    private bool TakesIt(string route) => _server.Routes[route].Metadata.GetMetadata<QueryParameters>()?.Takes(AsOf.Name) is true;

    private static string With(string path, string asOf) =>
        $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}asOf={asOf}";

    /// <summary>With its version, and without the moment at which a calendar was written.</summary>
    private async Task<string> Answer(string path)
    {
        var answer = await _server.Get(_practice.Owner, path);
        var lines = answer.Text.Split('\n').Where(line => !line.StartsWith("DTSTAMP:", StringComparison.Ordinal));
        return $"{answer.Code} {answer.Header("ETag")} {string.Join('\n', lines)}";
    }

    private static string Less(string amount, int whole) =>
        (decimal.Parse(amount, CultureInfo.InvariantCulture) - whole).ToString("F2", CultureInfo.InvariantCulture);
}

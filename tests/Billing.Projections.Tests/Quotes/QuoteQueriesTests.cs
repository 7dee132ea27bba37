using Billing.Domain.Quotes;
using Billing.Domain.Values;
using Billing.Projections.Paging;
using Billing.Projections.Quotes;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Quotes;

public abstract class QuoteQueriesTests(ReadModelsIn where)
{
    private static readonly LocalDate Until = new(2026, 5, 31);

    [Fact]
    public async Task Expired_is_what_was_sent_and_not_answered_by_its_last_day()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            Drafted(1), Drafted(2), Sent(2), Drafted(3), Sent(3),
            (Stream(3), new QuoteEvent.QuoteAccepted(1, null, "Ann", [], 90, Until, Practice.Now)));
        Assert.Equal([QuoteStatus.Draft, QuoteStatus.Sent, QuoteStatus.Accepted], Found(Until, null).Select(quote => quote.Status));
        Assert.Equal(
            [QuoteStatus.Draft, QuoteStatus.Expired, QuoteStatus.Accepted],
            Found(Until.PlusDays(1), null).Select(quote => quote.Status));
        Assert.Equal([Ids.Of(17, 2)], Found(Until, QuoteStatus.Sent).Select(quote => quote.QuoteId));
        Assert.Equal([Ids.Of(17, 2)], Found(Until.PlusDays(1), QuoteStatus.Expired).Select(quote => quote.QuoteId));
        Assert.Empty(Found(Until, QuoteStatus.Expired));
        Assert.Empty(Found(Until.PlusDays(1), QuoteStatus.Sent));

        IReadOnlyList<QuoteView> Found(LocalDate day, string? status) =>
            new QuoteQueries(practice.Database).Quotes(Practice.Book, new QuoteFilter(day, Ids.Acme, status), new PageRequest()).Items;
    }

    [Fact]
    public async Task A_revision_is_a_draft_until_it_is_sent_and_keeps_its_number()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
            Drafted(1), Sent(1),
            (Stream(1), new QuoteEvent.QuoteRevised("Shop", [new QuoteLine(1, 1_000, 70, 70, false)], ["Pages"], Until, null, Practice.Now)));
        var quote = new QuoteQueries(practice.Database).Quote(Practice.Book, Ids.Of(17, 1), Until)!;
        Assert.Equal(
            ("Q-2026-1", QuoteStatus.Draft, 2, (int?)1, new Money(70, Currency.Usd)),
            (quote.Number, quote.Status, quote.Revision, quote.SentRevision, quote.Total));
    }

    private static (string, object) Drafted(int number) => (Stream(number), new QuoteEvent.QuoteDrafted(
        Ids.Of(17, number), Ids.Acme, "USD", "Website", [new QuoteLine(1, 1_000, 90, 90, false), new QuoteLine(2, 1_000, 5, 5, true)],
        ["Pages", "Photos"], Until, null, Practice.Now));

    private static (string, object) Sent(int number) =>
        (Stream(number), new QuoteEvent.QuoteSent($"Q-2026-{number}", 1, new LocalDate(2026, 5, 1), null, Practice.Now));

    private static string Stream(int number) => $"quote-{Ids.Of(17, number):D}";
}

public sealed class QuoteQueriesOnSqlite() : QuoteQueriesTests(ReadModelsIn.Sqlite);

public sealed class QuoteQueriesOnPostgres() : QuoteQueriesTests(ReadModelsIn.Postgres);

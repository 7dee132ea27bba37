using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.Quotes;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Quotes.QuoteEvent;

namespace Billing.Domain.Tests.Quotes;

public sealed class QuoteTests
{
    private static readonly Guid Id = Number(1), Acme = Number(2), Link = Number(3);
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 9, 0);
    private static readonly LocalDate Today = new(2026, 5, 4), Until = new(2026, 5, 31);
    private static readonly string Hash = new('a', 64);

    private static readonly QuoteLineWish[] Wishes =
    [
        new("Website", 1_000, Usd(900_00), false), new("Photos", 2_500, Usd(33_33), false), new("Hosting", 12_000, Usd(10_00), true),
    ];

    private static readonly QuoteLine[] Lines =
        [new(1, 1_000, 900_00, 900_00, false), new(2, 2_500, 33_33, 83_33, false), new(3, 12_000, 10_00, 120_00, true)];

    private static readonly QuoteDrafted Drafted = new(
        Id, Acme, "USD", "New website", Lines, ["Website", "Photos", "Hosting"], Until, "Half ahead.", Now);

    private static readonly QuoteSent Sent = new("Q-2026-0001", 1, Today, Parties, Now);
    private static readonly QuoteAccepted Accepted = new(1, null, "Ann", [3], 1_103_33, Today, Now);

    private static readonly DraftQuote Draft = new(Id, Acme, "New website", Wishes, Until, "Half ahead.", Now);
    private static readonly ReviseQuote Revise = new(Id, "New website", [Wishes[0]], Until, null, Now);
    private static readonly AcceptQuote Accept = new(Id, 1, null, "Ann", [3], Now);

    private static readonly ClientState Client = Domain.Clients.Client.Stream.Fold(
        [new ClientEvent.ClientAdded(Acme, "Acme", "a@acme.example", ["1 Road"], "USD", null, Now)]);

    private static readonly BusinessState.Open Practice = (BusinessState.Open)Business.Stream.Fold(
        [new BusinessEvent.BusinessOpened(Number(9), "Juniper", "America/New_York", "USD", Now)]);

    private static QuoteParties Parties => new(
        new PartyTexts("Juniper", [], null, null), new PartyTexts("Acme", ["1 Road"], "a@acme.example", null));

    [Fact]
    public void Is_drafted_with_each_amount_rounded_once()
    {
        Given().When(s => Quote.Decide(s, Draft, Client, Today)).Then(Drafted);
        Given(Drafted).When(s => Quote.Decide(s, Draft, Client, Today)).ThenNothing();
        Given(Drafted).When(s => Quote.Decide(s, Draft with { Title = "Other" }, Client, Today)).ThenRefused("id-taken", "/id");
    }

    [Theory]
    [InlineData("Website", 0, 100, "quantity-out-of-range", "/lines/0/quantity")]
    [InlineData("Website", 1_000_000_001, 100, "quantity-out-of-range", "/lines/0/quantity")]
    [InlineData("Website", 1_000, -1, "price-out-of-range", "/lines/0/unitPrice")]
    [InlineData("Website", 1_000, long.MaxValue, "amount-too-large", "/lines/0/unitPrice")]
    [InlineData("Website", 1_000_000_000, 1_000_001, "amount-too-large", "/lines/0/unitPrice")]
    [InlineData(" ", 1_000, 100, "text-missing", "/lines/0/description")]
    public void Lines_that_make_no_sense_are_refused(string description, long quantity, long price, string code, string field) => Given()
        .When(s => Quote.Decide(s, Draft with { Lines = [new(description, quantity, Usd(price), false)] }, Client, Today))
        .ThenRefused(code, field);

    [Fact]
    public void Other_drafts_that_make_no_sense_are_refused()
    {
        Given().When(s => Quote.Decide(s, Draft with { Lines = [] }, Client, Today)).ThenRefused("quote-lines-missing", "/lines");
        Given().When(s => Quote.Decide(s, Draft with { Lines = [.. Enumerable.Repeat(Wishes[0], 101)] }, Client, Today))
            .ThenRefused("too-many-lines", "/lines");
        var euros = Wishes[0] with { UnitPrice = new Money(1, Currency.Of("EUR")) };
        Given().When(s => Quote.Decide(s, Draft with { Lines = [euros] }, Client, Today))
            .ThenRefused("currency-mismatch", "/lines/0/unitPrice/currency");
        Given().When(s => Quote.Decide(s, Draft with { ValidUntil = Today.PlusDays(-1) }, Client, Today))
            .ThenRefused("valid-until-implausible", "/validUntil");
        Given().When(s => Quote.Decide(s, Draft with { ValidUntil = Today }, Client, Today)).Then(Drafted with { ValidUntil = Today });
        Given().When(s => Quote.Decide(s, Draft, Domain.Clients.Client.Stream.Initial, Today)).ThenRefused("client-unknown", "/clientId");
    }

    [Fact]
    public void The_first_sending_gives_a_number_and_every_further_revision_keeps_it()
    {
        var first = Assert.IsType<QuoteSending.Accepted>(Send(Drafted));
        Assert.Equal(("Q-2026-0005", 1, "Q-2026-0005"), (first.Sent.Number, first.Sent.Revision, first.Numbering!.Number));
        Assert.IsType<QuoteSending.AlreadyDone>(Send(Drafted, Sent));
        var second = Assert.IsType<QuoteSending.Accepted>(Send(Drafted, Sent, Revised));
        Assert.Equal(("Q-2026-0001", 2), (second.Sent.Number, second.Sent.Revision));
        Assert.Null(second.Numbering);
        Assert.Equal("Q-2026-0001/2", Fold(Drafted, Sent, Revised, second.Sent).Sent!.Name);
    }

    [Fact]
    public void Quotes_are_numbered_apart_from_invoices_and_credit_notes()
    {
        Assert.Equal("Q-2026", QuoteSending.SeriesOf(Today, Practice));
        Assert.Equal("QU-2026", QuoteSending.SeriesOf(Today, Practice with { Invoicing = Practice.Invoicing with { NumberPrefix = "Q" } }));
        Assert.Equal("QUO-2026", QuoteSending.SeriesOf(Today, Practice with
        {
            Invoicing = Practice.Invoicing with { NumberPrefix = "QU", CreditNotePrefix = "Q" },
        }));
    }

    [Fact]
    public void What_was_sent_stays_what_it_is_while_the_next_revision_is_written()
    {
        var state = Fold(Drafted, Sent, Revised);
        Assert.Equal((2, 1, false), (state.Revision, state.Sent!.Revision, state.IsSent));
        Assert.Equal((983_33, 900_00), (state.Sent.Content.TotalMinor, state.Content.TotalMinor));
        Assert.Equal(QuoteStatus.Draft, state.StatusOn(Today));
        Given(Drafted, Sent, Revised).When(s => Quote.Decide(s, Accept, Today)).ThenRefused("quote-under-revision");
        Given(Drafted, Sent, Revised, Sent with { Revision = 2 }).When(s => Quote.Decide(s, Accept, Today))
            .ThenRefused("quote-under-revision");
        Given(Drafted).When(s => Quote.Decide(s, Revise, Today)).Then(Revised);
        Assert.Equal(1, Fold(Drafted, Revised).Revision);
        Given(Drafted, Sent, Accepted).When(s => Quote.Decide(s, Revise, Today)).ThenRefused("quote-accepted");
    }

    [Fact]
    public void Is_accepted_once_with_the_options_that_are_taken()
    {
        Given(Drafted, Sent).When(s => Quote.Decide(s, Accept, Today)).Then(Accepted);
        Given(Drafted, Sent, Accepted).When(s => Quote.Decide(s, Accept, Today)).ThenNothing();
        Given(Drafted, Sent, Accepted).When(s => Quote.Decide(s, Accept with { Options = [] }, Today)).ThenRefused("quote-accepted");
        Given(Drafted, Sent).When(s => Quote.Decide(s, Accept with { Options = [] }, Today))
            .Then(Accepted with { Options = [], TotalMinor = 983_33 });
        Given(Drafted, Sent).When(s => Quote.Decide(s, Accept with { Options = [1] }, Today)).ThenRefused("option-unknown", "/options");
        Given(Drafted, Sent).When(s => Quote.Decide(s, Accept with { AcceptedBy = "" }, Today))
            .ThenRefused("text-missing", "/acceptedBy");
        Given(Drafted).When(s => Quote.Decide(s, Accept, Today)).ThenRefused("quote-not-sent");
        Given().When(s => Quote.Decide(s, Accept, Today)).ThenRefused("quote-unknown");
    }

    [Fact]
    public void Its_last_day_is_a_day_on_which_it_can_be_accepted_and_the_next_is_none()
    {
        Given(Drafted, Sent).When(s => Quote.Decide(s, Accept, Until)).Then(Accepted with { AcceptedOn = Until });
        Given(Drafted, Sent).When(s => Quote.Decide(s, Accept, Until.PlusDays(1))).ThenRefused("quote-expired");
        Assert.Equal(QuoteStatus.Sent, Fold(Drafted, Sent).StatusOn(Until));
        Assert.Equal(QuoteStatus.Expired, Fold(Drafted, Sent).StatusOn(Until.PlusDays(1)));
        Assert.Equal(QuoteStatus.Accepted, Fold(Drafted, Sent, Accepted).StatusOn(Until.PlusDays(1)));
    }

    [Fact]
    public void Declined_it_is_revised_before_it_is_sent_again()
    {
        var declined = new QuoteDeclined(1, Link, "Too dear", Today, Now);
        Given(Drafted, Sent).When(s => Quote.Decide(s, new DeclineQuote(Id, 1, Link, "Too dear", Now), Today)).Then(declined);
        Given(Drafted, Sent, declined).When(s => Quote.Decide(s, Accept, Today)).ThenRefused("quote-declined");
        Assert.Equal("quote-declined", Assert.IsType<QuoteSending.Refused>(Send(Drafted, Sent, declined)).Rejection.Code);
        Given(Drafted, Sent, declined).When(s => Quote.Decide(s, Revise, Today)).Then(Revised);
        Given(Drafted, Sent, declined, Revised, Sent with { Revision = 2 })
            .When(s => Quote.Decide(s, Accept with { Revision = 2, Options = [] }, Today))
            .Then(Accepted with { Revision = 2, Options = [], TotalMinor = 900_00 });
    }

    [Fact]
    public void An_accepted_quote_becomes_something_once()
    {
        var turn = new TurnQuote(Id, Number(20), null, null, null, Now);
        var turned = new QuoteTurned(Number(20), null, null, Now);
        Given(Drafted, Sent, Accepted).When(s => Quote.Decide(s, turn)).Then(turned);
        Given(Drafted, Sent, Accepted, turned).When(s => Quote.Decide(s, turn)).ThenNothing();
        var refusal = Given(Drafted, Sent, Accepted, turned)
            .When(s => Quote.Decide(s, turn with { EngagementId = null, InvoiceId = Number(21) })).ThenRefused("quote-turned");
        Assert.Contains($"{Number(20):D}", refusal.Detail, StringComparison.Ordinal);
        Given(Drafted, Sent).When(s => Quote.Decide(s, turn)).ThenRefused("quote-not-accepted");
        Given(Drafted, Sent, Accepted).When(s => Quote.Decide(s, turn with { Deposit = Usd(1_103_34) }))
            .ThenRefused("deposit-exceeds-quote", "/deposit");
        Given(Drafted, Sent, Accepted).When(s => Quote.Decide(s, turn with { Deposit = Usd(1_103_33) })).Then(turned);
    }

    [Fact]
    public void A_link_is_made_of_what_was_sent_and_can_be_revoked()
    {
        var share = new ShareQuote(Id, Link, Hash, Now);
        Given(Drafted).When(s => Quote.Decide(s, share)).ThenRefused("quote-not-sent");
        Given(Drafted, Sent).When(s => Quote.Decide(s, share)).Then(new QuoteShared(Link, Hash, Now));
        QuoteEvent[] shared = [Drafted, Sent, new QuoteShared(Link, Hash, Now)];
        Given(shared).When(s => Quote.Decide(s, share)).ThenNothing();
        Given(shared).When(s => Quote.Decide(s, share with { TokenHash = new('b', 64) })).ThenRefused("id-taken");
        Given(Drafted, Sent).When(s => Quote.Decide(s, share with { TokenHash = "A" })).ThenRefused("token-hash-malformed");
        Given(shared).When(s => Quote.Decide(s, new RevokeQuoteShare(Id, Link, Now))).Then(new QuoteShareRevoked(Link, Now));
        Given(shared).When(s => Quote.Decide(s, new RevokeQuoteShare(Id, Number(8), Now))).ThenRefused("link-unknown");
        Assert.True(Fold([.. shared, new QuoteShareRevoked(Link, Now)]).Links[Link].IsRevoked);
    }

    [Fact]
    public void What_was_agreed_is_the_sum_of_the_lines_that_were_taken() => Gen.Select(
        Gen.Long[1, 5_000], Gen.Long[0, 100_000], Gen.Bool, Gen.Bool).List[1, 20].Sample(lines =>
        {
            var wishes = lines.Select(line => new QuoteLineWish("x", line.Item1, Usd(line.Item2), line.Item3)).ToList();
            int[] options = [.. lines.Select((line, i) => line is { Item3: true, Item4: true } ? i + 1 : 0).Where(number => number > 0)];
            var drafted = Assert.IsType<Decision<QuoteEvent>.Accepted>(
                Quote.Decide(QuoteState.None, Draft with { Lines = wishes }, Client, Today)).Events;
            var state = Fold([.. drafted, Sent]);
            var accepted = Quote.Decide(state, Accept with { Options = options }, Today);
            state = Assert.IsType<Decision<QuoteEvent>.Accepted>(accepted).Events.Aggregate(state, Quote.Evolve);
            Assert.Equal(state.Accepted!.TotalMinor, state.AcceptedLines.Sum(line => line.Line.AmountMinor));
        }, iter: 200);

    [Theory]
    [InlineData("1", 1_000)]
    [InlineData("2.5", 2_500)]
    [InlineData("0.001", 1)]
    [InlineData("1000000", 1_000_000_000)]
    public void A_quantity_is_read_and_printed_exactly(string text, long thousandths)
    {
        Assert.True(QuoteQuantity.TryParse(text, out var read));
        Assert.Equal((thousandths, text), (read, QuoteQuantity.Text(read)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.0001")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData("1000001")]
    public void Other_quantities_are_none(string text) => Assert.False(QuoteQuantity.TryParse(text, out _));

    [Fact]
    public void Folds_every_kind_of_event() => Quote.Stream.Takes_every_kind_of_event(
    [
        Drafted, Sent, Revised, new QuoteShared(Link, Hash, Now), new QuoteShareRevoked(Link, Now),
        new QuoteDeclined(1, null, null, Today, Now), Accepted, new QuoteTurned(null, Number(5), null, Now),
    ]);

    private static QuoteRevised Revised => new("New website", [Lines[0]], ["Website"], Until, null, Now);

    private static QuoteSending Send(params QuoteEvent[] before) =>
        QuoteSending.Decide(Fold(before), new SendQuote(Id, Now), Client, Practice, new NumberingState(4));

    private static Given<QuoteState, QuoteEvent> Given(params QuoteEvent[] before) => Quote.Stream.Given(before);

    private static QuoteState Fold(params QuoteEvent[] events) => Quote.Stream.Fold(events);

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private static Guid Number(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}

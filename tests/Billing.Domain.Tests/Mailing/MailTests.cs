using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Quotes;
using NodaTime;
using static Billing.Domain.Mailing.MailEvent;

namespace Billing.Domain.Tests.Mailing;

public sealed class MailTests
{
    private static readonly Guid Id = new(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    private static readonly Instant Now = Instant.FromUtc(2026, 4, 1, 12, 0);
    private static readonly RetryPolicy Retries = new(Duration.FromMinutes(1), UnknownTries: 0);
    private static readonly MailTexts Texts = new("Juniper", null, "Acme", "Invoice 1", "Hello", null);
    private static readonly MailSubject NoSubject = new(Invoice.Stream.Initial, Quote.Stream.Initial, new LocalDate(2026, 4, 1));

    private static readonly AskMail Ask = new(
        Id, MailKind.Invoice, "en", Id, Id, null, null, null, "a@acme.example", Texts, [], Now);

    private static readonly MailAsked Asked = new(
        Id, MailKind.Invoice, "en", Id, Id, null, null, null, "a@acme.example", Texts, [], Now);

    private static readonly string Other = new('b', 64);
    private static readonly DeliveryReport Failure =
        new(DeliveryAction.Failed, "5.1.1", "550 no such box", ["A@ACME.example"], new string('a', 64));

    private static readonly MailEvent[] SentEvents = [Asked, new MailAttempted(1, Now), new MailHandedOver("250", Now)];
    private static readonly MailState Sent = After(SentEvents);
    private static readonly MailState Waiting = After(Asked), Sending = After(Asked, new MailAttempted(1, Now));

    [Fact]
    public void A_mail_is_asked_for_once_whatever_is_retried()
    {
        Assert.Equal([Asked], Events(Mail.Decide(MailState.None, Ask)));
        Assert.Empty(Events(Mail.Decide(Waiting, Ask with { At = Now + Duration.FromHours(1) })));
        Assert.Equal("id-taken", Refusal(Mail.Decide(Waiting, Ask with { Kind = MailKind.Reminder })));
        Assert.Equal("email-malformed", Refusal(Mail.Decide(MailState.None, Ask with { Recipient = "nobody" })));
    }

    [Fact]
    public void The_first_claim_takes_the_mail_and_a_second_gets_nothing()
    {
        Assert.Equal([new MailAttempted(1, Now)], Events(Mail.Decide(Waiting, new ClaimMail(Id, Now), NoSubject)));
        Assert.Equal("mail-not-due", Refusal(Mail.Decide(Sending, new ClaimMail(Id, Now), NoSubject)));
        Assert.Equal("mail-not-due", Refusal(Mail.Decide(Waiting, new ClaimMail(Id, Now - Duration.Epsilon), NoSubject)));
    }

    [Fact]
    public void The_pauses_grow_four_times_each_until_the_seventh_try_is_given_up()
    {
        var (state, at, pauses) = (Waiting, Now, new List<long>());
        while (state.Status == MailStatus.Waiting)
        {
            state = Mail.Evolve(state, Assert.Single(Events(Mail.Decide(state, new ClaimMail(Id, at), NoSubject))));
            var failed = (MailFailed)Assert.Single(Events(Mail.Decide(
                state, new NoteFailure(Id, state.Attempts, "busy", IsPermanent: false, Retries, at))));
            if (failed.RetryAt is { } next) (at, _) = (next, Add(pauses, next - at));
            state = Mail.Evolve(state, failed);
        }

        Assert.Equal((MailStatus.Failed, 7), (state.Status, state.Attempts));
        Assert.Equal([1, 4, 16, 64, 256, 1024], pauses);
    }

    [Fact]
    public void What_fails_for_good_is_given_up_at_once() => Assert.Equal(
        [new MailFailed("no such box", RetryAt: null, Now)],
        Events(Mail.Decide(Sending, new NoteFailure(Id, 1, "no such box", IsPermanent: true, Retries, Now))));

    [Fact]
    public void An_end_that_nobody_knows_waits_for_a_person_unless_the_policy_risks_a_double()
    {
        var unknown = After(Asked, new MailAttempted(1, Now), new MailLeftUnknown("gone", null, Now));

        Assert.Equal([new MailLeftUnknown("gone", null, Now)], Events(Mail.Decide(Sending, new NoteUnknown(Id, 1, "gone", Retries, Now))));
        Assert.Equal("mail-not-due", Refusal(Mail.Decide(unknown, new ClaimMail(Id, Now), NoSubject)));
        Assert.Equal([new MailHandedOver(null, Now)], Events(Mail.Decide(unknown, new ConfirmMail(Id, Now))));
        Assert.Equal("mail-end-known", Refusal(Mail.Decide(Waiting, new ConfirmMail(Id, Now))));

        var risking = Retries with { UnknownTries = 1 };
        var first = Events(Mail.Decide(Sending, new NoteUnknown(Id, 1, "gone", risking, Now)));
        Assert.Equal([new MailLeftUnknown("gone", Now + Duration.FromMinutes(1), Now)], first);
        var second = After([Asked, new MailAttempted(1, Now), .. first, new MailAttempted(2, Now)]);
        Assert.Equal([new MailLeftUnknown("gone", null, Now)], Events(Mail.Decide(second, new NoteUnknown(Id, 2, "gone", risking, Now))));
    }

    [Fact]
    public void News_of_an_attempt_settles_an_unknown_end_and_tells_nothing_of_a_later_attempt()
    {
        var unknown = After(Asked, new MailAttempted(1, Now), new MailLeftUnknown("gone", null, Now));
        var again = After(Asked, new MailAttempted(1, Now), new MailLeftUnknown("gone", null, Now),
            new MailResendAsked(null, Now), new MailAttempted(2, Now));

        Assert.Equal([new MailHandedOver("250", Now)], Events(Mail.Decide(unknown, new NoteHandOver(Id, 1, "250", Now))));
        Assert.Empty(Events(Mail.Decide(again, new NoteHandOver(Id, 1, "250", Now))));
        Assert.Empty(Events(Mail.Decide(again, new NoteFailure(Id, 1, "late", true, Retries, Now))));
    }

    [Fact]
    public void A_mail_under_way_is_not_sent_again_and_any_other_is()
    {
        var failed = After(Asked, new MailAttempted(1, Now), new MailFailed("no", null, Now));

        Assert.Equal("mail-under-way", Refusal(Mail.Decide(Sending, new ResendMail(Id, null, Now))));
        var resent = Assert.Single(Events(Mail.Decide(failed, new ResendMail(Id, "b@acme.example", Now))));
        var state = Mail.Evolve(failed, resent);
        Assert.Equal((MailStatus.Waiting, "b@acme.example", 0, 1), (state.Status, state.Recipient, state.Tries, state.Attempts));
    }

    /// <summary>A mail about the first revision of a quote that can be accepted until April 30.</summary>
    [Fact]
    public void A_mail_about_a_quote_is_sent_while_that_revision_can_be_answered_and_given_up_after()
    {
        var mail = After(Asked with { Kind = MailKind.Quote, InvoiceId = null, Quote = new MailedQuote(Id, 1) });
        QuoteEvent[] sent =
        [
            new QuoteEvent.QuoteDrafted(Id, Id, "USD", "Site", [new(1, 1_000, 1, 1, false)], ["Site"], new(2026, 4, 30), null, Now),
            new QuoteEvent.QuoteSent("Q-1", 1, new(2026, 4, 1), null, Now),
        ];
        var revised = new QuoteEvent.QuoteRevised("Site", [new(1, 1_000, 2, 2, false)], ["Site"], new(2026, 4, 30), null, Now);
        Assert.Equal([new MailAttempted(1, Now)], Claim(sent, 30));
        Assert.Equal(["The quote had expired when the mail was to be sent."], GivenUp(sent, 31));
        Assert.Equal(["The quote was revised before the mail was sent."], GivenUp([.. sent, revised], 1));
        Assert.Equal(
            ["The quote was revised before the mail was sent."],
            GivenUp([.. sent, revised, new QuoteEvent.QuoteSent("Q-1", 2, new(2026, 4, 2), null, Now)], 2));
        foreach (QuoteEvent answer in new QuoteEvent[]
        {
            new QuoteEvent.QuoteAccepted(1, null, "Ann", [], 1, new(2026, 4, 2), Now),
            new QuoteEvent.QuoteDeclined(1, null, null, new(2026, 4, 2), Now),
        })
        {
            Assert.Equal(["The quote was answered before the mail was sent."], GivenUp([.. sent, answer], 2));
        }

        IReadOnlyList<MailEvent> Claim(QuoteEvent[] events, int day) => Events(Mail.Decide(
            mail, new ClaimMail(Id, Now),
            NoSubject with { Quote = Quote.Stream.Fold(events), Today = new LocalDate(2026, 3, 31).PlusDays(day) }));

        IEnumerable<string?> GivenUp(QuoteEvent[] events, int day) => Claim(events, day).Cast<MailFailed>().Select(failed => failed.Reason);
    }

    [Fact]
    public void A_reminder_of_tax_is_sent_until_its_due_date_and_given_up_after()
    {
        var due = new LocalDate(2026, 6, 15);
        var ask = Ask with
        {
            Kind = MailKind.TaxReminder,
            ClientId = null,
            InvoiceId = null,
            TaxInstalment = new MailedInstalment(2026, 2, due),
        };
        var mail = After([.. Events(Mail.Decide(MailState.None, ask))]);
        Assert.Empty(Events(Mail.Decide(mail, ask)));
        Assert.Equal(
            "id-taken", Refusal(Mail.Decide(mail, ask with { TaxInstalment = ask.TaxInstalment with { Quarter = 3 } })));
        Assert.Equal([new MailAttempted(1, Now)], Claim(due));
        var late = Assert.IsType<MailFailed>(Assert.Single(Claim(due.PlusDays(1))));
        Assert.Equal("The due date was past when the reminder was to be sent.", late.Reason);

        IReadOnlyList<MailEvent> Claim(LocalDate day) =>
            Events(Mail.Decide(mail, new ClaimMail(Id, Now), NoSubject with { Today = day }));
    }

    [Fact]
    public void A_mail_about_another_quote_or_credit_note_is_another_mail()
    {
        var ask = Ask with { Kind = MailKind.Quote, InvoiceId = null, Quote = new MailedQuote(Id, 1) };
        var asked = After([.. Events(Mail.Decide(MailState.None, ask))]);
        Assert.Equal(ask.Quote, asked.Asked!.Quote);
        Assert.Empty(Events(Mail.Decide(asked, ask)));
        Assert.Equal("id-taken", Refusal(Mail.Decide(asked, ask with { Quote = new MailedQuote(Id, 2) })));
        Assert.Equal("id-taken", Refusal(Mail.Decide(Waiting, Ask with { CreditNoteId = Id })));
    }

    [Fact]
    public void Only_what_was_sent_comes_back()
    {
        var sent = After(Asked, new MailAttempted(1, Now), new MailHandedOver("250", Now));

        Assert.Equal([new MailBounced("no box", Now)], Events(Mail.Decide(sent, new NoteBounce(Id, "no box", Now))));
        Assert.Equal("mail-not-sent", Refusal(Mail.Decide(Waiting, new NoteBounce(Id, "no box", Now))));
    }

    [Fact]
    public void A_report_of_failure_is_a_bounce_once_and_any_other_report_changes_nothing()
    {
        var bounced = Assert.Single(Events(Mail.Decide(Sent, Take(Failure))));

        Assert.Equal(new MailBounced("550 no such box", Now) { StatusCode = "5.1.1", Report = Failure.Fingerprint }, bounced);
        Assert.Equal(MailStatus.Bounced, Mail.Evolve(Sent, bounced).Status);
        Assert.Empty(Events(Mail.Decide(Mail.Evolve(Sent, bounced), Take(Failure with { Fingerprint = Other }))));
        foreach (var action in DeliveryAction.All.Where(action => action != DeliveryAction.Failed))
            Assert.Empty(Events(Mail.Decide(Sent, Take(Failure with { Action = action }))));
        Assert.Equal("mail-not-sent", Refusal(Mail.Decide(Waiting, Take(Failure))));
        Assert.Equal("mail-unknown", Refusal(Mail.Decide(MailState.None, Take(Failure))));
    }

    [Fact]
    public void A_report_says_nothing_of_a_mail_that_was_sent_again_after_it()
    {
        MailEvent[] again = [new MailAttempted(2, Now), new MailHandedOver("250", Now)];
        var bounced = After([.. SentEvents, .. Events(Mail.Decide(Sent, Take(Failure))), new MailResendAsked(null, Now), .. again]);
        Assert.Empty(Events(Mail.Decide(bounced, Take(Failure))));
        Assert.Single(Events(Mail.Decide(bounced, Take(Failure with { Fingerprint = Other }))));

        var elsewhere = After([.. SentEvents, new MailResendAsked("b@acme.example", Now), .. again]);
        Assert.Empty(Events(Mail.Decide(elsewhere, Take(Failure))));
        Assert.Single(Events(Mail.Decide(elsewhere, Take(Failure with { Addresses = ["B@acme.example", "a@acme.example"] }))));
        Assert.Single(Events(Mail.Decide(elsewhere, Take(Failure with { Addresses = ["c@forwarded.example"] }))));
        var back = After([.. SentEvents, new MailResendAsked("b@acme.example", Now), .. again, new MailResendAsked("a@acme.example", Now), .. again]);
        Assert.Single(Events(Mail.Decide(back, Take(Failure))));
    }

    [Fact]
    public void Nothing_is_done_with_a_mail_that_is_not_there()
    {
        Assert.Equal("mail-unknown", Refusal(Mail.Decide(MailState.None, new ClaimMail(Id, Now), NoSubject)));
        Assert.Equal("mail-unknown", Refusal(Mail.Decide(MailState.None, new ResendMail(Id, null, Now))));
        Assert.Equal("mail-unknown", Refusal(Mail.Decide(MailState.None, new ConfirmMail(Id, Now))));
        Assert.Equal("mail-unknown", Refusal(Mail.Decide(MailState.None, new NoteBounce(Id, "no", Now))));
    }

    private static TakeReport Take(DeliveryReport report) => new(Id, report, Now);

    private static MailState After(params MailEvent[] events) => Mail.Stream.Fold(events);

    private static bool Add(List<long> pauses, Duration pause)
    {
        pauses.Add((long)pause.TotalMinutes);
        return true;
    }

    private static IReadOnlyList<MailEvent> Events(Decision<MailEvent> decision) =>
        Assert.IsType<Decision<MailEvent>.Accepted>(decision).Events;

    private static string Refusal(Decision<MailEvent> decision) =>
        Assert.IsType<Decision<MailEvent>.Rejected>(decision).Rejection.Code;
}

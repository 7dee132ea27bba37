using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using NodaTime;
using static Billing.Domain.Invoicing.NumberingEvent;
using static Billing.Domain.Quotes.QuoteEvent;

namespace Billing.Domain.Quotes;

/// <summary>Sending: what the quote says is frozen with names and addresses, and takes a number of its own series the first
/// time, in one append.</summary>
public abstract record QuoteSending
{
    private static readonly string[] Prefixes = ["Q", "QU", "QUO"];

    private QuoteSending() { }

    /// <param name="Numbering">Null where the quote had its number from an earlier revision.</param>
    public sealed record Accepted(QuoteSent Sent, NumberGiven? Numbering) : QuoteSending;

    public sealed record AlreadyDone : QuoteSending;

    public sealed record Refused(Rejection Rejection) : QuoteSending;

    /// <summary>The number series, and so the numbering stream's id: Q and the year, unless invoices or credit notes are numbered
    /// so.</summary>
    public static string SeriesOf(LocalDate sentOn, BusinessState.Open practice)
    {
        string[] taken = [practice.Invoicing.NumberPrefix, practice.Invoicing.CreditNotes];
        return Numbering.Series(Prefixes.First(prefix => !taken.Contains(prefix)), sentOn.Year);
    }

    /// <summary>Refuses: <c>quote-unknown</c>, <c>quote-accepted</c>, <c>quote-declined</c>, <c>quote-expired</c>,
    /// <c>client-unknown</c>.</summary>
    /// <param name="numbering">The series of <see cref="SeriesOf"/> today.</param>
    public static QuoteSending Decide(
        QuoteState state, SendQuote command, ClientState client, BusinessState.Open practice, NumberingState numbering)
    {
        if (state.Drafted is not { } drafted) return new Refused(Quote.NoSuchQuote);
        var today = practice.DayOf(command.At);
        if (state.Accepted is not null) return new Refused(new Rejection("quote-accepted", "The quote was accepted, so that it stands."));
        if (state.Declined is not null)
            return new Refused(new Rejection("quote-declined", "The quote was declined. Revise it before you send it again."));
        if (state.IsSent) return new AlreadyDone();
        if (state.Content.ValidUntil < today)
            return new Refused(new Rejection("quote-expired", "The quote's last day is past. Revise it first."));
        if (client.Details is not { } details) return new Refused(Client.NoSuchClient);

        var number = state.Sent is null ? Numbering.Decide(numbering, new GiveNumber(SeriesOf(today, practice), drafted.QuoteId)) : null;
        var parties = new QuoteParties(
            new PartyTexts(practice.Name ?? "", practice.AddressLines, practice.Email, practice.TaxId),
            new PartyTexts(details.Name ?? "", details.AddressLines, details.Email, TaxId: null));
        return new Accepted(
            new QuoteSent(number?.Number ?? state.Sent!.Number, state.Revision, today, parties, command.At) { Look = practice.Look.Frozen },
            number);
    }
}

using System.Globalization;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Exchange;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Mailing;
using Billing.Domain.Quotes;
using Billing.Domain.Values;

namespace Billing.Api.Mailing;

/// <summary>How a quote goes out by mail.</summary>
/// <param name="MailId">Null for the id that the revision and the address give, so that one mail goes out for them.</param>
/// <param name="Recipient">Null for the client's address.</param>
/// <param name="IsWanted">Null where it is mailed if there is an address.</param>
/// <param name="Server">Where clients reach this server.</param>
public sealed record QuoteLetter(Guid? MailId, string? Recipient, bool? IsWanted, Uri Server)
{
    /// <summary>Puts the mail into the outbox, with a link of its own, in the append of whoever asks.</summary>
    public async ValueTask<Rejection?> Send(BookSession session, Guid quoteId)
    {
        if (IsWanted == false) return null;
        var quote = await session.Load(Quote.Stream, quoteId);
        var (sent, clientId) = (quote.Sent!, quote.Drafted!.ClientId);
        var client = await session.Load(Client.Stream, clientId);
        var head = new Letterhead(client.Details, await session.Practice(), sent.Parties?.Seller, sent.Parties?.Client);
        if ((Recipient ?? head.Address) is not { } recipient) return IsWanted is null ? null : SendingCommandHandlers.NoRecipient;

        var (id, at) = (MailId ?? IdOf(quoteId, sent.Revision), session.Context.Now);
        var mail = await session.Load(Mail.Stream, id);
        var link = NewLink.Make(NamedIds.Of(id, "link"), Server);
        var (address, share) = link.For(quoteId, at);
        var attachment = new MailAttachment(MailAttachmentKind.Quote, quoteId, null, null);
        var decision = Mail.Decide(mail, new AskMail(
            id, MailKind.Quote, head.Language, clientId, InvoiceId: null, PaymentId: null, StepDays: null, link.LinkId, recipient,
            Write(head, quote, sent, address), [attachment], at)
        {
            Quote = new MailedQuote(quoteId, sent.Revision),
        });
        if (session.Record(Mail.Stream, id, decision) is { } refusal) return refusal;
        return decision is Decision<MailEvent>.Accepted { Events.Count: 0 }
            ? null
            : session.Record(Quote.Stream, quoteId, Quote.Decide(quote, share));
    }

    private Guid IdOf(Guid quoteId, int revision) =>
        NamedIds.Of(quoteId, "mail", revision.ToString(CultureInfo.InvariantCulture), Recipient ?? "");

    private static MailTexts Write(Letterhead head, QuoteState quote, SentQuote sent, string address) => head.Write(
        "quote", address, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = sent.Name,
            ["title"] = sent.Content.Title ?? "",
            ["total"] = head.Wording.Amount(new Money(sent.Content.TotalMinor, quote.Currency)),
            ["until"] = head.Wording.Day(sent.Content.ValidUntil),
        });
}

using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Payments;
using Billing.Domain.Quotes;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Invoicing;

/// <param name="At">When it was written down.</param>
/// <param name="Place">In the book: what was written down at once is in this order.</param>
/// <param name="MailId">The mail that it is about; null for none.</param>
/// <param name="Subject">Of that mail.</param>
public sealed record ToldEvent(Instant At, long Place, object Event, Guid? MailId, string? Subject);

/// <summary>All events about one invoice, from its own stream and those of its payments, mails and quote.</summary>
/// <param name="Events">In the order of their times.</param>
/// <param name="PaymentIds">In the order in which they began.</param>
public sealed record InvoiceHistory(
    IReadOnlyList<ToldEvent> Events, IReadOnlyList<Guid> PaymentIds, IReadOnlyList<MailEvent.MailAsked> Mails, Guid? QuoteId)
{
    private const int PageEvents = 500;

    /// <param name="mailIds">Those about the invoice, as the read models have them.</param>
    public static async Task<InvoiceHistory> Read(
        IEventReader store, BookId book, Guid invoiceId, IEnumerable<Guid> mailIds, Guid? quoteId, CancellationToken cancellationToken)
    {
        var told = await Of(Invoice.Stream.Name(invoiceId), null);
        var payments = told.Select(one => PaymentOf(one.Event)).OfType<Guid>().Distinct().ToList();
        foreach (var payment in payments) told.AddRange(await Of(Payment.Stream.Name(payment), null));
        foreach (var mail in mailIds) told.AddRange(await Of(Mail.Stream.Name(mail), mail));
        if (quoteId is { } quote) told.AddRange(await Of(Quote.Stream.Name(quote), null));
        told = [.. told.OrderBy(one => one.At).ThenBy(one => one.Place)];
        return new InvoiceHistory(told, payments, [.. told.Select(one => one.Event).OfType<MailEvent.MailAsked>()], quoteId);

        async Task<List<ToldEvent>> Of(string stream, Guid? mailId)
        {
            var events = new List<ToldEvent>();
            string? subject = null;
            while (true)
            {
                var page = await store.ReadStream(book, stream, events.Count + 1, PageEvents, ReadDirection.Forwards, cancellationToken);
                foreach (var stored in page)
                {
                    var @event = EventCodec.Decode(stored);
                    if (@event is MailEvent.MailAsked asked) subject = asked.Texts?.Subject;
                    events.Add(new ToldEvent(stored.Metadata.RecordedAt, stored.Place, @event, mailId, subject));
                }
                if (page.Count < PageEvents) return events;
            }
        }
    }

    private static Guid? PaymentOf(object @event) => @event switch
    {
        InvoiceEvent.CheckoutAttempted e => e.PaymentId,
        InvoiceEvent.PaymentApplied e => e.PaymentId,
        InvoiceEvent.OverpaymentKept e => e.PaymentId,
        _ => null,
    };
}

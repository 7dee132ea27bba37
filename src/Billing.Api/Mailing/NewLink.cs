using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Quotes;

namespace Billing.Api.Mailing;

/// <summary>
/// A share link to be made where the invoice has none that is known. Of a link only the hash is kept; the address of one that
/// was mailed is known from that mail.
/// </summary>
/// <param name="Server">Where clients reach this server.</param>
public sealed record NewLink(Guid LinkId, string Secret, Uri Server)
{
    public static NewLink Make(Guid linkId, Uri server) => new(linkId, Secrets.NewLinkSecret(), server);

    /// <summary>The link to mail, and how it is made where it is new.</summary>
    public async ValueTask<(Guid LinkId, string Address, ShareInvoice? Share)> For(BookSession session, IssuedInvoice invoice)
    {
        if (invoice.LastMailId is { } last
            && (await session.Load(Mail.Stream, last)).Asked is { LinkId: { } known, Texts.Link: { } address }
            && invoice.Links.GetValueOrDefault(known) is { IsRevoked: false })
        {
            return (known, address, null);
        }
        var share = new ShareInvoice(invoice.Facts.InvoiceId, LinkId, Secrets.HashOf(Secret), session.Context.Now)
        {
            OpensAccount = true,
        };
        return (LinkId, new Uri(Server, $"/i/{Secret}").ToString(), share);
    }

    /// <summary>Of a quote each mail has a link of its own, by which it can be withdrawn.</summary>
    public (string Address, ShareQuote Share) For(Guid quoteId, NodaTime.Instant at) =>
        (new Uri(Server, $"/q/{Secret}").ToString(), new ShareQuote(quoteId, LinkId, Secrets.HashOf(Secret), at));
}

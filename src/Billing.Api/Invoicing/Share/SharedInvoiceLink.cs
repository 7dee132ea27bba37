using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.Invoicing;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Api.Invoicing.Share;

/// <summary>A link to an invoice that somebody bears, and the invoice that they ask for by it.</summary>
/// <param name="State">Of a finalised one of the link's client.</param>
/// <param name="Today">In the practice's zone.</param>
/// <param name="Root">The link itself, as a path.</param>
/// <param name="Path">Of the invoice, under the link.</param>
/// <param name="OpensAccount">Whether it opens the client's account too.</param>
/// <param name="IsOther">Whether it is another invoice than the link was made for.</param>
internal sealed record SharedInvoiceLink(
    Guid InvoiceId, Guid LinkId, InvoiceState State, LocalDate Today, BookSession Session, string Root, string Path,
    bool OpensAccount, bool IsOther)
{
    public Guid ClientId => State.Issued!.Facts.ClientId;

    /// <summary>Every finalised invoice of the client, the newest first, whether or not the link opens them.</summary>
    public IReadOnlyList<InvoiceView> Issued(HttpContext http) =>
        http.RequestServices.GetRequiredService<InvoiceQueries>().Issued(Session.Context.Book, ClientId);

    /// <summary>Null where the link opens its invoice alone.</summary>
    public string? AccountPath => OpensAccount ? $"{Root}/account" : null;

    /// <summary>Of another of the client's invoices.</summary>
    public string PathOf(string number) => $"{Root}/invoices/{Uri.EscapeDataString(number)}";

    /// <param name="other">The number of another invoice of the same client; null for the link's own.</param>
    /// <returns>Null where there is no such link, it was withdrawn, or it does not open that invoice.</returns>
    public static async ValueTask<SharedInvoiceLink?> Find(HttpContext http, string secret, string? other)
    {
        var queries = http.RequestServices.GetRequiredService<InvoiceQueries>();
        if (await SharedLink.Open(http, secret, queries.FindLink) is not ({ } grant, { } session)) return null;
        var state = await session.Load(Invoice.Stream, grant.DocumentId);
        if (state.Issued is not { } issued || issued.Links.GetValueOrDefault(grant.LinkId) is not { IsRevoked: false } link) return null;
        var root = $"/i/{secret}";
        var own = new SharedInvoiceLink(
            grant.DocumentId, grant.LinkId, state, await session.Today(), session, root, root, link.OpensAccount, IsOther: false);
        if (other is null) return own;
        if (!link.OpensAccount || queries.WithNumber(grant.Book, own.ClientId, other) is not { } id) return null;
        var found = await session.Load(Invoice.Stream, id);
        return found.Issued?.Facts.ClientId == own.ClientId
            ? own with { InvoiceId = id, State = found, Path = own.PathOf(other), IsOther = id != own.InvoiceId }
            : null;
    }
}

using Billing.Api.Commands;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Clients;
using Billing.Projections.Invoicing;
using Billing.Projections.Paging;
using Billing.Projections.Retainers;
using NodaTime;

namespace Billing.Api.Invoicing;

/// <summary>What a change of what work costs would touch, client by client; those that it does not touch are left out.</summary>
public sealed record RatePreviewView(IReadOnlyList<ClientImpact> Clients);

/// <param name="Unbilled">Work that would be priced anew by itself.</param>
/// <param name="Invoices">Finalised invoices that would have a proposal, or another than now.</param>
public sealed record ClientImpact(Guid ClientId, Impact Unbilled, IReadOnlyList<InvoiceImpact> Invoices);

/// <param name="Entries">How many entries would cost something else.</param>
/// <param name="Before">Null, like <paramref name="After"/>, where it cannot be computed, such as for want of a rate.</param>
public sealed record Impact(int Entries, Money? Before, Money? After);

/// <param name="Before">What the invoice would come to now, made from scratch.</param>
public sealed record InvoiceImpact(Guid InvoiceId, string Number, int Entries, Money Billed, Money? Before, Money? After);

/// <summary>Prices the work of clients by the books as they are and by the books with one more card, rule or mode, and
/// writes nothing.</summary>
public sealed class RatePreview(
    ClientQueries clients, InvoiceQueries invoices, RetainerQueries retainers, UnbilledWork unbilled)
{
    /// <param name="client">Null for all clients of the practice.</param>
    /// <param name="with">The books with the change.</param>
    public async ValueTask<RatePreviewView> Of(
        BookSession session, Guid? client, LocalDate through, Func<BillingSources, BillingSources> with)
    {
        var impacts = new List<ClientImpact>();
        foreach (var id in client is { } one ? [one] : AllClients(session.Context.Book))
            impacts.Add(await Of(session, id, through, with));
        return new RatePreviewView([.. impacts.Where(impact => impact.Unbilled.Entries > 0 || impact.Invoices.Count > 0)]);
    }

    private async ValueTask<ClientImpact> Of(
        BookSession session, Guid client, LocalDate through, Func<BillingSources, BillingSources> with)
    {
        var book = session.Context.Book;
        unbilled.TrySelect(book, client, through, null, null, out var selected, out _);
        var automatic = retainers.Automatic(book, client);
        var sources = await InvoiceSources.Load(session, client, selected.Time, [], automatic);
        var selection = new Selection(Guid.Empty, client, selected.Time, [], automatic);
        var open = new Impact(
            Touched(selection.Time, sources, with(sources)), Total(selection, sources), Total(selection, with(sources)));
        var touched = new List<InvoiceImpact>();
        foreach (var invoice in PagedList.All(page => invoices.Invoices(book, new InvoiceFilter(client, null), page)))
        {
            if (invoice.Kind != InvoiceKind.Work || invoice.Number is not { } number) continue;
            if (await Of(session, await session.Load(Invoice.Stream, invoice.InvoiceId), number, with) is { } impact) touched.Add(impact);
        }
        return new ClientImpact(client, open, touched);
    }

    private static async ValueTask<InvoiceImpact?> Of(
        BookSession session, InvoiceState invoice, string number, Func<BillingSources, BillingSources> with)
    {
        if (invoice is not InvoiceState.Finalized { Invoice: var issued }) return null;
        var facts = issued.Facts;
        var sources = await InvoiceSources.Load(session, issued);
        var entries = Touched(facts.Time, sources, with(sources));
        if (entries == 0) return null;
        return new InvoiceImpact(
            facts.InvoiceId, number, entries, new Money(facts.TotalMinor, issued.Currency),
            Now(Rebilling.Of(invoice, sources), issued), Now(Rebilling.Of(invoice, with(sources)), issued));
    }

    private static int Touched(IReadOnlyList<SelectedTime> time, BillingSources before, BillingSources after)
    {
        if (before.Client.Details is not { } client || after.Client.Details is not { } clientAfter) return 0;
        var (prices, pricesAfter) = (PricedWork.Of(before, client), PricedWork.Of(after, clientAfter));
        return time.SelectMany(selected => selected.EntryIds).Count(id => PriceOf(prices, id) != PriceOf(pricesAfter, id));
    }

    /// <summary>What of an entry's price a change can touch: its amount, the fee or cap that it falls under, and where time is not
    /// rounded entry by entry, how it is.</summary>
    private static (bool, Int128, BillingMode, RoundingPolicy?)? PriceOf(IReadOnlyDictionary<Guid, EntryPrice> prices, Guid entryId) =>
        prices.TryGetValue(entryId, out var price)
            ? (price.HasRate, price.Bill.Parts, price.Mode, price.Rounding.Scope == RoundingPolicy.PerEntry ? null : price.Rounding)
            : null;

    private static Money? Total(Selection selection, BillingSources sources)
    {
        var currency = sources.Client.Details?.Currency;
        if (currency is null) return null;
        if (selection.Time.Count == 0) return Money.Zero(currency);
        return InvoiceComputation.Compute(selection, sources) is InvoiceComputation.Computed computed
            ? new Money(computed.TotalMinor, currency)
            : null;
    }

    private static Money? Now(Rebilling rebilling, IssuedInvoice issued) => rebilling switch
    {
        Rebilling.Proposed { Proposal: var proposal } => new Money(proposal.NowMinor, issued.Currency),
        Rebilling.Unchanged => new Money(issued.Facts.TotalMinor, issued.Currency),
        _ => null,
    };

    private IEnumerable<Guid> AllClients(BookId book) =>
        PagedList.All(page => clients.Clients(book, page, withArchived: true)).Select(client => client.ClientId);
}

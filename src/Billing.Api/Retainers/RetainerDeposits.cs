using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Retainers;

/// <summary>Deposits that are drafted in one append with what calls for them, so that there is never one without the other.</summary>
internal static class RetainerDeposits
{
    public static async ValueTask<Rejection?> Buy(BookSession session, BuyHours wish)
    {
        var retainer = await session.Load(Retainer.Stream, wish.RetainerId);
        var decision = Retainer.Decide(retainer, wish);
        if (decision is Decision<RetainerEvent>.Accepted { Events: [RetainerEvent.RetainerHoursBought { InvoiceId: { } invoice } bought] }
            && await Draft(session, retainer, invoice, bought.PriceMinor, null, tax: null, wish.At) is { } refusal)
        {
            return refusal;
        }
        return session.Record(Retainer.Stream, wish.RetainerId, decision);
    }

    public static async ValueTask<Rejection?> TopUp(BookSession session, RequestTopUp wish)
    {
        // A request that is repeated finds its invoice.
        await session.Load(Invoice.Stream, wish.InvoiceId);
        var retainer = await session.Load(Retainer.Stream, wish.RetainerId);
        var before = retainer is RetainerState.Agreed { TopUps: [.., var last] }
            ? await session.Load(Invoice.Stream, last.InvoiceId)
            : Invoice.Stream.Initial;
        var decision = Retainer.Decide(retainer, wish, before);
        if (decision is Decision<RetainerEvent>.Accepted { Events: [RetainerEvent.RetainerTopUpRequested requested] }
            && await Draft(session, retainer, wish.InvoiceId, requested.AmountMinor, wish.Note, await TaxWithin(session), wish.At)
                is { } refusal)
        {
            return refusal;
        }
        return session.Record(Retainer.Stream, wish.RetainerId, decision);
    }

    /// <summary>What is missing of money is counted as invoices draw it, so with their tax.</summary>
    private static async ValueTask<DepositTax?> TaxWithin(BookSession session) =>
        (await session.Practice()).SalesTax is { TaxesDeposits: true } ? new DepositTax(null, null, IsIncluded: true) : null;

    private static async ValueTask<Rejection?> Draft(
        BookSession session, RetainerState state, Guid invoiceId, long amountMinor, string? note, DepositTax? tax, Instant at)
    {
        var agreed = (RetainerState.Agreed)state;
        var client = await session.Load(Client.Stream, agreed.ClientId);
        var invoice = await session.Load(Invoice.Stream, invoiceId);
        var wish = new DraftDeposit(
            invoiceId, agreed.ClientId, agreed.RetainerId, new Money(amountMinor, agreed.Currency), note, at)
        {
            Tax = tax,
        };
        return session.Record(Invoice.Stream, invoiceId, Drafting.Decide(invoice, wish, await session.Practice(), client, state));
    }
}

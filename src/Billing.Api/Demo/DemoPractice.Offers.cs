using Billing.Api.Quotes;
using Billing.Api.RecurringInvoices;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Quotes;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>A quote that became work, one that waits, and an invoice that recurs.</content>
public sealed partial class DemoPractice
{
    private async Task Offer(IReadOnlyList<DemoClient> clients)
    {
        var quote = await SendQuote(clients[2], "Precedent library", new LocalDate(2026, 9, 7), new LocalDate(2026, 9, 21));
        await Send(At(new LocalDate(2026, 9, 9), 15), c => new ChangeQuoteCommand(
            c, quote, (state, today) => Quote.Decide(state, new AcceptQuote(quote, null, null, "J. Calder", [2], c.Now), today)));
        await Send(At(new LocalDate(2026, 9, 9), 16), c => new TurnQuoteCommand(
            c, quote, new QuotedWork(_newId(), _newId(), _newId(), null, BillingMode.FixedFee, null, null, null),
            Deposit: null, InvoiceId: null));
        await SendQuote(clients[1], "Listing photos, winter", LastDay, LastDay.PlusDays(60));
    }

    private async Task<Guid> SendQuote(DemoClient client, string title, LocalDate day, LocalDate validUntil)
    {
        var quote = _newId();
        await Send(At(day, 10), c => new DraftQuoteCommand(c, new DraftQuote(
            quote, client.ClientId, title,
            [
                new QuoteLineWish("Set up and first hundred items", QuoteQuantity.One, new Money(640_00, Currency.Usd), IsOptional: false),
                new QuoteLineWish("A day of training", QuoteQuantity.One / 2, new Money(380_00, Currency.Usd), IsOptional: true),
            ],
            validUntil, "Work begins within a week of your answer.", c.Now)));
        await Send(At(day, 11), c => new SendQuoteCommand(c, new SendQuote(quote, c.Now)));
        return quote;
    }

    /// <summary>The mailing tool is charged on ahead of each month, for half a year.</summary>
    private async Task Repeat(DemoClient client)
    {
        var recurring = _newId();
        await Send(At(FirstDay, 8), c => new SetRecurringInvoiceCommand(c, new SetRecurringInvoice(
            recurring, client.ClientId, null, "Mailing tool", new BillingCycle(BillingCycle.Monthly, 1, [1], [], null), FirstDay,
            LastDay: LastDay, Count: null, InAdvance: true, BillsTime: false, BillsExpenses: false, FeeRetainerId: null,
            [new FeeWish("Mailing tool, {month} {year}", new Money(24_00, Currency.Usd), null)], null, RecurringMode.Finalize, IsNew: true,
            c.Now)));
        for (var month = FirstDay; month < LastDay; month = month.PlusMonths(1))
        {
            await Send(At(month, 9), c => new RunPeriodCommand(c, recurring, month, new SweptWork([], []), [], address));
            await Receive(RunPeriodCommandHandler.InvoiceId(recurring, month), 24_00, month.PlusDays(8), PaymentMethods.Transfer);
        }
    }
}

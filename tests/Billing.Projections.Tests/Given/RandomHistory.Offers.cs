using Billing.Domain.Invoicing;
using Billing.Domain.Quotes;
using Billing.Domain.RecurringInvoices;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>Quotes and recurring invoices.</summary>
internal sealed partial class RandomHistory
{
    /// <summary>A chance of its own, so that the rest of a history stays as it is.</summary>
    private readonly Random offering;

    private void Offer(Guid client)
    {
        var quote = New(17);
        var stream = $"quote-{quote:D}";
        QuoteLine[] lines = [new(1, 1_000, offering.Next(90_000), offering.Next(90_000), false), new(2, 500, 100, 50, true)];
        Add(stream, new QuoteEvent.QuoteDrafted(quote, client, "USD", "Website", lines, ["Pages", "Photos"], Offered(), null, Now));
        if (offering.Next(3) == 0) Add(stream, new QuoteEvent.QuoteRevised("Site", lines[..1], ["Pages"], Offered(), "Note", Now));
        if (offering.Next(6) == 0) return;
        Add(stream, new QuoteEvent.QuoteSent($"Q-2026-{events.Count}", 1, FirstDay, null, Now));
        WriteOf(quote, client);
        var link = New(18);
        Add(stream, new QuoteEvent.QuoteShared(link, Convert.ToHexStringLower(link.ToByteArray()), Now));
        if (offering.Next(3) == 0) Add(stream, new QuoteEvent.QuoteShareRevoked(link, Now));
        switch (offering.Next(3))
        {
            case 0:
                Add(stream, new QuoteEvent.QuoteDeclined(1, link, "Dear", FirstDay, Now));
                break;
            case 1:
                Add(stream, new QuoteEvent.QuoteAccepted(1, link, "Ann", [2], offering.Next(90_000), FirstDay, Now));
                Add(stream, new QuoteEvent.QuoteTurned(New(19), null, null, Now));
                break;
        }
    }

    private void Repeat(Guid client)
    {
        var recurring = New(20);
        var stream = $"recurring-invoice-{recurring:D}";
        var (first, cycle) = (Offered(), new BillingCycle(BillingCycle.Monthly, 1, [offering.Next(1, 32)], [], FirstDay));
        Add(stream, new RecurringInvoiceEvent.RecurringInvoiceSet(
            recurring, client, null, "Monthly", cycle, first, null, offering.Next(2) == 0 ? null : 12, offering.Next(2) == 0, true, true, null,
            "USD", [new AgreedFee(offering.Next(1, 9_000), null)], ["Care {month}"], null, "draft", Now));
        var plan = new PeriodPlan(cycle, null, null, InAdvance: false);
        foreach (var period in plan.Since(1, first).Take(offering.Next(4)))
        {
            Add(stream, offering.Next(2) == 0
                ? new RecurringInvoiceEvent.PeriodInvoiced(period.From, period.EndExclusive, New(21), null, Now)
                : new RecurringInvoiceEvent.PeriodSkipped(period.From, period.EndExclusive, "empty", Now));
        }
        if (offering.Next(2) == 0) Add(stream, new RecurringInvoiceEvent.RecurringInvoicePaused(Now));
        if (offering.Next(3) == 0) Add(stream, new RecurringInvoiceEvent.RecurringInvoiceResumed(Now));
        if (offering.Next(4) == 0) Add(stream, new RecurringInvoiceEvent.RecurringInvoiceEnded(Now));
    }

    private LocalDate Offered() => FirstDay.PlusDays(offering.Next(200));
}

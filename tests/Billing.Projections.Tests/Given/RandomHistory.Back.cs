using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>Refunds and disputes of online payments.</summary>
internal sealed partial class RandomHistory
{
    /// <summary>Chance of its own, so that the rest of a history stays what it was.</summary>
    private readonly Random back = new(11);

    private int timesBack;

    private void PayOut(Guid payment, LocalDate day)
    {
        var payout = New(18);
        Add($"payout-{payout:D}", new PayoutEvent.PayoutArrived(
            payout, $"po_{payout:N}", 100, "USD", day, [new PayoutPart("txn_1", "charge", payment, 97)], 3, Now));
        if (back.Next(2) == 0) Add($"payout-{payout:D}", new PayoutEvent.PayoutFailed("account_closed", day, Now));
    }

    private void GoBack(Guid payment, Guid invoice, long amount, long applied, LocalDate day)
    {
        var (stream, invoiceStream, over) = ($"payment-{payment:D}", $"invoice-{invoice:D}", amount - applied);
        if (timesBack % 2 == 0) PayOut(payment, day);
        switch (timesBack++ % 4)
        {
            case 3:
                var refund = New(16);
                Add(stream, new PaymentEvent.RefundAttempted(refund, amount, null, "Agreed", Now));
                Add(stream, new PaymentEvent.RefundRefused(refund, "No balance", Now));
                break;
            case 1:
                var part = back.NextInt64(1, amount + 1);
                var (reopened, credit) = (Math.Max(0, part - over), Math.Min(part, over));
                Add(stream, new PaymentEvent.RefundMade($"re_{payment:N}", null, part, reopened, credit, null, day, Now));
                Add(invoiceStream, new InvoiceEvent.PaymentTakenBack(payment, New(17), reopened, credit, day));
                if (back.Next(2) == 0) break;
                Add(stream, new PaymentEvent.RefundFailed($"re_{payment:N}", null, "declined", reopened, credit, day, Now));
                Add(invoiceStream, new InvoiceEvent.PaymentGivenAgain(payment, New(17), reopened, credit, day));
                break;
            case 0:
                var dispute = $"du_{payment:N}";
                Add(stream, new PaymentEvent.DisputeOpened(dispute, amount, "fraudulent", day, Now, Now));
                Add(stream, new PaymentEvent.DisputeFundsWithdrawn(dispute, amount, applied, over, day, Now));
                Add(invoiceStream, new InvoiceEvent.PaymentTakenBack(payment, New(17), applied, over, day));
                if (back.Next(2) == 0)
                {
                    Add(stream, new PaymentEvent.DisputeClosed(dispute, DisputeOutcome.Lost, Now));
                    break;
                }
                Add(stream, new PaymentEvent.DisputeFundsReinstated(dispute, amount, applied, over, day, Now));
                Add(invoiceStream, new InvoiceEvent.PaymentGivenAgain(payment, New(17), applied, over, day));
                Add(stream, new PaymentEvent.DisputeClosed(dispute, DisputeOutcome.Won, Now));
                break;
        }
    }

    /// <summary>A credit note that was settled through the processor, whose refund failed.</summary>
    private void Return(Guid invoice, Guid creditNote, Guid refund) =>
        Add($"invoice-{invoice:D}", new InvoiceEvent.RefundReturned(creditNote, refund, New(17), Practice.Now.InUtc().Date));

    /// <summary>What a deposit had put in goes back.</summary>
    private void TakeFundingBack(string stream, List<(Guid Lot, long Left)> lots)
    {
        if (lots.Count == 0) return;
        Add(stream, new RetainerEvent.RetainerFundingTakenBack(New(17), [new LotDraw(lots[0].Lot, 1)], FirstDay));
    }
}

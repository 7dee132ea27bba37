using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>Refunds and disputes of online payments.</summary>
internal sealed partial class RandomHistory
{
    /// <summary>Chance of its own, so that the rest of a history stays what it was.</summary>
    private readonly Random back = new(11);

    private int timesBack;

    /// <summary>One that stays and one that fails.</summary>
    private void PayOut(Guid payment, LocalDate day)
    {
        foreach (var fails in (bool[])[false, true])
        {
            var payout = New(27);
            Add($"payout-{payout:D}", new PayoutEvent.PayoutArrived(
                payout, $"po_{payout:N}", 100, "USD", day, [new PayoutPart("txn_1", "charge", payment, 97)], 3, Now));
            if (fails) Add($"payout-{payout:D}", new PayoutEvent.PayoutFailed("account_closed", day, Now));
        }
    }

    /// <summary>What is handed on to the tax office: one that is corrected, and one that was none.</summary>
    private void HandOn(LocalDate day)
    {
        foreach (var wasPaid in (bool[])[true, false])
        {
            var payment = New(28);
            var stream = $"salestaxpayment-{payment:D}";
            Add(stream, new SalesTaxPaymentEvent.SalesTaxPaymentRecorded(payment, -100, "USD", day, "2026-Q1", Words, Now));
            Add(stream, wasPaid
                ? new SalesTaxPaymentEvent.SalesTaxPaymentCorrected(190, day, "2026-02", null, Now)
                : new SalesTaxPaymentEvent.SalesTaxPaymentRemoved("Slip", Now));
        }
    }

    /// <summary>A refund that Stripe refuses, one that fails, and a dispute that is won and lost in turn.</summary>
    private void GoBack(Guid payment, Guid invoice, long amount, long applied, LocalDate day)
    {
        var (stream, invoiceStream, over) = ($"payment-{payment:D}", $"invoice-{invoice:D}", amount - applied);
        PayOut(payment, day);
        HandOn(day);
        var refused = New(25);
        Add(stream, new PaymentEvent.RefundAttempted(refused, amount, null, "Agreed", Now));
        Add(stream, new PaymentEvent.RefundRefused(refused, "No balance", Now));

        var part = back.NextInt64(1, amount + 1);
        var (reopened, credit) = (Math.Max(0, part - over), Math.Min(part, over));
        Add(stream, new PaymentEvent.RefundMade($"re_{payment:N}", null, part, reopened, credit, null, day, Now));
        Add(invoiceStream, new InvoiceEvent.PaymentTakenBack(payment, New(26), reopened, credit, day));
        Add(stream, new PaymentEvent.RefundFailed($"re_{payment:N}", null, "declined", reopened, credit, day, Now));
        Add(invoiceStream, new InvoiceEvent.PaymentGivenAgain(payment, New(26), reopened, credit, day));

        var (dispute, isWon) = ($"du_{payment:N}", timesBack++ % 2 == 0);
        Add(stream, new PaymentEvent.DisputeOpened(dispute, amount, "fraudulent", day, Now, Now));
        Add(stream, new PaymentEvent.DisputeFundsWithdrawn(dispute, amount, applied, over, day, Now));
        Add(invoiceStream, new InvoiceEvent.PaymentTakenBack(payment, New(26), applied, over, day));
        if (isWon)
        {
            Add(stream, new PaymentEvent.DisputeFundsReinstated(dispute, amount, applied, over, day, Now));
            Add(invoiceStream, new InvoiceEvent.PaymentGivenAgain(payment, New(26), applied, over, day));
        }
        Add(stream, new PaymentEvent.DisputeClosed(dispute, isWon ? DisputeOutcome.Won : DisputeOutcome.Lost, Now));
    }

    /// <summary>A credit note that was settled through the processor, whose refund failed.</summary>
    private void Return(Guid invoice, Guid creditNote, Guid refund) =>
        Add($"invoice-{invoice:D}", new InvoiceEvent.RefundReturned(creditNote, refund, New(26), Practice.Now.InUtc().Date));

    /// <summary>What a deposit had put in goes back.</summary>
    private void TakeFundingBack(string stream, List<(Guid Lot, long Left)> lots)
    {
        if (lots.Count == 0) return;
        Add(stream, new RetainerEvent.RetainerFundingTakenBack(New(26), [new LotDraw(lots[0].Lot, 1)], FirstDay));
    }
}

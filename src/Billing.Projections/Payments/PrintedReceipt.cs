using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Projections.Payments;

/// <summary>
/// The receipt for a payment, made of the facts of the payment and of its invoice: the same bytes each time, until money goes back.
/// </summary>
public static class PrintedReceipt
{
    /// <param name="invoice">The payment's.</param>
    /// <returns>Null where no money has come by the payment.</returns>
    public static ReceiptModel? Of(PaymentState payment, IssuedInvoice invoice)
    {
        if (Received(payment) is not { } received) return null;
        var (facts, currency) = (invoice.Facts, invoice.Currency);
        var language = DocumentLanguage.Of(facts.Language);
        return new ReceiptModel
        {
            Language = language,
            Style = PrintedInvoice.StyleOf(facts),
            Seller = PrintedInvoice.PartyOf(facts.Texts?.Seller),
            Client = PrintedInvoice.PartyOf(facts.Texts?.Client),
            InvoiceNumber = facts.Number,
            InvoiceIssuedOn = facts.IssuedOn,
            ReceivedOn = received.On,
            Method = language.WordOr($"method-{received.Method}", "method-other"),
            Reference = received.Reference,
            Amount = new Money(received.AppliedMinor + received.CreditMinor, currency),
            Applied = new Money(received.AppliedMinor, currency),
            Credit = new Money(received.CreditMinor, currency),
            LeftOpen = new Money(OpenAfter(invoice, received.PaymentId), currency),
            Movements = payment is PaymentState.Online online ? Movements(online.Back, language, currency) : [],
        };
    }

    private static ReceivedPayment? Received(PaymentState payment) => payment switch
    {
        PaymentState.ByHand { Facts: var e } =>
            new(e.PaymentId, e.Method, e.ReceivedOn, e.AppliedMinor, e.CreditMinor, e.Reference),
        PaymentState.Online { Stage: PaymentStage.Succeeded paid } online =>
            new(online.PaymentId, "online", paid.ReceivedOn, paid.AppliedMinor, paid.CreditMinor, Reference: null),
        _ => null,
    };

    /// <summary>What was due, less everything that reduced it up to this payment, in the order in which it came.</summary>
    private static long OpenAfter(IssuedInvoice invoice, Guid paymentId)
    {
        var open = invoice.Facts.TotalMinor - invoice.Facts.RetainerAppliedMinor;
        foreach (var source in invoice.History)
        {
            open -= source.Kind == CashSource.CreditNoteKind
                ? invoice.CreditNotes[source.Id].Facts.ReducedMinor
                : CashHistory.Applied(invoice, source).Minor;
            if (source == CashSource.Payment(paymentId)) return open;
        }
        // What came when nothing was open is all credit, and stands in no history of old books.
        return 0;
    }

    private static List<ReceiptMovementModel> Movements(MoneyBack back, DocumentLanguage language, Currency currency)
    {
        var movements = new List<ReceiptMovementModel>();
        foreach (var refund in back.Refunds.Values)
        {
            Add("receipt-refund", refund.Made, -1);
            Add("receipt-refund-back", refund.Failed, 1);
        }
        foreach (var dispute in back.Disputes.Values)
        {
            Add("receipt-disputed", dispute.Withdrawn, -1);
            Add("receipt-reinstated", dispute.Reinstated, 1);
        }
        return [.. movements.OrderBy(movement => movement.On)];

        void Add(string word, MoneyMoved? moved, int sign)
        {
            if (moved is null) return;
            movements.Add(new ReceiptMovementModel(moved.On, language.Word(word), new Money(sign * moved.AmountMinor, currency)));
        }
    }

    private sealed record ReceivedPayment(
        Guid PaymentId, string Method, LocalDate On, long AppliedMinor, long CreditMinor, string? Reference);
}

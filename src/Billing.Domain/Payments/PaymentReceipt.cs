using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Payments.PaymentEvent;

namespace Billing.Domain.Payments;

/// <summary>
/// Money came. One append tells the payment, puts as much onto the invoice as is open, keeps the rest as the client's
/// credit, and funds the retainer where the invoice asked for a deposit.
/// </summary>
public static class PaymentReceipt
{
    public const int MaxReferenceLength = 200;

    /// <summary>What Stripe says was paid. It counts also after the session expired or failed, and once however often
    /// told.</summary>
    /// <returns>Refuses: <c>payment-unknown</c>, <c>payment-differs</c> where amount, currency or payment intent are
    /// not those of the attempt.</returns>
    /// <param name="retainer">The retainer that a deposit funds; null for other invoices.</param>
    public static PaymentDecision Receive(
        PaymentState payment, InvoiceState invoice, RetainerState? retainer, SucceedPayment command)
    {
        if (payment is not PaymentState.Online online) return Payment.Unknown(command.PaymentId);
        if (!StripeAmounts.TryFromStripe(command.StripeAmount, command.StripeCurrency, out var paid)
            || paid != online.Amount)
        {
            return new Rejection("payment-differs",
                $"Stripe tells of {command.StripeAmount} {command.StripeCurrency}, but {online.Amount} was asked for.");
        }
        if (online.Stage is PaymentStage.Succeeded before)
        {
            return before.PaymentIntentId == command.PaymentIntentId
                ? PaymentDecision.AlreadyDone
                : new Rejection("payment-differs", $"The payment succeeded already, as {before.PaymentIntentId}.");
        }
        var applied = Math.Min(online.Amount.Minor, IssuedAs(invoice, online.InvoiceId).OpenMinor);
        return Accept(
            new PaymentSucceeded(
                command.PaymentIntentId, online.Amount.Minor, online.Amount.Currency.Code, applied,
                online.Amount.Minor - applied, command.ReceivedOn, command.At),
            invoice, retainer, new ApplyPayment(online.InvoiceId, online.PaymentId, applied, command.ReceivedOn),
            online.Amount.Minor - applied, command.At);
    }

    /// <summary>Money that came another way, also onto an invoice that is paid or voided: then all of it is
    /// credit.</summary>
    /// <returns>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>id-taken</c>,
    /// <c>amount-not-positive</c>, <c>payment-method-unknown</c>, <c>received-on-implausible</c>, and what
    /// <see cref="Wording.RefuseLine"/> refuses.</returns>
    /// <param name="retainer">The retainer that a deposit funds; null for other invoices.</param>
    public static PaymentDecision Receive(
        PaymentState payment, InvoiceState invoice, RetainerState? retainer, RecordPayment command)
    {
        if (payment is not PaymentState.NotStarted)
        {
            return payment is PaymentState.ByHand known && IsSame(known.Facts, command)
                ? PaymentDecision.AlreadyDone
                : new Rejection("id-taken", "Another payment has this id. Choose a new one.");
        }
        if (invoice is not InvoiceState.Voided && Invoice.NotPayable(invoice, command.InvoiceId) is { } refusal)
            return refusal;
        var facts = IssuedAs(invoice, command.InvoiceId).Issued!.Facts;
        if (invoice.Issued!.History.Exists(source => source.Id == command.PaymentId))
            return new Rejection("id-taken", "A credit note of this invoice has this id. Choose a new one.");
        if (command.Amount.Currency.Code != facts.Currency)
        {
            return Invalid("currency-mismatch",
                $"The invoice is in {facts.Currency}. Record what came in that currency.", "/amount/currency");
        }
        if (Implausible(command, facts.IssuedOn) is { } implausible) return implausible;

        var applied = Math.Min(command.Amount.Minor, invoice.OpenMinor);
        return Accept(
            new PaymentRecorded(
                command.PaymentId, facts.InvoiceId, facts.ClientId, command.Amount.Minor, facts.Currency, applied,
                command.Amount.Minor - applied, command.Method, command.ReceivedOn, command.Reference, command.At),
            invoice, retainer, new ApplyPayment(command.InvoiceId, command.PaymentId, applied, command.ReceivedOn),
            command.Amount.Minor - applied, command.At);
    }

    private static PaymentDecision.Accepted Accept(
        PaymentEvent payment, InvoiceState invoice, RetainerState? retainer, ApplyPayment apply, long creditMinor, Instant at)
    {
        var closed = Invoice.Decide(invoice, new CloseCheckout(apply.InvoiceId, apply.PaymentId, at)).Certain();
        var kept = creditMinor == 0
            ? []
            : Invoice.Decide(invoice, new KeepOverpayment(apply.InvoiceId, apply.PaymentId, creditMinor)).Certain();
        if (apply.AmountMinor == 0) return new PaymentDecision.Accepted([payment], [.. kept, .. closed], []);
        var applied = Invoice.Decide(invoice, apply).Certain();
        return new PaymentDecision.Accepted(
            [payment], [.. applied, .. kept, .. closed], Fund(applied.Aggregate(invoice, Invoice.Evolve), retainer, apply));
    }

    /// <param name="invoice">With the payment on it already.</param>
    private static IReadOnlyList<RetainerEvent> Fund(InvoiceState invoice, RetainerState? retainer, ApplyPayment apply)
    {
        var facts = invoice.Issued!.Facts;
        if (facts.Kind != InvoiceKind.Deposit) return [];
        if (retainer is not RetainerState.Agreed agreed || agreed.RetainerId != facts.RetainerId)
            throw new ArgumentException("A deposit funds the retainer that it names.", nameof(retainer));
        return Retainer.Decide(retainer, new FundRetainer(
            agreed.RetainerId, apply.InvoiceId, apply.PaymentId, apply.AmountMinor, apply.ReceivedOn)
        {
            Tax = DepositReceipt.TaxOf(invoice.Issued!, CashSource.Payment(apply.PaymentId)),
        }).Certain();
    }

    private static InvoiceState IssuedAs(InvoiceState invoice, Guid invoiceId) =>
        invoice.Issued?.Facts.InvoiceId == invoiceId
            ? invoice
            : throw new ArgumentException("This is not the payment's invoice.", nameof(invoice));

    private static bool IsSame(PaymentRecorded known, RecordPayment command) =>
        known.InvoiceId == command.InvoiceId && new Money(known.AmountMinor, Currency.Of(known.Currency)) == command.Amount
        && known.Method == command.Method && known.ReceivedOn == command.ReceivedOn;

    private static Rejection? Implausible(RecordPayment command, LocalDate issuedOn)
    {
        if (!command.Amount.IsPositive)
            return Invalid("amount-not-positive", "The amount must be more than zero.", "/amount");
        if (!PaymentMethods.All.Contains(command.Method))
        {
            return Invalid("payment-method-unknown",
                $"The method is one of {string.Join(", ", PaymentMethods.All)}.", "/method");
        }
        if (Wording.RefuseLine(command.Reference, MaxReferenceLength, "/reference") is { } unfit) return unfit;
        // Somewhere on earth it is a day later than in UTC. A year back leaves room for invoices written after the money.
        return command.ReceivedOn > command.At.InUtc().Date.PlusDays(1) || command.ReceivedOn < issuedOn.PlusYears(-1)
            ? Invalid("received-on-implausible",
                "The day of receipt lies in the future, or more than a year before the invoice.", "/receivedOn")
            : null;
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}

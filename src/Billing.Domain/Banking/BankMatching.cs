using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using static Billing.Domain.Banking.BankLineEvent;

namespace Billing.Domain.Banking;

/// <summary>An incoming amount becomes payments, in one append with them.</summary>
public static class BankMatching
{
    /// <summary>
    /// Shares the amount out: each invoice gets its open balance, the last one what is left; what that exceeds its balance is
    /// the client's credit, as with any payment.
    /// </summary>
    /// <param name="invoices">Those that the command names, in its order.</param>
    /// <param name="paymentIds">For each of them the id of its payment.</param>
    /// <returns>
    /// What to record for each. Refuses: <c>bank-line-unknown</c>, <c>match-empty</c>, <c>match-repeated</c>,
    /// <c>currency-mismatch</c>, <c>bank-line-too-small</c>. A match that is there already records nothing.
    /// </returns>
    public static SharedOut ShareOut(
        BankLineState line, IReadOnlyList<InvoiceState> invoices, IReadOnlyList<Guid> paymentIds, ConfirmMatch command)
    {
        if (line is BankLineState.Imported { IsMatched: true } matched && matched.PaymentIds.SequenceEqual(paymentIds))
            return new SharedOut.Amounts([], []);
        if (BankLine.RefuseUnlessOpen(line, command.LineId) is { } refusal) return refusal;
        if (RefuseNames(command.InvoiceIds, "/invoiceIds") is { } unnamed) return unnamed;
        var facts = ((BankLineState.Imported)line).Facts;
        var left = facts.AmountMinor;
        var payments = new List<RecordPayment>(invoices.Count);
        for (var i = 0; i < invoices.Count; i++)
        {
            var isLast = i == invoices.Count - 1;
            var part = isLast ? left : Math.Min(left, invoices[i].OpenMinor);
            if (part <= 0) return TooSmall(i);
            left -= part;
            payments.Add(new RecordPayment(
                paymentIds[i], command.InvoiceIds[i], new Money(part, Currency.Of(facts.Currency)), PaymentMethods.Transfer,
                facts.BookedOn, ReferenceOf(facts), command.At));
        }
        return new SharedOut.Amounts(payments, [new BankLineMatched([.. paymentIds], command.At)]);
    }

    /// <summary>
    /// Refuses: <c>bank-line-unknown</c>, <c>bank-line-matched</c>, <c>match-empty</c>, <c>match-repeated</c>,
    /// <c>payment-unknown</c>, <c>bank-line-differs</c> where the payments do not come to the amount.
    /// </summary>
    /// <param name="payments">Those that the command names, in its order.</param>
    public static Decision<BankLineEvent> Decide(BankLineState line, IReadOnlyList<PaymentState> payments, LinkPayments command)
    {
        if (line is BankLineState.Imported { IsMatched: true } matched && matched.PaymentIds.SequenceEqual(command.PaymentIds))
            return Decision<BankLineEvent>.AlreadyDone;
        if (BankLine.RefuseUnlessOpen(line, command.LineId) is { } refusal) return refusal;
        if (RefuseNames(command.PaymentIds, "/paymentIds") is { } unnamed) return unnamed;
        var facts = ((BankLineState.Imported)line).Facts;
        var amount = new Money(facts.AmountMinor, Currency.Of(facts.Currency));
        var sum = Money.Zero(amount.Currency);
        for (var i = 0; i < payments.Count; i++)
        {
            if (AmountOf(payments[i]) is not { } paid)
            {
                return new Rejection(
                    "payment-unknown", $"There is no payment {command.PaymentIds[i]:D} by which money came.",
                    FormattableString.Invariant($"/paymentIds/{i}"), RejectionKind.NotFound);
            }
            if (paid.Currency != amount.Currency) return Differs($"{paid}", amount);
            sum += paid;
        }
        return sum == amount ? new BankLineMatched([.. command.PaymentIds], command.At) : Differs($"{sum}", amount);
    }

    private static Money? AmountOf(PaymentState payment) => payment switch
    {
        PaymentState.ByHand { Facts: var facts } => new Money(facts.AmountMinor, Currency.Of(facts.Currency)),
        PaymentState.Online { Stage: PaymentStage.Succeeded } online => online.Amount,
        _ => null,
    };

    private static string? ReferenceOf(BankLineImported facts)
    {
        var line = (facts.Text ?? facts.Payer ?? facts.BankReference)?.ReplaceLineEndings(" ").Trim();
        if (line is null || line.Length <= PaymentReceipt.MaxReferenceLength) return line;
        var end = PaymentReceipt.MaxReferenceLength - 1;
        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[end - 1]) ? end - 1 : end), "…");
    }

    private static Rejection? RefuseNames(IReadOnlyList<Guid> ids, string field)
    {
        if (ids.Count == 0)
            return new Rejection("match-empty", "Name what the amount pays.", field, RejectionKind.Invalid);
        return ids.Distinct().Count() == ids.Count
            ? null
            : new Rejection("match-repeated", "Name each only once.", field, RejectionKind.Invalid);
    }

    private static Rejection TooSmall(int index) => new(
        "bank-line-too-small", "Nothing is left of the amount for this one, or nothing is open on it. Leave it out.",
        FormattableString.Invariant($"/invoiceIds/{index}"));

    private static Rejection Differs(string paid, Money amount) =>
        new("bank-line-differs", $"These payments come to {paid}, and the bank tells of {amount}.", "/paymentIds");
}

/// <summary>What an incoming amount is shared out into, or a refusal.</summary>
public abstract record SharedOut
{
    private SharedOut() { }

    /// <param name="Payments">Each decided by <see cref="PaymentReceipt"/> next; a refusal of one refuses all.</param>
    /// <param name="Line">Both lists are empty where it was done before.</param>
    public sealed record Amounts(IReadOnlyList<RecordPayment> Payments, IReadOnlyList<BankLineEvent> Line) : SharedOut;

    public sealed record Refused(Rejection Rejection) : SharedOut;

    public static implicit operator SharedOut(Rejection rejection) => new Refused(rejection);
}

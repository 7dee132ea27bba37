using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.SalesTax;

/// <summary>Sales tax that was handed on to the tax office, or came back from it.</summary>
/// <param name="Amount">More than zero.</param>
/// <param name="IsRefund">Whether the office paid it.</param>
/// <param name="Period">The month, quarter or year that it is for.</param>
/// <param name="Version">Of the payment's stream.</param>
public sealed record SalesTaxPaymentView(
    Guid PaymentId, Money Amount, bool IsRefund, LocalDate PaidOn, string Period, string? Reference, long Version)
{
    public Money Signed() => IsRefund ? -Amount : Amount;
}

public sealed class SalesTaxPaymentQueries(ReadDatabase database)
{
    /// <summary>Those that stand, in the order of their days.</summary>
    public IReadOnlyList<SalesTaxPaymentView> Payments(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT payment_id, amount_minor, currency, paid_on, period, reference, version FROM sales_tax_payments
        WHERE book = ?1 ORDER BY paid_on, payment_id
        """,
        Read, key));

    private static SalesTaxPaymentView Read(Statement row)
    {
        var (paymentId, amount) = (row.Id(), row.Money());
        return new SalesTaxPaymentView(
            paymentId, amount.IsNegative ? -amount : amount, amount.IsNegative, row.Date(), row.Text(), row.OptionalText(), row.Long());
    }
}

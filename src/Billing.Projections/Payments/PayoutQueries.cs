using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Payments;

/// <param name="Amount">What of it is this practice's.</param>
/// <param name="Unexplained">What of the amount no payment, refund or dispute here accounts for; nothing as a rule.</param>
/// <param name="Transactions">How many of them it consists of.</param>
/// <param name="FailedOn">When the bank sent it back; null where it did not.</param>
public sealed record PayoutView(
    Guid PayoutId, string StripePayoutId, Money Amount, Money Unexplained, LocalDate ArrivedOn, int Transactions, LocalDate? FailedOn,
    string? Failure);

public sealed class PayoutQueries(ReadDatabase database)
{
    /// <summary>The newest first.</summary>
    public IReadOnlyList<PayoutView> Payouts(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT payout_id, stripe_payout_id, currency, amount_minor, other_minor, arrived_on, part_count, failed_on, failure
        FROM payouts WHERE book = ?1 ORDER BY arrived_on DESC, payout_id
        """,
        Read, key));

    /// <summary>What came to the bank and stayed there, one amount for each currency.</summary>
    public IReadOnlyList<Money> PaidOut(BookId book) => database.Read(book, (session, key) => session.Rows(
        """
        SELECT CAST(SUM(amount_minor) AS BIGINT), currency FROM payouts
        WHERE book = ?1 AND failed_on IS NULL GROUP BY currency ORDER BY currency
        """,
        row => row.Money(), key));

    private static PayoutView Read(Statement row)
    {
        var (payoutId, stripeId, currency) = (row.Id(), row.Text(), Currency.Of(row.Text()));
        return new PayoutView(
            payoutId, stripeId, new Money(row.Long(), currency), new Money(row.Long(), currency), row.Date(), row.Int(),
            row.OptionalDate(), row.OptionalText());
    }
}

using Billing.Domain.Values;
using Billing.Projections.Ledger;

namespace Billing.Projections.Taxes;

/// <summary>What the books know of a tax year that they did not know before.</summary>
/// <param name="Kind">One of <see cref="FactChange"/>.</param>
/// <param name="Added">How many there are more; of what the filer said, 1.</param>
/// <param name="Removed">How many there are no more, or are another amount now.</param>
/// <param name="Difference">In dollars; null for what the filer said.</param>
public sealed record FactChange(string Kind, int Added, int Removed, Money? Difference)
{
    public const string Receipts = "receipts";
    public const string Expenses = "expenses";
    public const string Payments = "payments";
    public const string Profile = "profile";
    public const string HomeOffice = "home-office";

    /// <summary>Only what differs.</summary>
    public static IReadOnlyList<FactChange> Between(TaxFactsView before, TaxFactsView now) =>
    [
        .. new[]
        {
            Of(
                Receipts, [.. ReceiptView.ByPayment(before.Receipts)], [.. ReceiptView.ByPayment(now.Receipts)],
                receipt => (receipt.Source, receipt.ReceivedOn), receipt => receipt.Amount),
            Of(Expenses, before.Expenses, now.Expenses, e => (e.ExpenseId, e.PaymentId, e.PaidOn, e.Category), e => e.Amount),
            Of(
                Payments, before.EstimatedPayments, now.EstimatedPayments, payment => payment.PaymentId,
                payment => new Money(payment.AmountMinor, Currency.Usd)),
            before.Profile == now.Profile ? null : new FactChange(Profile, 1, 0, null),
            IsSameOffice(before, now) ? null : new FactChange(HomeOffice, 1, 0, null),
        }.OfType<FactChange>(),
    ];

    private static FactChange? Of<TFact, TKey>(
        string kind, IReadOnlyList<TFact> before, IReadOnlyList<TFact> now, Func<TFact, TKey> key, Func<TFact, Money> amount)
        where TKey : notnull
    {
        var added = Without(now, before);
        var removed = Without(before, now);
        return added.Count + removed.Count == 0
            ? null
            : new FactChange(kind, added.Count, removed.Count, Sum(added) - Sum(removed));

        List<TFact> Without(IReadOnlyList<TFact> these, IReadOnlyList<TFact> those)
        {
            var known = those.Select(fact => (key(fact), amount(fact))).ToHashSet();
            return [.. these.Where(fact => !known.Contains((key(fact), amount(fact))))];
        }

        Money Sum(List<TFact> facts) => Money.Sum(facts.Select(amount).Where(money => money.Currency == Currency.Usd), Currency.Usd);
    }

    private static bool IsSameOffice(TaxFactsView before, TaxFactsView now) => (before.HomeOffice, now.HomeOffice) switch
    {
        (null, null) => true,
        ({ } one, { } other) => one with { Costs = other.Costs } == other && one.Costs.SequenceEqual(other.Costs),
        _ => false,
    };
}

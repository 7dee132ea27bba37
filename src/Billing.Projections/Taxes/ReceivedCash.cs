using Billing.Domain.Ledger;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Ledger;
using NodaTime;

namespace Billing.Projections.Taxes;

/// <summary>What came in a year, movement by movement, as information returns go by it: one rule over the read models and over a folded
/// book.</summary>
/// <param name="Movements">Of clients' money.</param>
/// <param name="Charged">All that the processor took in.</param>
internal sealed record ReceivedCash(IReadOnlyList<ReceivedMovement> Movements, IReadOnlyList<ChargedPayment> Charged)
{
    /// <param name="receipts">Of the year.</param>
    /// <param name="online">Every payment that succeeded through the processor, of whatever year.</param>
    /// <param name="byHand">Every payment that came another way, of whatever year.</param>
    public static ReceivedCash Of(
        IEnumerable<ReceiptView> receipts, IReadOnlyList<ChargedPayment> online, IReadOnlySet<Guid> byHand, LocalDate from,
        LocalDate endExclusive)
    {
        var ids = online.Select(payment => payment.PaymentId).ToHashSet();
        return new ReceivedCash(
            [
                .. receipts.GroupBy(receipt => (receipt.Source, receipt.ClientId, receipt.Amount.Currency))
                    .Select(group => new ReceivedMovement(
                        group.Key.Source, group.Key.ClientId, [.. group.Select(receipt => receipt.InvoiceId).Distinct()],
                        group.Min(receipt => receipt.ReceivedOn), WayOf(group.Key.Source),
                        Sum(group.Where(receipt => receipt.Kind != IncomeKind.SalesTax), group.Key.Currency),
                        Sum(group.Where(receipt => receipt.Kind == IncomeKind.SalesTax), group.Key.Currency))
                    {
                        RetainerId = group.Select(receipt => receipt.RetainerId).FirstOrDefault(),
                    }),
            ],
            [.. online.Where(payment => payment.On >= from && payment.On < endExclusive)]);

        ReceivedWay? WayOf(CashSource source) => source.Kind != CashSource.PaymentKind ? null
            : ids.Contains(source.Id) ? ReceivedWay.Online : byHand.Contains(source.Id) ? ReceivedWay.ByHand : null;
    }

    /// <summary>What clients paid.</summary>
    public IEnumerable<ReceivedMovement> Came => Movements.Where(moved => moved.IsPaid);

    /// <summary>What went back, less what of it came again, as when a dispute is won: no client paid that anew, and no form has
    /// it.</summary>
    public IEnumerable<ReceivedMovement> GivenBack => Movements.Where(moved => !moved.IsPaid);

    /// <param name="names">Of the clients; those that are erased are missing.</param>
    public ReceivedInYear InYear(IReadOnlyDictionary<Guid, string?> names)
    {
        var foreign = Movements.Select(moved => moved.Income).Concat(Charged.Select(payment => payment.Amount))
            .FirstOrDefault(amount => amount.Currency != Currency.Usd, Money.Zero(Currency.Usd)).Currency;
        if (foreign != Currency.Usd) return ReceivedInYear.In(foreign.Code);
        return new ReceivedInYear(
            [
                .. Came.GroupBy(moved => moved.ClientId).OrderBy(client => client.Key).Select(client => new ReceivedFromClient(
                    client.Key, names.GetValueOrDefault(client.Key),
                    Sum(client.Where(moved => moved.Way == ReceivedWay.ByHand).Select(moved => moved.Income)),
                    Sum(client.Where(moved => moved.Way == ReceivedWay.Online).Select(moved => moved.Income)))),
            ],
            Sum(Charged.Select(payment => payment.Amount)), Charged.Count,
            Sum(Came.Where(moved => moved.Way == ReceivedWay.Online).Select(moved => moved.Tax)),
            -Sum(GivenBack.Select(moved => moved.Income)));
    }

    private static Money Sum(IEnumerable<ReceiptView> receipts, Currency currency) =>
        Money.Sum(receipts.Select(receipt => receipt.Amount), currency);

    private static Money Sum(IEnumerable<Money> amounts) => Money.Sum(amounts, Currency.Usd);
}

/// <summary>How a payment came.</summary>
internal enum ReceivedWay { ByHand, Online }

/// <summary>A payment, or else what moved received money, such as a refund or a use of credit.</summary>
/// <param name="On">The first day of it in the year.</param>
/// <param name="Way">Null for what is no payment.</param>
/// <param name="Income">Below zero where money went back.</param>
/// <param name="Tax">Sales tax that came with it.</param>
internal sealed record ReceivedMovement(
    CashSource Source, Guid ClientId, IReadOnlyList<Guid> InvoiceIds, LocalDate On, ReceivedWay? Way, Money Income, Money Tax)
{
    /// <summary>Of what is left of a retainer and went back.</summary>
    public Guid? RetainerId { get; init; }

    public bool IsPaid => Way is not null && !Income.IsNegative;
}

/// <param name="Amount">As it was charged, sales tax included and nothing taken back.</param>
internal sealed record ChargedPayment(Guid PaymentId, Guid ClientId, Money Amount, LocalDate? On);

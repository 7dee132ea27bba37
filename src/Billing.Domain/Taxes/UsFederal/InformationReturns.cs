using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Values;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>
/// What others will tell the tax office of the year's receipts, and how that comes to Schedule C, line 1. Clients report what
/// they paid by cash, cheque or transfer (Form 1099-NEC), the processor all that it took in (Form 1099-K), before refunds and
/// with sales tax. Income is taxed whether or not anybody reports it; these forms are there to be checked against the books.
/// </summary>
/// <param name="Payers">Every client that paid, the largest first.</param>
/// <param name="Bridge">From what is reported to line 1: the rows sum to <paramref name="GrossReceipts"/>.</param>
/// <param name="GrossReceipts">Schedule C, line 1.</param>
/// <param name="GivenBack">Schedule C, line 2: it is on no form.</param>
public sealed record InformationReturns(
    IReadOnlyList<ExpectedPayer> Payers, ExpectedPaymentNetwork PaymentNetwork, IReadOnlyList<BridgeRow> Bridge, Money GrossReceipts,
    Money GivenBack)
{
    /// <summary>Refuses: <c>tax-currency-not-usd</c>.</summary>
    public static InformationReturns? TryExpect(TaxParameters p, ReceivedInYear received, out Rejection? rejection)
    {
        rejection = received.ForeignCurrency is { } foreign ? TaxRefusals.NotDollars(foreign, "/receipts") : null;
        if (rejection is not null) return null;
        var law = p.InformationReturns;
        var payers = received.Clients
            .Select(client => ExpectedPayer.Of(client, law.NonemployeeCompensationAtLeast.Value))
            .OrderByDescending(payer => payer.ByHand.Minor).ThenBy(payer => payer.ClientId).ToList();
        var isExpected = received.ProcessorGross.ToDecimal() > law.PaymentNetworkOver.Value
            && received.ProcessorPayments > law.PaymentNetworkTransactionsOver.Value;
        var grossReceipts = Sum(received.Clients.Select(client => client.ByHand + client.ThroughProcessor));
        BridgeRow[] known =
        [
            new(BridgeRow.ReportedByPayers, Sum(payers.Where(payer => payer.IsExpected).Select(payer => payer.ByHand))),
            new(BridgeRow.BelowThreshold, Sum(payers.Where(payer => !payer.IsExpected).Select(payer => payer.ByHand))),
            new(BridgeRow.ProcessorGross, received.ProcessorGross),
            new(BridgeRow.SalesTaxInGross, -received.ProcessorSalesTax),
        ];
        return new InformationReturns(
            payers, new ExpectedPaymentNetwork(received.ProcessorGross, received.ProcessorPayments, isExpected),
            [.. known, new(BridgeRow.Unexplained, grossReceipts - Sum(known.Select(row => row.Amount)))], grossReceipts,
            received.GivenBack);
    }

    private static Money Sum(IEnumerable<Money> amounts) => Money.Sum(amounts, Currency.Usd);
}

/// <summary>What the books know of the year's cash.</summary>
/// <param name="ProcessorGross">All that was charged through the processor, sales tax included and nothing taken back.</param>
/// <param name="ProcessorSalesTax">What of that was sales tax.</param>
/// <param name="GivenBack">Refunds and disputes, without sales tax.</param>
/// <param name="ForeignCurrency">Code of a currency other than the dollar in which something came; nothing is summed then.</param>
public sealed record ReceivedInYear(
    IReadOnlyList<ReceivedFromClient> Clients, Money ProcessorGross, int ProcessorPayments, Money ProcessorSalesTax, Money GivenBack,
    string? ForeignCurrency = null)
{
    public static ReceivedInYear In(string foreignCurrency) => new(
        [], Money.Zero(Currency.Usd), 0, Money.Zero(Currency.Usd), Money.Zero(Currency.Usd), foreignCurrency);
}

/// <param name="ByHand">Received by cash, cheque, transfer or otherwise by hand, without sales tax.</param>
/// <param name="ThroughProcessor">The same of what came through the processor.</param>
public sealed record ReceivedFromClient(Guid ClientId, string? Name, Money ByHand, Money ThroughProcessor);

/// <param name="IsExpected">A Form 1099-NEC is due from this client, if it pays in the course of a trade or business.</param>
/// <param name="Overlap">What the processor reports too, and a client that adds all it paid would report twice.</param>
public sealed record ExpectedPayer(Guid ClientId, string? Name, Money ByHand, bool IsExpected, Money Overlap)
{
    internal static ExpectedPayer Of(ReceivedFromClient client, decimal atLeast)
    {
        var everything = client.ByHand + client.ThroughProcessor;
        var doubles = client.ThroughProcessor.IsPositive && everything.ToDecimal() >= atLeast;
        return new ExpectedPayer(
            client.ClientId, client.Name, client.ByHand, client.ByHand.ToDecimal() >= atLeast,
            doubles ? client.ThroughProcessor : Money.Zero(Currency.Usd));
    }
}

/// <param name="Gross">As Form 1099-K, box 1a, has it.</param>
public sealed record ExpectedPaymentNetwork(Money Gross, int Transactions, bool IsExpected);

/// <param name="Code">One of <see cref="BridgeRow"/>.</param>
public sealed record BridgeRow(string Code, Money Amount)
{
    public const string ReportedByPayers = "reported-by-payers";
    public const string BelowThreshold = "below-threshold";
    public const string ProcessorGross = "processor-gross";
    public const string SalesTaxInGross = "sales-tax-in-gross";

    /// <summary>Nothing, unless the payments and the receipts of the books disagree.</summary>
    public const string Unexplained = "unexplained";
}

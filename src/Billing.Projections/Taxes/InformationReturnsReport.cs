using System.Diagnostics.CodeAnalysis;
using Billing.Domain;
using Billing.Domain.Ledger;
using Billing.Domain.Payments;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Ledger;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Taxes;

/// <summary>Every amount of what others will tell the tax office of a year's receipts, and of the bridge from that to Schedule C.</summary>
public sealed class InformationReturnsReport
{
    public const string Name = "information-returns";

    /// <summary>The row of the processor's Form 1099-K.</summary>
    public const string PaymentNetwork = "payment-network";

    /// <summary>Schedule C, line 1, at the end of the bridge.</summary>
    public const string GrossReceipts = "gross-receipts";

    /// <summary>Schedule C, line 2.</summary>
    public const string GivenBack = "given-back";

    private readonly PracticeBook book;
    private readonly InformationReturnParameters law;
    private readonly InformationReturns expected;
    private readonly ReceivedCash cash;

    private InformationReturnsReport(PracticeBook book, TaxParameters parameters, InformationReturns expected, ReceivedCash cash) =>
        (this.book, law, this.expected, this.cash) = (book, parameters.InformationReturns, expected, cash);

    /// <summary>Of a calendar year. Refuses: <c>tax-currency-not-usd</c>, <c>tax-year-not-loaded</c>.</summary>
    public static bool TryOf(
        PracticeBook book, int year, [NotNullWhen(true)] out Report? report, [NotNullWhen(false)] out Rejection? rejection)
    {
        report = null;
        if (!TaxParameterLibrary.TryForYear(year, out var parameters, out rejection)) return false;
        var (first, last) = (new LocalDate(year, 1, 1), new LocalDate(year, 12, 31));
        var online = book.Payments.Values.OfType<PaymentState.Online>().SelectMany(Charged).ToList();
        var receipts = CashReceipts.Of(book).Where(receipt => receipt.ReceivedOn >= first && receipt.ReceivedOn <= last)
            .OrderBy(receipt => receipt.ReceivedOn).ThenBy(receipt => receipt.Source.Id);
        var byHand = book.Payments.Values.OfType<PaymentState.ByHand>().Select(payment => payment.Facts.PaymentId).ToHashSet();
        var cash = ReceivedCash.Of(receipts, online, byHand, first, last.PlusDays(1));
        var names = book.Clients.ToDictionary(client => client.Key, client => client.Value.Details?.Name);
        if (InformationReturns.TryExpect(parameters, cash.InYear(names), out var refused) is not { } expected)
        {
            rejection = refused!;
            return false;
        }
        report = new Report(Name, first, last, [.. new InformationReturnsReport(book, parameters, expected, cash).Rows()]);
        return true;
    }

    private static IEnumerable<ChargedPayment> Charged(PaymentState.Online payment)
    {
        if (payment.Stage is PaymentStage.Succeeded paid)
        {
            var amount = new Money(paid.AppliedMinor + paid.CreditMinor, payment.Amount.Currency);
            yield return new ChargedPayment(payment.PaymentId, payment.ClientId, amount, paid.ReceivedOn);
        }
    }

    private IEnumerable<ReportRow> Rows()
    {
        var payers = expected.Payers.Select(payer => (payer.IsExpected, Row: Payer(payer))).ToList();
        foreach (var payer in payers) yield return payer.Row;
        var everything = ThingsOf(cash.Movements, cash.Charged);
        var gross = Gross();
        yield return Row(PaymentNetwork, gross);
        Figure[] bridge =
        [
            OfPayers("What clients paid by hand whose Form 1099-NEC is expected.", true),
            OfPayers(
                "What clients paid by hand that stay below the threshold of Form 1099-NEC: on no form, and income all the same.", false),
            Figure.Balance(
                Amount, "What Form 1099-K has in box 1a.", gross.Of,
                [(new FigureStep(StepRole.Plus, gross.Column, PaymentNetwork), gross)]),
            Sum(
                "Sales tax in what came through the processor: in box 1a of Form 1099-K, and no income.", everything,
                cash.Came.Where(moved => moved.Way == ReceivedWay.Online).Select(moved => PartOf(moved, -moved.Tax.Minor))),
        ];
        string[] codes =
            [BridgeRow.ReportedByPayers, BridgeRow.BelowThreshold, BridgeRow.ProcessorGross, BridgeRow.SalesTaxInGross];
        for (var i = 0; i < bridge.Length; i++) yield return Row(codes[i], bridge[i]);
        var receipts = Sum(
            "All that clients paid in the year, without sales tax and before what was given back: Schedule C, line 1.", everything,
            cash.Came.Select(moved => PartOf(moved, moved.Income.Minor)));
        yield return Row(BridgeRow.Unexplained, Figure.Balance(
            Amount, "Gross receipts less the rows of the bridge: nothing, unless payments and receipts of the books disagree.", everything,
            [
                (new FigureStep(StepRole.Plus, Amount, GrossReceipts), receipts),
                .. codes.Zip(bridge, (code, figure) => (new FigureStep(StepRole.Minus, Amount, code), figure)),
            ]));
        yield return Row(GrossReceipts, receipts);
        yield return Row(GivenBack, Sum(
            "What was given back in the year, without sales tax: Schedule C, line 2, and on no form.", everything,
            cash.GivenBack.Select(moved => PartOf(moved, -moved.Income.Minor))));

        Figure OfPayers(string formula, bool isExpected) => Figure.Balance(
            Amount, formula, everything,
            [
                .. payers.Where(payer => payer.IsExpected == isExpected).Select(payer => (
                    new FigureStep(StepRole.Plus, payer.Row.Figures[0].Column, payer.Row.Key), payer.Row.Figures[0])),
            ]) with
        {
            Rules = [AtLeast],
        };
    }

    private const string Amount = "amount";

    private FigureRule AtLeast => new(
        "Form 1099-NEC, box 1 (nonemployee compensation): due from who paid this much in the year or more",
        law.NonemployeeCompensationAtLeast);

    private ReportRow Payer(ExpectedPayer payer)
    {
        var came = cash.Came.Where(moved => moved.ClientId == payer.ClientId).ToList();
        var of = ThingsOf(came, []);
        return AmountRow.OfClient(book, payer.ClientId, Currency.Usd,
        [
            AmountRow.Amount(
                "byHand", payer.ByHand.Minor,
                "What the client paid in the year by cash, cheque or transfer, without sales tax: box 1 of Form 1099-NEC, once it comes to "
                + "the threshold.", of, Parts(came.Where(moved => moved.Way == ReceivedWay.ByHand))) with { Rules = [AtLeast] },
            AmountRow.Amount(
                "overlap", payer.Overlap.Minor,
                "What came from the client through the processor, which reports it too, where all that the client paid comes to the "
                + "threshold; else nothing.", of,
                payer.Overlap.IsZero ? [] : Parts(came.Where(moved => moved.Way == ReceivedWay.Online))) with { Rules = [AtLeast] },
        ]);

        IEnumerable<Part> Parts(IEnumerable<ReceivedMovement> moved) => moved.Select(part => PartOf(part, part.Income.Minor));
    }

    private Figure Gross() => AmountRow.Amount(
        "gross", expected.PaymentNetwork.Gross.Minor,
        "All that the processor charged in the year, with sales tax and before refunds: box 1a of Form 1099-K, once gross and number of "
        + "payments are both above their thresholds.", ThingsOf([], cash.Charged),
        cash.Charged.Select(charged => new Part(new Thing(ThingKind.Payment, charged.PaymentId), charged.Amount.Minor, charged.On))) with
    {
        Rules =
        [
            new("Form 1099-K, box 1a (gross amount): due above this, and above the number of payments", law.PaymentNetworkOver),
            new("Form 1099-K, box 3 (number of payments): due above this, and above the gross amount", law.PaymentNetworkTransactionsOver),
        ],
    };

    private static Figure Sum(string formula, Thing[] of, IEnumerable<Part> parts)
    {
        Part[] all = [.. parts.Where(part => part.Value != 0)];
        return AmountRow.Amount(Amount, all.Sum(part => part.Value), formula, of, all);
    }

    private static ReportRow Row(string code, Figure figure) => new(code, code, null, Currency.Usd, [figure]);

    private static Part PartOf(ReceivedMovement moved, long minor) => new(ThingOf(moved), minor, moved.On);

    /// <summary>The payment, or else the retainer or invoice whose money moved.</summary>
    private static Thing ThingOf(ReceivedMovement moved) => moved switch
    {
        { Source: { Kind: CashSource.PaymentKind, Id: var id } } => new Thing(ThingKind.Payment, id),
        { RetainerId: { } retainer } => new Thing(ThingKind.Retainer, retainer),
        _ => new Thing(ThingKind.Invoice, moved.InvoiceIds[0]),
    };

    /// <summary>What they were worked out from. How a payment came, its own events say, and whose it is, the client's.</summary>
    private static Thing[] ThingsOf(IReadOnlyCollection<ReceivedMovement> movements, IReadOnlyCollection<ChargedPayment> charged) =>
    [
        .. movements.Select(moved => moved.ClientId).Distinct().Select(id => new Thing(ThingKind.Client, id)),
        .. movements.Select(ThingOf)
            .Concat(movements.SelectMany(moved => moved.InvoiceIds).Select(id => new Thing(ThingKind.Invoice, id)))
            .Concat(charged.Select(payment => new Thing(ThingKind.Payment, payment.PaymentId))).Distinct(),
    ];
}

using System.Globalization;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using NodaTime;

namespace Billing.Projections.Tests.Documents;

/// <summary>
/// Documents of a made-up practice, for tests and measurements; the file depends on nothing else of this project,
/// so that others can compile it in.
/// </summary>
public static class SampleDocuments
{
    public const string PaymentUrl = "https://billing.example/pay/8vJ2kQ0xT5mZr3Lw9YbN1c";

    private static readonly string[] Work =
    [
        "Inbox triage and follow-up", "Calendar management", "Travel booking for the spring conference",
        "Bookkeeping: receipts and reconciliation", "Newsletter layout and scheduling", "Customer support, first line",
        "Research: suppliers for packaging, with a comparison of terms and lead times", "Slide deck for the board",
    ];

    private static readonly string[] Notes =
    [
        "Sorted and answered what had come in over the weekend", "Call with the venue",
        "Drafted, proofread, sent for approval",
        "Moved three meetings; confirmed the new times with everybody", "Reconciled March",
    ];

    public static Money Usd(long cents) => new(cents, Currency.Usd);

    /// <summary>In German, with an option.</summary>
    public static QuoteModel Quote() => new()
    {
        Language = DocumentLanguage.Of("de"),
        Seller = new Party("Marlow Virtual Assistance", ["1180 Alder Street, Suite 4", "Portland, OR 97205"]),
        Client = new Party("Töpferei Hell", ["Hafenstraße 27"]),
        Number = "Q-2026-0007/2",
        Title = "Neue Website",
        SentOn = new LocalDate(2026, 4, 1),
        ValidUntil = new LocalDate(2026, 4, 30),
        Lines =
        [
            new("Seiten", "2.5", Usd(45_000), Usd(112_500), IsOptional: false), new("Fotos", "1", Usd(6_000), Usd(6_000), IsOptional: true),
        ],
        Total = Usd(112_500),
        Note = "Die Hälfte vorab.",
    };

    /// <summary>
    /// An invoice of so many lines, each with so many entries of hours behind it; sums are right.
    /// </summary>
    public static InvoiceModel Invoice(int lineCount = 5, int hoursPerLine = 0, int number = 42)
    {
        var lines = Enumerable.Range(0, lineCount).Select(i => Line(i, hoursPerLine)).ToArray();
        var subtotal = lines.Aggregate(Usd(0), (sum, line) => sum + line.Amount);
        var tax = Usd(Rounding.DivideHalfAwayFromZero((Int128)subtotal.Minor * 825, 10_000));
        var retainer = Usd(Math.Min(50_000, subtotal.Minor));
        return new InvoiceModel
        {
            Seller = new Party(
                "Marlow Virtual Assistance",
                ["1180 Alder Street, Suite 4", "Portland, OR 97205", "hello@marlow.example"],
                "93-4821170"),
            Client = new Party(
                "Brightwater Ceramics LLC",
                ["Attn. Dana Whitfield", "27 Harbor Road", "Portsmouth, NH 03801"]),
            Number = string.Create(CultureInfo.InvariantCulture, $"INV-2026-{number:0000}"),
            IssuedOn = new LocalDate(2026, 4, 1),
            DueOn = new LocalDate(2026, 4, 15),
            PurchaseOrder = "PO-7731",
            Lines = lines,
            Subtotal = subtotal,
            Taxes = [new InvoiceTaxModel("Sales tax 8.25%", tax)],
            Total = subtotal + tax,
            RetainerApplied = retainer,
            BalanceDue = subtotal + tax - retainer,
            RetainerBalanceAfter = Usd(125_000),
            Notes = "Thank you for your business. Please write the invoice number on bank transfers.",
            RoundingRule = "Time is billed to the minute. " +
                "Each line is rounded once, to the nearest cent, half a cent up.",
            PaymentUrl = PaymentUrl,
        };
    }

    /// <summary>The document that performance is measured with.</summary>
    public static InvoiceModel TwoPageInvoice(int number = 42) => Invoice(40, 0, number);

    public static TaxReportModel TaxReport() => new()
    {
        Title = "Estimated tax, second quarter",
        Practice = "Marlow Virtual Assistance",
        TaxYear = 2026,
        FilingStatus = "Married filing jointly",
        AsOf = new LocalDate(2026, 6, 2),
        Headline = "Pay $4,123 by Jun 15, 2026.",
        PlainWords =
        [
            "Half of the required annual payment of $16,492.00 has to be paid in by June 15. You paid $4,123.00 on " +
            "Apr 13, 2026, so this is what is missing.",
        ],
        HowToPay = ["Online: irs.gov/payments, as estimated tax."],
        Methods = new TaxMethodsModel("The law lets you choose.", [new("1st quarter", Usd(412_300), Usd(120_000))]),
        SetAside = [new("Of each payment you receive", "22.4 %")],
        Payments = [new(new LocalDate(2026, 4, 13), "1st quarter", Usd(412_300), "EFT 2211")],
        Chart = new BarChartModel(
            ["Received", "Expenses", "To put aside", "Tax paid", "Tax due"],
            [
                new("Jan", [Usd(1_800_000), Usd(200_000), Usd(403_200), Usd(0), Usd(0)]),
                new("Apr", [Usd(-90_000), Usd(310_000), Usd(-20_160), Usd(412_300), Usd(412_300)]),
            ],
            "Received and paid by month."),
        Changes = new TaxChangesModel(
            "Since the estimate given as of Apr 1, 2026:", ["The days after Apr 1, 2026: $120.00 more tax for the year."],
            [new("Net profit", "Schedule C, line 31", "$80,000.00", "$82,319.50")]),
        Instalments =
        [
            new("1st quarter", new LocalDate(2026, 4, 15), Usd(412_300), Usd(412_300), Usd(0)),
            new("2nd quarter", new LocalDate(2026, 6, 15), Usd(412_300), Usd(0), Usd(412_300)),
            new("3rd quarter", new LocalDate(2026, 9, 15), Usd(412_300), Usd(0), Usd(412_300)),
            new("4th quarter", new LocalDate(2027, 1, 15), Usd(412_300), Usd(0), Usd(412_300)),
        ],
        Working =
        [
            new("Net profit", [
                new("Gross receipts", "Schedule C, line 1", PrintedText.Of(Usd(9_412_000))),
                new("Expenses", "Schedule C, line 28", PrintedText.Of(Usd(-1_180_050))),
                new("Net profit", "Schedule C, line 31", PrintedText.Of(Usd(8_231_950)), true),
            ]),
            new("Self-employment tax", [
                new("Net profit × 92.35%", "Schedule SE, line 4a", PrintedText.Of(Usd(7_602_206))),
                new("Social security, 12.4%", "Schedule SE, line 10", PrintedText.Of(Usd(942_674))),
                new("Medicare, 2.9%", "Schedule SE, line 11", PrintedText.Of(Usd(220_464))),
                new("Self-employment tax", "Schedule SE, line 12", PrintedText.Of(Usd(1_163_138)), true),
            ]),
            new("Required annual payment", [
                new("90% of this year's tax", "Form 1040-ES, line 12a", PrintedText.Of(Usd(1_649_200))),
                new("100% of last year's tax", "Form 1040-ES, line 12b", PrintedText.Of(Usd(1_720_000))),
                new("The smaller of the two", "Form 1040-ES, line 12c", PrintedText.Of(Usd(1_649_200)), true),
            ]),
        ],
        ParameterVersion = "us-federal-2026 of Jan 12, 2026",
        Sources = ["https://www.irs.gov/pub/irs-pdf/f1040es.pdf", "Rev. Proc. 2025-32"],
        Disclaimer = "An estimate from the receipts and expenses recorded here, by the regular instalment method. It is no " +
            "tax advice; state and local taxes are not in it.",
    };

    private static InvoiceLineModel Line(int i, int hoursPerLine)
    {
        var minutes = 45 + i * 37 % 400;
        var amount = Money.ForTime(Usd(4_500), minutes * 60);
        var quantity = string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}:{minutes % 60:00} h");
        var parts = Usd(minutes).Allocate([.. Enumerable.Repeat(1L, Math.Max(1, hoursPerLine))]);
        var hours = Enumerable.Range(0, hoursPerLine).Select(h => new WorkedHoursModel(
            new LocalDate(2026, 3, 2).PlusDays((i + h * 3) % 30), h % 2 == 0 ? "June Castellanos" : "Tom Abara",
            Notes[(i + h) % Notes.Length], parts[h].Minor * 60));
        return new InvoiceLineModel(Work[i % Work.Length], quantity, "$45.00", amount, [.. hours]);
    }
}

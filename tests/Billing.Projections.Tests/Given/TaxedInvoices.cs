using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>Finalised invoices with sales tax, as a German practice writes them.</summary>
internal static class TaxedInvoices
{
    public static readonly TaxTreatment Nineteen = new(TaxCategory.Standard, 19_000);
    public static readonly TaxTreatment Seven = new(TaxCategory.Standard, 7_000);
    public static readonly TaxTreatment Exempt = new(TaxCategory.Exempt, 0, "Steuerfrei nach § 4 UStG.");
    public static readonly TaxTreatment Reversed = new(TaxCategory.ReverseCharge, 0);

    public static readonly EInvoiceParties Parties = new(
        new EInvoiceSeller(
            new PostalAddress("Ring 1", "10115", "Berlin", "DE"), "Ana Reyes", "+49 30 1234", "ana@juniper.example", "DE89370400440532013000",
            "COBADEFFXXX", null, null),
        new EInvoiceBuyer(
            EInvoiceFormat.XRechnung, new PostalAddress("Gasse 2", "1010", "Wien", "AT"), "04011000-12345-34", null));

    /// <summary>600.00 at 19 %, 150.25 at 7 %, 12.34 exempt; 10 % off; 100.00 paid from a retainer.</summary>
    public static InvoiceEvent.InvoiceFinalized TwoRates { get; } = Of(
        new TaxRules(null, false, Nineteen, []),
        [
            Time(1, 36_000, 60_00, 600_00, Nineteen), Time(2, 12_020, 45_00, 150_25, Seven),
            As(new InvoiceLine(3, LineKind.Expense, null, null, null, 12_34, [], Ids.Of(6, 1)), Exempt),
            Discount(4, -60_00, Nineteen), Discount(5, -15_03, Seven), Discount(6, -1_23, Exempt),
            Tax(7, 102_60, Nineteen), Tax(8, 9_47, Seven),
        ],
        ["Postfach und Termine", "Buchhaltung", "Software", "Discount", "Discount", "Discount", "Tax 19%", "Tax 7%"]) with
    {
        RetainerAppliedMinor = 100_00,
        RetainerId = Ids.Of(9, 1),
        PurchaseOrder = "4500017",
    };

    /// <summary>Of what the retainer paid, 75.00 came with a deposit that bore 19 %; in German.</summary>
    public static InvoiceEvent.InvoiceFinalized AfterDeposit { get; } = TwoRates with
    {
        Deposits = [new DeductedDeposit(Ids.Of(7, 9), "INV-2026-0009", TaxCategory.Standard, 19_000, 63_03, 11_97)],
        Language = "de",
    };

    /// <summary>The buyer owes the tax; in German.</summary>
    public static InvoiceEvent.InvoiceFinalized Reverse { get; } = Of(
        new TaxRules(null, false, Reversed, []), [Time(1, 36_000, 60_00, 600_00, Reversed)], ["Postfach und Termine"]) with
    {
        Language = "de",
    };

    /// <summary>Prices with 19 % in them.</summary>
    public static InvoiceEvent.InvoiceFinalized Inclusive { get; } = Of(
        new TaxRules(null, true, Nineteen, []),
        [
            Time(1, 3_600, 100_00, 84_03, Nineteen) with { InclusiveMinor = 100_00 },
            Time(2, 4_000, 45_00, 42_02, Nineteen) with { InclusiveMinor = 50_00 }, Tax(3, 23_95, Nineteen),
        ],
        ["Postfach", "Buchhaltung", "Tax 19%"]);

    public static InvoiceEvent.CreditNoteIssued CreditNote { get; } = new(
        Ids.Of(13, 1), "CN-2026-0001", "EUR", new LocalDate(2026, 4, 20),
        [new CreditedLine(1, 108_00), new CreditedLine(7, 20_52)], 128_52, 128_52, 0, 0, 0, "Zwei Stunden zu viel", Practice.Now)
    {
        TaxMinor = 20_52,
    };

    private static InvoiceEvent.InvoiceFinalized Of(TaxRules rules, IReadOnlyList<InvoiceLine> lines, IReadOnlyList<string> descriptions)
    {
        var parts = lines.GroupBy(line => line.TaxedAs()).OrderByDescending(group => group.Key.HundredThousandths)
            .Select(group => new TaxPart(
                group.Key.Category!, group.Key.HundredThousandths!.Value,
                group.Where(line => line.Kind != LineKind.Tax).Sum(line => line.AmountMinor),
                group.Where(line => line.Kind == LineKind.Tax).Sum(line => line.AmountMinor),
                group.Key.Category == TaxCategory.Exempt ? Exempt.Reason : null))
            .ToList();
        return new InvoiceEvent.InvoiceFinalized(
            Ids.Of(7, 1), Ids.Acme, InvoiceKind.Work, "INV-2026-0001", "EUR", new LocalDate(2026, 4, 1), new LocalDate(2026, 4, 15), lines,
            lines.Sum(line => line.AmountMinor), null, 0, null, RoundingPolicy.Exact, [], [],
            new InvoiceTexts(
                new PartyTexts("Juniper Büroservice", ["Ring 1", "10115 Berlin"], "office@juniper.example", null)
                {
                    VatId = "DE123456788",
                    TaxNumber = "12/345/67890",
                },
                new PartyTexts("Acme Zähne", ["Gasse 2", "1010 Wien"], "pay@acme.example", null) { VatId = "ATU12345675" },
                descriptions, [.. lines.SelectMany(line => line.Hours).Select(_ => "Post")],
                new Dictionary<Guid, string> { [Ids.Ada] = "Ana" }, "Vielen Dank.", null),
            Practice.Now)
        {
            Tax = new InvoiceTax(rules, parts),
            EInvoice = Parties,
        };
    }

    private static InvoiceLine Time(int number, long seconds, long perHour, long amount, TaxTreatment treatment) => As(
        new InvoiceLine(
            number, LineKind.Time, Ids.Inbox, seconds, perHour, amount,
            [new InvoiceHours(Ids.Of(5, number), Ids.Ada, new LocalDate(2026, 3, number), seconds, seconds, Ids.Of(4, 1))], null),
        treatment);

    private static InvoiceLine Discount(int number, long amount, TaxTreatment treatment) => As(
        new InvoiceLine(number, LineKind.Discount, null, null, null, amount, [], null) { DiscountBasisPoints = 1_000 }, treatment);

    private static InvoiceLine Tax(int number, long amount, TaxTreatment treatment) =>
        As(new InvoiceLine(number, LineKind.Tax, null, null, null, amount, [], null), treatment);

    private static InvoiceLine As(InvoiceLine line, TaxTreatment treatment) => line with
    {
        TaxCategory = treatment.Category,
        TaxHundredThousandths = treatment.HundredThousandths,
    };
}

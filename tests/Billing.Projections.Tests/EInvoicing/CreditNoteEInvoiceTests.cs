using System.Text;
using System.Xml.Linq;
using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.EInvoicing;
using Billing.Projections.Tests.Documents;
using Billing.Projections.Tests.Given;
using CsCheck;
using NodaTime;
using UglyToad.PdfPig.Tokens;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Projections.Tests.EInvoicing;

/// <summary>Credit notes as electronic invoices of the type 381, issued by the decision that issues all of them.</summary>
public sealed class CreditNoteEInvoiceTests
{
    private static readonly XNamespace Ram = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";

    private static readonly InvoiceFinalized Untaxed = TaxedInvoices.Reverse with
    {
        Lines = [TaxedInvoices.Reverse.Lines[0] with { TaxCategory = null, TaxHundredThousandths = null }],
        Tax = null,
        EInvoice = TaxedInvoices.Parties with { Seller = TaxedInvoices.Parties.Seller! with { RegistrationId = "HRB 1" } },
    };

    private static readonly Dictionary<string, (InvoiceFinalized Invoice, CreditNoteIssued Note)> Examples = new(StringComparer.Ordinal)
    {
        ["part of a line"] = (TaxedInvoices.TwoRates, TaxedInvoices.CreditNote),
        ["all of it, less its discounts"] = Credited(TaxedInvoices.TwoRates),
        ["an amount"] = Credited(TaxedInvoices.TwoRates, amountMinor: 100_01),
        ["a whole line"] = Credited(TaxedInvoices.Reverse, lines: [new CreditWish(1, null)]),
        ["prices with tax"] = Credited(TaxedInvoices.Inclusive),
        ["reverse charge"] = Credited(TaxedInvoices.Reverse),
        ["no tax at all"] = Credited(Untaxed, amountMinor: 50_00),
    };

    public static TheoryData<string> Names { get; } = [.. Examples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Keeps_the_business_rules_in_either_format(string name)
    {
        var (invoice, note) = Examples[name];
        foreach (var format in EInvoiceFormat.All)
        {
            Assert.Null(EInvoiceCheck.Refuse(invoice, note, format));
            Assert.Empty(En16931Rules.BrokenBy(Document(invoice, note, format), format == EInvoiceFormat.XRechnung));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_its_invoice_and_says_the_amounts_of_the_books_without_a_sign(string name)
    {
        var (invoice, note) = Examples[name];
        var document = Document(invoice, note, EInvoiceFormat.XRechnung);
        Assert.Equal(note.Number, document.Descendants(Ram + "ID").ElementAt(2).Value);
        Assert.Equal("INV-2026-000120260401", document.Descendants(Ram + "InvoiceReferencedDocument").Single().Value);
        var sums = document.Descendants(Ram + "SpecifiedTradeSettlementHeaderMonetarySummation").Single();
        Assert.Equal(
            [note.TotalMinor - (note.TaxMinor ?? 0), note.TaxMinor ?? 0, note.TotalMinor, note.TotalMinor],
            new[] { "TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount", "DuePayableAmount" }
                .Select(sum => (long)((decimal)sums.Element(Ram + sum)! * 100)));
        Assert.Empty(document.Descendants(Ram + "SpecifiedTradeAllowanceCharge"));
    }

    [Fact]
    public void A_line_that_is_credited_whole_says_its_quantity_and_one_in_part_its_amount()
    {
        Assert.Equal(("10", "HUR"), Quantity("a whole line"));
        Assert.Equal(("1", "C62"), Quantity("part of a line"));

        static (string, string) Quantity(string name)
        {
            var (invoice, note) = Examples[name];
            var quantity = Document(invoice, note, EInvoiceFormat.ZUGFeRD).Descendants(Ram + "BilledQuantity").Single();
            return (quantity.Value, quantity.Attribute("unitCode")!.Value);
        }
    }

    [Fact]
    public void Is_set_off_against_what_is_due_or_given_back_by_means_to_be_agreed_and_needs_no_account_for_either()
    {
        var (invoice, note) = Examples["part of a line"];
        Assert.Equal(("97", "108.00 EUR"), (Means(invoice, note), Terms(note with { ReducedMinor = 108_00 })));
        var refunded = note with { ReducedMinor = 0, RefundDueMinor = 128_52 };
        Assert.Equal(("1", "128.52 EUR"), (Means(invoice, refunded), Terms(refunded)));
        var unaccounted = invoice with { EInvoice = invoice.EInvoice! with { Seller = invoice.EInvoice.Seller! with { Iban = null } } };
        Assert.Contains("BT-84", EInvoiceCheck.Refuse(unaccounted, EInvoiceFormat.XRechnung)!.Detail, StringComparison.Ordinal);
        Assert.Null(EInvoiceCheck.Refuse(unaccounted, note, EInvoiceFormat.XRechnung));

        static string Means(InvoiceFinalized invoice, CreditNoteIssued note) => Document(invoice, note, EInvoiceFormat.XRechnung)
            .Descendants(Ram + "SpecifiedTradeSettlementPaymentMeans").Single().Value;

        string Terms(CreditNoteIssued issued) => string.Join(' ', Document(invoice, issued, EInvoiceFormat.XRechnung)
            .Descendants(Ram + "SpecifiedTradePaymentTerms").Single().Value.Split(' ').Take(2));
    }

    [Fact]
    public void What_is_missing_is_named_and_tax_that_its_lines_do_not_bear_is_refused()
    {
        var (invoice, note) = Examples["part of a line"];
        Assert.Equal("e-invoice-incomplete", EInvoiceCheck.Refuse(invoice with { EInvoice = null }, note, EInvoiceFormat.ZUGFeRD)!.Code);
        var taxAlone = Credited(invoice, lines: [new CreditWish(7, null)]).Note;
        Assert.Equal("e-invoice-tax-differs", EInvoiceCheck.Refuse(invoice, taxAlone, EInvoiceFormat.ZUGFeRD)!.Code);
        Assert.Null(EInvoiceCheck.Refuse(invoice, WithTax(note, 21_51), EInvoiceFormat.ZUGFeRD));
        Assert.Equal("e-invoice-tax-differs", EInvoiceCheck.Refuse(invoice, WithTax(note, 21_52), EInvoiceFormat.ZUGFeRD)!.Code);
        Assert.Null(EInvoice.Printed(ForZUGFeRD(invoice), taxAlone).EInvoiceXml);

        static CreditNoteIssued WithTax(CreditNoteIssued note, long minor) =>
            note with { Lines = [note.Lines[0], note.Lines[1] with { AmountMinor = minor }] };
    }

    [Fact]
    public void A_client_who_gets_zugferd_gets_the_xml_within_the_pdf_and_nobody_else_does()
    {
        var (invoice, note) = Examples["all of it, less its discounts"];
        Assert.Null(EInvoice.Printed(invoice, note).EInvoiceXml);
        var pdf = new PdfDocumentRenderer().Render(EInvoice.Printed(ForZUGFeRD(invoice), note)).Pdf;
        using var objects = new PdfObjects(pdf);
        var names = objects.Items(objects.Dictionary(objects.Dictionary(objects.Catalog, "Names"), "EmbeddedFiles"), "Names");
        Assert.Equal("factur-x.xml", ((StringToken)names[0]).Data);
        var embedded = objects.Stream(objects.Dictionary(objects.AsDictionary(names[1]), "EF"), "F");
        Assert.Equal(EInvoice.Xml(ForZUGFeRD(invoice), note, EInvoiceFormat.ZUGFeRD), embedded);
    }

    /// <summary>However an invoice is taken back bit by bit, each note keeps the rules, and together they are the invoice. Only of a
    /// cent or two can all be tax, which is refused.</summary>
    [Fact]
    public void Notes_in_any_amounts_keep_the_rules_until_all_is_taken_back() => Gen.Select(
        Gen.OneOfConst(TaxedInvoices.TwoRates, TaxedInvoices.Inclusive, TaxedInvoices.Reverse, Untaxed),
        Gen.Long[1, 400_00].Array[0, 4]).Sample(
        (invoice, amounts) =>
        {
            var state = Invoice.Evolve(Invoice.Stream.Initial, invoice);
            foreach (var amount in amounts.Append(long.MaxValue))
            {
                var left = state.Issued!.LeftMinor;
                if (left == 0) break;
                var note = Issue(state, [], amount < left ? amount : null);
                state = Invoice.Evolve(state, note);
                var isTaxAlone = note.TaxMinor == note.TotalMinor;
                Assert.True(!isTaxAlone || note.TotalMinor <= 2);
                Assert.Equal(
                    isTaxAlone ? "e-invoice-tax-differs" : null, EInvoiceCheck.Refuse(invoice, note, EInvoiceFormat.XRechnung)?.Code);
                if (isTaxAlone) continue;
                Assert.Empty(En16931Rules.BrokenBy(Document(invoice, note, EInvoiceFormat.XRechnung), isXRechnung: true));
            }
            Assert.Equal(0, state.Issued!.LeftMinor);
        });

    private static InvoiceFinalized ForZUGFeRD(InvoiceFinalized facts) => facts with
    {
        EInvoice = TaxedInvoices.Parties with { Buyer = TaxedInvoices.Parties.Buyer! with { Format = EInvoiceFormat.ZUGFeRD } },
    };

    private static (InvoiceFinalized Invoice, CreditNoteIssued Note) Credited(
        InvoiceFinalized invoice, long? amountMinor = null, IReadOnlyList<CreditWish>? lines = null) =>
        (invoice, Issue(Invoice.Evolve(Invoice.Stream.Initial, invoice), lines ?? [], amountMinor));

    private static CreditNoteIssued Issue(InvoiceState state, IReadOnlyList<CreditWish> lines, long? amountMinor)
    {
        var issued = state.Issued!;
        Money? amount = amountMinor is { } minor ? new Money(minor, issued.Currency) : null;
        var wish = new IssueCreditNote(
            issued.Facts.InvoiceId, Ids.Of(13, issued.CreditNotes.Count + 1), lines, amount, CreditSettlement.None, "Zu viel",
            new LocalDate(2026, 4, 20), Practice.Now);
        // What of it was paid by the retainer is owed back.
        var total = lines.Count == 0 ? amountMinor ?? issued.LeftMinor : 0;
        var refund = Math.Max(0, total - state.OpenMinor);
        if (refund > 0) wish = wish with { Settlement = new CreditSettlement(new Money(refund, issued.Currency), null, null) };
        return Assert.IsType<Crediting.Accepted>(Crediting.Decide(state, wish, "CN-2026", Numbering.Stream.Initial)).Note;
    }

    private static XDocument Document(InvoiceFinalized invoice, CreditNoteIssued note, string format) =>
        XDocument.Parse(Encoding.UTF8.GetString(EInvoice.Xml(invoice, note, format)));
}

using System.Text;
using System.Xml.Linq;
using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Projections.Documents;
using Billing.Projections.EInvoicing;
using Billing.Projections.Tests.Documents;
using Billing.Projections.Tests.Given;
using UglyToad.PdfPig.Tokens;

namespace Billing.Projections.Tests.EInvoicing;

public sealed class EInvoiceTests
{
    private static readonly XNamespace Ram = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";

    public static TheoryData<string> Names { get; } = ["two rates", "after a deposit", "reverse charge", "prices with tax", "no tax at all", "out of scope"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Keeps_the_business_rules_in_either_format(string name)
    {
        var facts = Facts(name);
        Assert.Null(EInvoiceCheck.Refuse(facts, EInvoiceFormat.XRechnung));
        Assert.Empty(En16931Rules.BrokenBy(Document(facts, EInvoiceFormat.XRechnung), isXRechnung: true));
        Assert.Empty(En16931Rules.BrokenBy(Document(facts, EInvoiceFormat.ZUGFeRD), isXRechnung: false));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sums_are_those_of_the_invoice_and_the_bytes_the_same_each_time(string name)
    {
        var facts = Facts(name);
        var sums = Document(facts, EInvoiceFormat.XRechnung).Descendants(Ram + "SpecifiedTradeSettlementHeaderMonetarySummation").Single();
        Assert.Equal(
            [facts.TotalMinor - facts.TaxMinor(), facts.TaxMinor(), facts.TotalMinor, facts.TotalMinor - facts.RetainerAppliedMinor],
            new[] { "TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount", "DuePayableAmount" }
                .Select(sum => (long)((decimal)sums.Element(Ram + sum)! * 100)));
        Assert.Equal(EInvoice.Xml(facts, EInvoiceFormat.XRechnung), EInvoice.Xml(facts, EInvoiceFormat.XRechnung));
    }

    [Fact]
    public void Deposits_are_named_with_their_tax_beside_the_sum_that_was_paid_ahead()
    {
        var document = Document(TaxedInvoices.AfterDeposit, EInvoiceFormat.XRechnung);
        Assert.Equal("100.00", document.Descendants(Ram + "TotalPrepaidAmount").Single().Value);
        Assert.Contains(
            "Die Vorauszahlung INV-2026-0009 wurde mit USt. 19 % berechnet: Abgezogen sind netto 63,03 € und Steuer 11,97 €.",
            document.Descendants(Ram + "IncludedNote").Select(note => note.Value));
    }

    [Fact]
    public void Instalments_and_credit_that_paid_at_once_stand_in_the_terms_and_the_sums()
    {
        var facts = TaxedInvoices.TwoRates;
        var due = facts.DueMinor() - 100_00;
        facts = facts with
        {
            CreditAppliedMinor = 100_00,
            Instalments = [new(facts.IssuedOn, 1_00), new(facts.DueOn, due + 99_00)],
        };
        var document = Document(facts, EInvoiceFormat.XRechnung);
        Assert.Empty(En16931Rules.BrokenBy(document, isXRechnung: true));
        Assert.StartsWith(
            "Payable in instalments: ", (string?)document.Descendants(Ram + "SpecifiedTradePaymentTerms").Single().Element(Ram + "Description"),
            StringComparison.Ordinal);
        Assert.Equal("200.00", (string?)document.Descendants(Ram + "TotalPrepaidAmount").Single());
        Assert.Equal(due, (long)((decimal)document.Descendants(Ram + "DuePayableAmount").Single() * 100));
        var printed = EInvoice.Printed(facts);
        Assert.Equal((2, due), (printed.Instalments.Count, printed.BalanceDue.Minor));
        Assert.Equal(1, InvoiceDocument.Render(printed with { Lines = [] }).PageCount);
    }

    [Fact]
    public void Hours_stand_in_hours_where_these_are_exact_and_else_in_seconds()
    {
        var lines = Document(TaxedInvoices.TwoRates, EInvoiceFormat.XRechnung).Descendants(Ram + "BilledQuantity")
            .Select(quantity => (quantity.Value, quantity.Attribute("unitCode")!.Value)).ToList();
        Assert.Equal([("10", "HUR"), ("12020", "SEC"), ("1", "C62")], lines);
    }

    [Fact]
    public void Everything_that_is_missing_is_named_at_once()
    {
        var bare = TaxedInvoices.TwoRates with { EInvoice = null, Texts = null };
        var refusal = EInvoiceCheck.Refuse(bare, EInvoiceFormat.XRechnung)!;
        Assert.Equal("e-invoice-incomplete", refusal.Code);
        foreach (var term in new[]
        {
            "BT-10", "BT-27", "BT-31", "BT-34", "BT-37", "BT-38", "BT-40", "BT-41", "BT-42", "BT-43", "BT-44", "BT-49", "BT-52", "BT-53",
            "BT-55", "BT-84",
        })
        {
            Assert.Contains(term, refusal.Detail, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("BT-84", EInvoiceCheck.Refuse(bare, EInvoiceFormat.ZUGFeRD)!.Detail, StringComparison.Ordinal);
        var unnamed = TaxedInvoices.Reverse with
        {
            Texts = TaxedInvoices.Reverse.Texts! with { Client = TaxedInvoices.Reverse.Texts!.Client with { VatId = null } },
        };
        Assert.Contains("BT-48", EInvoiceCheck.Refuse(unnamed, EInvoiceFormat.ZUGFeRD)!.Detail, StringComparison.Ordinal);
        Assert.Equal("e-invoice-currency", EInvoiceCheck.Refuse(bare with { Currency = "KWD" }, EInvoiceFormat.XRechnung)!.Code);
    }

    [Fact]
    public void A_client_who_gets_zugferd_gets_the_xml_within_the_pdf()
    {
        var facts = ForZUGFeRD(TaxedInvoices.TwoRates);
        var pdf = new PdfDocumentRenderer().Render(EInvoice.Printed(facts)).Pdf;
        using var objects = new PdfObjects(pdf);
        var names = objects.Items(objects.Dictionary(objects.Dictionary(objects.Catalog, "Names"), "EmbeddedFiles"), "Names");
        Assert.Equal("factur-x.xml", ((StringToken)names[0]).Data);
        var file = objects.AsDictionary(names[1]);
        Assert.Equal("Alternative", objects.Name(file, "AFRelationship"));
        Assert.Equal(PdfObjects.Number(names[1]), PdfObjects.Number(objects.Items(objects.Catalog, "AF")[0]));
        var embedded = objects.Stream(objects.Dictionary(file, "EF"), "F");
        Assert.Equal(EInvoice.Xml(facts, EInvoiceFormat.ZUGFeRD), embedded);
        Assert.Equal("text/xml", objects.Name(objects.AsDictionary(objects.Dictionary(file, "EF").Data["F"]), "Subtype"));
        var metadata = XDocument.Parse(Encoding.UTF8.GetString(objects.Stream(objects.Catalog, "Metadata")).Trim('\uFEFF'));
        XNamespace fx = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";
        Assert.Equal(
            ["INVOICE", "factur-x.xml", "1.0", "EN 16931"],
            new[] { "DocumentType", "DocumentFileName", "Version", "ConformanceLevel" }.Select(p => metadata.Descendants(fx + p).Single().Value));
        Assert.Equal(pdf, new PdfDocumentRenderer().Render(EInvoice.Printed(facts)).Pdf);
    }

    [Fact]
    public void Nobody_else_gets_xml_within_the_pdf()
    {
        Assert.Null(EInvoice.Printed(TaxedInvoices.TwoRates).EInvoiceXml);
        Assert.Null(EInvoice.Printed(ForZUGFeRD(TaxedInvoices.TwoRates), isVoided: true).EInvoiceXml);
        Assert.Null(EInvoice.Printed(ForZUGFeRD(TaxedInvoices.TwoRates) with { Texts = null }).EInvoiceXml);
    }

    [Fact]
    public async Task Other_programs_take_the_file_as_sound_and_find_the_xml_in_it()
    {
        using var folder = new OtherProgram.Folder();
        var path = folder.Save(new PdfDocumentRenderer().Render(EInvoice.Printed(ForZUGFeRD(TaxedInvoices.Reverse))).Pdf);
        await OtherProgram.Run("qpdf", "--check", path);
        Assert.StartsWith("factur-x.xml", await OtherProgram.Run("qpdf", "--list-attachments", path), StringComparison.Ordinal);
    }

    private static InvoiceEvent.InvoiceFinalized ForZUGFeRD(InvoiceEvent.InvoiceFinalized facts) => facts with
    {
        EInvoice = TaxedInvoices.Parties with { Buyer = TaxedInvoices.Parties.Buyer! with { Format = EInvoiceFormat.ZUGFeRD } },
    };

    private static InvoiceEvent.InvoiceFinalized Facts(string name) => name switch
    {
        "two rates" => TaxedInvoices.TwoRates,
        "after a deposit" => TaxedInvoices.AfterDeposit,
        "reverse charge" => TaxedInvoices.Reverse,
        "prices with tax" => TaxedInvoices.Inclusive,
        "out of scope" => Registered(TaxedInvoices.Reverse with
        {
            Lines = [TaxedInvoices.Reverse.Lines[0] with { TaxCategory = TaxCategory.OutOfScope }],
            Tax = new InvoiceTax(TaxRules.None with { Default = new TaxTreatment("O", 0) }, [new TaxPart("O", 0, 600_00, 0, null)]),
        }),
        _ => Registered(TaxedInvoices.Reverse with
        {
            Lines = [TaxedInvoices.Reverse.Lines[0] with { TaxCategory = null, TaxHundredThousandths = null }],
            Tax = null,
        }),
    };

    private static InvoiceEvent.InvoiceFinalized Registered(InvoiceEvent.InvoiceFinalized facts) => facts with
    {
        EInvoice = TaxedInvoices.Parties with { Seller = TaxedInvoices.Parties.Seller! with { RegistrationId = "HRB 1" } },
    };

    private static XDocument Document(InvoiceEvent.InvoiceFinalized facts, string format) =>
        XDocument.Parse(Encoding.UTF8.GetString(EInvoice.Xml(facts, format)));
}

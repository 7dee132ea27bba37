using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using Billing.Projections.Tests.Documents;
using Billing.Projections.Tests.Given;

namespace Billing.Projections.Tests.Invoicing;

public sealed class PrintedTaxTests
{
    [Fact]
    public void Each_rate_is_printed_with_what_it_is_on_and_what_is_not_taxed_with_its_legal_text()
    {
        var printed = PrintedInvoice.Of(TaxedInvoices.TwoRates);
        Assert.Equal(
            ["VAT 19% on 540.00 EUR 102.60", "VAT 7% on 135.22 EUR 9.47", "VAT 0% on 11.11 EUR 0.00"],
            printed.Taxes.Select(tax => $"{tax.Label} {tax.Amount.ToDecimalString()}"));
        Assert.Equal("Steuerfrei nach § 4 UStG.", printed.TaxTexts);
        Assert.Equal((Euro(686_33), Euro(798_40), Euro(698_40)), (printed.Subtotal, printed.Total, printed.BalanceDue));
        Assert.Equal(["600.00", "150.25", "12.34", "-60.00", "-15.03", "-1.23"], printed.Lines.Select(line => line.Amount.ToDecimalString()));
        Assert.Equal("Discount 10%", printed.Lines[3].Description);
        Assert.Equal(("DE123456788", "ATU12345675", "4500017"), (printed.Seller.VatId, printed.Client.VatId, printed.PurchaseOrder));
    }

    [Fact]
    public void A_deposit_that_was_taxed_is_deducted_net_and_tax_and_the_rest_of_the_retainer_in_one()
    {
        var printed = PrintedInvoice.Of(TaxedInvoices.AfterDeposit);
        Assert.Equal(
            ["Abzüglich Vorauszahlung INV-2026-0009, netto -63.03", "Abzüglich USt. 19 % der Vorauszahlung INV-2026-0009 -11.97"],
            printed.Deposits.Select(row => $"{row.Label} {row.Amount.ToDecimalString()}"));
        Assert.Equal((Euro(25_00), Euro(798_40), Euro(698_40)), (printed.RetainerApplied, printed.Total, printed.BalanceDue));
    }

    [Fact]
    public void Where_prices_include_the_tax_the_lines_are_the_prices()
    {
        var printed = PrintedInvoice.Of(TaxedInvoices.Inclusive);
        Assert.Equal(["100.00", "50.00"], printed.Lines.Select(line => line.Amount.ToDecimalString()));
        Assert.Equal((Euro(150_00), Euro(150_00)), (printed.Subtotal, printed.Total));
        Assert.Equal("includes VAT 19% on 126.05 EUR", Assert.Single(printed.Taxes).Label);
    }

    [Fact]
    public void A_credit_note_takes_its_tax_back_in_the_same_words()
    {
        var printed = PrintedCreditNote.Of(TaxedInvoices.TwoRates, TaxedInvoices.CreditNote);
        Assert.Equal(["VAT 19% on 108.00 EUR"], printed.Taxes.Select(tax => tax.Label));
        Assert.Equal((Euro(108_00), Euro(128_52)), (printed.Subtotal, printed.Total));
        Assert.Single(printed.Lines);
    }

    [Fact]
    public void A_german_client_reads_german()
    {
        using var reader = new PdfObjects(new PdfDocumentRenderer().Render(PrintedInvoice.Of(TaxedInvoices.Reverse)).Pdf);
        var text = string.Join(' ', reader.Document.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
        foreach (var words in new[]
        {
            "Rechnung INV-2026-0001", "USt-IdNr. ATU12345675", "Leistung 01.03.2026", "600,00 €", "USt. 0 % auf",
            "Steuerschuldnerschaft des Leistungsempfängers.", "Die Stunden hinter dieser Rechnung", "Seite 1 von 1",
        })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("Total", text, StringComparison.Ordinal);
    }

    private static Money Euro(long minor) => new(minor, Currency.Eur);
}

using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;

namespace Billing.Projections.EInvoicing;

/// <summary>The elements of an invoice in the order of the schema, with their business terms (BT) and groups (BG) of EN 16931.</summary>
internal sealed class CrossIndustryInvoice(CiiWriter to, InvoiceEvent.InvoiceFinalized facts)
{
    private const string Billing = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
    private const string En16931 = "urn:cen.eu:en16931:2017";
    private const string XRechnung = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0";

    /// <summary>UNTDID 1001: commercial invoice.</summary>
    private const string CommercialInvoice = "380";

    private readonly Currency currency = Currency.Of(facts.Currency);
    private readonly DocumentLanguage language = DocumentLanguage.Of(facts.Language);

    /// <summary>Of an invoice that says nothing of tax, all is no matter of it.</summary>
    private readonly IReadOnlyList<TaxPart> parts = facts.Tax?.Parts
        ?? [new TaxPart(TaxCategory.OutOfScope, 0, facts.TotalMinor, 0, null)];

    public void Write(string format) => to.Document(() =>
    {
        to.Part("ExchangedDocumentContext", () =>
        {
            to.Group("BusinessProcessSpecifiedDocumentContextParameter", () => to.Text("ID", Billing));
            to.Group(
                "GuidelineSpecifiedDocumentContextParameter",
                () => to.Text("ID", format == EInvoiceFormat.XRechnung ? XRechnung : En16931));
        });
        to.Part("ExchangedDocument", () =>
        {
            to.Text("ID", facts.Number);
            to.Text("TypeCode", CommercialInvoice);
            to.Date("IssueDateTime", facts.IssuedOn);
            if (facts.Texts?.Note is { Length: > 0 } note) to.Group("IncludedNote", () => to.Text("Content", note));
        });
        to.Part("SupplyChainTradeTransaction", () =>
        {
            var printed = PrintedInvoice.Lines(facts);
            foreach (var line in facts.Lines.Where(line => line.Kind is not (LineKind.Tax or LineKind.Discount)))
                new CiiLine(to, line, currency).Write(printed[line.LineNumber - 1]);
            to.Group("ApplicableHeaderTradeAgreement", Agreement);
            to.Group("ApplicableHeaderTradeDelivery", () => { });
            to.Group("ApplicableHeaderTradeSettlement", Settlement);
        });
    });

    private void Agreement()
    {
        to.Text("BuyerReference", facts.EInvoice?.Buyer?.BuyerReference);
        new CiiParties(to, facts, parts.Any(part => part.Category == TaxCategory.OutOfScope)).Write();
        if (facts.PurchaseOrder is { } order)
            to.Group("BuyerOrderReferencedDocument", () => to.Text("IssuerAssignedID", order));
    }

    private void Settlement()
    {
        to.Text("PaymentReference", facts.Number);
        to.Text("InvoiceCurrencyCode", currency.Code);
        if (facts.EInvoice?.Seller is { Iban: { } iban } seller) PaymentMeans(seller, iban);
        foreach (var part in parts) Tax(part);
        to.Group("BillingSpecifiedPeriod", () =>
        {
            var (from, through) = PrintedInvoice.Performed(facts);
            to.Date("StartDateTime", from);
            to.Date("EndDateTime", through);
        });
        foreach (var line in facts.Lines.Where(line => line.Kind == LineKind.Discount)) Allowance(line);
        to.Group("SpecifiedTradePaymentTerms", () => to.Date("DueDateDateTime", facts.DueOn));
        to.Group("SpecifiedTradeSettlementHeaderMonetarySummation", Sums);
    }

    private void PaymentMeans(EInvoiceSeller seller, string iban) => to.Group("SpecifiedTradeSettlementPaymentMeans", () =>
    {
        // UNTDID 4461: a SEPA credit transfer where it is in euros, else any.
        to.Text("TypeCode", currency == Currency.Eur ? "58" : "30");
        to.Group("PayeePartyCreditorFinancialAccount", () =>
        {
            to.Text("IBANID", iban);
            to.Text("AccountName", facts.Texts?.Seller.Name);
        });
        if (seller.Bic is { } bic) to.Group("PayeeSpecifiedCreditorFinancialInstitution", () => to.Text("BICID", bic));
    });

    private void Tax(TaxPart part) => to.Group("ApplicableTradeTax", () =>
    {
        to.Amount("CalculatedAmount", part.TaxMinor, currency);
        to.Text("TypeCode", "VAT");
        // A standard or zero rate has no reason (BR-S-10, BR-Z-10), all others have one.
        if (part.Category is not (TaxCategory.Standard or TaxCategory.ZeroRated))
            to.Text("ExemptionReason", PrintedTax.TextOf(part, facts.Tax?.Rules.Name ?? language.Word("tax-name"), language));
        to.Amount("BasisAmount", part.TaxableMinor, currency);
        to.Text("CategoryCode", part.Category);
        CiiLine.Rate(to, part.Category, part.HundredThousandths);
    });

    private void Allowance(InvoiceLine line) => to.Group("SpecifiedTradeAllowanceCharge", () =>
    {
        to.Indicator("ChargeIndicator", false);
        to.Amount("ActualAmount", -line.AmountMinor, currency);
        // UNTDID 5189: discount.
        to.Text("ReasonCode", "95");
        to.Text("Reason", language.Word("discount"));
        to.Group("CategoryTradeTax", () => CiiLine.Category(to, line));
    });

    private void Sums()
    {
        var discounts = -facts.Lines.Where(line => line.Kind == LineKind.Discount).Sum(line => line.AmountMinor);
        var basis = parts.Sum(part => part.TaxableMinor);
        to.Amount("LineTotalAmount", basis + discounts, currency);
        if (discounts != 0) to.Amount("AllowanceTotalAmount", discounts, currency);
        to.Amount("TaxBasisTotalAmount", basis, currency);
        to.Amount("TaxTotalAmount", facts.TaxMinor(), currency, namesCurrency: true);
        to.Amount("GrandTotalAmount", facts.TotalMinor, currency);
        if (facts.RetainerAppliedMinor != 0) to.Amount("TotalPrepaidAmount", facts.RetainerAppliedMinor, currency);
        to.Amount("DuePayableAmount", facts.TotalMinor - facts.RetainerAppliedMinor, currency);
    }
}

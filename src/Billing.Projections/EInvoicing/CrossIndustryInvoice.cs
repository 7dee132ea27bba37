using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;

namespace Billing.Projections.EInvoicing;

/// <summary>The elements of an invoice or credit note in the order of the schema, with their business terms (BT) and groups (BG) of
/// EN 16931.</summary>
/// <param name="format">One of <see cref="EInvoiceFormat"/>.</param>
internal sealed class CrossIndustryInvoice(CiiWriter to, CiiDocument document, string format)
{
    private const string Billing = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
    private const string En16931 = "urn:cen.eu:en16931:2017";
    private const string XRechnung = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0";

    private readonly InvoiceEvent.InvoiceFinalized facts = document.Invoice;
    private readonly IReadOnlyList<TaxPart> parts = document.Parts;
    private readonly Currency currency = Currency.Of(document.Invoice.Currency);
    private readonly DocumentLanguage language = DocumentLanguage.Of(document.Invoice.Language);

    public void Write() => to.Document(() =>
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
            to.Text("ID", document.Number);
            to.Text("TypeCode", document.TypeCode);
            to.Date("IssueDateTime", document.IssuedOn);
            if (document.Note is { Length: > 0 } note) to.Group("IncludedNote", () => to.Text("Content", note));
            var tax = new PrintedTax(facts.Tax, language, currency);
            foreach (var deposit in document.Credit is null ? facts.Deposits ?? [] : [])
                to.Group("IncludedNote", () => to.Text("Content", tax.InWords(deposit)));
        });
        to.Part("SupplyChainTradeTransaction", () =>
        {
            var printed = PrintedInvoice.Lines(facts);
            foreach (var line in document.Lines.Where(line => line.Kind != LineKind.Discount))
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
        to.Text("PaymentReference", document.Number);
        to.Text("InvoiceCurrencyCode", currency.Code);
        if (document.Credit is { } credit) MeansOfCredit(credit);
        else if (facts.EInvoice?.Seller is { Iban: { } iban } seller) PaymentMeans(seller, iban);
        foreach (var part in parts) Tax(part);
        to.Group("BillingSpecifiedPeriod", () =>
        {
            var (from, through) = PrintedInvoice.Performed(document.Lines, facts.IssuedOn);
            to.Date("StartDateTime", from);
            to.Date("EndDateTime", through);
        });
        foreach (var line in document.Lines.Where(line => line.Kind == LineKind.Discount)) Allowance(line);
        to.Group("SpecifiedTradePaymentTerms", Terms);
        to.Group("SpecifiedTradeSettlementHeaderMonetarySummation", Sums);
        if (document.Credit is not null) Preceding();
    }

    /// <summary>How a credit note is settled, in words (BT-20); an invoice says when it is due (BT-9), and in which parts.</summary>
    private void Terms()
    {
        if (document.Credit is { } credit)
        {
            to.Text("Description", string.Join(' ', PrintedCreditNote.Settlement(credit, language, currency)));
            return;
        }
        if (facts.Instalments is { } plan) to.Text("Description", Terms(plan));
        to.Date("DueDateDateTime", facts.DueOn);
    }

    private string Terms(IReadOnlyList<Instalment> plan) => language.Word("instalments-terms", ("parts", string.Join(
        "; ", plan.Select(part => $"{language.Day(part.DueOn)}: {language.Amount(new Money(part.AmountMinor, currency))}"))));

    /// <summary>The invoice that is credited (BG-3).</summary>
    private void Preceding() => to.Group("InvoiceReferencedDocument", () =>
    {
        to.Text("IssuerAssignedID", facts.Number);
        to.FormattedDate("FormattedIssueDateTime", facts.IssuedOn);
    });

    /// <summary>UNTDID 4461: set off where nothing is, or was, given back; else by means that are not agreed yet. The client's account,
    /// which a transfer would have to name, is not known.</summary>
    private void MeansOfCredit(InvoiceEvent.CreditNoteIssued credit) => to.Group(
        "SpecifiedTradeSettlementPaymentMeans",
        () => to.Text("TypeCode", credit is { RefundDueMinor: 0, SettledOutsideMinor: 0 } ? "97" : "1"));

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
        // XRechnung wants a rate here even where there is none (BR-DE-14).
        if (format == EInvoiceFormat.XRechnung) to.Number("RateApplicablePercent", part.HundredThousandths / 1000m);
        else CiiLine.Rate(to, part.Category, part.HundredThousandths);
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
        var discounts = -document.Lines.Where(line => line.Kind == LineKind.Discount).Sum(line => line.AmountMinor);
        var (basis, tax) = (parts.Sum(part => part.TaxableMinor), parts.Sum(part => part.TaxMinor));
        to.Amount("LineTotalAmount", basis + discounts, currency);
        if (discounts != 0) to.Amount("AllowanceTotalAmount", discounts, currency);
        to.Amount("TaxBasisTotalAmount", basis, currency);
        to.Amount("TaxTotalAmount", tax, currency, namesCurrency: true);
        to.Amount("GrandTotalAmount", document.TotalMinor, currency);
        if (document.PrepaidMinor != 0) to.Amount("TotalPrepaidAmount", document.PrepaidMinor, currency);
        to.Amount("DuePayableAmount", document.TotalMinor - document.PrepaidMinor, currency);
    }
}

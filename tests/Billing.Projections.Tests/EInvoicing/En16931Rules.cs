using System.Globalization;
using System.Xml.Linq;

namespace Billing.Projections.Tests.EInvoicing;

/// <summary>
/// Business rules of EN 16931-1 (BR, BR-CO, BR-S, BR-AE, BR-E, BR-O, BR-DEC) and of XRechnung 3.0 (BR-DE) as far as our invoices touch
/// them: our own reading of the texts that CEN TC 434 (ConnectingEurope/eInvoicing-EN16931) and KoSIT (itplr-kosit/xrechnung-schematron)
/// publish with their schematrons.
/// </summary>
internal sealed class En16931Rules
{
    private static readonly XNamespace Rsm = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
    private static readonly XNamespace Qdt = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100";
    private static readonly XNamespace Ram = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";

    private readonly XElement root;
    private readonly List<string> broken = [];

    private En16931Rules(XDocument document) => root = document.Root!;

    private XElement Transaction => root.Element(Rsm + "SupplyChainTradeTransaction")!;

    private XElement Agreement => Transaction.Element(Ram + "ApplicableHeaderTradeAgreement")!;

    private XElement Settlement => Transaction.Element(Ram + "ApplicableHeaderTradeSettlement")!;

    private XElement Sums => Settlement.Element(Ram + "SpecifiedTradeSettlementHeaderMonetarySummation")!;

    private List<XElement> Lines => [.. Transaction.Elements(Ram + "IncludedSupplyChainTradeLineItem")];

    private List<XElement> Taxes => [.. Settlement.Elements(Ram + "ApplicableTradeTax")];

    private List<XElement> Allowances => [.. Settlement.Elements(Ram + "SpecifiedTradeAllowanceCharge")];

    /// <summary>The numbers of the rules that the document breaks.</summary>
    public static IReadOnlyList<string> BrokenBy(XDocument document, bool isXRechnung)
    {
        var rules = new En16931Rules(document);
        rules.CheckDocument();
        rules.CheckLines();
        rules.CheckSums();
        foreach (var tax in rules.Taxes) rules.CheckTax(tax);
        if (isXRechnung) rules.CheckXRechnung();
        return rules.broken;
    }

    private void CheckDocument()
    {
        var document = root.Element(Rsm + "ExchangedDocument")!;
        Must("BR-02", Has(document, "ID"));
        Must("BR-03", Text(document, "IssueDateTime")?.Length == 8);
        Must("BR-04", Text(document, "TypeCode") is "380" or "381");
        if (Text(document, "TypeCode") is "381") CheckPreceding();
        Must("BR-05", Text(Settlement, "InvoiceCurrencyCode")?.Length == 3);
        Must("BR-06", Has(Seller, "Name"));
        Must("BR-07", Has(Buyer, "Name"));
        Must("BR-09", Has(Seller, "PostalTradeAddress", "CountryID"));
        Must("BR-11", Has(Buyer, "PostalTradeAddress", "CountryID"));
        Must("BR-16", Lines.Count > 0);
        Must("BR-CO-18", Taxes.Count > 0);
        Must("BR-CO-25", Number(Sums, "DuePayableAmount") <= 0 || Has(Settlement, "SpecifiedTradePaymentTerms", "DueDateDateTime")
            || Has(Settlement, "SpecifiedTradePaymentTerms", "Description"));
        Must("BR-CO-26", Has(Seller, "ID") || Has(Seller, "SpecifiedLegalOrganization", "ID") || Registered(Seller, "VA") is not null);
        var period = Settlement.Element(Ram + "BillingSpecifiedPeriod")!;
        Must("BR-29", string.CompareOrdinal(Text(period, "StartDateTime"), Text(period, "EndDateTime")) <= 0);
        foreach (var amount in root.Descendants().Where(element => element.Name.LocalName.EndsWith("Amount", StringComparison.Ordinal)
            && element.Name.LocalName != "ChargeAmount"))
        {
            Must($"BR-DEC {amount.Name.LocalName}", amount.Value.Split('.') is not [_, { Length: > 2 }]);
        }
    }

    /// <summary>The invoice that a credit note is about, by number and day. Its amounts are what is taken back, so positive.</summary>
    private void CheckPreceding()
    {
        var preceding = Settlement.Element(Ram + "InvoiceReferencedDocument");
        Must("BR-55", preceding is not null && Has(preceding, "IssuerAssignedID"));
        Must("BT-26", preceding?.Element(Ram + "FormattedIssueDateTime")?.Element(Qdt + "DateTimeString")?.Value.Length == 8);
        Must("381: positive", Number(Sums, "GrandTotalAmount") > 0 && Lines.TrueForAll(line => AmountOf(line) > 0));
    }

    private void CheckLines()
    {
        foreach (var line in Lines)
        {
            var quantity = line.Descendants(Ram + "BilledQuantity").Single();
            var price = line.Descendants(Ram + "NetPriceProductTradePrice").Single();
            Must("BR-21", Has(line, "AssociatedDocumentLineDocument", "LineID"));
            Must("BR-23", quantity.Attribute("unitCode") is not null);
            Must("BR-25", Has(line, "SpecifiedTradeProduct", "Name"));
            Must("BR-27", Number(price, "ChargeAmount") >= 0);
            Must("BR-CO-04", line.Descendants(Ram + "CategoryCode").Count() == 1);
            // PEPPOL-EN16931-R120, taken over by XRechnung 3.0: quantity times price is the amount, give or take 0.02.
            var per = price.Element(Ram + "BasisQuantity") is { } basis ? Decimal(basis.Value) : 1;
            var exact = Decimal(quantity.Value) * Number(price, "ChargeAmount") / per;
            Must("PEPPOL-EN16931-R120", Math.Abs(exact - AmountOf(line)) <= 0.02m);
        }
        Must("BR-21 (unique)", Lines.Select(line => line.Descendants(Ram + "LineID").Single().Value).Distinct().Count() == Lines.Count);
        foreach (var allowance in Allowances)
        {
            Must("BR-31", Number(allowance, "ActualAmount") > 0);
            Must("BR-32", Has(allowance, "CategoryTradeTax", "CategoryCode"));
            Must("BR-33", Has(allowance, "Reason"));
        }
    }

    private void CheckSums()
    {
        var allowances = Allowances.Sum(allowance => Number(allowance, "ActualAmount"));
        Must("BR-CO-10", Number(Sums, "LineTotalAmount") == Lines.Sum(AmountOf));
        Must("BR-CO-11", Number(Sums, "AllowanceTotalAmount") == allowances);
        Must("BR-CO-13", Number(Sums, "TaxBasisTotalAmount") == Number(Sums, "LineTotalAmount") - allowances);
        Must("BR-CO-14", Number(Sums, "TaxTotalAmount") == Taxes.Sum(tax => Number(tax, "CalculatedAmount")));
        Must("BR-CO-15", Number(Sums, "GrandTotalAmount") == Number(Sums, "TaxBasisTotalAmount") + Number(Sums, "TaxTotalAmount"));
        Must("BR-CO-16", Number(Sums, "DuePayableAmount") == Number(Sums, "GrandTotalAmount") - Number(Sums, "TotalPrepaidAmount"));
        Must("BR-53", Sums.Element(Ram + "TaxTotalAmount")!.Attribute("currencyID")!.Value == Text(Settlement, "InvoiceCurrencyCode"));
    }

    private void CheckTax(XElement tax)
    {
        var (category, rate, basis) = (Text(tax, "CategoryCode")!, Text(tax, "RateApplicablePercent"), Number(tax, "BasisAmount"));
        var exact = Math.Round(basis * Decimal(rate ?? "0") / 100, 2, MidpointRounding.AwayFromZero);
        // The schematron lets the tax be off by less than one unit of the currency; ours is off by a cent at most, see ADR 0027.
        Must("BR-CO-17", Math.Abs(Number(tax, "CalculatedAmount") - exact) <= 0.01m);
        var ofLines = category is "O" ? null : rate;
        var alike = Lines.Where(line => IsAs(line.Descendants(Ram + "ApplicableTradeTax").Single(), category, ofLines)).Sum(AmountOf)
            - Allowances.Where(allowance => IsAs(allowance.Element(Ram + "CategoryTradeTax")!, category, ofLines))
                .Sum(allowance => Number(allowance, "ActualAmount"));
        Must($"BR-{category}-08", basis == alike);
        Must($"BR-{category}-10", Has(tax, "ExemptionReason") == category is "E" or "AE" or "G" or "O");
        Must("BR-48", rate is not null || category is "O");
        Must($"BR-{category}-05", category is "S" ? Decimal(rate!) > 0 : rate is null or "0");
        if (category is "S" or "E" or "Z" or "AE")
            Must($"BR-{category}-02", Registered(Seller, "VA") is not null || Registered(Seller, "FC") is not null);
        if (category is "AE") Must("BR-AE-02", Registered(Buyer, "VA") is not null);
        if (category is "O")
        {
            Must("BR-O-02", Registered(Seller, "VA") is null && Registered(Buyer, "VA") is null);
            Must("BR-O-11", Taxes.Count == 1);
        }
    }

    private void CheckXRechnung()
    {
        Must("BR-DE-1", Has(Settlement, "SpecifiedTradeSettlementPaymentMeans", "TypeCode"));
        var isTransfer = Text(Settlement.Element(Ram + "SpecifiedTradeSettlementPaymentMeans")!, "TypeCode") is "30" or "58";
        Must("BR-DE-23-a", isTransfer == Has(Settlement, "SpecifiedTradeSettlementPaymentMeans", "PayeePartyCreditorFinancialAccount", "IBANID"));
        Must("BR-DE-3", Has(Seller, "PostalTradeAddress", "CityName"));
        Must("BR-DE-4", Has(Seller, "PostalTradeAddress", "PostcodeCode"));
        Must("BR-DE-5", Has(Seller, "DefinedTradeContact", "PersonName"));
        Must("BR-DE-6", Has(Seller, "DefinedTradeContact", "TelephoneUniversalCommunication", "CompleteNumber"));
        Must("BR-DE-7", Has(Seller, "DefinedTradeContact", "EmailURIUniversalCommunication", "URIID"));
        Must("BR-DE-8", Has(Buyer, "PostalTradeAddress", "CityName"));
        Must("BR-DE-9", Has(Buyer, "PostalTradeAddress", "PostcodeCode"));
        Must("BR-DE-14", Taxes.TrueForAll(tax => Has(tax, "RateApplicablePercent")));
        Must("BR-DE-15", Has(Agreement, "BuyerReference"));
        var context = root.Element(Rsm + "ExchangedDocumentContext")!;
        Must("BR-DE-21", Text(context, "GuidelineSpecifiedDocumentContextParameter")
            == "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0");
        Must("PEPPOL-EN16931-R001", Has(context, "BusinessProcessSpecifiedDocumentContextParameter", "ID"));
        foreach (var (rule, party) in new[] { ("PEPPOL-EN16931-R020", Seller), ("PEPPOL-EN16931-R010", Buyer) })
            Must(rule, party.Element(Ram + "URIUniversalCommunication")?.Element(Ram + "URIID")?.Attribute("schemeID") is not null);
    }

    private XElement Seller => Agreement.Element(Ram + "SellerTradeParty")!;

    private XElement Buyer => Agreement.Element(Ram + "BuyerTradeParty")!;

    private static bool IsAs(XElement tax, string category, string? rate) =>
        Text(tax, "CategoryCode") == category && Text(tax, "RateApplicablePercent") == rate;

    private static decimal AmountOf(XElement line) => Decimal(line.Descendants(Ram + "LineTotalAmount").Single().Value);

    private static string? Registered(XElement party, string scheme) => party.Elements(Ram + "SpecifiedTaxRegistration")
        .Elements(Ram + "ID").FirstOrDefault(id => id.Attribute("schemeID")!.Value == scheme)?.Value;

    private static bool Has(XElement element, params string[] path) =>
        path.Aggregate((XElement?)element, (at, name) => at?.Element(Ram + name)) is { Value.Length: > 0 };

    private static string? Text(XElement element, string name) => element.Element(Ram + name)?.Value;

    private static decimal Number(XElement element, string name) => Decimal(Text(element, name) ?? "0");

    private static decimal Decimal(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    private void Must(string rule, bool holds)
    {
        if (!holds) broken.Add(rule);
    }
}

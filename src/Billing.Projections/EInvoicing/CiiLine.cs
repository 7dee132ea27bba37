using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Projections.EInvoicing;

/// <summary>A line of an electronic invoice (BG-25): without its tax, and with a price that is never negative (BR-27).</summary>
internal sealed class CiiLine(CiiWriter to, InvoiceLine line, Currency currency)
{
    /// <summary>UN/ECE Recommendation 20: hour, second, and a piece that has no unit.</summary>
    private const string Hour = "HUR", Second = "SEC", One = "C62";

    private const int SecondsOfHour = 3600;

    public void Write(InvoiceLineModel printed) => to.Group("IncludedSupplyChainTradeLineItem", () =>
    {
        var (quantity, unit, price, per) = Measured();
        to.Group("AssociatedDocumentLineDocument", () => to.Number("LineID", line.LineNumber));
        to.Group("SpecifiedTradeProduct", () =>
        {
            to.Text("Name", printed.Description.Length > 0 ? printed.Description : line.Kind);
            if (unit == One && line.QuantitySeconds is not null) to.Text("Description", $"{printed.Quantity} · {printed.UnitPrice}");
        });
        to.Group("SpecifiedLineTradeAgreement", () => to.Group("NetPriceProductTradePrice", () =>
        {
            to.Number("ChargeAmount", price);
            if (per != 1) to.Number("BasisQuantity", per, unit);
        }));
        to.Group("SpecifiedLineTradeDelivery", () => to.Number("BilledQuantity", quantity, unit));
        to.Group("SpecifiedLineTradeSettlement", () =>
        {
            to.Group("ApplicableTradeTax", () => Category(to, line));
            to.Group(
                "SpecifiedTradeSettlementLineMonetarySummation", () => to.Amount("LineTotalAmount", line.AmountMinor, currency));
        });
    });

    /// <summary>How a line or a discount is taxed; one of which nothing is said is no matter of the tax.</summary>
    public static void Category(CiiWriter to, InvoiceLine line)
    {
        var category = line.TaxCategory ?? TaxCategory.OutOfScope;
        to.Text("TypeCode", "VAT");
        to.Text("CategoryCode", category);
        Rate(to, category, line.TaxHundredThousandths ?? 0);
    }

    /// <summary>What is no matter of the tax has no rate (BR-O-05), not even one of zero.</summary>
    public static void Rate(CiiWriter to, string category, int hundredThousandths)
    {
        if (category != TaxCategory.OutOfScope) to.Number("RateApplicablePercent", hundredThousandths / 1000m);
    }

    private (decimal Quantity, string Unit, decimal Price, int Per) Measured()
    {
        var amount = (decimal)line.AmountMinor / currency.MinorPerMajor;
        // A price with tax in it is none without it, as a rule: then the line is one piece.
        if (line is not { QuantitySeconds: { } seconds, PerHourMinor: { } perHour, InclusiveMinor: null } || line.AmountMinor < 0)
            return (amount < 0 ? -1 : 1, One, Math.Abs(amount), 1);
        var tenThousandths = new HourlyPrice(perHour, line.SurchargeTenThousandths ?? 0).TenThousandths;
        var price = (decimal)tenThousandths / HourlyPrice.Scale / currency.MinorPerMajor;
        return seconds % 36 == 0
            ? ((decimal)seconds / SecondsOfHour, Hour, price, 1)
            : (seconds, Second, price, SecondsOfHour);
    }
}

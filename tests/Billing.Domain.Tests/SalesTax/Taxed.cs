using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.SalesTax;

/// <summary>Given: practices that charge sales tax, and invoices of theirs.</summary>
internal static class Taxed
{
    public static readonly TaxTreatment Nineteen = new(TaxCategory.Standard, 19_000);
    public static readonly TaxTreatment Seven = new(TaxCategory.Standard, 7_000);
    public static readonly TaxTreatment Exempt = new(TaxCategory.Exempt, 0, "Exempt under section 4.");
    public static readonly TaxTreatment Reversed = new(TaxCategory.ReverseCharge, 0);

    /// <summary>Everything at a rate, but for the exceptions.</summary>
    public static Practice Charging(this Practice practice, TaxTreatment treatment, params TaxException[] exceptions) =>
        practice.Sets(PolicySet(treatment, pricesInclude: false, exceptions));

    public static Practice Including(this Practice practice, TaxTreatment treatment, params TaxException[] exceptions) =>
        practice.Sets(PolicySet(treatment, pricesInclude: true, exceptions));

    public static Practice TaxesClient(this Practice practice, TaxTreatment? treatment, bool? pricesInclude = null) =>
        practice.Sets(new ClientEvent.ClientTaxAgreed(treatment, pricesInclude, "ATU12345675", At));

    public static TaxException For(Guid engagement, TaxTreatment treatment) => new(engagement, null, treatment);

    public static TaxException ForExpenses(string category, TaxTreatment treatment) => new(null, category, treatment);

    public static InvoiceFinalized Finalized(this Practice practice, params DiscountWish[] discounts) =>
        practice.FinalizedWith(drawsOnRetainer: false, discounts);

    public static InvoiceFinalized FinalizedWith(this Practice practice, bool drawsOnRetainer, params DiscountWish[] discounts)
    {
        var draft = practice.DraftOfAll(drawsOnRetainer) with { Discounts = discounts };
        var drafted = Drafting.Decide(Invoice.Stream.Initial, draft, practice.Sources).Events();
        var accepted = practice.Finalized(Invoice.Stream.Fold(drafted));
        practice.Appends(accepted);
        return accepted.Invoice;
    }

    public static DiscountWish Percent(int percent, Guid? engagement = null) => new(null, percent * 100, engagement, null);

    public static DiscountWish Off(long minor, Guid? engagement = null) => new(Usd(minor), null, engagement, null);

    public static Money Usd(long minor) => new(minor, Currency.Usd);

    /// <summary>Kind and amount of each line.</summary>
    public static IEnumerable<(string, long)> Amounts(this InvoiceFinalized invoice) =>
        invoice.Lines.Select(line => (line.Kind, line.AmountMinor));

    private static BusinessEvent.SalesTaxPolicySet PolicySet(
        TaxTreatment treatment, bool pricesInclude, IReadOnlyList<TaxException> exceptions) =>
        new(null, pricesInclude, treatment, exceptions, "DE123456788", "12/345/67890", At);
}

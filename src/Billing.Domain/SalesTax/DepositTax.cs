namespace Billing.Domain.SalesTax;

/// <summary>How a deposit is taxed, as far as it says so itself.</summary>
/// <param name="IsTaxed">Null follows the practice; a treatment says yes.</param>
/// <param name="Treatment">Null for that of the work that is paid ahead.</param>
/// <param name="IsIncluded">Whether the amount has the tax in it; null as prices have it.</param>
public sealed record DepositTax(bool? IsTaxed, TaxTreatment? Treatment, bool? IsIncluded)
{
    public static DepositTax AsThePractice { get; } = new(null, null, null);

    /// <summary>By which rules the deposit is taxed. What is paid ahead of work at several rates has no rate yet: the practice's wish
    /// leaves it untaxed. Refuses: <c>deposit-tax-unclear</c> where it is to be taxed all the same, and
    /// <c>deposit-tax-included</c>.</summary>
    /// <param name="rules">As they hold for an invoice of the client.</param>
    /// <param name="engagementIds">Whose work it is paid ahead for; empty for all of the client's.</param>
    /// <param name="countsHours">Whether it pays for hours, which earn their fee as it was agreed.</param>
    /// <param name="ofDeposit">Null where it bears no tax.</param>
    public Rejection? Settle(
        bool practiceTaxes, TaxRules rules, IReadOnlyList<Guid> engagementIds, bool countsHours, out TaxRules? ofDeposit)
    {
        ofDeposit = null;
        if (!(IsTaxed ?? (Treatment is not null || practiceTaxes))) return null;
        var treatment = Treatment ?? OneOf(rules, engagementIds);
        if (treatment is null)
        {
            return IsTaxed == true
                ? new Rejection("deposit-tax-unclear",
                    "Nothing says at which one rate the work will be taxed that this deposit is for. Name its treatment.", "/tax/treatment",
                    RejectionKind.Invalid)
                : null;
        }
        var isIncluded = IsIncluded ?? rules.PricesInclude;
        if (isIncluded && countsHours)
        {
            return new Rejection("deposit-tax-included",
                "A retainer of hours earns its fee without tax. Charge the tax on top of the fee.", "/tax/included", RejectionKind.Invalid);
        }
        ofDeposit = new TaxRules(rules.Name, isIncluded, treatment, []);
        return null;
    }

    /// <summary>Expenses are not paid ahead, so that their categories do not count.</summary>
    private static TaxTreatment? OneOf(TaxRules rules, IReadOnlyList<Guid> engagementIds)
    {
        var treatments = engagementIds.Count > 0
            ? engagementIds.Select(id => rules.For(id, null))
            : rules.Exceptions.Where(exception => exception.EngagementId is not null).Select(exception => exception.Treatment)
                .Prepend(rules.Default);
        var distinct = treatments.DistinctBy(treatment => (treatment?.Category, treatment?.HundredThousandths)).ToList();
        return distinct.Count == 1 ? distinct[0] : null;
    }
}

using Billing.Domain.EInvoicing;
using Billing.Domain.SalesTax;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Access;

public static partial class Business
{
    /// <summary>Refuses: <c>business-unknown</c> and what <see cref="SalesTaxPolicy.Refuse"/> refuses.</summary>
    public static Decision<BusinessEvent> Decide(BusinessState state, SetSalesTaxPolicy command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (command.Policy is not { } policy)
        {
            return open.SalesTax is null
                ? Decision<BusinessEvent>.AlreadyDone
                : new SalesTaxPolicySet(null, false, null, [], null, null, command.At);
        }
        if (policy.IsSame(open.SalesTax)) return Decision<BusinessEvent>.AlreadyDone;
        if (policy.Refuse() is { } refusal) return refusal;
        return new SalesTaxPolicySet(
            policy.Name, policy.PricesInclude, policy.Default, policy.Exceptions, policy.VatId, policy.TaxNumber, command.At,
            policy.TaxesDeposits ? true : null, policy.Basis == SalesTaxBasis.Issued ? null : policy.Basis);
    }

    /// <summary>Refuses: <c>business-unknown</c> and what <see cref="EInvoiceRules.Refuse(EInvoiceSeller)"/> refuses.</summary>
    public static Decision<BusinessEvent> Decide(BusinessState state, SetEInvoicing command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (open.EInvoicing == command.Seller) return Decision<BusinessEvent>.AlreadyDone;
        if (EInvoiceRules.Refuse(command.Seller) is { } refusal) return refusal;
        return new EInvoicingSet(command.Seller, command.At);
    }

    private static SalesTaxPolicy? PolicyOf(SalesTaxPolicySet e) => e.Default is { } treatment
        ? new SalesTaxPolicy(e.Name, e.PricesInclude, treatment, e.Exceptions, e.VatId, e.TaxNumber)
        {
            TaxesDeposits = e.TaxesDeposits ?? false,
            Basis = e.Basis ?? SalesTaxBasis.Issued,
        }
        : null;
}

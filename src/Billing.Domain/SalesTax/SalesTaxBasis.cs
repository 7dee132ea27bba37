namespace Billing.Domain.SalesTax;

/// <summary>When sales tax is owed to the office.</summary>
public static class SalesTaxBasis
{
    /// <summary>With the invoice (Sollversteuerung; accrual basis).</summary>
    public const string Issued = "issued";

    /// <summary>With the money (Istversteuerung; cash basis).</summary>
    public const string Received = "received";

    public static IReadOnlyList<string> All { get; } = [Issued, Received];
}

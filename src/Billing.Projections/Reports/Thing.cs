namespace Billing.Projections.Reports;

/// <summary>Something in the books that a figure can be made of.</summary>
/// <param name="Kind">One of <see cref="ThingKind"/>.</param>
public readonly record struct Thing(string Kind, Guid Id);

public static class ThingKind
{
    public const string Assistant = "assistant";
    public const string Budget = "budget";
    public const string Client = "client";
    public const string Engagement = "engagement";
    public const string Entry = "time-entry";
    public const string Expense = "expense";
    public const string Invoice = "invoice";
    public const string Payment = "payment";
    public const string Payout = "payout";
    public const string Practice = "practice";
    public const string Retainer = "retainer";
    public const string SalesTaxPayment = "sales-tax-payment";
    public const string TaxPayment = "tax-payment";
}

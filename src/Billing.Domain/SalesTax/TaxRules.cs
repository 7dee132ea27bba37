namespace Billing.Domain.SalesTax;

/// <summary>
/// What holds for one client's invoices, and is frozen on each of them. A client who is taxed at no rate is so for everything;
/// otherwise what an engagement or a category of expenses says comes first, then the client's own rate, then the practice's.
/// </summary>
/// <param name="Name">What the tax is called; null for the usual word of the document's language.</param>
/// <param name="Default">Null where nothing is taxed, nor said to be exempt.</param>
public sealed record TaxRules(
    string? Name, bool PricesInclude, TaxTreatment? Default, IReadOnlyList<TaxException> Exceptions)
{
    public static TaxRules None { get; } = new(null, false, null, []);

    /// <param name="policy">Null where the practice charges none.</param>
    public static TaxRules Of(SalesTaxPolicy? policy, ClientTax client)
    {
        var treatment = client.Treatment ?? policy?.Default;
        if (treatment is null) return None;
        var isClientsAlone = client.Treatment is { } own && own.Category != TaxCategory.Standard;
        return new TaxRules(
            policy?.Name, client.PricesInclude ?? policy?.PricesInclude ?? false, treatment,
            isClientsAlone ? [] : policy?.Exceptions ?? []);
    }

    /// <param name="expenseCategory">Of an expense; null for work.</param>
    public TaxTreatment? For(Guid? engagementId, string? expenseCategory) =>
        (Exceptions.FirstOrDefault(exception => expenseCategory is not null && exception.ExpenseCategory == expenseCategory)
            ?? Exceptions.FirstOrDefault(exception => engagementId is not null && exception.EngagementId == engagementId))?.Treatment
        ?? Default;
}

using System.Text.RegularExpressions;
using Billing.Domain.Values;

namespace Billing.Domain.SalesTax;

/// <summary>How the practice charges sales tax, as data.</summary>
/// <param name="Name">What the tax is called on documents, such as <c>Sales tax</c>; null for the usual word of the language.</param>
/// <param name="PricesInclude">Whether prices have the tax in them.</param>
/// <param name="Default">How everything is taxed of which nothing else is said.</param>
/// <param name="VatId">The practice's own, with its country's prefix, such as <c>DE123456788</c>.</param>
/// <param name="TaxNumber">The number that its local tax office gave it.</param>
public sealed record SalesTaxPolicy(
    string? Name, bool PricesInclude, TaxTreatment Default, IReadOnlyList<TaxException> Exceptions, string? VatId, string? TaxNumber)
{
    public const int NameMaxLength = 40;
    private const int MostExceptions = 50;

    /// <summary>Whether deposits bear the tax when they are received, as section 13 of the German UStG has it; otherwise the invoices
    /// that they pay do.</summary>
    public bool TaxesDeposits { get; init; }

    /// <summary>One of <see cref="SalesTaxBasis"/>.</summary>
    public string Basis { get; init; } = SalesTaxBasis.Issued;

    public bool IsSame(SalesTaxPolicy? other) => other is not null
        && this with { Exceptions = [] } == other with { Exceptions = [] } && Exceptions.SequenceEqual(other.Exceptions);

    /// <summary>Null where it can be charged. Refuses: <c>tax-exception-malformed</c>, <c>tax-out-of-scope-mixed</c>,
    /// <c>sales-tax-basis-unknown</c> and what
    /// <see cref="TaxTreatment.Refuse"/>, <see cref="VatIds.Refuse"/> and <see cref="Wording.RefuseLine"/> refuse.</summary>
    public Rejection? Refuse()
    {
        var refusal = Wording.RefuseLine(Name, NameMaxLength, "/name") ?? TaxTreatment.Refuse(Default, "/default")
            ?? (SalesTaxBasis.All.Contains(Basis)
                ? null
                : new Rejection(
                    "sales-tax-basis-unknown", $"Sales tax is owed as {string.Join(" or ", SalesTaxBasis.All)}.", "/basis",
                    RejectionKind.Invalid))
            ?? VatIds.Refuse(VatId, "/vatId") ?? Wording.RefuseLine(TaxNumber, VatIds.MaxLength, "/taxNumber")
            ?? Exceptions.Select((exception, i) => TaxTreatment.Refuse(exception.Treatment, $"/exceptions/{i}/treatment"))
                .FirstOrDefault(unfit => unfit is not null);
        if (refusal is not null) return refusal;
        var areClear = Exceptions.Count <= MostExceptions
            && Exceptions.All(exception => (exception.EngagementId is null) != (exception.ExpenseCategory is null))
            && Exceptions.DistinctBy(exception => (exception.EngagementId, exception.ExpenseCategory)).Count() == Exceptions.Count;
        if (!areClear)
        {
            return new Rejection(
                "tax-exception-malformed",
                $"An exception names an engagement or a category of expenses, each is named once, and there are at most {MostExceptions}.",
                "/exceptions", RejectionKind.Invalid);
        }
        var isOut = Default.Category == TaxCategory.OutOfScope;
        return Exceptions.Any(exception => isOut || exception.Treatment.Category == TaxCategory.OutOfScope)
            ? new Rejection(
                "tax-out-of-scope-mixed",
                "What is no matter of the tax cannot stand beside what is: category O is for all of a practice or of a client.",
                "/exceptions", RejectionKind.Invalid)
            : null;
    }
}

/// <summary>How one client is taxed.</summary>
/// <param name="Treatment">The client's own; null follows the practice.</param>
/// <param name="PricesInclude">Whether prices have the tax in them; null follows the practice.</param>
/// <param name="VatId">The client's, with its country's prefix.</param>
public sealed record ClientTax(TaxTreatment? Treatment, bool? PricesInclude, string? VatId)
{
    public static ClientTax None { get; } = new(null, null, null);

    /// <summary>Null where it can be agreed. Refuses: <c>vat-id-missing</c> for reverse charge without the buyer's VAT id, and what
    /// <see cref="TaxTreatment.Refuse"/> and <see cref="VatIds.Refuse"/> refuse.</summary>
    public Rejection? Refuse()
    {
        var refusal = TaxTreatment.Refuse(Treatment, "/treatment") ?? VatIds.Refuse(VatId, "/vatId");
        if (refusal is not null) return refusal;
        return Treatment?.Category == TaxCategory.ReverseCharge && VatId is null
            ? new Rejection(
                "vat-id-missing", "Where the buyer owes the tax, the invoice names the buyer's VAT id. Send it.", "/vatId",
                RejectionKind.Invalid)
            : null;
    }
}

/// <summary>VAT identification numbers of the European Union, and others like them.</summary>
public static partial class VatIds
{
    public const int MaxLength = 50;

    /// <summary>Null for none, or for one with the prefix of a country (BR-CO-9). Whether it was ever given, only its country
    /// knows.</summary>
    public static Rejection? Refuse(string? vatId, string field) => vatId is null || Form().IsMatch(vatId)
        ? null
        : new Rejection(
            "vat-id-malformed", "A VAT id begins with its country's two letters and goes on with 2 to 13 letters and digits, "
            + "such as DE123456788.", field, RejectionKind.Invalid);

    [GeneratedRegex(@"\A[A-Z]{2}[0-9A-Z+*]{2,13}\z")]
    private static partial Regex Form();
}

using System.Globalization;
using Billing.Domain.Values;

namespace Billing.Domain.SalesTax;

/// <summary>How something sold is taxed.</summary>
/// <param name="Category">One of <see cref="TaxCategory"/>.</param>
/// <param name="HundredThousandths">The rate: 19 000 is 19 %. Zero in every category but the standard one.</param>
/// <param name="Reason">The legal text for it, as it is printed; null for the usual one of the document's language.</param>
public sealed record TaxTreatment(string Category, int HundredThousandths, string? Reason = null)
{
    /// <summary>100 %.</summary>
    public const int Whole = 100_000;

    public const int ReasonMaxLength = 500;

    /// <summary>Such as <c>19%</c> or <c>8.875%</c>.</summary>
    public static string TextOf(int hundredThousandths) =>
        string.Create(CultureInfo.InvariantCulture, $"{hundredThousandths / 1000m:0.###}%");

    /// <summary>Null where something can be taxed so. Refuses: <c>tax-category-unknown</c>, <c>tax-rate-out-of-range</c> and what
    /// <see cref="Wording.RefuseLine"/> refuses.</summary>
    public static Rejection? Refuse(TaxTreatment? treatment, string field)
    {
        if (treatment is null) return null;
        if (!TaxCategory.All.Contains(treatment.Category))
        {
            return Invalid(
                "tax-category-unknown", $"A tax category is one of {string.Join(", ", TaxCategory.All)}.", $"{field}/category");
        }
        var isStandard = treatment.Category == TaxCategory.Standard;
        if (isStandard ? treatment.HundredThousandths is < 1 or > Whole : treatment.HundredThousandths != 0)
        {
            return Invalid(
                "tax-rate-out-of-range",
                "The standard category has a rate of more than 0 up to 100 %, every other one has the rate 0.", $"{field}/rate");
        }
        return Wording.RefuseLine(treatment.Reason, ReasonMaxLength, $"{field}/reason");
    }

    private static Rejection Invalid(string code, string detail, string field) => new(code, detail, field, RejectionKind.Invalid);
}

/// <summary>What is taxed otherwise than the rest: the work of an engagement, or expenses of a category.</summary>
/// <param name="EngagementId">Null where it is for expenses.</param>
/// <param name="ExpenseCategory">Code of a Schedule C category; null where it is for an engagement.</param>
public sealed record TaxException(Guid? EngagementId, string? ExpenseCategory, TaxTreatment Treatment);

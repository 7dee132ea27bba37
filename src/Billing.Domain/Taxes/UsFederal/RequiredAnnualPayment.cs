using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>What decides how much must be paid during the year.</summary>
public enum RequirementBasis
{
    /// <summary>90 % of this year's tax is the smaller amount, or the only one known.</summary>
    CurrentYear,

    /// <summary>Last year's tax, or 110 % of it, is the smaller amount.</summary>
    PriorYear,

    /// <summary>Nothing is required: last year's return showed no tax.</summary>
    NoTaxLastYear,

    /// <summary>Nothing is required: less than the threshold is left after withholding.</summary>
    UnderThreshold,

    /// <summary>Nothing is required: withholding covers the required annual payment.</summary>
    WithheldEnough,
}

/// <summary>Form 1040-ES lines 12a to 14b.</summary>
/// <param name="CurrentYear">Line 12a.</param>
/// <param name="PriorYear">Line 12b; null where last year's return gives no safe harbour.</param>
/// <param name="Required">Line 12c: the required annual payment, withholding included.</param>
/// <param name="Instalments">
/// What the four instalments sum to: line 12c, or nothing where nothing is required.
/// </param>
/// <param name="Basis">What decides.</param>
/// <param name="Reason">The same in words, with the amounts.</param>
public sealed record RequiredAnnualPayment(
    TaxLine CurrentYear,
    TaxLine? PriorYear,
    TaxLine Required,
    decimal Instalments,
    RequirementBasis Basis,
    string Reason)
{
    public static RequiredAnnualPayment Compute(
        EstimatedTaxParameters p, Worksheet sheet, FilingStatus status, TaxLine net, PriorYear? prior,
        decimal withholding)
    {
        var current = sheet.Add(
            "required.current-year", "Safe harbour by this year's tax", "Form 1040-ES line 12a",
            net.Exact * p.CurrentYearShare.Value, "tax after refundable credits × share", net, p.CurrentYearShare);
        var (byPrior, share) = prior is { FiledForTwelveMonths: true }
            ? ByPriorYear(p, sheet, status, prior)
            : (null, 0m);
        var required = sheet.Add(
            "required", "Required annual payment", "Form 1040-ES line 12c",
            byPrior is null ? current.Exact : Math.Min(current.Exact, byPrior.Exact),
            byPrior is null ? "share of this year's tax" : "the smaller of both safe harbours",
            byPrior is null ? [current] : [current, byPrior]);

        var withheld = TaxInput.Fact("withholding", withholding);
        var toPay = sheet.Add(
            "required.after-withholding", "Required beyond withholding", "Form 1040-ES line 14a",
            required.Exact - withholding, "required annual payment − withholding", required, withheld);
        var left = sheet.Add(
            "required.left-after-withholding", "Tax left after withholding", "Form 1040-ES line 14b",
            net.Exact - withholding, "tax after refundable credits − withholding", net, withheld);

        var basis = (byPrior, toPay, left) switch
        {
            ({ Exact: 0 }, _, _) => RequirementBasis.NoTaxLastYear,
            (_, _, { Exact: var amount }) when amount < p.NoPaymentBelow.Value => RequirementBasis.UnderThreshold,
            (_, { Exact: <= 0 }, _) => RequirementBasis.WithheldEnough,
            ({ Exact: var amount }, _, _) when amount < current.Exact => RequirementBasis.PriorYear,
            _ => RequirementBasis.CurrentYear,
        };
        var instalments = basis is RequirementBasis.CurrentYear or RequirementBasis.PriorYear ? required.Amount : 0;
        var reason = new RequirementReason(p, status, current, byPrior, required, left, share, withholding, prior);
        return new RequiredAnnualPayment(current, byPrior, required, instalments, basis, reason.Text(basis));
    }

    /// <summary>
    /// Last year's income decides the share, and this year's status decides the limit that it is held against.
    /// </summary>
    private static (TaxLine Line, decimal Share) ByPriorYear(
        EstimatedTaxParameters p, Worksheet sheet, FilingStatus status, PriorYear prior)
    {
        var limit = p.HighIncomeOver.For(status);
        var share = prior.AdjustedGrossIncome > limit.Value ? p.PriorYearShareHighIncome : p.PriorYearShare;
        var line = sheet.Add(
            "required.prior-year", "Safe harbour by last year's tax", "Form 1040-ES line 12b",
            prior.TotalTax * share.Value,
            "last year's tax × share, the higher one where last year's adjusted gross income is over the limit",
            TaxInput.Fact("priorYear.totalTax", prior.TotalTax), share,
            TaxInput.Fact("priorYear.adjustedGrossIncome", prior.AdjustedGrossIncome), limit);
        return (line, share.Value);
    }
}

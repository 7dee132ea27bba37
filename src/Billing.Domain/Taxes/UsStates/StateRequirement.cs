using Billing.Domain.Taxes.UsFederal;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.UsStates;

/// <summary>What a state wants during the year.</summary>
/// <param name="CurrentYear">The share of this year's tax.</param>
/// <param name="PriorYear">The share of last year's; null where it is no safe harbour.</param>
/// <param name="Required">The smaller of both.</param>
/// <param name="Instalments">What the instalments sum to, in whole cents: the required payment less withholding, or nothing.</param>
/// <param name="Reason">Which safe harbour governs and why, in words.</param>
public sealed record StateRequirement(TaxLine CurrentYear, TaxLine? PriorYear, TaxLine Required, decimal Instalments, string Reason)
{
    /// <param name="tax">The year's tax.</param>
    /// <param name="income">This year's adjusted gross income.</param>
    internal static StateRequirement Compute(
        string state, StateInstalmentParameters p, Worksheet sheet, FilingStatus status, TaxLine tax, TaxLine income, PriorYear? prior,
        decimal withholding)
    {
        var current = sheet.Add(
            "state.required.current-year", "Safe harbour by this year's tax", null, tax.Exact * p.CurrentYearShare.Value,
            "tax × share", tax, p.CurrentYearShare);
        var isOff = p.PriorYearNotFromIncome?.For(status) is { } limit && income.Exact >= limit.Value;
        var byPrior = prior is { FiledForTwelveMonths: true } && !isOff ? ByPriorYear(p, sheet, status, prior) : null;
        var required = sheet.Add(
            "state.required", "Required annual payment", null,
            byPrior is null ? current.Exact : Math.Min(current.Exact, byPrior.Exact),
            byPrior is null ? "share of this year's tax" : "the smaller of both safe harbours",
            byPrior is null ? [current] : [current, byPrior]);
        var withheld = TaxInput.Fact("state.withholding", withholding);
        var toPay = sheet.Add(
            "state.required.after-withholding", "Required beyond withholding", null, required.Exact - withholding,
            "required annual payment − withholding", required, withheld);

        var least = p.NoPaymentBelow?.For(status);
        var left = tax.Exact - withholding;
        var isLittle = least is { } threshold && left < threshold.Value;
        var isNothing = isLittle || toPay.Exact <= 0;
        var reason = isLittle
            ? $"Nothing has to be paid to {state} during the year: {Dollars(Math.Max(0, left))} of tax is left after withholding, "
                + $"less than {Dollars(least!.Value)}."
            : Why(state, p, status, current, byPrior, required, isNothing, isOff, prior);
        return new StateRequirement(current, byPrior, required, isNothing ? 0 : toPay.Amount, reason);
    }

    private static TaxLine ByPriorYear(StateInstalmentParameters p, Worksheet sheet, FilingStatus status, PriorYear prior)
    {
        var over = p.HighIncomeOver?.For(status);
        var share = over is { } limit && prior.AdjustedGrossIncome > limit.Value ? p.PriorYearShareHighIncome! : p.PriorYearShare;
        return sheet.Add(
            "state.required.prior-year", "Safe harbour by last year's tax", null, prior.TotalTax * share.Value,
            over is null
                ? "last year's tax × share"
                : "last year's tax × share, the higher one where last year's adjusted gross income is over the limit",
            [
                TaxInput.Fact("state.priorYear.totalTax", prior.TotalTax), share,
                TaxInput.Fact("state.priorYear.adjustedGrossIncome", prior.AdjustedGrossIncome), .. over is null ? [] : (TaxInput[])[over],
            ]);
    }

    private static string Why(
        string state, StateInstalmentParameters p, FilingStatus status, TaxLine current, TaxLine? byPrior, TaxLine required,
        bool isNothing, bool isOff, PriorYear? prior)
    {
        var share = Percent(p.CurrentYearShare.Value);
        if (required.Exact <= 0)
            return $"Nothing has to be paid to {state} during the year: no tax is expected, or there was none last year.";
        if (isNothing) return $"Nothing has to be paid to {state} beyond withholding: it covers the required {Dollars(required.Exact)}.";
        if (isOff)
        {
            return $"{share} of this year's expected tax governs, {Dollars(current.Exact)}: from an income of "
                + $"{Dollars(p.PriorYearNotFromIncome!.For(status).Value)} on, last year's tax is no safe harbour.";
        }
        if (byPrior is null)
        {
            return $"{share} of this year's expected tax governs, {Dollars(current.Exact)}: "
                + (prior is null
                    ? $"last year's return to {state} is not known. If you tell it, less may be enough."
                    : "last year's return was not filed or did not cover twelve months.");
        }
        return byPrior.Exact < current.Exact
            ? $"Last year's tax governs: {Dollars(byPrior.Exact)} is enough, less than {share} of this year's expected tax, "
                + $"{Dollars(current.Exact)}."
            : $"{share} of this year's expected tax governs: {Dollars(current.Exact)}, not more than by last year's tax, "
                + $"{Dollars(byPrior.Exact)}.";
    }
}

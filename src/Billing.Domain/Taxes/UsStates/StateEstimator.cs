using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.UsStates;

/// <summary>An estimate of one state's tax and of what to pay it by when, as known on the day of the federal estimate.</summary>
/// <param name="ParametersVersion">The state's figures that it was made with.</param>
/// <param name="Federal">The federal estimate that it goes on from.</param>
/// <param name="Tax">The year's tax.</param>
/// <param name="Required">What has to be paid during the year; null where nothing is ever due.</param>
/// <param name="Plan">The instalments beyond withholding, and what to pay next; null where nothing is ever due.</param>
/// <param name="BalanceWithReturn">
/// Expected to be paid with the return if nothing but withholding comes in any more; negative for a refund. US dollars.
/// </param>
/// <param name="TaxConfidence">How well the least attested figure behind the tax is attested, and what the tax is on.</param>
/// <param name="InstalmentConfidence">The same of what is wanted during the year; null where nothing is ever due.</param>
/// <param name="Limits">What is not provided for, in sentences.</param>
/// <param name="Lines">The whole working, the federal lines first.</param>
public sealed record StateEstimate(
    string ParametersVersion, string State, TaxEstimate Federal, TaxLine Tax, StateRequirement? Required, InstalmentPlan? Plan,
    decimal BalanceWithReturn, string Advice, Confidence TaxConfidence, Confidence? InstalmentConfidence, IReadOnlyList<string> Limits,
    IReadOnlyList<TaxLine> Lines);

/// <summary>A state's estimated tax on top of the federal estimate.</summary>
public static class StateEstimator
{
    /// <param name="facts">What the federal estimate was made from.</param>
    public static StateEstimate Estimate(IStateTax state, TaxFacts facts, TaxEstimate federal, StateFacts ofState)
    {
        var sheet = new Worksheet();
        var taxpayer = facts.Household.Taxpayer;
        var household = facts.Household with
        {
            Taxpayer = taxpayer with { NetProfit = taxpayer.NetProfit + federal.Projection.NetProfit.Exact },
        };
        var tax = state.Project(sheet, household, federal.Annual);
        var taxLines = sheet.Lines.Count;
        var required = state.SafeHarbour(
            sheet, household.Status, tax, federal.Annual.AdjustedGrossIncome, ofState.PriorYear, ofState.Withholding);
        var credited = ofState.PriorOverpaymentApplied
            + ofState.Payments.Where(payment => payment.On <= federal.AsOf).Sum(payment => payment.Amount.ToDecimal());
        var plan = required is null
            ? null
            : InstalmentPlan.Of(
                InstalmentPlan.Regular, federal.Calendar, Parts(required.Instalments, state.InstalmentSchedule), withholding: 0, credited,
                federal.AsOf);
        var balance = tax.Amount - ofState.Withholding - credited;
        var name = state.Parameters.Name;
        return new StateEstimate(
            state.Parameters.Version, name, federal, tax, required, plan, balance, Advice(name, plan, balance),
            Weakest(sheet.Lines.Take(taxLines), state.BaseConfidence),
            state.ScheduleConfidence is { } schedule ? Weakest(sheet.Lines.Skip(taxLines), schedule) : null,
            [.. state.Limits, .. LimitsOf(name, facts.Household, federal.Annual.Return, hasTax: required is not null)],
            [.. federal.Lines, .. sheet.Lines]);
    }

    /// <summary>The instalments, whole cents that sum to the amount.</summary>
    public static decimal[] Parts(decimal amount, IReadOnlyList<StateDueDate> schedule)
    {
        var through = schedule.Select(date => Cents.Round(amount * date.CumulativeShare)).ToList();
        return [.. through.Select((sum, i) => sum - (i == 0 ? 0 : through[i - 1]))];
    }

    /// <summary>What the federal return may say that no file of a state provides for.</summary>
    private static IEnumerable<string> LimitsOf(string state, Household household, ReturnTax federal, bool hasTax)
    {
        if (hasTax && federal.Deduction.Exact > federal.StandardDeduction.Exact)
        {
            yield return $"The federal return itemizes. Where {state} starts from federal taxable income, that is taken as it is; no "
                + "deduction of its own for itemized amounts is made, and nothing is added back.";
        }
        if (hasTax && household.IsDependent)
        {
            yield return $"Somebody else can claim the taxpayer. {state}'s own deductions and exemptions are taken in full nevertheless, "
                + "so that the tax may be too low.";
        }
    }

    private static string Advice(string state, InstalmentPlan? plan, decimal balance) => plan switch
    {
        null => $"{state} has no tax on the income of persons: nothing is to be paid there.",
        { Next: { } next } => PaymentAdvice.BeforeFourth(plan, next),
        _ => (plan.OverdueNow == 0
                ? "All instalments are covered."
                : $"The instalments were missed by {Dollars(plan.OverdueNow)}: pay it now.")
            + balance switch
            {
                > 0 => $" {Dollars(balance)} in all is expected to be due with the return.",
                < 0 => $" {Dollars(-balance)} is expected back with the return.",
                _ => "",
            },
    };

    private static Confidence Weakest(IEnumerable<TaxLine> lines, Confidence others) => lines
        .SelectMany(line => line.Inputs).Select(input => input.Confidence).OfType<Confidence>().Append(others).Min();
}

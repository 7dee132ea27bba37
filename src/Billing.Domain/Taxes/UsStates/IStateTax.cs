using System.Collections.Immutable;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Taxes.UsStates;

/// <summary>One state's tax on the income of persons for one year: data, and a small calculation over the federal return.</summary>
public interface IStateTax
{
    /// <summary>The figures it goes by.</summary>
    StateTaxParameters Parameters { get; }

    /// <summary>The year's tax as the last line it adds, each line after those it takes from.</summary>
    /// <param name="household">With the profit that is expected for the year. It must have no <see cref="Household.Problem"/>.</param>
    /// <param name="federal">The federal tax on the same household.</param>
    TaxLine Project(Worksheet sheet, Household household, AnnualTax federal);

    /// <summary>What of the required payment is due at each date in all; none where nothing is ever due.</summary>
    ImmutableArray<StateDueDate> InstalmentSchedule { get; }

    /// <summary>What has to be paid during the year to be safe; null where nothing is ever due.</summary>
    StateRequirement? SafeHarbour(Worksheet sheet, FilingStatus status, TaxLine tax, TaxLine income, PriorYear? prior, decimal withholding);

    /// <summary>Tax left after withholding below which nothing is to be paid; null where it is not known.</summary>
    TaxFigure? DeMinimis(FilingStatus status);

    /// <summary>Yearly rate on what is late; null where it is not known.</summary>
    TaxFigure? PenaltyRate { get; }

    /// <summary>How well it is attested what the tax is on.</summary>
    Confidence BaseConfidence { get; }

    /// <summary>How well the dates and their shares are attested; null where nothing is ever due.</summary>
    Confidence? ScheduleConfidence { get; }

    /// <summary>Sentences on what is not provided for.</summary>
    IReadOnlyList<string> Limits { get; }
}

/// <param name="CumulativeShare">Of the required payment, by then.</param>
public sealed record StateDueDate(DueDate Due, decimal CumulativeShare);

/// <summary>A state that has no tax on the income of persons.</summary>
public sealed class WithoutStateIncomeTax(StateTaxParameters parameters) : IStateTax
{
    public StateTaxParameters Parameters => parameters;

    public ImmutableArray<StateDueDate> InstalmentSchedule => [];

    public TaxFigure? PenaltyRate => null;

    public Confidence BaseConfidence => parameters.WithoutIncomeTax!.Confidence;

    public Confidence? ScheduleConfidence => null;

    public IReadOnlyList<string> Limits => [];

    public TaxLine Project(Worksheet sheet, Household household, AnnualTax federal) => sheet.Add(
        "state.tax", $"Income tax of {parameters.Name}", null, 0, "nothing: the state has no tax on the income of persons");

    public StateRequirement? SafeHarbour(
        Worksheet sheet, FilingStatus status, TaxLine tax, TaxLine income, PriorYear? prior, decimal withholding) => null;

    public TaxFigure? DeMinimis(FilingStatus status) => null;
}

/// <summary>A state with an income tax; everything that sets it apart from others is in its parameter file.</summary>
public sealed class StateIncomeTax(StateTaxParameters parameters, StateIncomeTaxParameters p) : IStateTax
{
    public StateTaxParameters Parameters => parameters;

    public TaxFigure? PenaltyRate => p.Instalments.PenaltyRate;

    public Confidence BaseConfidence => p.Base.Confidence;

    public Confidence? ScheduleConfidence => p.Instalments.CumulativeShares.Confidence;

    public IReadOnlyList<string> Limits => p.Limits;

    /// <summary>On the federal dates: no state's own were looked up.</summary>
    public ImmutableArray<StateDueDate> InstalmentSchedule =>
    [
        .. TaxCalendar.For(parameters.Year).Instalments.Zip(
            p.Instalments.CumulativeShares.Value, (due, share) => new StateDueDate(due, share)),
    ];

    public TaxFigure? DeMinimis(FilingStatus status) => p.Instalments.NoPaymentBelow?.For(status);

    public StateRequirement SafeHarbour(
        Worksheet sheet, FilingStatus status, TaxLine tax, TaxLine income, PriorYear? prior, decimal withholding) =>
        StateRequirement.Compute(parameters.Name, p.Instalments, sheet, status, tax, income, prior, withholding);

    public TaxLine Project(Worksheet sheet, Household household, AnnualTax federal)
    {
        var (income, businessTax) = StateIncome.Compute(p, sheet, household, federal);
        var allowances = new StateAllowances(sheet, household, federal.AdjustedGrossIncome);
        var deductions = allowances.Deductions(p.Deductions);
        var taxable = sheet.Add(
            "state.taxable-income", $"Taxable income of {parameters.Name}", null,
            Math.Max(0, income.Exact - deductions.Sum(line => line.Exact)), "income − deductions and exemptions, not below 0",
            [income, .. deductions.Select(line => (TaxInput)line)]);
        var tax = BracketTax.Compute(sheet, "state.rate-tax", "Tax by the state's rates", null, p.Rates, household.Status, taxable);
        TaxLine[] taxes = [tax, .. businessTax is null ? [] : (TaxLine[])[businessTax], .. Fixed(sheet, taxable)];
        TaxLine[] credits = [.. allowances.Credits(p.Credits, p.CreditReduction), .. TaxpayerCredit(sheet, household, federal, taxable)];
        var left = sheet.Add(
            "state.tax-after-credits", "Tax after credits", null,
            Math.Max(0, taxes.Sum(line => line.Exact) - credits.Sum(line => line.Exact)), "taxes − credits, not below 0",
            [.. taxes.Concat(credits).Select(line => (TaxInput)line)]);
        TaxLine[] all = [left, .. Surtax(sheet, household.Status, taxable)];
        return sheet.Add(
            "state.tax", $"Income tax of {parameters.Name}", null, all.Sum(line => line.Exact), "sum",
            [.. all.Select(line => (TaxInput)line)]);
    }

    private IEnumerable<TaxLine> Fixed(Worksheet sheet, TaxLine taxable)
    {
        if (p.FixedTax is not { } amount) yield break;
        yield return sheet.Add(
            "state.fixed-tax", "Tax on every return with taxable income", null, taxable.Exact > 0 ? amount.Value : 0,
            "the amount where there is taxable income", taxable, amount);
    }

    private IEnumerable<TaxLine> TaxpayerCredit(Worksheet sheet, Household household, AnnualTax federal, TaxLine taxable)
    {
        if (p.TaxpayerCredit is not { } credit) yield break;
        var dependants = TaxInput.Fact("household.dependants", household.ChildrenUnder17 + household.OtherDependants);
        var start = credit.PhaseOutStart.For(household.Status);
        yield return sheet.Add(
            "state.taxpayer-credit", "Taxpayer credit", null,
            Math.Max(
                0,
                (credit.Rate.Value * (federal.StandardDeduction.Exact + (dependants.Value * credit.PerDependant.Value)))
                - (credit.PhaseOutRate.Value * Math.Max(0, taxable.Exact - start.Value))),
            "rate × (federal deduction + dependants × exemption) − rate of fading × income over its start, not below 0",
            credit.Rate, federal.StandardDeduction, dependants, credit.PerDependant, credit.PhaseOutRate, taxable, start);
    }

    private IEnumerable<TaxLine> Surtax(Worksheet sheet, FilingStatus status, TaxLine taxable)
    {
        if (p.Surtax is not { } surtax) yield break;
        var threshold = surtax.Threshold.For(status);
        yield return sheet.Add(
            "state.surtax", "Further tax on high incomes", null, surtax.Rate.Value * Math.Max(0, taxable.Exact - threshold.Value),
            "rate × taxable income over the threshold", surtax.Rate, taxable, threshold);
    }
}

using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Taxes.UsStates;

/// <summary>What a person says of one state's tax year, beside what the federal return says; US dollars.</summary>
public sealed record StateFacts
{
    /// <summary>Estimated tax paid to the state for this year. In any order.</summary>
    public IReadOnlyList<EstimatedPayment> Payments { get; init; } = [];

    /// <summary>The state's income tax withheld over the whole year.</summary>
    public decimal Withholding { get; init; }

    /// <summary>Last year's overpayment applied to this year.</summary>
    public decimal PriorOverpaymentApplied { get; init; }

    /// <summary>Last year's return to the state; null where it is not known, which leaves only this year's tax.</summary>
    public PriorYear? PriorYear { get; init; }
}

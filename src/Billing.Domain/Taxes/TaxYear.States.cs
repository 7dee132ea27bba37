using Billing.Domain.Taxes.UsStates;
using static Billing.Domain.Taxes.TaxYearEvent;

namespace Billing.Domain.Taxes;

/// <content>What is said of a state's return, on the stream of the state's own tax year.</content>
public static partial class TaxYear
{
    /// <summary>Refuses: <c>tax-year-unknown</c>, <c>jurisdiction-unknown</c>, <c>amount-out-of-range</c>.</summary>
    public static Decision<TaxYearEvent> Decide(TaxYearState state, SetStateFiling command)
    {
        if (UnknownYear(command.Year) is { } unknown) return unknown;
        if (!UsState.IsJurisdiction(command.Jurisdiction))
            return UnknownJurisdiction("A state's jurisdiction is us- and its two letters, such as us-ca.");
        if (Refuse(command.Filing) is { } refusal) return refusal;
        return state.StateFiling == command.Filing
            ? Decision<TaxYearEvent>.AlreadyDone
            : new StateFilingSet(command.Year, command.Jurisdiction, command.Filing, command.At);
    }

    /// <summary>Adjusted gross income is the one that a bad year makes negative.</summary>
    private static Rejection? Refuse(StateFiling filing)
    {
        (string Field, long Least, long Amount)[] amounts =
        [
            ("withholding", 0, filing.WithholdingMinor), ("priorYearTax", 0, filing.PriorYearTaxMinor ?? 0),
            ("priorYearAgi", -MaxAmountMinor, filing.PriorYearAgiMinor ?? 0),
            ("priorOverpaymentApplied", 0, filing.PriorOverpaymentAppliedMinor),
        ];
        foreach (var (field, least, amount) in amounts)
        {
            if (amount < least || amount > MaxAmountMinor)
                return Invalid("amount-out-of-range", "The amount is below what it can be, or beyond a billion dollars.", $"/{field}");
        }
        return null;
    }
}

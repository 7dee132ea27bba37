using static Billing.Domain.Taxes.TaxYearEvent;

namespace Billing.Domain.Taxes;

/// <content>What is said of somebody taxed in Germany, on the stream of that year.</content>
public static partial class TaxYear
{
    private const int PrepaymentDates = 4;

    /// <summary>Refuses: <c>tax-year-unknown</c>, <c>amount-out-of-range</c>, <c>church-tax-unknown</c>,
    /// <c>prepayments-not-four</c>.</summary>
    public static Decision<TaxYearEvent> Decide(TaxYearState state, SetGermanProfile command)
    {
        if (UnknownYear(command.Year) is { } unknown) return unknown;
        if (Refuse(command.Profile) is { } refusal) return refusal;
        return IsSame(state.GermanProfile, command.Profile)
            ? Decision<TaxYearEvent>.AlreadyDone
            : new GermanProfileSet(command.Year, command.Profile, command.At);
    }

    private static Rejection? Refuse(GermanProfile profile)
    {
        if (profile.ChurchTax is not (null or GermanProfile.InTheSouth or GermanProfile.Elsewhere))
        {
            return Invalid(
                "church-tax-unknown", "Church tax is paid south (Bavaria, Baden-Württemberg), elsewhere, or not at all.", "/churchTax");
        }
        if (profile.SetPrepaymentsMinor is { Count: not PrepaymentDates })
        {
            return Invalid(
                "prepayments-not-four", "There are four dates of prepayments: give an amount for each, 0 among them.", "/setPrepayments");
        }
        (string Field, long Least, long Amount)[] amounts =
        [
            ("otherIncome", -MaxAmountMinor, profile.OtherIncomeMinor), ("deductions", 0, profile.DeductionsMinor),
            ("withheld", 0, profile.WithheldMinor), ("priorYearVat", -MaxAmountMinor, profile.PriorYearVatMinor ?? 0),
            ("priorYearTurnover", 0, profile.PriorYearTurnoverMinor ?? 0),
            .. (profile.SetPrepaymentsMinor ?? []).Select((amount, i) => ($"setPrepayments/{i}", 0L, amount)),
        ];
        foreach (var (field, least, amount) in amounts)
        {
            if (amount < least || amount > MaxAmountMinor)
                return Invalid("amount-out-of-range", "The amount is below what it can be, or beyond a billion euros.", $"/{field}");
        }
        return null;
    }

    private static bool IsSame(GermanProfile? known, GermanProfile wish) =>
        known is not null && known with { SetPrepaymentsMinor = wish.SetPrepaymentsMinor } == wish
        && (known.SetPrepaymentsMinor ?? []).SequenceEqual(wish.SetPrepaymentsMinor ?? [])
        && known.SetPrepaymentsMinor is null == wish.SetPrepaymentsMinor is null;
}

using NodaTime;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>Refusals that several parts of the estimate give.</summary>
internal static class TaxRefusals
{
    private const decimal LargestDollars = 1_000_000_000_000m;

    /// <summary>What is wrong with an amount that cannot be negative, or null.</summary>
    public static Rejection? Unsigned(decimal amount, string field) => amount < 0
        ? new Rejection(
            "tax-amount-negative",
            "This amount cannot be negative: give what was paid, earned or withheld as it is.",
            field)
        : Signed(amount, field);

    /// <summary>What is wrong with an amount that may be a loss, or null.</summary>
    public static Rejection? Signed(decimal amount, string field) => Math.Abs(amount) > LargestDollars
        ? new Rejection(
            "tax-amount-too-large",
            $"This is more than {WholeDollars(LargestDollars)}: check the amount, it is taken in dollars.",
            field)
        : null;

    /// <summary>A SIMPLE plan is the only one of its year, and a SEP plan excludes a solo 401(k) by the usual form.</summary>
    /// <param name="contributions">To each kind of plan, in one unit.</param>
    public static Rejection? SeveralPlans(IEnumerable<decimal> contributions, string field, RejectionKind kind = RejectionKind.Rule) =>
        contributions.Count(amount => amount != 0) <= 1 ? null : new Rejection(
            "retirement-plans-exclude-each-other",
            "A person puts money into one kind of own plan a year: SEP, SIMPLE or solo 401(k).", field, kind);

    /// <summary>Schedule A line 7 is a part of its line 17.</summary>
    public static Rejection? TaxesAboveItemized(
        decimal taxes, decimal itemized, string field, RejectionKind kind = RejectionKind.Rule) => taxes <= itemized ? null : new Rejection(
            "itemized-taxes-above-total", "The taxes among the itemized deductions are more than all of them.", field, kind);

    public static Rejection OutsideYear(LocalDate on, int year, string field) => new(
        "tax-fact-outside-year",
        $"{Day(on)} is not in {year}: an estimate takes the receipts and expenses of its own year.",
        field);

    public static Rejection UnknownCategory(Parameters.TaxParameters p, string category, string field) => new(
        "expense-category-unknown",
        $"{category} is no expense category of {p.Year}. There are "
        + $"{string.Join(", ", p.ScheduleC.Categories.Value.Select(known => known.Code))}.",
        field);

    public static Rejection NotDollars(string currency, string field) => new(
        "tax-currency-not-usd",
        $"US tax is computed in US dollars, and this amount is in {currency}: convert it at the rate of its day first.",
        field);
}

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

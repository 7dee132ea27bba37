using NodaTime;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>Refusals that several parts of the estimate give.</summary>
internal static class TaxRefusals
{
    public static Rejection Negative(string field) => new(
        "tax-amount-negative",
        "This amount cannot be negative: give what was paid, earned or withheld as it is.",
        field);

    public static Rejection OutsideYear(LocalDate on, int year, string field) => new(
        "tax-fact-outside-year",
        $"{Day(on)} is not in {year}: an estimate takes the receipts and expenses of its own year.",
        field);

    public static Rejection NotDollars(string currency, string field) => new(
        "tax-currency-not-usd",
        $"US tax is computed in US dollars, and this amount is in {currency}: convert it at the rate of its day first.",
        field);
}

using Billing.Domain.Ledger;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Germany;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Taxes.Germany;

/// <summary>Turns what the books and the profile know into the facts of the German calculation.</summary>
internal static class GermanDesk
{
    public static GermanFacts FactsOf(GermanYearView known, LocalDate asOf, ProfitProjection projection) => new()
    {
        AsOf = asOf,
        Projection = projection,
        Receipts = [.. known.Receipts.Where(r => r.Kind != IncomeKind.SalesTax).Select(r => new Receipt(r.ReceivedOn, r.Amount))],
        VatReceived = [.. known.Receipts.Where(r => r.Kind == IncomeKind.SalesTax).Select(r => new Receipt(r.ReceivedOn, r.Amount))],
        Expenses = [.. known.Expenses.Select(e => new BusinessExpense(e.PaidOn, e.Category, e.Amount))],
        VatPaid = [.. known.SalesTax.Select(moved => new Receipt(moved.On, moved.Amount))],
        Payments = [.. known.Payments.Select(p => new EstimatedPayment(p.PaidOn, new Money(p.AmountMinor, Currency.Eur)))],
        Person = known.Profile is { } profile ? PersonOf(profile) : new GermanPerson(),
    };

    /// <summary>Turnover is what was received without VAT in euros, whatever it was for.</summary>
    public static SmallBusiness Watch(GermanTaxParameters p, GermanYearView known, LocalDate asOf) => SmallBusiness.Watch(
        p.SmallBusiness, known.Profile?.IsSmallBusiness ?? false,
        Euros(known.Receipts.Where(r => r.Kind != IncomeKind.SalesTax && r.ReceivedOn <= asOf && r.Amount.Currency == Currency.Eur)
            .Sum(r => r.Amount.Minor)),
        known.Profile?.PriorYearTurnoverMinor is { } prior ? Euros(prior) : null);

    private static GermanPerson PersonOf(GermanProfile profile) => new()
    {
        IsJoint = profile.IsJoint,
        OtherIncome = Euros(profile.OtherIncomeMinor),
        Deductions = Euros(profile.DeductionsMinor),
        Withheld = Euros(profile.WithheldMinor),
        Church = profile.ChurchTax switch
        {
            null => ChurchTaxPlace.None,
            GermanProfile.InTheSouth => ChurchTaxPlace.BavariaOrBadenWurttemberg,
            _ => ChurchTaxPlace.Elsewhere,
        },
        IsTrade = profile.IsTrade,
        SetPrepayments = profile.SetPrepaymentsMinor?.Select(Euros).ToList(),
    };

    private static decimal Euros(long cents) => cents / 100m;
}

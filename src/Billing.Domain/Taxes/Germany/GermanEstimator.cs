using System.Diagnostics.CodeAnalysis;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Taxes.Germany;

/// <summary>An estimate of one German year's assessment and of what to prepay, as known on a day. Euros.</summary>
/// <param name="ParametersVersion">The figures it was made with.</param>
/// <param name="Profit">The statement of receipts and expenses through that day.</param>
/// <param name="Projection">The profit expected for the year, and how it was found.</param>
/// <param name="Total">Income tax, solidarity surcharge and church tax together.</param>
/// <param name="Balance">
/// Expected to be paid with the assessment if nothing but withholding comes in any more; negative for a refund.
/// </param>
/// <param name="ReserveShare">Of each euro of profit, to put aside for these taxes; null where no profit is expected.</param>
/// <param name="MarginalShare">Of the next hundred euros of profit.</param>
/// <param name="Lines">The whole working, each line after those it takes from.</param>
public sealed record GermanEstimate(
    string ParametersVersion, int Year, LocalDate AsOf, GermanProfit Profit, YearProjection Projection, TaxLine TaxableIncome,
    TaxLine IncomeTax, TaxLine Solidarity, TaxLine ChurchTax, TaxLine Total, GermanPrepayments Prepayments, decimal Balance,
    decimal? ReserveShare, decimal MarginalShare, string Advice, IReadOnlyList<string> Limits, IReadOnlyList<TaxLine> Lines);

/// <summary>Income tax of a self-employed person in Germany, from dated receipts and expenses to the next prepayment.</summary>
public static class GermanEstimator
{
    private const decimal Step = 100;

    /// <summary>Makes the estimate, or says what in the facts it cannot be made from.</summary>
    /// <returns>
    /// False with <c>expense-category-unknown</c>, <c>tax-fact-outside-year</c>, <c>tax-currency-not-eur</c> or
    /// <c>run-rate-needs-a-day</c>.
    /// </returns>
    public static bool TryEstimate(
        GermanTaxParameters p, GermanFacts facts, [NotNullWhen(true)] out GermanEstimate? estimate,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        rejection = Problem(p, facts) ?? FactsCheck.Projection(p.Year, facts.Projection, facts.AsOf);
        estimate = rejection is null ? Estimate(p, facts) : null;
        return estimate is not null;
    }

    /// <summary>The profit alone, or what it cannot be made from, as of the estimate.</summary>
    public static bool TryProfit(
        GermanTaxParameters p, GermanFacts facts, [NotNullWhen(true)] out GermanProfit? profit,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        rejection = Problem(p, facts);
        profit = rejection is null ? GermanProfit.Compute(p.Profit, new Worksheet(money: TaxUnit.Euros), facts) : null;
        return profit is not null;
    }

    private static GermanEstimate Estimate(GermanTaxParameters p, GermanFacts facts)
    {
        var sheet = new Worksheet(money: TaxUnit.Euros);
        var profit = GermanProfit.Compute(p.Profit, sheet, facts);
        var projection = YearProjection.Of(sheet, facts.Projection, profit.Profit, p.Year, facts.AsOf, planned: []);
        var (taxable, income, solidarity, church, total) = Taxes(p, sheet, facts.Person, projection.NetProfit.Exact, projection.NetProfit);
        var paid = facts.Payments.Where(payment => payment.On <= facts.AsOf).Sum(payment => payment.Amount.ToDecimal());
        var expected = total.Exact - facts.Person.Withheld;
        var prepayments = GermanPrepayments.Of(p.Prepayments, p.Year, facts.Person.SetPrepayments, expected, paid, facts.AsOf);
        var balance = expected - paid;
        var more = Taxes(p, new Worksheet(money: TaxUnit.Euros), facts.Person, projection.NetProfit.Exact + Step, null).Total;
        return new GermanEstimate(
            p.Version, p.Year, facts.AsOf, profit, projection, taxable, income, solidarity, church, total, prepayments, balance,
            projection.NetProfit.Exact > 0 ? Math.Clamp(expected / projection.NetProfit.Exact, 0, 1) : null,
            Math.Max(0, (more.Exact - total.Exact) / Step),
            GermanAdvice.Text(p.Prepayments, prepayments, facts.Person.SetPrepayments is not null, balance),
            GermanAdvice.Limits(p, facts.Person, projection.NetProfit.Exact), sheet.Lines);
    }

    private static (TaxLine Taxable, TaxLine Income, TaxLine Solidarity, TaxLine Church, TaxLine Total) Taxes(
        GermanTaxParameters p, Worksheet sheet, GermanPerson person, decimal profit, TaxLine? profitLine)
    {
        var (other, deductions) = (
            TaxInput.Fact("person.otherIncome", person.OtherIncome), TaxInput.Fact("person.deductions", person.Deductions));
        var taxable = sheet.Add(
            "de.taxable-income", "Taxable income", "Zu versteuerndes Einkommen", Math.Max(0, profit + other.Value - deductions.Value),
            "profit expected for the year + other income − special expenses and allowances, not below 0",
            profitLine is null ? TaxInput.Fact("profit", profit) : profitLine, other, deductions);
        var income = GermanTariff.IncomeTax(p.IncomeTax, sheet, taxable, person.IsJoint);
        var solidarity = GermanTariff.Solidarity(p.Solidarity, sheet, income, person.IsJoint);
        var church = GermanTariff.Church(RateOf(p.ChurchTax, person.Church), sheet, income);
        var total = sheet.Add(
            "de.total", "All taxes on income", "Einkommensteuer, Solidaritätszuschlag und Kirchensteuer",
            income.Exact + solidarity.Exact + church.Exact, "sum", income, solidarity, church);
        return (taxable, income, solidarity, church, total);
    }

    private static TaxFigure? RateOf(ChurchTaxParameters p, ChurchTaxPlace place) => place switch
    {
        ChurchTaxPlace.None => null,
        ChurchTaxPlace.BavariaOrBadenWurttemberg => p.RateInBavariaAndBadenWurttemberg,
        _ => p.Rate,
    };

    private static Rejection? Problem(GermanTaxParameters p, GermanFacts facts)
    {
        var dated = facts.Receipts.Select(r => (r.On, r.Amount)).Concat(facts.VatReceived.Select(r => (r.On, r.Amount)))
            .Concat(facts.VatPaid.Select(r => (r.On, r.Amount))).Concat(facts.Expenses.Select(e => (e.On, e.Amount)));
        foreach (var (on, amount) in dated)
        {
            if (on.Year != p.Year) return TaxRefusals.OutsideYear(on, p.Year, "/year");
            if (amount.Currency != Currency.Eur)
            {
                return new Rejection(
                    "tax-currency-not-eur",
                    $"German tax is computed in euros, and an amount is in {amount.Currency.Code}: convert it at the rate of its day "
                    + "first.",
                    "/currency");
            }
        }
        var known = p.Profit.Categories.Value.Select(category => category.Code).ToHashSet(StringComparer.Ordinal);
        return facts.Expenses.FirstOrDefault(expense => !known.Contains(expense.Category)) is { } unknown
            ? new Rejection(
                "expense-category-unknown", $"{unknown.Category} is no expense category of the statement of receipts and expenses.",
                "/expenses")
            : null;
    }
}

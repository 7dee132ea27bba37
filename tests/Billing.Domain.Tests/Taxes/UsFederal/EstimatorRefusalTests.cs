using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.EstimatorTests;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>What an estimate cannot be made from, each with its code and the place of the fault.</summary>
public sealed class EstimatorRefusalTests
{
    private static TaxFacts With(Household household) => HalfYear with { Household = household };

    private static TaxFacts Spent(LocalDate on, string category, Money amount) =>
        HalfYear with { Expenses = [new(on, category, amount)] };

    public static TheoryData<string, string, TaxFacts> Refusals
    {
        get
        {
            var day = new LocalDate(2026, 1, 1);
            var late = new LocalDate(2027, 1, 1);
            var euro = new Money(1, Currency.Eur);
            var single = Household("single", 0);
            var early = HalfYear with { AsOf = new LocalDate(2025, 12, 31) };
            return new()
            {
                { "tax-fact-outside-year", "/receipts/0/on", HalfYear with { Receipts = [new(late, Usd(1))] } },
                { "tax-fact-outside-year", "/expenses/0/on", Spent(late, "meals", Usd(1)) },
                { "tax-currency-not-usd", "/receipts/0/amount", HalfYear with { Receipts = [new(day, euro)] } },
                { "tax-currency-not-usd", "/expenses/0/amount", Spent(day, "meals", euro) },
                { "tax-currency-not-usd", "/payments/0/amount", HalfYear with { Payments = [new(day, euro)] } },
                { "expense-category-unknown", "/expenses/0/category", Spent(day, "Meals", Usd(1)) },
                { "tax-amount-negative", "/payments/0/amount", HalfYear with { Payments = [new(day, Usd(-1))] } },
                { "tax-amount-negative", "/withholding", HalfYear with { Withholding = -0.01m } },
                { "tax-amount-negative", "/priorOverpaymentApplied", HalfYear with { PriorOverpaymentApplied = -1 } },
                { "tax-amount-negative", "/priorYear/totalTax", HalfYear with { PriorYear = new(-1, 0, true) } },
                { "tax-amount-negative", "/household/interest", With(single with { Interest = -1 }) },
                { "tax-amount-negative", "/household/childrenUnder17", With(single with { ChildrenUnder17 = -1 }) },
                {
                    "tax-amount-negative", "/household/spouse/wages",
                    With(Household("mfj", 0) with { Spouse = new TaxPerson { Wages = -1 } })
                },
                { "tax-amount-too-large", "/withholding", HalfYear with { Withholding = 1e12m + 0.01m } },
                { "tax-amount-too-large", "/household/otherIncome", With(single with { OtherIncome = -2e12m }) },
                { "tax-amount-too-large", "/household/taxpayer/netProfit", With(Household("single", 2e12m)) },
                {
                    "tax-amount-too-large", "/projection",
                    HalfYear with { Projection = new ProfitProjection.OwnNumber(decimal.MaxValue) }
                },
                { "spouse-needs-joint-return", "/household/spouse", With(single with { Spouse = new TaxPerson() }) },
                { "run-rate-needs-a-day", "/projection", early with { Projection = new ProfitProjection.RunRate() } },
            };
        }
    }

    private static Rejection Refused(TaxFacts facts)
    {
        Assert.False(Estimator.TryEstimate(Figures(2026), facts, out _, out var rejection));
        return rejection;
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refuses_facts_that_no_estimate_can_be_made_from(string code, string field, TaxFacts facts)
    {
        var rejection = Refused(facts);

        Assert.Equal((code, field), (rejection.Code, rejection.Field));
    }
}

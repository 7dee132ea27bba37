using System.Diagnostics.CodeAnalysis;
using Billing.Domain.Taxes.Parameters;
using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>Profit that is planned beside what the books lead to expect; US dollars, negative for a cost.</summary>
public sealed record PlannedProfit(LocalDate On, decimal Amount);

/// <summary>Something a person thinks of doing. Nothing of it is written anywhere.</summary>
public abstract record WhatIf
{
    private WhatIf() { }

    /// <summary>Takes work that pays an amount on a day, or the same amount month after month until a day.</summary>
    public sealed record Income(decimal Amount, LocalDate On, LocalDate? MonthlyUntil) : WhatIf;

    /// <summary>Buys something for the business.</summary>
    /// <param name="Category">Code of a <see cref="ScheduleCCategory"/>.</param>
    public sealed record Expense(decimal Amount, string Category, LocalDate On) : WhatIf;

    /// <summary>Is paid later than thought, such as in the next year.</summary>
    public sealed record Deferral(decimal Amount, LocalDate From, LocalDate To) : WhatIf;

    /// <summary>Puts more into a plan of their own.</summary>
    public sealed record Contribution(PlanKind Plan, decimal Amount) : WhatIf;

    /// <summary>The facts as they would be with all of the changes.</summary>
    /// <returns>
    /// False with <c>expense-category-unknown</c>, <c>tax-amount-negative</c>, <c>tax-amount-too-large</c>,
    /// <c>tax-fact-outside-year</c> or <c>what-if-in-the-past</c>.
    /// </returns>
    public static bool TryApply(
        TaxParameters p, TaxFacts facts, IReadOnlyList<WhatIf> changes, [NotNullWhen(true)] out TaxFacts? changed,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        (changed, rejection) = (null, null);
        var result = facts;
        for (var i = 0; i < changes.Count; i++)
        {
            rejection = Problem(p, facts.AsOf, changes[i], $"/changes/{i}");
            if (rejection is not null) return false;
            result = Apply(p, result, changes[i]);
        }
        changed = result;
        return true;
    }

    private static TaxFacts Apply(TaxParameters p, TaxFacts facts, WhatIf change) => change switch
    {
        Income income => facts.WithPlanned(p.Year, Days(income).Select(day => new PlannedProfit(day, income.Amount))),
        Expense expense => facts.WithPlanned(
            p.Year, [new PlannedProfit(expense.On, -expense.Amount * p.ScheduleC.ByCode[expense.Category].DeductibleShare)]),
        Deferral deferral => facts.WithPlanned(
            p.Year, [new PlannedProfit(deferral.From, -deferral.Amount), new PlannedProfit(deferral.To, deferral.Amount)]),
        Contribution contribution => facts with
        {
            Household = facts.Household with { Taxpayer = facts.Household.Taxpayer.Putting(contribution.Plan, contribution.Amount) },
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<LocalDate> Days(Income income)
    {
        var last = income.MonthlyUntil ?? income.On;
        var months = 0;
        for (var day = income.On; day <= last; day = income.On.PlusMonths(++months)) yield return day;
    }

    private static Rejection? Problem(TaxParameters p, LocalDate asOf, WhatIf change, string field) => change switch
    {
        Income income => TaxRefusals.Unsigned(income.Amount, $"{field}/amount") ?? Planned(p, asOf, income.On, $"{field}/on")
            ?? (income.MonthlyUntil < income.On || income.MonthlyUntil > new LocalDate(p.Year + 1, 12, 31)
                ? TaxRefusals.OutsideYear(income.MonthlyUntil.Value, p.Year, $"{field}/monthlyUntil")
                : null),
        Expense expense => TaxRefusals.Unsigned(expense.Amount, $"{field}/amount") ?? Planned(p, asOf, expense.On, $"{field}/on")
            ?? (p.ScheduleC.ByCode.ContainsKey(expense.Category)
                ? null
                : TaxRefusals.UnknownCategory(p, expense.Category, $"{field}/category")),
        Deferral deferral => TaxRefusals.Unsigned(deferral.Amount, $"{field}/amount")
            ?? Planned(p, asOf, deferral.From, $"{field}/from"),
        Contribution contribution => TaxRefusals.Unsigned(contribution.Amount, $"{field}/amount"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What is over is in the books already, or never came.</summary>
    private static Rejection? Planned(TaxParameters p, LocalDate asOf, LocalDate on, string field) =>
        on.Year != p.Year ? TaxRefusals.OutsideYear(on, p.Year, field)
        : on <= asOf ? new Rejection(
            "what-if-in-the-past",
            $"{Words.Day(on)} is not after {Words.Day(asOf)}: what came by then is in the books. Choose a later day.", field)
        : null;
}

/// <summary>The kinds of plan that a self-employed person can have of their own.</summary>
public enum PlanKind
{
    Sep,
    Simple,
    Solo401k,
}

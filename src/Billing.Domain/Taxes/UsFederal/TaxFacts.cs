using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>What the books and the person say about one tax year, as known on a day.</summary>
public sealed record TaxFacts
{
    /// <summary>
    /// The contractor's day of the estimate. Receipts, expenses and payments after it do not count yet.
    /// </summary>
    public required LocalDate AsOf { get; init; }

    /// <summary>
    /// The household for the full year. The taxpayer's net profit here is that of businesses outside these books; the
    /// projected profit of the books is added to it.
    /// </summary>
    public required Household Household { get; init; }

    /// <summary>How the profit of the books goes on until the end of the year.</summary>
    public required ProfitProjection Projection { get; init; }

    /// <summary>Money received, on the day it was received; a refund is negative. In any order.</summary>
    public IReadOnlyList<Receipt> Receipts { get; init; } = [];

    /// <summary>Business expenses, on the day they were paid. In any order.</summary>
    public IReadOnlyList<BusinessExpense> Expenses { get; init; } = [];

    /// <summary>
    /// Profit of the rest of the year that the projection does not know of, such as of a plan that is being weighed. In any
    /// order.
    /// </summary>
    public IReadOnlyList<PlannedProfit> Planned { get; init; } = [];

    internal TaxFacts WithPlanned(int year, IEnumerable<PlannedProfit> more) =>
        this with { Planned = [.. Planned, .. more.Where(planned => planned.On.Year == year)] };

    /// <summary>The office at home; null for none.</summary>
    public HomeOffice? HomeOffice { get; init; }

    /// <summary>Estimated tax paid for this year. In any order.</summary>
    public IReadOnlyList<EstimatedPayment> Payments { get; init; } = [];

    /// <summary>Income tax withheld over the whole year, in US dollars.</summary>
    public decimal Withholding { get; init; }

    /// <summary>
    /// Last year's overpayment applied to this year, in US dollars; it counts on the first due date.
    /// </summary>
    public decimal PriorOverpaymentApplied { get; init; }

    /// <summary>Whether the person pays by the annualized income method.</summary>
    public bool ChoosesAnnualizedMethod { get; init; }

    /// <summary>Last year's return; null where it is not known, which leaves only 90 % of this year's tax.</summary>
    public PriorYear? PriorYear { get; init; }

    /// <summary>Estimated tax paid by the day of the estimate, in US dollars.</summary>
    internal decimal Paid => Payments.Where(payment => payment.On <= AsOf).Sum(payment => payment.Amount.ToDecimal());
}

/// <summary>
/// Gross receipts of the business on the cash clock, sales tax left out (Schedule C line 1, or 2 if negative).
/// </summary>
public sealed record Receipt(LocalDate On, Money Amount);

/// <summary>One business expense.</summary>
/// <param name="On">The day it was paid.</param>
/// <param name="Category">Code of a <see cref="Parameters.ScheduleCCategory"/>.</param>
/// <param name="Amount">What was paid, before any limit; negative for a refund of it.</param>
public sealed record BusinessExpense(LocalDate On, string Category, Money Amount);

/// <summary>A payment of estimated tax for this year, of whatever voucher.</summary>
public sealed record EstimatedPayment(LocalDate On, Money Amount);

/// <summary>Last year's return.</summary>
/// <param name="TotalTax">Tax after refundable credits in US dollars (Form 2210 line 8), not the balance due.</param>
/// <param name="AdjustedGrossIncome">Form 1040 adjusted gross income in US dollars.</param>
/// <param name="FiledForTwelveMonths">Whether the return was filed and covered a full year.</param>
public sealed record PriorYear(decimal TotalTax, decimal AdjustedGrossIncome, bool FiledForTwelveMonths);

/// <summary>How the profit so far becomes the profit of the year.</summary>
public abstract record ProfitProjection
{
    private ProfitProjection() { }

    /// <summary>Nothing more comes in.</summary>
    public sealed record YearToDateOnly : ProfitProjection;

    /// <summary>The rest of the year goes on like the days so far.</summary>
    public sealed record RunRate : ProfitProjection;

    /// <summary>The person's own number for the whole year, in US dollars.</summary>
    public sealed record OwnNumber(decimal NetProfit) : ProfitProjection;

    /// <summary>The rest of the year goes as it did last year; made by <see cref="LastYear.Shape"/>. US dollars.</summary>
    /// <param name="LastYearNetProfit">Of the whole of last year.</param>
    /// <param name="LastYearNetProfitByThen">What of it there was by the same day.</param>
    public sealed record Seasonal(decimal LastYearNetProfit, decimal LastYearNetProfitByThen) : ProfitProjection;
}

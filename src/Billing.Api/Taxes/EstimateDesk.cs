using System.Diagnostics.CodeAnalysis;
using Billing.Domain;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Ledger;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Taxes;

/// <param name="AsOf">The contractor's day.</param>
/// <param name="ParametersVersion">The figures to take; null for the newest of the year.</param>
/// <param name="Earned">Income of the year on the accrual clock, for somebody who files by it; null for the cash clock.</param>
public sealed record EstimateWish(
    int Year, LocalDate AsOf, ProjectionChoice Projection, string? ParametersVersion = null,
    IReadOnlyList<EarnedIncome>? Earned = null);

/// <summary>Makes the estimate of a practice's tax year from its books and what the filer said.</summary>
public sealed class EstimateDesk(TaxQueries queries)
{
    /// <summary>Bad debts have no line of their own on Schedule C; they are listed in part V.</summary>
    private const string BadDebtCategory = "other";

    public bool TryEstimate(
        BookId book, EstimateWish wish, [NotNullWhen(true)] out Estimated? estimated, [NotNullWhen(false)] out Rejection? rejection) =>
        TryEstimate(queries, book, wish, out estimated, out rejection);

    /// <param name="queries">Of the books as they are now, or as they were known at some place.</param>
    public static bool TryEstimate(
        TaxQueries queries, BookId book, EstimateWish wish, [NotNullWhen(true)] out Estimated? estimated,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        estimated = null;
        if (!TryFigures(wish, out var parameters, out rejection)) return false;
        var known = queries.Facts(book, wish.Year, TaxYear.UsFederal);
        var before = wish.Projection.Code == ProjectionChoice.Seasonal ? queries.Facts(book, wish.Year - 1, TaxYear.UsFederal) : null;
        if (before is not null && Foreign(before) is { } foreign)
        {
            rejection = foreign;
            return false;
        }
        var facts = FactsOf(known, wish.AsOf, ProjectionOf(parameters, wish, before));
        if (wish.Earned is { } earned) facts = Accrued(facts, earned);
        if (!Estimator.TryEstimate(parameters, facts, out var estimate, out rejection)) return false;
        estimated = new Estimated(estimate, parameters, facts, known, before);
        return true;
    }

    /// <summary>The estimate as it is and as it would be with changes that nobody has made.</summary>
    public bool TryWeigh(
        BookId book, EstimateWish wish, IReadOnlyList<WhatIf> changes, [NotNullWhen(true)] out TaxEstimate? before,
        [NotNullWhen(true)] out TaxEstimate? after, [NotNullWhen(false)] out Rejection? rejection)
    {
        (before, after) = (null, null);
        if (!TryEstimate(book, wish, out var estimated, out rejection)) return false;
        before = estimated.Estimate;
        return WhatIf.TryApply(estimated.Parameters, estimated.Facts, changes, out var changed, out rejection)
            && Estimator.TryEstimate(estimated.Parameters, changed, out after, out rejection);
    }

    private static bool TryFigures(
        EstimateWish wish, [NotNullWhen(true)] out TaxParameters? parameters, [NotNullWhen(false)] out Rejection? rejection) =>
        wish.ParametersVersion is { } version
            ? TaxParameterLibrary.TryVersion(version, out parameters, out rejection)
            : TaxParameterLibrary.TryForYear(wish.Year, out parameters, out rejection);

    private static ProfitProjection ProjectionOf(TaxParameters parameters, EstimateWish wish, TaxFactsView? before) =>
        wish.Projection.Code switch
        {
            ProjectionChoice.RunRate => new ProfitProjection.RunRate(),
            ProjectionChoice.YearToDate => new ProfitProjection.YearToDateOnly(),
            ProjectionChoice.OwnNumber => new ProfitProjection.OwnNumber(wish.Projection.OwnNetProfit!.Value),
            ProjectionChoice.Seasonal => LastYear.Shape(parameters, Received(before!), Spent(before!), wish.AsOf),
            var other => throw new InvalidDataException($"The projection '{other}' is none that is known."),
        };

    /// <summary>Last year's books are measured by this year's rules, which count dollars only.</summary>
    private static Rejection? Foreign(TaxFactsView before) =>
        before.Receipts.Select(receipt => receipt.Amount).Concat(before.Expenses.Select(expense => expense.Amount))
            .Any(amount => amount.Currency != Currency.Usd)
            ? new Rejection(
                "seasonal-needs-last-year",
                $"The books of {before.Year} hold another currency than the US dollar, so that year gives no season to go by.",
                "/projection")
            : null;

    /// <summary>The same year with what was earned in place of what was received; what was given up of it is an expense.</summary>
    private static TaxFacts Accrued(TaxFacts facts, IReadOnlyList<EarnedIncome> earned) => facts with
    {
        Receipts = [.. earned.Where(day => !day.Income.IsZero).Select(day => new Receipt(day.On, day.Income))],
        Expenses =
        [
            .. facts.Expenses,
            .. earned.Where(day => !day.BadDebt.IsZero).Select(day => new BusinessExpense(day.On, BadDebtCategory, day.BadDebt)),
        ],
    };

    private static BusinessExpense[] Spent(TaxFactsView known) =>
        [.. known.Expenses.Select(e => new BusinessExpense(e.PaidOn, e.Category, e.Amount))];

    private static TaxFacts FactsOf(TaxFactsView known, LocalDate asOf, ProfitProjection projection)
    {
        var profile = known.Profile ?? NobodySaid;
        if (!FilingStatuses.TryParse(profile.FilingStatus, out var status))
            throw new InvalidDataException($"The stored filing status '{profile.FilingStatus}' is none of the five.");
        return new TaxFacts
        {
            AsOf = asOf,
            Projection = projection,
            Household = FiledHousehold.Of(profile, status),
            Receipts = Received(known),
            Expenses = Spent(known),
            Payments = [.. known.EstimatedPayments.Select(p => new EstimatedPayment(p.PaidOn, new Money(p.AmountMinor, Currency.Usd)))],
            HomeOffice = known.HomeOffice is { } office ? OfficeOf(office) : null,
            Withholding = Dollars(profile.WithholdingMinor),
            PriorOverpaymentApplied = Dollars(profile.PriorOverpaymentAppliedMinor),
            ChoosesAnnualizedMethod = profile.Further?.ChoosesAnnualizedMethod ?? false,
            PriorYear = profile is { PriorYearTaxMinor: { } tax, PriorYearAgiMinor: { } agi }
                ? new PriorYear(Dollars(tax), Dollars(agi), profile.PriorYearFiledInFull)
                : null,
        };
    }

    /// <summary>By payment, so that only what went back as a whole is given back (line 2).</summary>
    private static Receipt[] Received(TaxFactsView known) =>
        [.. ReceiptView.ByPayment(known.Receipts).Select(payment => new Receipt(payment.ReceivedOn, payment.Amount))];

    private static HomeOffice OfficeOf(StatedHomeOffice office) => office.Method == StatedHomeOffice.Simplified
        ? new HomeOffice.Simplified(office.OfficeSquareFeet, office.UsedFrom, office.UsedUntil)
        : new HomeOffice.Actual(
            office.OfficeSquareFeet, office.HomeSquareFeet!.Value, office.UsedFrom, office.UsedUntil,
            Dollars(office.Costs.Where(cost => cost.IsDirect).Sum(cost => cost.AmountMinor)),
            Dollars(office.Costs.Where(cost => !cost.IsDirect).Sum(cost => cost.AmountMinor)), Dollars(office.CarriedOverMinor));

    private static FiledProfile NobodySaid { get; } = new(
        "single", false, false, false, false, 0, 0, 0, 0, 0, 0, 0, 0, false, 0, 0, null, null, false, 0);

    internal static decimal Dollars(long cents) => cents / 100m;
}

/// <summary>An estimate and what it was made of.</summary>
/// <param name="Known">As the books have it.</param>
/// <param name="Before">Of the year before, where the projection goes by it.</param>
public sealed record Estimated(TaxEstimate Estimate, TaxParameters Parameters, TaxFacts Facts, TaxFactsView Known, TaxFactsView? Before)
{
    public FilingStatus Status => Facts.Household.Status;

    /// <summary>False while the filer said nothing of their household.</summary>
    public bool HasProfile => Known.Profile is not null;

    public EstimateView ToView() => EstimateView.Of(Estimate, Status.Code(), HasProfile);
}

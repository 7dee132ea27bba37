using Billing.Api.Http;
using Billing.Api.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Projections.Documents;
using Billing.Projections.Reports;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Pages.Home;

/// <summary>What of the overview is rather looked at than read.</summary>
internal static class HomeCharts
{
    /// <summary>Both are null where nobody can say, such as for a practice that is not kept in dollars.</summary>
    public static (TaxNext? Next, BarChartModel? Year) TaxOf(QueryCall call, LocalDate today, PageWords words)
    {
        if (!call.Service<EstimateDesk>().TryEstimate(
            call.Book, new EstimateWish(TaxDates.Next(today).Year, today, ProjectionChoice.Default), out var estimated, out _))
            return (null, null);
        var estimate = estimated.Estimate;
        var plan = estimate.ChosenPlan;
        var next = new TaxNext(
            plan.Next?.DeadlineOn, Domain.Taxes.Cents.ToMoney(plan.RecommendedPayment),
            PlainEstimate.HeadlineOf(estimate, words.Written), estimated.HasProfile, estimate.Year);
        var year = YearInMonths.Of(
            estimate, estimated.Parameters, estimated.Known, words.Written,
            words.Of("home.money-says", ("year", FormattableString.Invariant($"{estimate.Year}"))));
        return (next, year.IsEmpty ? null : year);
    }

    /// <summary>Of the year so far.</summary>
    public static async Task<IReadOnlyList<ClientHours>> HoursOf(QueryCall call, LocalDate today)
    {
        var report = await call.Service<PracticeBooks>().Ask(
            call.Book,
            book => WorkReport.Of(book, new LocalDate(today.Year, 1, 1), today, ReportGrouping.Client, withMoney: false, withCost: false),
            call.Aborted);
        return
        [
            .. report.Rows.Where(row => row.Subject != ReportGrouping.Total)
                .Select(row => new ClientHours(
                    row.Key, row.Label ?? "–", row.Figures.Single(figure => figure.Column == "worked").Value ?? 0))
                .Where(row => row.Seconds > 0).OrderByDescending(row => row.Seconds),
        ];
    }
}

/// <param name="Row">Of the report on work, by which its figures are explained.</param>
public sealed record ClientHours(string Row, string Client, long Seconds);

using System.Diagnostics;
using NodaTime;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>The profit of the year as it is expected on a day.</summary>
/// <param name="NetProfit">Of the books, for the whole year.</param>
/// <param name="Method">How it was arrived at, in a sentence.</param>
public sealed record YearProjection(TaxLine NetProfit, string Method)
{
    public static YearProjection Of(
        Worksheet sheet, ProfitProjection choice, TaxLine soFar, int year, LocalDate asOf,
        IReadOnlyList<PlannedProfit> planned)
    {
        var expected = Expected(sheet, choice, soFar, year, asOf);
        if (planned.Count == 0) return expected;
        var sum = TaxInput.Fact("planned.netProfit", planned.Sum(profit => profit.Amount));
        return expected with
        {
            NetProfit = sheet.Add(
                "projection.with-plans", "Net profit expected for the year with what is planned", null,
                expected.NetProfit.Exact + sum.Value, "net profit expected + planned profit", expected.NetProfit, sum),
        };
    }

    private static YearProjection Expected(
        Worksheet sheet, ProfitProjection choice, TaxLine soFar, int year, LocalDate asOf)
    {
        var days = Period.DaysBetween(new LocalDate(year, 1, 1), new LocalDate(year + 1, 1, 1));
        var passed = Math.Clamp(Period.DaysBetween(new LocalDate(year, 1, 1), asOf) + 1, 0, days);
        return choice switch
        {
            ProfitProjection.YearToDateOnly => new(
                Line(sheet, soFar.Exact, "net profit so far", soFar),
                $"Counts what was received and paid through {Day(asOf)}; nothing is added for the rest of the year."),
            ProfitProjection.RunRate => new(
                Line(
                    sheet, soFar.Exact * days / passed, "net profit so far × days of the year ÷ days passed", soFar,
                    TaxInput.Fact("year.days", days), TaxInput.Fact("year.daysPassed", passed)),
                $"Assumes that the rest of the year goes like its first {passed} of {days} days, through {Day(asOf)}."),
            ProfitProjection.OwnNumber own => new(
                Line(sheet, own.NetProfit, "own number", TaxInput.Fact("projection.netProfit", own.NetProfit)),
                "Takes your own number for the net profit of the whole year."),
            ProfitProjection.Seasonal last => new(
                Line(
                    sheet, soFar.Exact * (last.LastYearNetProfit / last.LastYearNetProfitByThen),
                    "net profit so far × last year's net profit ÷ last year's net profit by the same day", soFar,
                    TaxInput.Fact("lastYear.netProfit", last.LastYearNetProfit),
                    TaxInput.Fact("lastYear.netProfitByThen", last.LastYearNetProfitByThen)),
                "Assumes that the year goes like the last one, of whose profit "
                + $"{Percent(last.LastYearNetProfitByThen / last.LastYearNetProfit)} was there by the same day, {Day(asOf)} now."),
            _ => throw new UnreachableException(),
        };
    }

    private static TaxLine Line(Worksheet sheet, decimal exact, string formula, params TaxInput[] inputs) => sheet.Add(
        "projection.net-profit", "Net profit expected for the year", null, exact, formula, inputs);
}

using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Api.Taxes.Batch;

/// <summary>Form 2210 with Schedule AI for many filers, to hold against any other program.</summary>
/// <remarks>
/// The lines are figured as the form has them, also for a filer who owes no penalty because little tax is left after
/// withholding (lines 4 and 7 below 1,000).
/// </remarks>
internal static class InstalmentCases
{
    private static readonly string[] Letters = ["a", "b", "c", "d"];

    public static IReadOnlyList<string> Needed { get; } = ["id", "year", "status", "ai", "line8", "cum_profit_d"];

    public static IReadOnlyList<string> Columns { get; } =
    [
        .. from letter in Letters
           from line in new[] { "ai_13", "ai_14", "ai_15", "ai_19", "a_10", "a_17", "a_18" }
           select $"{line}_{letter}",
    ];

    /// <summary>The figures of a row in the order of <see cref="Columns"/>; null where the row has a problem.</summary>
    public static IReadOnlyList<decimal>? Compute(CaseRow row, LineRounding rounding)
    {
        var parameters = row.Parameters();
        Household[] periods = [.. Letters.Select(letter => Period(row, letter))];
        var year = periods[^1] with
        {
            Taxpayer = periods[^1].Taxpayer with { Wages = row.Dollars("wages") },
            Interest = row.Dollars("interest"),
        };
        var byPeriod = row.Flag("ai");
        decimal[] amounts = [row.Dollars("line8"), row.Dollars("withholding"), .. Letters.Select(l => row.Dollars($"est_paid_{l}"))];
        if (amounts.Any(amount => amount < 0)) row.Refuse("line8, withholding and est_paid cannot be negative");
        if (parameters is null || row.Problem is not null) return null;
        if (periods.Append(year).Select(household => household.Problem()).FirstOrDefault(found => found is not null) is { } problem)
        {
            row.Refuse($"{problem.Field}: {problem.Detail}");
            return null;
        }

        var sheet = new Worksheet(rounding);
        var annual = AnnualTax.Compute(parameters, sheet, Rounded(year));
        var current = sheet.Add(
            "required.current-year", "Safe harbour by this year's tax", "Form 2210 line 5",
            annual.Net.Exact * parameters.EstimatedTax.CurrentYearShare.Value, "tax × share", annual.Net,
            parameters.EstimatedTax.CurrentYearShare);
        var quarter = Math.Min(current.Exact, amounts[0]) / Letters.Length;
        var schedule = ScheduleAi.Compute(
            parameters, sheet, [.. periods.Select(Rounded)], [.. Letters.Select(_ => quarter)]);
        var sectionA = SectionA.Compute(
            [.. schedule.Columns.Select(column => byPeriod ? column.Required.Exact : quarter)],
            [.. amounts[2..].Select(paid => paid + (amounts[1] / Letters.Length))]);
        return
        [
            .. schedule.Columns.Zip(sectionA).SelectMany(pair => new[]
            {
                pair.First.TaxableIncome.Amount, pair.First.IncomeTax.Amount, pair.First.SelfEmploymentTax.Amount,
                pair.First.Tax.Amount, pair.Second.Required, pair.Second.Underpayment, pair.Second.Overpayment,
            }),
        ];

        Household Rounded(Household household) => rounding == LineRounding.None ? household : household.InWholeDollars();
    }

    /// <summary>The household from January through the end of a period.</summary>
    private static Household Period(CaseRow row, string letter) => new()
    {
        Status = row.Status(),
        Taxpayer = row.Person("age") with
        {
            NetProfit = row.Dollars($"cum_profit_{letter}"),
            Wages = row.Dollars($"cum_wages_{letter}"),
        },
        Interest = row.Dollars($"cum_interest_{letter}"),
        ChildrenUnder17 = row.Count("n_u17"),
    };
}

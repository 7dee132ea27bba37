using System.CommandLine;
using Billing.Cli.Reports;
using Billing.Cli.Running;
using Billing.Cli.Server;
using Billing.Cli.Shown;
using NodaTime;

namespace Billing.Cli.Taxes;

internal static class TaxVerbs
{
    /// <summary>The last instalment of a year is due in the first month of the next.</summary>
    private const int MonthOfTheLastInstalment = 1;

    public static Command Next(Verbs verbs)
    {
        var year = Year();
        var next = verbs.Make("next", "Show what to pay next, by when and why.", async session =>
        {
            var business = (await session.Get<Business>("/v1/business")).Value;
            await (business.Currency == "EUR" ? Germany(session, session.Parsed.GetValue(year))
                : UnitedStates(session, session.Parsed.GetValue(year)));
        }, year);
        return Verbs.Group("tax", "Estimated tax.", next);
    }

    public static Command Explain(Verbs verbs)
    {
        var line = new Argument<string>("line") { Description = "Code of the line, such as schedule-c.receipts." };
        var year = Year();
        return verbs.Make("tax", "Say how a line of the estimate came about.", async session =>
        {
            var of = session.Parsed.GetValue(year) ?? (await session.Today()).Year;
            var answer = await session.Get<LineAnswer>(FormattableString.Invariant(
                $"/v1/tax-years/{of}/estimate/lines/{Uri.EscapeDataString(session.Parsed.GetValue(line)!)}"));
            session.Show(answer, view =>
            {
                var form = view.Line.FormLine is { } formLine ? $" ({formLine})" : "";
                session.Screen.Say($"{view.Line.Label}{form}: {view.Line.Amount} {view.Line.Unit}");
                Working.Show(session.Screen, view.Line.Formula, view.Line.Inputs, view.Events);
            });
        }, line, year);
    }

    private static Option<int?> Year() => new("--year") { Description = "Tax year; left out, the one whose instalment is next." };

    private static async Task UnitedStates(Session session, int? year)
    {
        var answer = await Estimate(session, year);
        session.Show(answer, estimate =>
        {
            session.Screen.Say(estimate.Advice);
            session.Screen.Say($"Why: {estimate.Required.Reason}");
            session.Screen.Table(
                [Column.Whole("instalment"), Column.Whole("due"), Column.Amount("required"), Column.Amount("left to pay"), "state"],
                estimate.Instalments.Select(i => new[]
                {
                    FormattableString.Invariant($"{estimate.Year} Q{i.Quarter}"), Written.Day(i.DueOn), i.Required.ToString(),
                    i.Remaining.ToString(), i.State,
                }));
        });
    }

    private static async Task<Answer<EstimateView>> Estimate(Session session, int? year)
    {
        if (year is { } chosen) return await Of(chosen);
        var today = await session.Today();
        if (today.Month == MonthOfTheLastInstalment && await Of(today.Year - 1) is { Value.Next.DueOn: not null } last) return last;
        return await Of(today.Year);

        Task<Answer<EstimateView>> Of(int of) => session.Get<EstimateView>(FormattableString.Invariant($"/v1/tax-years/{of}/estimate"));
    }

    private static async Task Germany(Session session, int? year)
    {
        var of = year ?? (await session.Today()).Year;
        var answer = await session.Get<GermanEstimateView>(FormattableString.Invariant($"/v1/tax-years/{of}/germany/estimate"));
        session.Show(answer, estimate =>
        {
            session.Screen.Say(estimate.Advice);
            session.Screen.Say($"Why: {estimate.Adjustment}");
            session.Screen.Table(
                [
                    Column.Whole("prepayment"), Column.Whole("due"), Column.Amount("set"), Column.Amount("would fit"),
                    Column.Amount("left to pay"), "state",
                ],
                estimate.Prepayments.Select(p => new[]
                {
                    FormattableString.Invariant($"{estimate.Year} Q{p.Number}"), Written.Day(p.DueOn), p.Set.ToString(),
                    p.Suggested.ToString(), p.Remaining.ToString(), p.State,
                }));
        });
    }

    private sealed record Business(string Currency);

    private sealed record EstimateView(
        int Year, string Advice, NextView Next, Requirement Required, IReadOnlyList<Instalment> Instalments);

    /// <param name="DueOn">Null after the fourth.</param>
    private sealed record NextView(LocalDate? DueOn);

    private sealed record Requirement(string Reason);

    private sealed record Instalment(int Quarter, LocalDate DueOn, Money Required, Money Remaining, string State);

    private sealed record GermanEstimateView(int Year, string Advice, string Adjustment, IReadOnlyList<Prepayment> Prepayments);

    private sealed record Prepayment(int Number, LocalDate DueOn, Money Set, Money Suggested, Money Remaining, string State);

    private sealed record LineAnswer(LineView Line, IReadOnlyList<EventView> Events);

    private sealed record LineView(
        string Label, string? FormLine, string Amount, string Unit, string Formula, IReadOnlyList<InputView> Inputs);
}

using System.CommandLine;
using Billing.Cli.Running;
using Billing.Cli.Server;
using Billing.Cli.Shown;
using NodaTime;

namespace Billing.Cli.Reports;

internal static class ReportVerbs
{
    public static IEnumerable<Command> Build(Verbs verbs)
    {
        var through = Days.Option("--through", "Last day; left out, today.");
        yield return verbs.Make("unbilled", "Show what waits to be billed, by client.", async session =>
        {
            var answer = await session.Get<Page<UnbilledView>>("/v1/unbilled", ("through", session.Parsed.GetValue(through)));
            await session.Show(answer, async page =>
            {
                var names = await session.Names();
                session.Screen.Table(
                    ["client", Column.Whole("since"), Column.Amount("hours"), Column.Amount("entries"), Column.Amount("expenses")],
                    page.Items.Select(row => new[]
                    {
                        names.ClientName(row.ClientId), Written.Day(row.FirstDay), Written.Hours(row.DurationSeconds),
                        FormattableString.Invariant($"{row.EntryCount}"), FormattableString.Invariant($"{row.ExpenseCount}"),
                    }), "Everything is billed.");
            });
        }, through);

        var day = Days.Option("--day", "As of the end of it; left out, today.");
        yield return verbs.Make("receivables", "Show what clients owe, by how long it is due.", async session =>
        {
            var answer = await session.Get<Page<ReceivableView>>("/v1/receivables", ("day", session.Parsed.GetValue(day)));
            await session.Show(answer, async page =>
            {
                var names = await session.Names();
                session.Screen.Table(
                    [
                        "client", Column.Amount("open"), Column.Amount("not due"), Column.Amount("0-30 days"), Column.Amount("31-60"),
                        Column.Amount("61-90"), Column.Amount("over 90"),
                    ],
                    page.Items.Select(row => new[]
                    {
                        names.ClientName(row.ClientId), row.Open.ToString(), row.NotYetDue.Amount, row.Days0To30.Amount,
                        row.Days31To60.Amount, row.Days61To90.Amount, row.Over90Days.Amount,
                    }), "Nobody owes anything.");
            });
        }, day);
    }

    public static Command Explain(Verbs verbs)
    {
        var report = new Argument<string>("report") { Description = "Such as profit or utilization." };
        var row = new Option<string>("--row") { Description = "Key of the row.", Required = true };
        var column = new Option<string>("--column") { Description = "Name of the figure.", Required = true };
        var from = Days.Option("--from", "First day.");
        var to = Days.Option("--to", "Last day.");
        var by = new Option<string?>("--by") { Description = "What the report's rows are." };
        return verbs.Make("report", "Say how a figure of a report came about.", async session =>
        {
            var parsed = session.Parsed;
            var answer = await session.Get<FigureView>(
                $"/v1/reports/{Uri.EscapeDataString(parsed.GetValue(report)!)}/explain", ("row", parsed.GetValue(row)),
                ("column", parsed.GetValue(column)), ("from", parsed.GetValue(from)), ("to", parsed.GetValue(to)),
                ("by", parsed.GetValue(by)));
            session.Show(answer, view =>
            {
                session.Screen.Say($"{view.Report}, {view.Row}, {view.Column}: {view.Figure}");
                session.Screen.Say(view.Formula);
                session.Screen.Table(
                    ["from", "day", Column.Amount("brings")],
                    view.Inputs.Select(input => new[]
                    {
                        $"{input.Kind} {input.Label ?? $"{input.Id:D}"}", FormattableString.Invariant($"{input.On:uuuu-MM-dd}"),
                        input.Brings.ToString(),
                    }), "It has no inputs.");
                Working.Show(session.Screen, view.Events);
            });
        }, report, row, column, from, to, by);
    }

    private sealed record UnbilledView(Guid ClientId, int EntryCount, long DurationSeconds, int ExpenseCount, LocalDate? FirstDay);

    private sealed record ReceivableView(
        Guid ClientId, Money Open, Money NotYetDue, Money Days0To30, Money Days31To60, Money Days61To90, Money Over90Days);

    private sealed record FigureView(
        string Report, string Row, string Column, Figure Figure, string Formula, IReadOnlyList<FigureInput> Inputs,
        IReadOnlyList<EventView> Events);

    private sealed record FigureInput(string Kind, Guid Id, string? Label, LocalDate? On, long? DurationSeconds, Money? Amount)
    {
        public Figure Brings => new(DurationSeconds, Amount, null, null);
    }

    /// <summary>One of them is given.</summary>
    private sealed record Figure(long? DurationSeconds, Money? Amount, Money? PerHour, string? Share)
    {
        public override string ToString() => DurationSeconds is { } seconds
            ? Written.Hours(seconds)
            : Amount?.ToString() ?? (PerHour is null ? Share ?? "" : $"{PerHour} per hour");
    }
}

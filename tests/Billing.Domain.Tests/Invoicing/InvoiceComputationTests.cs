using Billing.Domain.Invoicing;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class InvoiceComputationTests
{
    /// <summary>Toggl made six lines of 1.67, together 10.02.</summary>
    [Fact]
    public void Six_minutes_at_100_in_six_entries_are_one_line_of_10_00()
    {
        var practice = new Practice().Charges(Inbox, 100_00);
        for (var entry = 101; entry <= 106; entry++) practice.Works(entry, 1);
        var line = Assert.Single(practice.Computed().Lines);
        Assert.Equal((360, 100_00, 10_00), (line.QuantitySeconds, line.PerHourMinor, line.AmountMinor));
        Assert.Equal(6, line.Hours.Count);
    }

    /// <summary>kimai #3282 (50 minutes), kimai #1424 (half an hour at 27.50, whole and in two).</summary>
    [Theory]
    [InlineData(100_00, new[] { 50 }, 83_33)]
    [InlineData(27_50, new[] { 30 }, 13_75)]
    [InlineData(27_50, new[] { 15, 15 }, 13_75)]
    public void Rounds_a_line_once(long perHourMinor, int[] minutes, long amountMinor)
    {
        var practice = new Practice().Charges(Inbox, perHourMinor);
        for (var i = 0; i < minutes.Length; i++) practice.Works(101 + i, minutes[i]);
        Assert.Equal(amountMinor, practice.Computed().TotalMinor);
    }

    [Theory]
    [InlineData(RoundingPolicy.PerEntry, RoundingPolicy.Up, 1800, 50_00)]
    [InlineData(RoundingPolicy.PerLine, RoundingPolicy.Up, 900, 25_00)]
    [InlineData(RoundingPolicy.PerEntry, RoundingPolicy.Down, 0, 0)]
    [InlineData(RoundingPolicy.PerLine, RoundingPolicy.Nearest, 900, 25_00)]
    public void Rounds_each_entry_or_the_line_as_the_policy_says(string scope, string direction, long seconds, long amountMinor)
    {
        var computed = new Practice().Charges(Inbox, 100_00).Rounds(900, direction, scope).Works(101, 7).Works(102, 7).Computed();
        var line = Assert.Single(computed.Lines);
        Assert.Equal((seconds, amountMinor), (line.QuantitySeconds, line.AmountMinor));
        Assert.All(line.Hours, hour => Assert.Equal(420, hour.WorkedSeconds));
        Assert.Equal(
            scope == RoundingPolicy.PerEntry ? seconds : 840, line.Hours.Sum(hour => hour.BilledSeconds));
        Assert.Equal(new RoundingPolicy(900, direction, scope), computed.Rounding);
    }

    /// <summary>Invoice Ninja rounded exactly 900 s down to 15 minutes to 0.</summary>
    [Fact]
    public void Leaves_exact_multiples_alone() => Assert.Equal(
        25_00, new Practice().Charges(Inbox, 100_00).Rounds(900, RoundingPolicy.Down, RoundingPolicy.PerEntry)
            .Works(101, 15).Computed().TotalMinor);

    [Fact]
    public void Makes_a_line_for_each_engagement_and_rate_with_engagements_by_name()
    {
        var computed = new Practice()
            .Charges(Inbox, 60_00).Charges(Inbox, 90_00, assistant: Ben, card: 21).Charges(Books, 60_00, card: 22)
            .Works(101, 60).Works(102, 60, assistant: Ben).Works(103, 60, Books).Works(104, 30)
            .Spends(201, 12_34, note: "Stock photos").Computed();
        Assert.Equal(
            [(1, 60_00L), (2, 90_00), (3, 90_00), (4, 12_34)], computed.Lines.Select(line => (line.LineNumber, line.AmountMinor)));
        Assert.Equal(["Books", "Inbox", "Inbox", "Stock photos"], computed.LineDescriptions);
        Assert.Equal([60_00, 60_00, 90_00, null], computed.Lines.Select(line => line.PerHourMinor));
        Assert.Equal(
            [LineKind.Time, LineKind.Time, LineKind.Time, LineKind.Expense], computed.Lines.Select(line => line.Kind));
        Assert.Equal(252_34, computed.TotalMinor);
    }

    [Fact]
    public void Prices_each_day_by_the_card_of_that_day()
    {
        var practice = new Practice()
            .Charges(Inbox, 60_00).Charges(Inbox, 66_00, from: March2.PlusDays(1), card: 21)
            .Charges(Inbox, 60_00, from: March2.PlusDays(2), card: 22)
            .Works(101, 60).Works(102, 60, on: March2.PlusDays(1)).Works(103, 60, on: March2.PlusDays(2));
        var lines = practice.Computed().Lines;
        Assert.Equal([(60_00L, 2), (66_00, 1)], lines.Select(line => (line.PerHourMinor!.Value, line.Hours.Count)));
        Assert.Equal([Id(20), Id(22)], lines[0].Hours.Select(hour => hour.RateCardId));
    }

    [Fact]
    public void Names_the_engagement_and_the_day_that_have_no_rate()
    {
        var practice = new Practice().Charges(Inbox, 60_00, from: March2).Works(101, 60).Works(102, 60, on: March2.PlusDays(-1));
        var refused = Assert.IsType<InvoiceComputation.Refused>(practice.Preview(practice.DraftOfAll()));
        Assert.Equal("rate-missing", refused.Rejection.Code);
        Assert.Contains("Inbox", refused.Rejection.Detail, StringComparison.Ordinal);
        Assert.Contains("2026-03-01", refused.Rejection.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Bills_only_what_can_be_billed()
    {
        var good = Priced().Works(101, 60);
        Assert.Equal(60_00, good.Computed().TotalMinor);
        var draft = good.DraftOfAll();
        Assert.Equal("nothing-to-bill", good.Refusal(draft with { Time = [] }));
        Assert.Equal("nothing-to-bill", good.Refusal(draft with { Time = [new SelectedTime(SheetOf(), [])] }));
        Assert.Equal("selected-twice", good.Refusal(draft with { Time = [.. draft.Time, .. draft.Time] }));
        Assert.Equal("entry-unknown", good.Refusal(draft with { Time = [new SelectedTime(SheetOf(), [Id(102)])] }));
        Assert.Equal("retainer-unknown", good.Refusal(draft with { RetainerId = RetainerId }));

        Assert.Equal("entry-not-billable", RefusalOf(Priced().Works(101, 60, billable: false)));
        Assert.Equal("entry-of-other-client", RefusalOf(Priced().Works(101, 60, Elsewhere)));
        Assert.Equal("entry-billed", RefusalOf(
            Priced().Works(101, 60).Happens(SheetOf(), new TimesheetEvent.TimeBilled([Id(101)], Id(77)))));
        Assert.Equal("entry-removed", Priced().Works(101, 60)
            .Happens(SheetOf(), new TimesheetEvent.TimeEntryRemoved(Id(101), At)).Refusal(draft));
        Assert.Equal("timer-running", Priced().Happens(SheetOf(), new TimesheetEvent.TimerStarted(
            Id(101), Ana, Inbox, Acme, null, true, At, March2, "America/New_York")).Refusal(draft));
    }

    [Fact]
    public void Bills_only_expenses_that_are_to_be_rebilled_to_this_client_in_its_currency()
    {
        Assert.Equal(5_00, new Practice().Spends(201, 5_00).Computed().TotalMinor);
        Assert.Equal("expense-not-rebillable", RefusalOf(new Practice().Spends(201, 5_00, rebill: false)));
        Assert.Equal("expense-of-other-client", RefusalOf(new Practice().Spends(201, 5_00, client: Other)));
        Assert.Equal("currency-mismatch", RefusalOf(new Practice().Spends(201, 5_00, currency: "EUR")));
        Assert.Equal("expense-billed", RefusalOf(
            new Practice().Spends(201, 5_00).Happens(201, new Domain.Expenses.ExpenseEvent.ExpenseBilled(Id(77)))));
        Assert.Equal("expense-removed", RefusalOf(
            new Practice().Spends(201, 5_00).Happens(201, new Domain.Expenses.ExpenseEvent.ExpenseRemoved(At))));
    }

    [Fact]
    public void Draws_on_the_retainer_as_far_as_it_reaches_and_only_for_what_it_covers()
    {
        var practice = Priced().Charges(Books, 30_00, card: 21).Works(101, 60).Works(102, 60, Books).Spends(201, 5_00);
        Assert.Equal((0, null), Drawn(practice.Computed()));
        Assert.Equal((95_00, 5_00), Drawn(practice.Holds(100_00).Computed(drawsOnRetainer: true)));

        var small = Priced().Works(101, 60).Spends(201, 5_00).Holds(40_00).Computed(drawsOnRetainer: true);
        Assert.Equal((40_00, 0), Drawn(small));
        Assert.Equal([36_92, 3_08], small.Lines.Select(line => line.RetainerAppliedMinor));

        var scoped = Priced().Charges(Books, 30_00, card: 21).Works(101, 60).Works(102, 60, Books).Spends(201, 5_00)
            .Holds(100_00, [Books]).Computed(drawsOnRetainer: true);
        Assert.Equal((30_00, 70_00), Drawn(scoped));
        Assert.Equal([30_00, 0, 0], scoped.Lines.Select(line => line.RetainerAppliedMinor));

        Assert.Equal((0, 0), Drawn(Priced().Works(101, 60).Holds(0).Computed(drawsOnRetainer: true)));
        var others = Priced().Works(101, 60).Holds(100_00, client: Other);
        Assert.Equal("retainer-of-other-client", others.Refusal(others.DraftOfAll(drawsOnRetainer: true)));
    }

    /// <summary>Whatever the work, the policy and the order of the selection.</summary>
    [Fact]
    public void Sums_up_and_prints_what_it_multiplies_however_the_work_was_selected()
    {
        var entry = Gen.Select(Gen.Long[1, 40_000], Gen.Int[0, 9], Gen.Bool, Gen.Bool);
        var policy = Gen.Select(
            Gen.OneOfConst(0, 60, 360, 900), Gen.OneOfConst(RoundingPolicy.Up, RoundingPolicy.Down, RoundingPolicy.Nearest),
            Gen.OneOfConst(RoundingPolicy.PerEntry, RoundingPolicy.PerLine));
        Gen.Select(entry.Array[1, 12], policy, Gen.Long[1, 250_00], Gen.Long[0, 900_00], Gen.Int)
            .Sample((entries, rounding, perHourMinor, retainerMinor, seed) =>
            {
                var practice = new Practice().Rounds(rounding.Item1, rounding.Item2, rounding.Item3).Holds(retainerMinor)
                    .Charges(Inbox, perHourMinor).Charges(Books, perHourMinor + 7, card: 21).Charges(Books, 99_99, Ben, card: 22)
                    .Spends(201, 12_34);
                for (var i = 0; i < entries.Length; i++)
                {
                    practice.WorksSeconds(
                        101 + i, entries[i].Item1, entries[i].Item3 ? Books : Inbox, March2.PlusDays(entries[i].Item2),
                        entries[i].Item4 ? Ben : Ana);
                }
                var computed = practice.Computed(drawsOnRetainer: true);
                Assert.Equal(computed.TotalMinor, computed.Lines.Sum(line => line.AmountMinor));
                Assert.Equal(computed.RetainerAppliedMinor, computed.Lines.Sum(line => line.RetainerAppliedMinor));
                Assert.Equal(Math.Min(retainerMinor, computed.TotalMinor), computed.RetainerAppliedMinor);
                Assert.Equal(retainerMinor, computed.RetainerAppliedMinor + computed.RetainerBalanceAfterMinor);
                Assert.Equal(entries.Sum(e => e.Item1), computed.Lines.Sum(line => line.Hours.Sum(hour => hour.WorkedSeconds)));
                Assert.All(computed.Lines, line =>
                {
                    Assert.InRange(line.RetainerAppliedMinor, 0, line.AmountMinor);
                    if (line.Kind == LineKind.Time) Assert.Equal(Multiplied(line), line.AmountMinor);
                });
                Canonical.Same(computed, practice.Preview(Shuffled(practice.DraftOfAll(drawsOnRetainer: true), seed)));
            }, iter: 100);
    }

    /// <summary>The printed quantity in hours, times the price, as somebody with a calculator rounds it.</summary>
    private static decimal Multiplied(InvoiceLine line)
    {
        var printed = TimeSpan.FromSeconds(line.QuantitySeconds!.Value);
        var exact = (((int)printed.TotalHours * 3600m) + (printed.Minutes * 60m) + printed.Seconds) * line.PerHourMinor!.Value;
        return Math.Round(exact / 3600m, MidpointRounding.AwayFromZero);
    }

    private static DraftInvoice Shuffled(DraftInvoice draft, int seed)
    {
        var entries = draft.Time.SelectMany(time => time.EntryIds.Select(id => new SelectedTime(time.Timesheet, [id])));
        var order = entries.Select((time, i) => (time, Key: unchecked((uint)(((i + 1) * (seed | 1)) ^ (seed >> 7)) * 2654435761u)));
        return draft with { Time = [.. order.OrderBy(pair => pair.Key).Select(pair => pair.time)] };
    }

    private static Practice Priced() => new Practice().Charges(Inbox, 60_00);

    private static string RefusalOf(Practice practice) => practice.Refusal(practice.DraftOfAll());

    private static (long, long?) Drawn(InvoiceComputation.Computed computed) =>
        (computed.RetainerAppliedMinor, computed.RetainerBalanceAfterMinor);
}

using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Tests.Retainers.Terms;

namespace Billing.Domain.Tests.Retainers;

/// <summary>
/// Policies that others have published, as data. Where a source names its rule but no figures, the figures are ours and
/// the row says so.
/// </summary>
public class PublishedPolicyTests
{
    private static readonly Dictionary<string, MonthlyCase> Monthlies = new()
    {
        ["virtuallatinos.com, agency virtual assistant hours roll over: one month, base hours first"] = new(
            Monthly(80).RollingOver(1).BaseFirst(), [70, 80, 0],
            [new(80, 70, 0, 10), new(90, 80, 0, 0), new(80, 0, 0, 80)]),
        ["vainparadise.com, rates and terms: no rollover, overage is taken from the next month (our figures)"] = new(
            Monthly(40).Beyond(OverageRule.Carry), [45, 30, 0],
            [new(40, 45, 5, -5), new(35, 30, 0, 0), new(40, 0, 0, 0)]),
        ["lisamarievirtualsolutions.com, service policies: no carry (our figures)"] = new(
            Monthly(20), [15, 20, 22], [new(20, 15, 0, 0), new(20, 20, 0, 0), new(20, 22, 2, 0)]),
        ["FreshBooks, retainers: 1,000 for 10 h, 17 h worked, 7 h excess"] = new(
            Monthly(10, 1000_00), [17], [new(10, 17, 7, 0)]),
        ["FreshBooks, retainers: 1,000 for 10 h, 8 h worked, nothing carried"] = new(
            Monthly(10, 1000_00), [8, 0], [new(10, 8, 0, 0), new(10, 0, 0, 0)]),
        ["kimai/kimai #5132: rolling 30 h a month; negative there is unused here"] = new(
            Monthly(30).RollingOver(null), [10, 40, 40, 0],
            [new(30, 10, 0, 20), new(50, 40, 0, 10), new(40, 40, 0, 0), new(30, 0, 0, 30)]),
    };

    public static TheoryData<string> Sources => [.. Monthlies.Keys];

    /// <summary>In hours: what was there, what was used, what went beyond, and what goes into the next month.</summary>
    [Theory]
    [MemberData(nameof(Sources))]
    public void A_monthly_policy_comes_out_as_published(string source)
    {
        var (terms, worked, expected) = Monthlies[source];
        var account = terms.Reckon(January1.PlusMonths(worked.Length), WorkedByMonth(worked));
        Assert.Equal(expected, account.Ended.Select(month => new Month(
            month.Available / Hour, month.Used / Hour, (month.Billed + month.Carried) / Hour, month.CarriedForward!.Value / Hour)));
    }

    /// <summary>virtuallatinos.com says it of February and March: 80 h and the rest of January, then 80 h alone.</summary>
    [Fact]
    public void January_uses_70_of_80_February_has_90_uses_80_and_March_has_80()
    {
        var account = Monthly(80).RollingOver(1).BaseFirst().Reckon(new LocalDate(2026, 3, 1), WorkedByMonth(70, 80));
        Assert.Equal([80, 90, 80], account.Periods.Select(month => month.Available / Hour));
    }

    /// <summary>revas.us, "do my virtual assistant work hours ever expire": 70 days after the purchase, unless they are
    /// renewed.</summary>
    [Theory]
    [InlineData(70, null, 10)]
    [InlineData(71, null, 0)]
    [InlineData(71, 70, 10)]
    [InlineData(71, 71, 0)]
    [InlineData(140, 70, 10)]
    [InlineData(141, 70, 0)]
    public void Hours_expire_70_days_after_the_purchase_unless_renewed(int day, int? renewedAfter, long leftHours)
    {
        var renewals = renewedAfter is { } days
            ? new RetainerFact[] { new RetainerFact.Renewed(January1.PlusDays(days), Id(3)) }
            : [];
        var account = Block(10, 400_00, expiryDays: 70, renewalDays: 70).Reckon(
            January1.PlusDays(day), [new RetainerFact.Bought(January1, Id(2), 10 * Hour, 400_00), .. renewals]);
        Assert.Equal(leftHours * Hour, account.Balance);
    }

    /// <summary>Also where other terms begin on the very day, so that the account is looked at.</summary>
    [Fact]
    public void The_last_day_of_a_lot_is_one_on_which_it_can_be_used()
    {
        var block = Block(10, 400_00, expiryDays: 70);
        var account = RetainerAccount.Reckon(
            Id(1), [new DatedTerms(January1, block), new DatedTerms(January1.PlusDays(70), block)], null,
            [new RetainerFact.Bought(January1, Id(2), 10 * Hour, 400_00)], January1.PlusDays(70));
        Assert.Equal(10 * Hour, account.Balance);
    }

    /// <summary>vainparadise.com: 15-minute increments and a minimum of 3 h are what the hours come in as; the account
    /// takes them to the second.</summary>
    [Fact]
    public void Billed_time_is_taken_as_it_was_rounded()
    {
        var rounding = new RoundingPolicy(900, RoundingPolicy.Up, RoundingPolicy.PerEntry);
        var visits = new[] { 3661L, 900L, 4 * Hour + 1 }.Select(seconds => Math.Max(3 * Hour, rounding.Apply(seconds)));
        var account = Monthly(10).Beyond(OverageRule.Carry).Reckon(
            January1.PlusMonths(1), [.. visits.Select((seconds, i) => Worked(January1.PlusDays(i), seconds, i))]);
        Assert.Equal(10 * Hour + 900, account.Ended.Single().Used);
        Assert.Equal(10 * Hour - 900, account.Current!.Available);
    }

    /// <summary>longerdays.com, time use: no refund after two weeks.</summary>
    [Fact]
    public void Refunds_end_two_weeks_after_the_purchase()
    {
        var account = (Block(10, 400_00) with { RefundDays = 14 }).Reckon(
            January1, new RetainerFact.Bought(January1, Id(2), 10 * Hour, 400_00));
        Assert.Equal(January1.PlusDays(14), account.RefundableThrough(account.Lots.Single()));
    }

    /// <summary>omb.cloud, advanced retainer projects: the soft cap at 110 % warns, the hard stop at 130 % waits for an
    /// approval. Of 100 h.</summary>
    [Theory]
    [InlineData(109, 0, 9, 0, "")]
    [InlineData(110, 0, 10, 0, "soft-cap-reached")]
    [InlineData(129, 0, 29, 0, "soft-cap-reached")]
    [InlineData(130, 0, 30, 0, "soft-cap-reached hard-cap-reached")]
    [InlineData(135, 0, 30, 5, "soft-cap-reached hard-cap-reached approval-needed")]
    [InlineData(135, 4, 34, 1, "soft-cap-reached hard-cap-reached approval-needed")]
    [InlineData(135, 5, 35, 0, "soft-cap-reached hard-cap-reached")]
    [InlineData(135, 5, 35, 0, "soft-cap-reached hard-cap-reached", 30)]
    [InlineData(135, 5, 30, 5, "soft-cap-reached hard-cap-reached approval-needed", 31)]
    public void Warns_at_110_and_stops_at_130_per_cent(
        long worked, long approved, long billed, long stopped, string warnings, int approvedAfterDays = 0)
    {
        var approval = new RetainerFact.Approved(January1.PlusDays(approvedAfterDays), Id(4), approved * Hour);
        var account = Monthly(100).Capped(110, 130).Reckon(January1.PlusDays(30), [approval, .. WorkedByMonth(worked)]);
        Assert.Equal((billed, stopped), (account.Current!.Billed / Hour, account.Current.Stopped / Hour));
        Assert.Equal(warnings, string.Join(' ', account.Warnings()));
    }

    /// <summary>Harvest, retainers: a deposit of 5,000 and an invoice of 2,000 leave 3,000.</summary>
    [Fact]
    public void A_deposit_of_5000_and_an_invoice_of_2000_leave_3000()
    {
        var account = RetainerTerms.Plain(RetainerKind.PrepaidMoney).Reckon(
            January1.PlusDays(1), new RetainerFact.Funded(January1, Id(2), 5000_00),
            new RetainerFact.Drawn(January1, Id(9), Id(2), 2000_00, UseOf.Lot, 2000_00));
        Assert.Equal((3000_00, 2000_00, 3000_00),
            (account.Balance, account.EarnedMinor(January1), account.UnearnedMinor(January1)));
    }

    private sealed record MonthlyCase(RetainerTerms Terms, long[] Worked, Month[] Expected);

    private sealed record Month(long Available, long Used, long Beyond, long CarriedForward);
}

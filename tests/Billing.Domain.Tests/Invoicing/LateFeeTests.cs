using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class LateFeeTests
{
    private static readonly LocalDate DueOn = new(2026, 4, 15);

    private static readonly InvoiceFinalized Final = new(
        InvoiceId, Acme, InvoiceKind.Work, "INV-2026-0001", "USD", April1, DueOn,
        [new InvoiceLine(1, LineKind.Time, Inbox, 3600, 1_000_00, 1_000_00, [], null)], 1_000_00, null, 0, null,
        RoundingPolicy.Exact, [], [], null, At);

    private static readonly InvoiceState Late = Invoice.Stream.Fold([Final]);

    /// <summary>The published terms of a virtual assistant: a late fee of 0.25 %.</summary>
    private static readonly LateFeePolicy Quarter = new(LateFeePolicy.Percentage, null, 25, 0, LateFeePolicy.Once, null);

    [Theory]
    [InlineData("lisamarievirtualsolutions.com, service policies: a late fee of 0.25 %", 25, "once", 365, 2_50)]
    [InlineData("Invoice Ninja charged by the hour what is due once a month", 25, "month", 59, 5_00)]
    public void However_often_it_is_asked_for_a_published_fee_is_charged_once_a_period(
        string source, int basisPoints, string per, int days, long totalMinor)
    {
        var policy = new LateFeePolicy(LateFeePolicy.Percentage, null, basisPoints, 0, per, null);
        var (state, charged) = (Late, 0L);
        for (var hour = 0; hour < days * 24; hour++)
        {
            var due = LateFees.Due(state, policy, DueOn.PlusDays(hour / 24 + 1));
            if (due.Count == 0) continue;
            var fee = due.Sum(period => period.AmountMinor);
            charged += fee;
            state = Invoice.Stream.After(state, [new LateFeeCharged(due[^1].Number, fee, Id(500 + hour), At)]);
        }
        Assert.True(totalMinor == charged, source);
        Assert.Same(Final, state.Issued!.Facts);
    }

    [Fact]
    public void A_quarter_of_a_percent_once_the_day_after_it_was_due()
    {
        Assert.Empty(LateFees.Due(Late, Quarter, DueOn));
        Assert.Equal([new LateFeePeriod(1, DueOn.PlusDays(1), 2_50)], LateFees.Due(Late, Quarter, DueOn.PlusDays(1)));
        Assert.Single(LateFees.Due(Late, Quarter, DueOn.PlusYears(1)));
        Assert.Empty(LateFees.Due(Late, Quarter with { GraceDays = 7 }, DueOn.PlusDays(7)));
        Assert.Single(LateFees.Due(Late, Quarter with { GraceDays = 7 }, DueOn.PlusDays(8)));
    }

    [Fact]
    public void A_flat_fee_by_the_month_stops_at_its_cap()
    {
        var flat = new LateFeePolicy(LateFeePolicy.Flat, Usd(15_00), null, 0, LateFeePolicy.PerMonth, Usd(40_00));
        Assert.Single(LateFees.Due(Late, flat, DueOn.PlusMonths(1)));
        Assert.Equal(
            [15_00, 15_00, 10_00], LateFees.Due(Late, flat, DueOn.PlusMonths(9)).Select(period => period.AmountMinor));
    }

    [Fact]
    public void In_proportion_to_time_it_is_due_when_the_month_has_passed()
    {
        var yearly = new LateFeePolicy(LateFeePolicy.Proportional, null, 7_30, 0, LateFeePolicy.PerMonth, null);
        Assert.Empty(LateFees.Due(Late, yearly, DueOn.PlusMonths(1).PlusDays(-1)));
        // 1,000.00 × 7.3 % × 30 / 365.
        Assert.Equal([6_00], LateFees.Due(Late, yearly, DueOn.PlusMonths(1)).Select(period => period.AmountMinor));
    }

    [Fact]
    public void Nothing_is_due_on_what_is_paid_ahead_or_is_a_late_fee_or_in_another_currency()
    {
        var day = DueOn.PlusMonths(3);
        Assert.Empty(LateFees.Due(Invoice.Stream.After(Late, [new PaymentApplied(Id(50), 1_000_00, April1)]), Quarter, day));
        Assert.Empty(LateFees.Due(Invoice.Stream.Fold([Final with { Kind = InvoiceKind.Deposit }]), Quarter, day));
        Assert.Empty(LateFees.Due(
            Invoice.Stream.Fold([Final with { Lines = [Final.Lines[0] with { Kind = LineKind.LateFee }] }]), Quarter, day));
        Assert.Empty(LateFees.Due(Late, Quarter with { Cap = new Money(1, Currency.Of("EUR")) }, day));
        Assert.Empty(LateFees.Due(Late, null, day));
    }

    [Fact]
    public void Is_charged_once_a_period_however_often_it_is_asked_by_an_invoice_of_its_own()
    {
        var practice = new Practice().Sets(new BusinessEvent.LateFeePolicySet("percentage", "USD", null, 25, 0, "month", null, At));
        var command = new ChargeLateFee(InvoiceId, Id(90), DueOn.PlusDays(1), At);
        var charged = Assert.IsType<LateFeeCharging.Accepted>(Decide(Late, command, practice));
        var fee = charged.Fee.OfType<InvoiceFinalized>().Single();
        Assert.Equal((2_50L, "INV-2026-0002", LineKind.LateFee), (fee.TotalMinor, fee.Number, fee.Lines.Single().Kind));
        var noted = Invoice.Stream.After(Late, [charged.Original]);
        Assert.Same(Final, noted.Issued!.Facts);
        Assert.IsType<LateFeeCharging.AlreadyDone>(Decide(noted, command, practice));
        for (var hour = 0; hour < 24; hour++)
            Assert.Equal("late-fee-not-due", Refusal(noted, command with { FeeInvoiceId = Id(200 + hour) }, practice));
        var next = command with { FeeInvoiceId = Id(91), ChargedOn = DueOn.PlusMonths(1).PlusDays(1) };
        Assert.Equal(2, Assert.IsType<LateFeeCharging.Accepted>(Decide(noted, next, practice)).Original.ThroughPeriod);
    }

    [Fact]
    public void What_cannot_be_charged_says_why()
    {
        var command = new ChargeLateFee(InvoiceId, Id(90), DueOn.PlusDays(1), At);
        Assert.Equal("invoice-unknown", Refusal(Invoice.Stream.Initial, command, new Practice()));
        Assert.Equal("late-fee-not-agreed", Refusal(Late, command, new Practice()));
        var practice = new Practice().Sets(new BusinessEvent.LateFeePolicySet("percentage", "USD", null, 25, 0, "once", null, At));
        Assert.Equal("late-fee-not-due", Refusal(Late, command with { ChargedOn = DueOn }, practice));
        var taken = LateFeeCharging.Decide(Late, Late, command, practice.Sources, new NumberingState(1));
        Assert.Equal("id-taken", Assert.IsType<LateFeeCharging.Refused>(taken).Rejection.Code);
    }

    [Theory]
    [InlineData("flat", null, 0, "once", "late-fee-out-of-range")]
    [InlineData("weekly", 25, 0, "once", "late-fee-kind-unknown")]
    [InlineData("percentage", 25, 0, "hour", "late-fee-period-unknown")]
    [InlineData("proportional", 25, 0, "once", "late-fee-period-unknown")]
    [InlineData("percentage", 25, 366, "once", "late-fee-out-of-range")]
    [InlineData("percentage", 25, 365, "once", null)]
    [InlineData("percentage", 0, 0, "once", "late-fee-out-of-range")]
    [InlineData("percentage", 10_000, 0, "month", null)]
    [InlineData("percentage", 10_001, 0, "month", "late-fee-out-of-range")]
    [InlineData("percentage", null, 0, "month", "late-fee-out-of-range")]
    public void A_policy_that_cannot_be_charged_is_refused(string kind, int? basisPoints, int grace, string per, string? code)
    {
        var decision = Business.Decide(
            new Practice().Sources.Business, new SetLateFeePolicy(new LateFeePolicy(kind, null, basisPoints, grace, per, null), At));
        if (code is null) Assert.Single(decision.Events());
        else decision.IsRefused(code);
    }

    /// <summary>On whichever days it is asked for, the fees of a flat policy are those of the periods that began, to the cap.</summary>
    [Fact]
    public void Asking_more_often_never_charges_more() => Gen.Select(Gen.Int[1, 400].Array[1, 10], Gen.Long[1, 90_00]).Sample((days, cap) =>
    {
        var policy = new LateFeePolicy(LateFeePolicy.Flat, Usd(7_00), null, 3, LateFeePolicy.PerMonth, Usd(cap));
        var state = Late;
        foreach (var (day, i) in days.Order().Select((day, i) => (day, i)))
        {
            var due = LateFees.Due(state, policy, DueOn.PlusDays(day));
            if (due.Count == 0) continue;
            state = Invoice.Stream.After(
                state, [new LateFeeCharged(due[^1].Number, due.Sum(period => period.AmountMinor), Id(100 + i), At)]);
        }
        Assert.Equal(
            LateFees.Due(Late, policy, DueOn.PlusDays(days.Max())).Sum(period => period.AmountMinor),
            state.Issued!.LateFees.Values.Sum(fee => fee.AmountMinor));
    }, iter: 500);

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private static LateFeeCharging Decide(InvoiceState state, ChargeLateFee command, Practice practice) =>
        LateFeeCharging.Decide(state, Invoice.Stream.Initial, command, practice.Sources, new NumberingState(1));

    private static string Refusal(InvoiceState state, ChargeLateFee command, Practice practice) =>
        Assert.IsType<LateFeeCharging.Refused>(Decide(state, command, practice)).Rejection.Code;
}

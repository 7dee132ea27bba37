using Billing.Domain.Access;
using Billing.Domain.SalesTax;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.SalesTax.SalesTaxPaymentEvent;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.SalesTax;

public class SalesTaxPaymentTests
{
    private static readonly Guid PaymentId = Id(1);
    private static readonly SalesTaxPaymentFigures March = new(new Money(190_00, Currency.Eur), false, April1, "2026-03", "RF18");
    private static readonly SalesTaxPaymentRecorded Recorded = new(PaymentId, 190_00, "EUR", April1, "2026-03", "RF18", At);
    private static readonly BusinessState Open = new Practice().Sources.Business;
    private static readonly BusinessState Locked =
        new Practice().Sets(new BusinessEvent.PeriodLocked(April1, null, At)).Sources.Business;

    [Fact]
    public void Is_recorded_once_and_a_refund_counts_the_other_way()
    {
        Record(March).Then(Recorded);
        Record(March with { IsRefund = true }).Then(Recorded with { AmountMinor = -190_00 });
        Given(Recorded).When(state => SalesTaxPayment.Decide(state, new RecordSalesTaxPayment(PaymentId, March, At), Open)).Then();
        Decide(new RecordSalesTaxPayment(PaymentId, March with { Period = "2026-02" }, At)).IsRefused("id-taken");
    }

    [Fact]
    public void Is_corrected_in_full_and_removed_with_a_reason()
    {
        var wish = new CorrectSalesTaxPayment(PaymentId, March with { Period = "2026-Q1", Reference = null }, At);
        var corrected = new SalesTaxPaymentCorrected(190_00, April1, "2026-Q1", null, At);
        Given(Recorded).When(state => SalesTaxPayment.Decide(state, wish, Open)).Then(corrected);
        Given(Recorded, corrected).When(state => SalesTaxPayment.Decide(state, wish, Open)).Then();
        Given(Recorded).When(state => SalesTaxPayment.Decide(state, new RemoveSalesTaxPayment(PaymentId, "Twice", At), Open))
            .Then(new SalesTaxPaymentRemoved("Twice", At));
        var removed = SalesTaxPayment.Stream.Fold([Recorded, new SalesTaxPaymentRemoved("Twice", At)]);
        SalesTaxPayment.Decide(removed, wish, Open).IsRefused("sales-tax-payment-removed");
        SalesTaxPayment.Decide(removed, new RemoveSalesTaxPayment(PaymentId, "Twice", At), Open).IsAlreadyDone();
        SalesTaxPayment.Decide(SalesTaxPayment.Stream.Initial, wish, Open).IsRefused("sales-tax-payment-unknown");
        var dollars = wish with { Figures = March with { Amount = new Money(1, Currency.Usd) } };
        SalesTaxPayment.Decide(SalesTaxPayment.Stream.Fold([Recorded]), dollars, Open).IsRefused("currency-mismatch");
    }

    [Theory]
    [InlineData(0, "2026-03", "2026-04-01", "amount-not-positive")]
    [InlineData(1_000_000_000_001, "2026-03", "2026-04-01", "amount-too-large")]
    [InlineData(1, "2026-13", "2026-04-01", "sales-tax-period-malformed")]
    [InlineData(1, "2026-Q5", "2026-04-01", "sales-tax-period-malformed")]
    [InlineData(1, "1999", "2026-04-01", "sales-tax-period-malformed")]
    [InlineData(1, "2026-03", "2026-04-03", "paid-on-implausible")]
    [InlineData(1, "2026-03", "2025-02-28", "paid-on-implausible")]
    public void What_cannot_be_is_refused(long minor, string period, string paidOn, string code)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(paidOn).Value;
        Record(new SalesTaxPaymentFigures(new Money(minor, Currency.Eur), false, day, period, null)).Decision.IsRefused(code);
    }

    [Fact]
    public void Closed_books_take_none_and_change_none()
    {
        SalesTaxPayment.Decide(SalesTaxPayment.Stream.Initial, new RecordSalesTaxPayment(PaymentId, March, At), Locked)
            .IsRefused("period-locked");
        var known = SalesTaxPayment.Stream.Fold([Recorded]);
        SalesTaxPayment.Decide(known, new CorrectSalesTaxPayment(PaymentId, March with { Period = "2026" }, At), Locked)
            .IsRefused("period-locked");
        SalesTaxPayment.Decide(known, new RemoveSalesTaxPayment(PaymentId, "Twice", At), Locked).IsRefused("period-locked");
    }

    [Fact]
    public void Takes_every_kind_of_event() => SalesTaxPayment.Stream.Takes_every_kind_of_event(
    [
        Recorded, new SalesTaxPaymentCorrected(1, April1, "2026", null, At), new SalesTaxPaymentRemoved("Twice", At),
    ]);

    [Theory]
    [InlineData("2026-02", "2026-02-01", "2026-02-28")]
    [InlineData("2028-02", "2028-02-01", "2028-02-29")]
    [InlineData("2026-Q4", "2026-10-01", "2026-12-31")]
    [InlineData("2026", "2026-01-01", "2026-12-31")]
    public void A_period_is_its_first_and_last_day(string text, string from, string through)
    {
        Assert.True(SalesTaxPeriod.TryParse(text, out var period));
        Assert.Equal((from, through), (Iso(period.From), Iso(period.Through)));
    }

    [Theory]
    [InlineData("month", 12)]
    [InlineData("quarter", 4)]
    [InlineData("year", 1)]
    public void The_periods_of_a_year_leave_no_day_out(string every, int count)
    {
        var periods = SalesTaxPeriod.OfYear(2026, every);
        Assert.Equal(
            (count, new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31)), (periods.Count, periods[0].From, periods[^1].Through));
        Assert.All(periods.Zip(periods.Skip(1)), pair => Assert.Equal(pair.First.Through.PlusDays(1), pair.Second.From));
    }

    private static string Iso(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);

    private static Given<SalesTaxPaymentState, SalesTaxPaymentEvent> Given(params SalesTaxPaymentEvent[] history) =>
        SalesTaxPayment.Stream.Given(history);

    private static Outcome<SalesTaxPaymentEvent> Record(SalesTaxPaymentFigures figures) =>
        Given().When(state => SalesTaxPayment.Decide(state, new RecordSalesTaxPayment(PaymentId, figures, At), Open));

    private static Decision<SalesTaxPaymentEvent> Decide(RecordSalesTaxPayment wish) =>
        SalesTaxPayment.Decide(SalesTaxPayment.Stream.Fold([Recorded]), wish, Open);
}

using Billing.Domain.Retainers;
using Billing.Domain.Tests.Invoicing;
using CsCheck;
using NodaTime;

namespace Billing.Domain.Tests.Retainers;

public sealed class RetainerFeeTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 9, 0);
    private static readonly LocalDate January1 = Terms.January1;

    [Fact]
    public void A_fee_is_asked_for_where_its_period_begins()
    {
        var retainer = Agreed(Terms.Monthly(10, 400_00));
        Assert.Equal(400_00, Fees(retainer, January1, new LocalDate(2026, 2, 1)));
        Assert.Equal(0, Fees(retainer, new LocalDate(2026, 1, 2), new LocalDate(2026, 2, 1)));
        Assert.Equal(1_200_00, Fees(retainer, January1, new LocalDate(2026, 4, 1)));
        // Before it was agreed there is none.
        Assert.Equal(400_00, Fees(retainer, new LocalDate(2025, 6, 1), new LocalDate(2026, 2, 1)));
    }

    [Fact]
    public void A_first_period_that_is_cut_short_costs_its_share()
    {
        var terms = Terms.Monthly(10, 310_00) with
        {
            Period = new PeriodTerms(PeriodTerms.Month, 1, January1, Prorated: true),
        };
        var retainer = Agreed(terms, from: new LocalDate(2026, 1, 22));
        Assert.Equal(100_00, Fees(retainer, new LocalDate(2026, 1, 22), new LocalDate(2026, 2, 1)));
    }

    [Fact]
    public void Terms_that_change_and_a_retainer_that_is_closed_are_minded()
    {
        var retainer = Agreed(Terms.Monthly(10, 400_00));
        var dearer = new DatedTerms(new LocalDate(2026, 3, 1), Terms.Monthly(10, 500_00));
        retainer = retainer with { OwnTerms = retainer.OwnTerms.Add(dearer) };
        Assert.Equal(1_300_00, Fees(retainer, January1, new LocalDate(2026, 4, 1)));
        var closed = retainer with { LastDay = new LocalDate(2026, 2, 1) };
        Assert.Equal(0, Fees(closed, January1, new LocalDate(2026, 4, 1)));
        Assert.True(RetainerFee.IsRecurring(retainer));
        Assert.False(RetainerFee.IsRecurring(Agreed(Terms.Block(10, 400_00))));
        Assert.Equal(0, Fees(Agreed(Terms.Block(10, 400_00)), January1, new LocalDate(2026, 4, 1)));
    }

    [Fact]
    public void However_the_days_are_cut_each_period_is_asked_for_once() => Gen.Select(
        Gen.Int[1, 800], Gen.Int[0, 800].List[0, 12], Gen.Int[1, 31], Gen.Bool).Sample((days, cuts, anchor, prorated) =>
        {
            var terms = Terms.Monthly(10, 313_37) with
            {
                Period = new PeriodTerms(PeriodTerms.Month, 1, new LocalDate(2025, 12, anchor), prorated),
            };
            var retainer = Agreed(terms);
            var end = January1.PlusDays(days);
            var (from, sum) = (January1, 0L);
            foreach (var cut in cuts.Select(cut => LocalDate.Min(end, January1.PlusDays(cut))).Append(end).Order())
            {
                sum += Fees(retainer, from, cut);
                from = cut;
            }
            Assert.Equal(Fees(retainer, January1, end), sum);
        }, iter: 500);

    /// <summary>Two recurring invoices that ask for one retainer's fee ask once between them.</summary>
    [Fact]
    public void A_fee_that_was_asked_for_is_not_asked_for_again()
    {
        var retainer = Agreed(Terms.Monthly(10, 400_00));
        var fees = RetainerFee.BeginningWithin(retainer, January1, new LocalDate(2026, 3, 1));
        var asked = Assert.IsType<RetainerState.Agreed>(Retainer.Stream.After(
            retainer, Retainer.Decide(retainer, new RequestFees(Terms.Id(1), Terms.Id(7), fees, Now)).Events()));
        Assert.Equal(400_00, Fees(asked, January1, new LocalDate(2026, 4, 1)));
        Assert.Equal(0, Fees(asked, January1, new LocalDate(2026, 3, 1)));
    }

    private static long Fees(RetainerState.Agreed retainer, LocalDate from, LocalDate endExclusive) =>
        RetainerFee.BeginningWithin(retainer, from, endExclusive).Sum(fee => fee.Minor);

    private static RetainerState.Agreed Agreed(RetainerTerms terms, LocalDate? from = null) => (RetainerState.Agreed)Retainer.Stream.Fold(
    [
        new RetainerEvent.RetainerAgreed(Terms.Id(1), Terms.Id(2), "USD", "Care", [], Now),
        new RetainerEvent.RetainerTermsSet(from ?? January1, terms, Now),
    ]);
}

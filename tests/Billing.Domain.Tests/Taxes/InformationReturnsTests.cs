using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using CsCheck;

namespace Billing.Domain.Tests.Taxes;

public sealed class InformationReturnsTests
{
    private static Money Usd(long cents) => new(cents, Currency.Usd);

    private static Guid Client(int number) => new(number, 0, 0, new byte[8]);

    private static ReceivedFromClient From(int client, long byHand, long throughProcessor = 0) =>
        new(Client(client), null, Usd(byHand), Usd(throughProcessor));

    private static InformationReturns Expect(int year, ReceivedInYear received)
    {
        Assert.True(TaxParameterLibrary.TryForYear(year, out var parameters, out _));
        var expected = InformationReturns.TryExpect(parameters, received, out var rejection);
        Assert.Null(rejection);
        return expected!;
    }

    [Theory]
    [InlineData(2024, 599_99, false)]
    [InlineData(2024, 600_00, true)]
    [InlineData(2025, 600_00, true)]
    [InlineData(2026, 1_999_99, false)]
    [InlineData(2026, 2_000_00, true)]
    public void A_payer_reports_from_the_years_threshold_on(int year, long cents, bool isExpected)
    {
        var payer = Assert.Single(Expect(year, new([From(1, cents)], Usd(0), 0, Usd(0), Usd(0))).Payers);
        Assert.Equal((isExpected, 0), (payer.IsExpected, payer.Overlap.Minor));
    }

    [Theory]
    [InlineData(20_000_01, 201, true)]
    [InlineData(20_000_00, 201, false)]
    [InlineData(20_000_01, 200, false)]
    public void The_processor_reports_only_above_both_of_its_thresholds(long gross, int payments, bool isExpected) => Assert.Equal(
        isExpected, Expect(2026, new([From(1, 0, gross)], Usd(gross), payments, Usd(0), Usd(0))).PaymentNetwork.IsExpected);

    [Fact]
    public void What_a_client_paid_by_card_is_reported_twice_where_it_adds_all_it_paid()
    {
        var payers = Expect(2026, new([From(1, 1_500_00, 700_00), From(2, 300_00, 700_00)], Usd(1_400_00), 2, Usd(0), Usd(0))).Payers;
        Assert.Equal([(false, 700_00), (false, 0)], payers.Select(payer => (payer.IsExpected, payer.Overlap.Minor)));
    }

    [Fact]
    public void The_bridge_goes_from_what_is_reported_to_line_1()
    {
        // 1,080.00 charged by card with 80.00 of tax.
        var expected = Expect(2026, new([From(1, 2_500_00, 1_000_00), From(2, 100_00)], Usd(1_080_00), 1, Usd(80_00), Usd(250_00)));
        Assert.Equal(
            [
                (BridgeRow.ReportedByPayers, 2_500_00), (BridgeRow.BelowThreshold, 100_00), (BridgeRow.ProcessorGross, 1_080_00),
                (BridgeRow.SalesTaxInGross, -80_00), (BridgeRow.Unexplained, 0),
            ],
            expected.Bridge.Select(row => (row.Code, row.Amount.Minor)));
        Assert.Equal((Usd(3_600_00), Usd(250_00)), (expected.GrossReceipts, expected.GivenBack));
    }

    [Fact]
    public void Whatever_came_the_bridge_ends_at_line_1() => Gen.Select(
        Gen.Select(Gen.Long[0, 5_000_00], Gen.Long[0, 5_000_00]).Array[0, 6], Gen.Long[0, 30_000_00], Gen.Int[0, 400],
        Gen.Long[0, 500_00]).Sample((clients, gross, payments, tax) =>
        {
            var from = clients.Select((paid, i) => From(i, paid.Item1, paid.Item2)).ToList();
            var expected = Expect(2026, new(from, Usd(gross), payments, Usd(tax), Usd(0)));
            return expected.GrossReceipts.Minor == clients.Sum(paid => paid.Item1 + paid.Item2)
                && expected.Bridge.Sum(row => row.Amount.Minor) == expected.GrossReceipts.Minor;
        });

    [Fact]
    public void Another_currency_is_refused()
    {
        Assert.True(TaxParameterLibrary.TryForYear(2026, out var parameters, out _));
        Assert.Null(InformationReturns.TryExpect(parameters, ReceivedInYear.In("EUR"), out var rejection));
        Assert.Equal("tax-currency-not-usd", rejection?.Code);
    }
}

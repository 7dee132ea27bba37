using Billing.Api.Tests.Hosting;

namespace Billing.Api.Tests.Journeys;

/// <content>The contractor meets the tax quarter.</content>
public sealed partial class PracticeJourney
{
    private const string Estimate = "/v1/tax-years/2026/estimate";
    private const string MidYear = "asOf=2026-07-01&projection=year-to-date";
    private ReadOnlyMemory<byte> _estimatePdf;

    public string[] TaxPaths => ["/v1/tax-years/2026", $"{Estimate}?{MidYear}"];

    /// <summary>
    /// Eleven days in January and ten in May of 8 h × 250.00 = 2,000.00 each: 22,000.00 and 20,000.00, received in the same
    /// half year. That is 42,000.00; what Stripe is paid comes later.
    /// </summary>
    public async Task EarnForHalfAYear()
    {
        await WorkAndReceive([5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19], "2026-01", "31", "22000.00", "transfer", "2026-02-10");
        await WorkAndReceive([4, 5, 6, 7, 8, 11, 12, 13, 14, 15], "2026-05", "31", "20000.00", "cheque", "2026-06-08");
    }

    /// <summary>
    /// Deductible are software 280.01, with the 19.99 that were passed on 300.00; half of meals for 160.00, so 80.00; contract
    /// labor 1,620.00. In all 2,000.00, which leaves a net profit of 40,000.00.
    /// </summary>
    public async Task SpendForHalfAYear()
    {
        await Spend("280.01", "software", "2026-03-02", "Scheduling tool");
        await Spend("160.00", "meals", "2026-03-03", "Lunch with Acme");
        await Spend("1620.00", "contract-labor", "2026-04-28", "Ana Reyes");
    }

    public async Task DescribeTheFiler()
    {
        (await _owner.Post("/v1/tax-years/2026:set-profile", new
        {
            filingStatus = "single",
            priorYearTax = Usd("6000.00"),
            priorYearAgi = Usd("40000.00"),
            priorYearFiledInFull = true,
        })).Ok();
        await PayQuarter(1, "1500.00", "2026-04-14");
    }

    /// <summary>
    /// 40,000.00 × 0.9235 = 36,940.00, × 15.3 % = 5,651.82 of self-employment tax, half of it 2,825.91. 40,000.00 − 2,825.91 =
    /// 37,174.09, less the standard deduction of 16,100 = 21,074.09, of which 20 % = 4,214.82 is the QBI deduction (less than
    /// 20 % of 37,174.09). Left are 16,859.27: 12,400 × 10 % + 4,459.272 × 12 % = 1,240.00 + 535.11 = 1,775.11 of income tax.
    /// 5,651.82 + 1,775.11 = 7,426.93, of which 90 % = 6,684.24.
    /// </summary>
    public async Task SeeWhatIsOwed()
    {
        var estimate = (await _owner.Get($"{Estimate}?{MidYear}")).Ok();
        (string Name, string Amount)[] totals =
        [
            ("grossReceipts", "42000.00"), ("expenses", "2000.00"), ("netProfitToDate", "40000.00"),
            ("projectedNetProfit", "40000.00"), ("selfEmploymentTax", "5651.82"), ("halfSelfEmploymentTax", "2825.91"),
            ("adjustedGrossIncome", "37174.09"), ("qbiDeduction", "4214.82"), ("taxableIncome", "16859.27"),
            ("incomeTax", "1775.11"), ("totalTax", "7426.93"),
        ];
        Assert.Equal(totals, totals.Select(total => (total.Name, estimate.Usd($"totals.{total.Name}"))));
        Assert.Equal("6684.24", estimate.Usd("required.byThisYear"));
        Assert.Equal("6000.00", estimate.Usd("required.byLastYear"));
        Assert.Equal("6000.00", estimate.Usd("required.requiredAnnualPayment"));
    }

    /// <summary>
    /// 6,000.00 in four instalments of 1,500.00: that of April is paid, that of June missed, that of September is next. June's
    /// has cost 15 days at 6 % and one at 7 %: 1,500.00 × (15 × 0.06 + 0.07) / 365 = 3.99. With the return come 7,426.93 − 1,500.00.
    /// </summary>
    public async Task SeeWhatIsDueNext()
    {
        var estimate = (await _owner.Get($"{Estimate}?{MidYear}")).Ok();
        Assert.Equal("2026-09-15", estimate.String("next.dueOn"));
        Assert.Equal(("1500.00", "1500.00", "3000.00"), Next(estimate));
        Assert.Equal(["covered", "overdue", "next", "later"], estimate.List("instalments").Select(i => (string?)i["state"]));
        Assert.StartsWith("Pay $3,000 by 2026-09-15, $1,500.00 of it at once", estimate.String("advice"), StringComparison.Ordinal);
        Assert.Equal(("3.99", "5926.93"), (estimate.Usd("penaltySoFar"), estimate.Usd("balanceWithReturn")));
    }

    /// <summary>What was missed is paid: only September's instalment is left for now, and the balance is smaller by as much.</summary>
    public async Task PayWhatIsOverdue()
    {
        await PayQuarter(2, "1500.00", "2026-07-01");
        var estimate = (await _owner.Get($"{Estimate}?{MidYear}")).Ok();
        Assert.Equal(("0.00", "1500.00", "1500.00"), Next(estimate));
        Assert.Equal(["covered", "covered", "next", "later"], estimate.List("instalments").Select(i => (string?)i["state"]));
        Assert.Equal("Pay $1,500 by 2026-09-15.", estimate.String("advice"));
        Assert.Equal(("3.99", "4426.93"), (estimate.Usd("penaltySoFar"), estimate.Usd("balanceWithReturn")));
        _estimatePdf = await Pdf($"{Estimate}/pdf?{MidYear}", "$7,426.93", "Sep 15, 2026", "Juniper Assistance");
    }

    public async Task SameReport() =>
        Assert.Equal(_estimatePdf.ToArray(), (await _owner.Get($"{Estimate}/pdf?{MidYear}")).Ok().Bytes.ToArray());

    private async Task WorkAndReceive(
        int[] days, string month, string lastDay, string amount, string method, string receivedOn)
    {
        foreach (var day in days)
        {
            var workedOn = FormattableString.Invariant($"{month}-{day:00}");
            (await _owner.Post(Entries, new { engagementId = _research, workedOn, durationSeconds = 28_800, note = "Case law" })).Ok();
        }
        var (id, finalized) = await Bill(_calder, $"{month}-{lastDay}", $"{month}-{lastDay}");
        Assert.Equal(amount, finalized.Usd("due"));
        var received = (await _owner.Post("/v1/payments", new { invoiceId = id, amount = Usd(amount), method, receivedOn })).Ok();
        Assert.Equal((amount, "0.00"), (received.Usd("applied"), received.Usd("credit")));
    }

    private async Task PayQuarter(int quarter, string amount, string paidOn) =>
        (await _owner.Post("/v1/tax-years/2026/payments", new { quarter, amount = Usd(amount), paidOn })).Ok();

    private static (string OverdueNow, string DueNext, string ToPay) Next(Reply estimate) =>
        (estimate.Usd("next.overdueNow"), estimate.Usd("next.dueNext"), estimate.Usd("next.toPay"));
}

using Billing.Api.Invoicing;
using Billing.Api.Retainers;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>A retainer of hours beside the one of money.</content>
public sealed partial class DemoPractice
{
    private const long FeeMinor = 1_360_00;

    /// <summary>34 h a month for 1,360, the rest good for one month more, hours beyond at 48.</summary>
    private async Task<Guid> AgreeHours(DemoClient client)
    {
        var retainer = _newId();
        var terms = RetainerTerms.Plain(RetainerKind.HoursPerPeriod) with
        {
            Automatic = true,
            FeeMinor = FeeMinor,
            IncludedSeconds = 34 * 3600,
            Period = new PeriodTerms(PeriodTerms.Month, 1, FirstDay, Prorated: true),
            Unused = new UnusedTerms(UnusedRule.RollOver, Periods: 1, MaxCarried: null),
            OrderOfUse = OrderOfUse.BaseFirst,
            Overage = new OverageTerms(OverageRule.Bill, 48_00),
            Caps = new CapTerms(SoftPercent: 90, HardPercent: null),
            Cycle = new CycleTerms(CycleRule.Monthly, Weeks: null, Days: []),
        };
        await Send(At(FirstDay, 11), c => new AgreeRetainerCommand(c, new AgreeRetainer(
            retainer, client.ClientId, "34 hours a month", [client.EngagementId], c.Now,
            new AgreedTerms(FirstDay, terms, Currency.Usd))));
        await BillFee(client, retainer, FirstDay);
        return retainer;
    }

    /// <summary>The month's fee, asked for on its first day and paid within the week.</summary>
    private async Task BillFee(DemoClient client, Guid retainer, LocalDate day)
    {
        var fee = _newId();
        await Send(At(day, 8), c => new DraftDepositCommand(c, new DraftDeposit(
            fee, client.ClientId, retainer, new Money(FeeMinor, Currency.Usd), null, c.Now)));
        await Send(At(day, 8), c => new FinalizeInvoiceCommand(c, new FinalizeInvoice(fee, day, c.Now)));
        await Receive(fee, FeeMinor, day.PlusDays(5), "transfer");
    }
}

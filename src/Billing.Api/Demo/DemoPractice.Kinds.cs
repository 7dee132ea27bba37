using Billing.Api.Access;
using Billing.Api.Clients;
using Billing.Api.Engagements;
using Billing.Api.Invoicing;
using Billing.Api.Retainers;
using Billing.Api.TimeTracking;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>A client who has one retainer of each further kind, and rates of the practice, the client, an assistant, a task and a tier.
/// October is worked and billed.</content>
public sealed partial class DemoPractice
{
    private static readonly LocalDate October = new(2026, 10, 1);

    private async Task ShowKinds(CancellationToken cancellationToken)
    {
        var client = _newId();
        await Send(At(FirstDay, 9), c => new AddClientCommand(c, new AddClient(
            client, "Harbor Legal Aid", "office@harborlegal.example", ["3 Pier Rd", "Portland, ME 04101"], "USD", null, c.Now)));
        var calls = await AgreeWork(client, "Intake calls");
        var updates = await AgreeWork(client, "Case updates");
        var letters = await AgreeWork(client, "Client letters");
        var research = await AgreeWork(client, "Research");
        await AgreeCards(client, calls, research);
        Guid[] retainers =
        [
            await BuyBlock(client, calls),
            await Fund(client, updates, "Evergreen", 600_00, RetainerTerms.Plain(RetainerKind.Evergreen) with
            {
                Evergreen = new EvergreenTerms(200_00, 600_00, EvergreenTerms.Threshold, FixedMinor: null, CapMinor: 500_00),
            }),
            await Fund(client, letters, "Letters, flat", 280_00, RetainerTerms.Plain(RetainerKind.FlatFee) with
            {
                FeeMinor = 280_00,
                Period = new PeriodTerms(PeriodTerms.Month, 1, October, Prorated: false),
            }),
            await AgreeKind(client, research, "Research by tiers", RetainerTerms.Plain(RetainerKind.Tiers) with
            {
                IncludedSeconds = 4 * 3600,
                CoveredPerHourMinor = 50_00,
                Period = new PeriodTerms(PeriodTerms.Month, 1, October, Prorated: false),
                Overage = new OverageTerms(OverageRule.Bill, 44_00),
            }),
        ];
        await Work([calls, updates, letters, research]);
        await BillOctober(client, retainers, cancellationToken);
    }

    private async Task<DemoClient> AgreeWork(Guid client, string name)
    {
        var work = _newId();
        await Send(At(FirstDay, 9), c => new AgreeEngagementCommand(c, new AgreeEngagement(work, client, name, c.Now)));
        return new DemoClient(client, work);
    }

    /// <summary>The most particular one that is there prices an entry; calls are billed by the quarter of an hour, half an hour at
    /// least.</summary>
    private async Task AgreeCards(Guid client, DemoClient calls, DemoClient research)
    {
        var at = At(FirstDay, 9);
        await Send(at, c => new ChangeRatesCommand(c, state => Business.Decide(state, Card(40_00))));
        await Send(at, c => new SetClientRateCommand(c, client, Card(44_00)));
        await Charge(research, state => Engagement.Decide(state, Card(46_00, _ana)));
        await Charge(research, state => Engagement.Decide(state, Card(52_00) with { Task = "citations" }));
        await Charge(calls, state => Engagement.Decide(state, Card(42_00) with
        {
            TierSeconds = 15 * 3600,
            AbovePerHour = new Money(38_00, Currency.Usd),
        }));
        await Charge(calls, state => Engagement.Decide(state, new SetTimeRule(
            new RoundingPolicy(900, RoundingPolicy.Up, RoundingPolicy.PerEntry), MinimumSeconds: 1800, FirstDay, at)));

        SetRateCard Card(long perHourMinor, Guid? assistant = null) =>
            new(_newId(), assistant, new Money(perHourMinor, Currency.Usd), FirstDay, null, at);
    }

    /// <summary>Ten hours, good for 70 days once they are paid, and for as long again when renewed.</summary>
    private async Task<Guid> BuyBlock(Guid client, DemoClient work)
    {
        var invoice = _newId();
        var retainer = await AgreeKind(client, work, "Ten hours of calls", RetainerTerms.Plain(RetainerKind.HourBlock) with
        {
            FeeMinor = 400_00,
            IncludedSeconds = 10 * 3600,
            Block = new BlockTerms(ExpiryDays: 70, RenewalDays: 70, RebillAtPercent: 80, HoursCount.OncePaid),
        });
        await Send(At(October, 8), c => new BuyHoursCommand(c, new BuyHours(retainer, _newId(), null, null, October, c.Now, invoice)));
        await Issue(invoice, October, 400_00);
        return retainer;
    }

    private async Task<Guid> Fund(Guid client, DemoClient work, string name, long amountMinor, RetainerTerms terms)
    {
        var (retainer, deposit) = (await AgreeKind(client, work, name, terms), _newId());
        await Send(At(October, 8), c => new DraftDepositCommand(c, new DraftDeposit(
            deposit, client, retainer, new Money(amountMinor, Currency.Usd), null, c.Now)));
        await Issue(deposit, October, amountMinor);
        return retainer;
    }

    private async Task<Guid> AgreeKind(Guid client, DemoClient work, string name, RetainerTerms terms)
    {
        var retainer = _newId();
        await Send(At(October, 7), c => new AgreeRetainerCommand(c, new AgreeRetainer(
            retainer, client, name, [work.EngagementId], c.Now, new AgreedTerms(October, terms with { Automatic = true }, Currency.Usd))));
        return retainer;
    }

    /// <summary>Finalised, and paid on the next day.</summary>
    private async Task Issue(Guid invoice, LocalDate day, long amountMinor)
    {
        await Send(At(day, 9), c => new FinalizeInvoiceCommand(c, new FinalizeInvoice(invoice, day, c.Now)));
        await Receive(invoice, amountMinor, day.PlusDays(1), "transfer");
    }

    /// <summary>Ana's afternoons of three weeks, with tags; on the last one she puts the practice's own files in order.</summary>
    private async Task Work(IReadOnlyList<DemoClient> works)
    {
        string[] tags = ["phone", "updates", "letters", "citations"];
        for (var day = 0; day < 12; day++)
        {
            var (which, start) = (day % works.Count, new LocalDate(2026, 10, 5).PlusDays(day / 5 * 7 + day % 5).At(new LocalTime(14, 0)));
            await LogTagged(works[which], start, 100 + 17 * day, [tags[which]], isBillable: true);
            if (day == 11) await LogTagged(works[which], start.PlusHours(5), 45, ["internal"], isBillable: false);
        }
    }

    private async Task LogTagged(DemoClient client, LocalDateTime start, int minutes, string[] tags, bool isBillable)
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Manila"];
        var from = start.InZoneLeniently(zone).ToInstant();
        var to = from + Duration.FromMinutes(minutes);
        await Send(to, c => new LogTimeCommand(c, new LogTime(
            _newId(), _ana, client.EngagementId, new TimeSpent.Between(from, to), isBillable ? null : "Templates", isBillable, zone, c.Now,
            tags)));
    }

    private async Task BillOctober(Guid client, IReadOnlyList<Guid> retainers, CancellationToken cancellationToken)
    {
        await CatchUp(cancellationToken);
        var (invoice, issued) = (_newId(), October.PlusMonths(1));
        services.GetRequiredService<UnbilledWork>()
            .TrySelect(_book, client, issued.PlusDays(-1), null, null, out var selected, out _);
        await Send(At(issued, 9), c => new DraftInvoiceCommand(c, new DraftInvoice(
            invoice, client, selected.Time, selected.ExpenseIds, null, issued.PlusDays(-1), "Thank you for your business.", c.Now)
        {
            MoreRetainerIds = retainers,
        }));
        await Send(At(issued, 9, 5), c => new FinalizeInvoiceCommand(c, new FinalizeInvoice(invoice, issued, c.Now)));
    }
}

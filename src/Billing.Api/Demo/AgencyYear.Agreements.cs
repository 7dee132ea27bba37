using Billing.Api.Access;
using Billing.Api.Clients;
using Billing.Api.Commands;
using Billing.Api.Engagements;
using Billing.Api.Expenses;
using Billing.Api.Invoicing;
using Billing.Api.Retainers;
using Billing.Domain;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>What is agreed with whom, what comes in ahead, what is spent, and what was agreed but written down too late.</content>
public sealed partial class AgencyYear
{
    private static readonly string[] Names =
    [
        "Acme Dental", "Birchwood Realty", "Calder Law", "Delta Yoga", "Evergreen Garden", "Fjord Travel", "Granite Roofing",
        "Hazel Bakery", "Ivy School", "Juno Films",
    ];

    private async Task<IReadOnlyList<AgencyClient>> Agree()
    {
        var at = At(FirstDay, 7);
        await Rates(state => Business.Decide(state, Card(3600, FirstDay, at)));
        for (var i = 0; i < Assistants; i++)
        {
            var cost = new SetCostCard(newId(), people[i], new Money(1500 + (150 * i), Currency.Usd), FirstDay, null, at);
            await Rates(state => Business.Decide(state, cost));
        }
        var surcharges = new SetSurcharges(
            [
                SurchargeRule.OfKind(SurchargeRule.Weekend) with { BasisPoints = 50_00, DaysOfWeek = [6, 7] },
                SurchargeRule.OfKind(SurchargeRule.Rush) with { BasisPoints = 25_00 },
            ],
            SurchargeSet.Highest, FirstDay, at);
        await Rates(state => Business.Decide(state, surcharges));

        var clients = new List<AgencyClient>();
        for (var i = 0; i < Names.Length; i++) clients.Add(await Agree(i, at));
        await Charge(clients[2], state => Engagement.Decide(state, Card(5200, FirstDay, at, people[0])));
        await Charge(clients[2], state => Engagement.Decide(state, Card(4800, FirstDay, at)));
        await Charge(clients[7], state => Engagement.Decide(
            state, new SetTimeRule(new RoundingPolicy(900, RoundingPolicy.Up, RoundingPolicy.PerEntry), 1800, FirstDay, at)));
        await Charge(clients[8], state => Engagement.Decide(state, new SetBillingMode(
            newId(), BillingMode.Capped, new Money(250_000, Currency.Usd), BillingMode.PerMonth, FirstDay, at)));
        await Charge(clients[9], state => Engagement.Decide(state, new SetBillingMode(
            newId(), BillingMode.FixedFee, new Money(900_000, Currency.Usd), null, new LocalDate(Year, 10, 1), at)));
        await Charge(clients[6], state => Engagement.Decide(state, Card(4000, FirstDay, at) with
        {
            TierSeconds = 20 * 3600,
            AbovePerHour = new Money(3400, Currency.Usd),
        }));
        // Out of reach, so that no alert is written beside the year's own events.
        await Send(at, c => new SetBudgetCommand(c, new SetBudget(
            clients[0].EngagementId, 1_000 * 3600, new Money(9_000_000, Currency.Usd), BudgetPeriod.Month, FirstDay, [100], c.Now)));
        return clients;
    }

    private async Task<AgencyClient> Agree(int number, Instant at)
    {
        var (client, work) = (newId(), newId());
        await Send(at, c => new AddClientCommand(
            c, new AddClient(client, Names[number], $"ap{number}@example.com", ["1 Main St"], "USD", null, c.Now)));
        await Send(at, c => new AgreeEngagementCommand(c, new AgreeEngagement(work, client, $"Support for {Names[number]}", c.Now)));
        unbilled[work] = [];
        if (number == 1) await Send(at, c => new SetClientRateCommand(c, client, Card(3900, FirstDay, at)));
        return TermsOf(number) is not { } agreed
            ? new AgencyClient(client, work, null, null)
            : new AgencyClient(client, work, await AgreeRetainer(client, work, agreed.Terms, at), agreed.Deposit);
    }

    private async Task<Guid> AgreeRetainer(Guid client, Guid work, RetainerTerms terms, Instant at)
    {
        var retainer = newId();
        await Send(at, c => new AgreeRetainerCommand(c, new AgreeRetainer(
            retainer, client, $"Retainer, {terms.Kind}", [work], c.Now, new AgreedTerms(FirstDay, terms, Currency.Usd))));
        if (terms.Kind == RetainerKind.HourBlock)
            await Send(at, c => new BuyHoursCommand(c, new BuyHours(retainer, newId(), null, null, FirstDay, c.Now)));
        return retainer;
    }

    /// <summary>One retainer of each kind.</summary>
    private static (RetainerTerms Terms, AgencyDeposit? Deposit)? TermsOf(int number)
    {
        var monthly = new PeriodTerms(PeriodTerms.Month, 1, FirstDay, Prorated: false);
        return number switch
        {
            0 => (RetainerTerms.Plain(RetainerKind.PrepaidMoney), new AgencyDeposit(500_000, 3)),
            1 => (RetainerTerms.Plain(RetainerKind.HoursPerPeriod) with
            {
                FeeMinor = 140_000,
                IncludedSeconds = 40 * 3600,
                Period = monthly,
                Unused = new UnusedTerms(UnusedRule.RollOver, Periods: 1, MaxCarried: null),
                OrderOfUse = OrderOfUse.BaseFirst,
                Overage = new OverageTerms(OverageRule.Bill, 4200),
            }, new AgencyDeposit(140_000, 1)),
            3 => (RetainerTerms.Plain(RetainerKind.HourBlock) with
            {
                FeeMinor = 1_600_000,
                IncludedSeconds = 500 * 3600,
                Block = new BlockTerms(ExpiryDays: 300, null, 80),
            }, null),
            4 => (RetainerTerms.Plain(RetainerKind.Evergreen) with
            {
                Evergreen = new EvergreenTerms(100_000, 400_000, EvergreenTerms.Threshold, null, null),
            }, new AgencyDeposit(400_000, 2)),
            5 => (RetainerTerms.Plain(RetainerKind.FlatFee) with { FeeMinor = 220_000, Period = monthly }, new AgencyDeposit(220_000, 1)),
            6 => (RetainerTerms.Plain(RetainerKind.Tiers) with
            {
                IncludedSeconds = 30 * 3600,
                CoveredPerHourMinor = 3800,
                Period = monthly,
                Overage = new OverageTerms(OverageRule.Bill, 3300),
            }, null),
            _ => null,
        };
    }

    private async Task FundRetainers(IReadOnlyList<AgencyClient> clients, LocalDate month)
    {
        foreach (var client in clients)
        {
            if (client is not { RetainerId: { } retainer, Deposit: { } deposit }) continue;
            var isDue = deposit.EveryMonths == 0 ? month.Month == 1 : (month.Month - 1) % deposit.EveryMonths == 0;
            if (!isDue) continue;
            var invoice = newId();
            await Send(At(month, 9), c => new DraftDepositCommand(c, new DraftDeposit(
                invoice, client.ClientId, retainer, new Money(deposit.Minor, Currency.Usd), null, c.Now)));
            await Send(At(month, 9), c => new FinalizeInvoiceCommand(c, new FinalizeInvoice(invoice, month, c.Now)));
            await Receive(invoice, deposit.Minor, month.PlusDays(1));
        }
    }

    private async Task Spend(IReadOnlyList<AgencyClient> clients, LocalDate month)
    {
        await Spend(month.PlusDays(3), 18_900, "software", null);
        await Spend(month.PlusDays(11), 7_450, "phone-and-internet", null);
        await Spend(month.PlusDays(20), 640_000, "contract-labor", null);
        await Spend(month.PlusDays(15), 4_321, "supplies", clients[month.Month % clients.Count]);
    }

    private async Task Spend(LocalDate day, long amountMinor, string category, AgencyClient? rebilledTo)
    {
        var expense = newId();
        await Send(At(day, 12), c => new RecordExpenseCommand(c, new RecordExpense(expense, new ExpenseFacts(
            new Money(amountMinor, Currency.Usd), category, day, rebilledTo?.ClientId, rebilledTo?.EngagementId,
            Rebill: rebilledTo is not null, "Shop", null), c.Now)));
        rebilledTo?.Expenses.Add(expense);
    }

    /// <summary>Agreed in May, written down in July: what is billed since has proposals, what is not is priced anew.</summary>
    private async Task CorrectRates(IReadOnlyList<AgencyClient> clients)
    {
        var at = At(new LocalDate(Year, 7, 31), 17);
        await Charge(clients[2], state => Engagement.Decide(state, Card(5000, new LocalDate(Year, 5, 1), at)), at);
        await Rates(state => Business.Decide(state, Card(3700, new LocalDate(Year, 6, 1), at)), at);
    }

    private SetRateCard Card(long perHourMinor, LocalDate from, Instant at, Guid? assistant = null) =>
        new(newId(), assistant, new Money(perHourMinor, Currency.Usd), from, null, at);

    private Task<CommandResult.Done> Rates(Func<BusinessState, Decision<BusinessEvent>> decide, Instant? at = null) =>
        Send(at ?? At(FirstDay, 7), c => new ChangeRatesCommand(c, decide));

    private Task<CommandResult.Done> Charge(
        AgencyClient client, Func<EngagementState, Decision<EngagementEvent>> decide, Instant? at = null) =>
        Send(at ?? At(FirstDay, 7), c => new ChangeChargingCommand(c, client.EngagementId, decide));
}

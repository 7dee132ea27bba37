using System.Collections.Immutable;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Tests.Engagements.Pricing;

/// <summary>Given: two assistants in New York, an engagement of one client, and what is charged for it.</summary>
internal sealed class Tariff
{
    public static readonly Guid Ana = Id(1), Ben = Id(2), Inbox = Id(5), Elsewhere = Id(6);
    public static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>A Monday.</summary>
    public static readonly LocalDate March2 = new(2026, 3, 2);
    public static readonly LocalDate January = new(2026, 1, 1);

    private readonly List<Work> _work = [];
    private EngagementTerms _engagement = new(Inbox, Id(3), Currency.Usd, "Inbox", [], null!);
    private PracticeRates _practice = PracticeRates.None;
    private ImmutableList<RateCard> _client = [];
    private RoundingPolicy _rounding = RoundingPolicy.Exact;

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static RateCard Card(
        int id, long perHourMinor, Guid? assistant = null, LocalDate? from = null, LocalDate? until = null, string? task = null,
        string currency = "USD") =>
        new(Id(id), assistant, new Money(perHourMinor, Currency.Of(currency)), from ?? January, until, task);

    public static SurchargeRule Adds(string kind, int basisPoints) => SurchargeRule.OfKind(kind) with { BasisPoints = basisPoints };

    public Tariff Engagement(params RateCard[] cards) =>
        With(() => _engagement = _engagement with { Cards = _engagement.Cards.AddRange(cards) });

    public Tariff Client(params RateCard[] cards) => With(() => _client = _client.AddRange(cards));

    public Tariff Practice(params RateCard[] cards) =>
        With(() => _practice = _practice with { Cards = _practice.Cards.AddRange(cards) });

    public Tariff Pays(CostCard card, bool onEngagement = false) => With(() =>
    {
        if (onEngagement) _engagement = _engagement with { CostCards = _engagement.CostCards.Add(card) };
        else _practice = _practice with { CostCards = _practice.CostCards.Add(card) };
    });

    public Tariff Surcharges(params SurchargeRule[] rules) => Surcharges(SurchargeSet.Highest, rules);

    public Tariff Surcharges(string combine, params SurchargeRule[] rules) => With(() => _engagement = _engagement with
    {
        Surcharges = _engagement.Surcharges.Add(new SurchargeSet(rules, combine, January)),
    });

    public Tariff PracticeSurcharges(params SurchargeRule[] rules) => With(() => _practice = _practice with
    {
        Surcharges = _practice.Surcharges.Add(new SurchargeSet(rules, SurchargeSet.Highest, January)),
    });

    public Tariff Charges(string kind, long? amountMinor, string per = BillingMode.Once, LocalDate? from = null) =>
        With(() => _engagement = _engagement with
        {
            Modes = _engagement.Modes.Add(new BillingMode(Id(50), kind, amountMinor, per, from ?? January)),
        });

    public Tariff TimeRule(RoundingPolicy? rounding, int minimumSeconds, LocalDate? from = null) =>
        With(() => _engagement = _engagement with
        {
            TimeRules = _engagement.TimeRules.Add(new TimeRule(rounding, minimumSeconds, from ?? January)),
        });

    public Tariff Rounds(RoundingPolicy policy) => With(() => _rounding = policy);

    /// <summary>Work whose start is not known.</summary>
    public Tariff OnDay(
        int id, LocalDate day, long seconds, Guid? assistant = null, Guid? engagement = null, bool billable = true,
        params string[] tags) => With(() => _work.Add(new Work(
            Id(id), engagement ?? Inbox, assistant ?? Ana, day, null, seconds, NewYork, billable, tags)));

    /// <summary>Work that began at a local time in New York.</summary>
    public Tariff At(int id, LocalDateTime start, long seconds, DateTimeZone? zone = null)
    {
        zone ??= NewYork;
        var instant = start.InZoneLeniently(zone).ToInstant();
        return With(() => _work.Add(new Work(Id(id), Inbox, Ana, start.Date, instant, seconds, zone, true, [])));
    }

    public IReadOnlyDictionary<Guid, EntryPrice> Prices(Func<IEnumerable<Work>, IEnumerable<Work>>? order = null) =>
        WorkPricing.Price(order is null ? _work : order(_work), new PricingFacts(
            Currency.Usd, NewYork, _rounding, _practice, _client,
            new Dictionary<Guid, EngagementTerms> { [Inbox] = _engagement }));

    public EntryPrice Price(int id = 101) => Prices()[Id(id)];

    public (long Seconds, decimal PerHour, string? Why)[] Segments(int id = 101) =>
    [
        .. Price(id).Segments.Select(s => (s.BilledSeconds, (decimal)s.Price.TenThousandths / 1_000_000m, s.Why)),
    ];

    private Tariff With(Action change)
    {
        change();
        return this;
    }
}

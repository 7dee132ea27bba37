using Billing.Domain.Engagements;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Engagements;

internal sealed class EngagementRow : Row
{
    public static readonly Shape<EngagementRow> Shape = new Shape<EngagementRow>("engagements", "book", "engagement_id")
        .Id("client_id", row => ref row.ClientId)
        .Text("currency", row => ref row.Currency)
        .OptionalText("name", row => ref row.Name)
        .Instant("agreed_at", row => ref row.AgreedAt)
        .OptionalDate("last_day", row => ref row.LastDay)
        .Number("version", row => ref row.Version);

    public Guid ClientId;
    public string Currency = "";
    public string? Name;
    public Instant AgreedAt;
    public LocalDate? LastDay;
    public long Version;
}

internal sealed class RateCardRow : Row
{
    public static readonly Shape<RateCardRow> Shape = new Shape<RateCardRow>("rate_cards", "book", "engagement_id", "card_id")
        .OptionalId("assistant_id", row => ref row.AssistantId)
        .Number("per_hour_minor", row => ref row.PerHourMinor)
        .Date("valid_from", row => ref row.ValidFrom)
        .OptionalDate("valid_until_exclusive", row => ref row.ValidUntilExclusive)
        .Instant("set_at", row => ref row.SetAt)
        // Of cards that start on one day the one set later holds; the version says which that is.
        .Number("set_as_version", row => ref row.SetAsVersion)
        .OptionalText("task", row => ref row.Task)
        .OptionalNumber("tier_seconds", row => ref row.TierSeconds)
        .OptionalNumber("above_per_hour_minor", row => ref row.AbovePerHourMinor);

    public Guid? AssistantId;
    public long PerHourMinor;
    public LocalDate ValidFrom;
    public LocalDate? ValidUntilExclusive;
    public Instant SetAt;
    public long SetAsVersion;
    public string? Task;
    public long? TierSeconds;
    public long? AbovePerHourMinor;
}

internal sealed class EngagementsProjection : Projection
{
    private readonly Table<IdKey, EngagementRow> engagements = new(EngagementRow.Shape);
    private readonly Table<PartKey, RateCardRow> cards = new(RateCardRow.Shape);

    public EngagementsProjection()
    {
        On<EngagementEvent.EngagementAgreed>(Apply);
        On<EngagementEvent.RateCardSet>(Apply);
        On<EngagementEvent.EngagementEnded>((fact, e) =>
        {
            if (Engagement(fact) is { } row) row.LastDay = e.LastDay;
        });
        // How else work is charged is read from the stream; only its version shows here.
        On<EngagementEvent.EngagementCostSet>((fact, _) => Engagement(fact));
        On<EngagementEvent.BillingModeSet>((fact, _) => Engagement(fact));
        On<EngagementEvent.SurchargesSet>((fact, _) => Engagement(fact));
        On<EngagementEvent.TimeRuleSet>((fact, _) => Engagement(fact));
        On<EngagementEvent.RatesLocked>((fact, _) => Engagement(fact));
        On<EngagementEvent.EngagementCharged>((fact, _) => Engagement(fact));
        On<EngagementEvent.EngagementChargeReleased>((fact, _) => Engagement(fact));
    }

    public override int Version => 2;

    public override IReadOnlyList<Table> Tables => [engagements, cards];

    private void Apply(Fact fact, EngagementEvent.EngagementAgreed e)
    {
        var row = engagements.Add(new IdKey(fact.Book, e.EngagementId));
        row.ClientId = e.ClientId;
        row.Currency = e.Currency;
        row.Name = e.Name;
        row.AgreedAt = e.AgreedAt;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, EngagementEvent.RateCardSet e)
    {
        Engagement(fact);
        var row = cards.Add(new PartKey(fact.Book, fact.StreamId, e.CardId));
        row.AssistantId = e.AssistantId;
        row.PerHourMinor = e.PerHourMinor;
        row.ValidFrom = e.ValidFrom;
        row.ValidUntilExclusive = e.ValidUntilExclusive;
        row.SetAt = e.SetAt;
        row.SetAsVersion = fact.Version;
        row.Task = e.Task;
        row.TierSeconds = e.TierSeconds;
        row.AbovePerHourMinor = e.AbovePerHourMinor;
    }

    private EngagementRow? Engagement(Fact fact)
    {
        var row = engagements.Change(new IdKey(fact.Book, fact.StreamId));
        if (row is not null) row.Version = fact.Version;
        return row;
    }
}

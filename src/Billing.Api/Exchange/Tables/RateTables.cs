using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Exchange.Tables;

/// <summary>What was agreed of prices: a fact a row, each from its day on, ended and corrected ones too.</summary>
internal static class RateTables
{
    private const int MinutesOfDay = 24 * 60;

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    public static IEnumerable<CsvTable> Of(BookNames names) =>
        [Rates(names), CostRates(names), BillingModes(names), TimeRules(names), Surcharges(names)];

    private static CsvTable Rates(BookNames names)
    {
        var table = new CsvTable(
            "rates", "rate_id", "level", "client_id", "client", "engagement_id", "engagement", "assistant_id", "assistant", "task",
            "per_hour", "tier_seconds", "above_per_hour", "currency", "valid_from", "last_day");
        foreach (var card in names.Business.Rates.Cards)
            Add(card.AssistantId is null ? RateLevel.Business : RateLevel.Assistant, card);
        foreach (var client in names.Book.Clients.OrderBy(client => client.Key).Select(client => client.Value.Details))
            foreach (var card in client?.Cards ?? []) Add(RateLevel.Client, card, client!.ClientId);
        foreach (var terms in Engagements(names))
        {
            foreach (var card in terms.Cards)
            {
                var level = card.AssistantId is null ? RateLevel.Engagement : RateLevel.AssistantOnEngagement;
                Add(level, card, terms.ClientId, terms.EngagementId);
            }
        }
        return table;

        void Add(RateLevel level, RateCard card, Guid? client = null, Guid? engagement = null) => table.Add(
            card.CardId, level.Code(), client, names.Client(client), engagement, names.Engagement(engagement), card.AssistantId,
            Member(names, card.AssistantId), card.Task, card.PerHour, card.TierSeconds, card.AbovePerHour, card.PerHour.Currency.Code,
            card.ValidFrom, LastDay(card.ValidUntilExclusive));
    }

    private static CsvTable CostRates(BookNames names)
    {
        var table = new CsvTable(
            "cost_rates", "rate_id", "assistant_id", "assistant", "engagement_id", "engagement", "per_hour", "currency", "valid_from",
            "last_day");
        foreach (var card in names.Business.Rates.CostCards) Add(card, null);
        foreach (var terms in Engagements(names))
            foreach (var card in terms.CostCards) Add(card, terms.EngagementId);
        return table;

        void Add(CostCard card, Guid? engagement) => table.Add(
            card.CardId, card.AssistantId, names.Member(card.AssistantId), engagement, names.Engagement(engagement), card.PerHour,
            card.PerHour.Currency.Code, card.ValidFrom, LastDay(card.ValidUntilExclusive));
    }

    private static CsvTable BillingModes(BookNames names)
    {
        var table = new CsvTable(
            "billing_modes", "mode_id", "engagement_id", "engagement", "kind", "amount", "currency", "per", "valid_from");
        foreach (var terms in Engagements(names))
        {
            foreach (var mode in terms.Modes)
            {
                table.Add(
                    mode.ModeId, terms.EngagementId, terms.Name, mode.Kind, BookNames.Amount(mode.AmountMinor, terms.Currency),
                    terms.Currency.Code, mode.Per, mode.ValidFrom);
            }
        }
        return table;
    }

    /// <summary>The practice's own comes first. It has no day from which it holds: what an invoice was made by, its lines say.</summary>
    private static CsvTable TimeRules(BookNames names)
    {
        var table = new CsvTable(
            "time_rules", "engagement_id", "engagement", "increment_seconds", "direction", "per", "minimum_seconds", "valid_from");
        var practice = names.Business.Invoicing.Rounding;
        table.Add(default, default, practice.IncrementSeconds, practice.Direction, practice.Scope, 0, default);
        foreach (var terms in Engagements(names))
        {
            foreach (var rule in terms.TimeRules)
            {
                table.Add(
                    terms.EngagementId, terms.Name, rule.Rounding?.IncrementSeconds, rule.Rounding?.Direction, rule.Rounding?.Scope,
                    rule.MinimumSeconds, rule.ValidFrom);
            }
        }
        return table;
    }

    private static CsvTable Surcharges(BookNames names)
    {
        var table = new CsvTable(
            "surcharges", "engagement_id", "engagement", "valid_from", "combine", "kind", "name", "percent", "per_hour", "currency",
            "from_time", "to_time", "days_of_week", "dates", "over_seconds", "per", "of", "zone");
        foreach (var set in names.Business.Rates.Surcharges) Add(set, null);
        foreach (var terms in Engagements(names))
            foreach (var set in terms.Surcharges) Add(set, terms.EngagementId);
        return table;

        // A set without a rule ends those of before, and has a row that says so.
        void Add(SurchargeSet set, Guid? engagement)
        {
            foreach (var rule in set.Rules.Cast<SurchargeRule?>().DefaultIfEmpty())
            {
                table.Add(
                    engagement, names.Engagement(engagement), set.ValidFrom, set.Combine, rule?.Kind, rule?.Name,
                    Cell.Decimal(rule?.BasisPoints / 100m, 2),
                    rule?.Currency is { } code ? BookNames.Amount(rule.PerHourMinor, Currency.Of(code)) : null, rule?.Currency,
                    TimeOf(rule?.FromMinute), TimeOf(rule?.ToMinute), Joined(rule?.DaysOfWeek), Joined(rule?.Dates),
                    rule?.OverSeconds, rule?.Per, rule?.Of, rule?.Zone);
            }
        }
    }

    private static string? Member(BookNames names, Guid? id) => id is { } member ? names.Member(member) : null;

    private static LocalDate? LastDay(LocalDate? endExclusive) => endExclusive?.PlusDays(-1);

    private static string? TimeOf(int? minute) =>
        minute is { } of ? Clock.Format(LocalTime.FromMinutesSinceMidnight(of % MinutesOfDay)) : null;

    private static string? Joined(IReadOnlyList<int>? days) => days is null ? null : string.Join(' ', days);

    private static string? Joined(IReadOnlyList<LocalDate>? days) =>
        days is null ? null : string.Join(' ', days.Select(LocalDatePattern.Iso.Format));

    private static IEnumerable<EngagementTerms> Engagements(BookNames names) => names.Book.Engagements
        .OrderBy(engagement => engagement.Key).Select(engagement => engagement.Value.Terms).OfType<EngagementTerms>();
}

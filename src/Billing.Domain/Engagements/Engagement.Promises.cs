using System.Collections.Immutable;
using System.Globalization;
using Billing.Domain.Engagements.Pricing;
using NodaTime;

namespace Billing.Domain.Engagements;

/// <content>What a promise that no hour gets dearer refuses: whatever could make one so.</content>
public static partial class Engagement
{
    /// <summary>Looks at every day on which what holds may change, as far as the promise and the card overlap.</summary>
    private static Rejection? RefuseDearer(EngagementState state, EngagementTerms terms, RateCard card)
    {
        var changes = terms.Cards.SelectMany(other => (LocalDate?[])[other.ValidFrom, other.ValidUntilExclusive]).OfType<LocalDate>();
        return Refuse(
            terms, card.ValidFrom, changes, day => card.IsValidOn(day) && IsDearer(state, card, day),
            "Let the card start then, or lower it.", "/perHour");
    }

    private static Rejection? RefuseDearer(EngagementTerms terms, SurchargeSet set) => Refuse(
        terms, set, terms.Surcharges, held => !set.AddsAtMost(held),
        "Let the surcharges start then, or set none that the engagement does not have.", "/rules");

    private static Rejection? RefuseDearer(EngagementTerms terms, TimeRule rule) => Refuse(
        terms, rule, terms.TimeRules, held => !rule.BillsAtMost(held ?? new TimeRule(null, 0, rule.ValidFrom)),
        "Let the rule start then, or round down or not at all, with no longer minimum.", "/minimumSeconds");

    private static Rejection? RefuseDearer(EngagementTerms terms, BillingMode mode) => Refuse(
        terms, mode, terms.Modes, held => !mode.ChargesAtMost(held ?? BillingMode.Hourly),
        "Let the mode start then, or keep the fee or the cap.", "/kind");

    /// <param name="isDearer">Whether it costs more than what it would stand instead of, null where nothing is.</param>
    private static Rejection? Refuse<T>(
        EngagementTerms terms, T fact, ImmutableList<T> others, Func<T?, bool> isDearer, string wayOut, string field)
        where T : class, IDated => Refuse(
            terms, fact.ValidFrom, others.Select(other => other.ValidFrom),
            day => ReferenceEquals(others.Add(fact).On(day), fact) && isDearer(others.On(day)), wayOut, field);

    private static Rejection? Refuse(
        EngagementTerms terms, LocalDate validFrom, IEnumerable<LocalDate> changes, Func<LocalDate, bool> isDearer, string wayOut,
        string field)
    {
        foreach (var promise in terms.Locks)
        {
            var from = LocalDate.Max(validFrom, promise.From);
            if (!changes.Append(from).Any(day => day >= from && day < promise.UntilExclusive && isDearer(day))) continue;
            var until = promise.UntilExclusive.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
            return new Rejection(
                "rate-locked", $"The client was promised that no hour gets dearer for work before {until}. {wayOut}", field);
        }
        return null;
    }

    /// <summary>A card for everyone is held against the one for everyone, which it would stand instead of.</summary>
    private static bool IsDearer(EngagementState state, RateCard card, LocalDate day)
    {
        if (card.AssistantId is { } assistant)
            return state.CardFor(assistant, day, card.Task) is { } held && card.Dearest > held.Dearest;
        // Nobody has this id, so what holds for it is what holds for everyone.
        return state.CardFor(Guid.Empty, day, card.Task) is { } common && card.Dearest > common.Dearest;
    }
}

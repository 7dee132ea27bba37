using Billing.Domain.Clients;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using static Billing.Domain.Engagements.EngagementEvent;

namespace Billing.Domain.Engagements;

/// <summary>Cards can be set for past days and for ended engagements, so that a wrong rate can be put right.</summary>
public static partial class Engagement
{
    /// <summary>In major units; a rate above it is a slip of the pen.</summary>
    public const long PerHourMax = 100_000;

    /// <param name="client">The client that the command names.</param>
    public static Decision<EngagementEvent> Decide(EngagementState state, AgreeEngagement command, ClientState client)
    {
        if (client is not ClientState.NotAdded && client.Details?.ClientId != command.ClientId)
            throw new ArgumentException("This is the state of another client.", nameof(client));
        if (state.Terms is { } terms)
        {
            var isSame = terms.AgreedAs.ClientId == command.ClientId && terms.AgreedAs.Name == command.Name;
            return isSame
                ? Decision<EngagementEvent>.AlreadyDone
                : new Rejection("id-taken", "There is an engagement with this id already; take a new id.", "/id");
        }
        if (Wording.RefuseName(command.Name, "/name") is { } refusal) return refusal;
        return client switch
        {
            ClientState.Active active => new EngagementAgreed(
                command.EngagementId, command.ClientId, active.Client.Currency.Code, command.Name, command.At),
            ClientState.Archived => new Rejection(
                "client-archived", "No new work is agreed with an archived client.", "/clientId"),
            _ => Client.NoSuchClient with { Field = "/clientId" },
        };
    }

    public static Decision<EngagementEvent> Decide(EngagementState state, SetRateCard command)
    {
        if (state.Terms is not { } terms) return NoSuchEngagement;
        var card = new RateCard(
            command.CardId, command.AssistantId, command.PerHour, command.ValidFrom, command.ValidUntilExclusive);
        if (terms.Cards.Find(other => other.CardId == command.CardId) is { } existing)
        {
            return existing == card
                ? Decision<EngagementEvent>.AlreadyDone
                : new Rejection(
                    "id-taken",
                    "There is a card with this id already. Cards are not edited: set a further one with a new id.", "/id");
        }
        if (RefuseCard(terms, card) is { } refusal) return refusal;
        return new RateCardSet(
            card.CardId, card.AssistantId, card.PerHour.Minor, card.ValidFrom, card.ValidUntilExclusive, command.At);
    }

    /// <summary>Ending it again moves its last day, whichever way; work that stands already stays.</summary>
    public static Decision<EngagementEvent> Decide(EngagementState state, EndEngagement command) => state switch
    {
        EngagementState.NotAgreed => NoSuchEngagement,
        EngagementState.Ended ended when ended.LastDay == command.LastDay => Decision<EngagementEvent>.AlreadyDone,
        _ => new EngagementEnded(command.LastDay, command.At),
    };

    /// <summary>There is no such engagement in this practice.</summary>
    public static Rejection NoSuchEngagement { get; } =
        new("engagement-unknown", "There is no such engagement.", Kind: RejectionKind.NotFound);

    private static Rejection? RefuseCard(EngagementTerms terms, RateCard card)
    {
        if (card.PerHour.Currency != terms.Currency)
        {
            return Invalid(
                "currency-mismatch", $"This engagement is billed in {terms.Currency}, so its rates are too.",
                "/perHour/currency");
        }
        if (!card.PerHour.IsPositive || card.PerHour.Minor > PerHourMax * terms.Currency.MinorPerMajor)
            return Invalid("rate-out-of-range", $"An hour costs more than 0 and at most {PerHourMax}.", "/perHour/amount");
        if (card.ValidUntilExclusive <= card.ValidFrom)
        {
            return Invalid(
                "card-period-empty",
                "A card must be valid for a day at least: its end, which is exclusive, comes after its start.",
                "/validUntilExclusive");
        }
        return null;
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}

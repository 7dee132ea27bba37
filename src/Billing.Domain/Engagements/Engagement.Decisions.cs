using Billing.Domain.Clients;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using static Billing.Domain.Engagements.EngagementEvent;

namespace Billing.Domain.Engagements;

/// <summary>Cards can be set for past days and for ended engagements, so that a wrong rate can be put right.</summary>
public static partial class Engagement
{
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
        var card = command.Card;
        if (terms.Cards.Find(other => other.CardId == command.CardId) is { } existing)
            return CardRules.Known<EngagementEvent>(existing == card);
        if (card.PerHour.Currency != terms.Currency) return OtherCurrency(terms, "/perHour/currency");
        if (CardRules.Refuse(card) is { } refusal) return refusal;
        if (RefuseDearer(state, terms, card) is { } promised) return promised;
        return new RateCardSet(
            card.CardId, card.AssistantId, card.PerHour.Minor, card.ValidFrom, card.ValidUntilExclusive, command.At, card.Task,
            card.TierSeconds, card.AbovePerHour?.Minor);
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

    private static Rejection OtherCurrency(EngagementTerms terms, string field) => Invalid(
        "currency-mismatch", $"This engagement is billed in {terms.Currency}, so its rates and amounts are too.", field);

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}

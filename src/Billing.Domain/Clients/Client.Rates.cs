using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using static Billing.Domain.Clients.ClientEvent;

namespace Billing.Domain.Clients;

/// <summary>What an hour costs a client where no engagement has a card. Cards can be set for past days.</summary>
public static partial class Client
{
    public static Decision<ClientEvent> Decide(ClientState state, SetRateCard command)
    {
        if (state.Known is not { } client) return RefusalOf(state);
        var card = command.Card;
        if (client.Cards.Find(other => other.CardId == command.CardId) is { } existing)
            return CardRules.Known<ClientEvent>(existing == card);
        if (card.AssistantId is not null)
        {
            return CardRules.Invalid(
                "card-assistant-superfluous",
                "A client's card is for everyone; set one for an assistant on the engagement or for all of their work.",
                "/assistantId");
        }
        if (card.PerHour.Currency != client.Currency)
        {
            return CardRules.Invalid(
                "currency-mismatch", $"This client is billed in {client.Currency}, so its rates are too.", "/perHour/currency");
        }
        if (CardRules.Refuse(card) is { } refusal) return refusal;
        return new ClientRateCardSet(
            card.CardId, card.PerHour.Currency.Code, card.PerHour.Minor, card.ValidFrom, card.ValidUntilExclusive, card.Task,
            card.TierSeconds, card.AbovePerHour?.Minor, command.At);
    }
}

using Billing.Domain.Access;
using Billing.Domain.Values;
using static Billing.Domain.Clients.ClientEvent;

namespace Billing.Domain.Clients;

/// <summary>An archived client can still be described: what is open must reach them.</summary>
public static partial class Client
{
    public static Decision<ClientEvent> Decide(ClientState state, AddClient command)
    {
        var added = new ClientAdded(
            command.ClientId, command.Name, command.Email, command.AddressLines, command.Currency, command.PaymentTermsDays,
            command.At);
        if (state.Details is { } client)
        {
            return IsSame(client.AddedAs, added)
                ? Decision<ClientEvent>.AlreadyDone
                : new Rejection("id-taken", "There is a client with this id already; take a new id.", "/id");
        }
        var refusal = RefuseDescription(command.Name, command.Email, command.AddressLines)
            ?? Currency.Refuse(command.Currency, "/currency") ?? InvoicingPolicy.RefuseTerms(command.PaymentTermsDays);
        return refusal is null ? added : refusal;
    }

    public static Decision<ClientEvent> Decide(ClientState state, DescribeClient command)
    {
        if (state.Known is not { } client) return RefusalOf(state);
        if (RefuseDescription(command.Name, command.Email, command.AddressLines) is { } refusal) return refusal;
        var isSame = client.Name == command.Name && client.Email == command.Email
            && client.AddressLines.SequenceEqual(command.AddressLines);
        return isSame
            ? Decision<ClientEvent>.AlreadyDone
            : new ClientDescribed(command.Name, command.Email, command.AddressLines, command.At);
    }

    public static Decision<ClientEvent> Decide(ClientState state, AgreePaymentTerms command)
    {
        if (state.Known is not { } client) return RefusalOf(state);
        if (client.PaymentTermsDays == command.PaymentTermsDays) return Decision<ClientEvent>.AlreadyDone;
        if (InvoicingPolicy.RefuseTerms(command.PaymentTermsDays) is { } refusal) return refusal;
        return new PaymentTermsAgreed(command.PaymentTermsDays, command.At);
    }

    /// <summary>Refuses: <c>client-unknown</c>, <c>client-erased</c>, <c>language-unknown</c>.</summary>
    public static Decision<ClientEvent> Decide(ClientState state, SetClientLanguage command)
    {
        if (state.Known is not { } client) return RefusalOf(state);
        if (client.Language == command.Language) return Decision<ClientEvent>.AlreadyDone;
        if (Languages.Refuse(command.Language, "/language") is { } refusal) return refusal;
        return new ClientLanguageSet(command.Language, command.At);
    }

    public static Decision<ClientEvent> Decide(ClientState state, ArchiveClient command) => state switch
    {
        ClientState.NotAdded => NoSuchClient,
        ClientState.Archived => Decision<ClientEvent>.AlreadyDone,
        _ => new ClientArchived(command.At),
    };

    /// <summary>There is no such client in this practice.</summary>
    public static Rejection NoSuchClient { get; } =
        new("client-unknown", "There is no such client.", Kind: RejectionKind.NotFound);

    private static bool IsSame(ClientAdded before, ClientAdded now) =>
        before with { AddressLines = null, AddedAt = now.AddedAt } == now with { AddressLines = null }
        && (before.AddressLines ?? []).SequenceEqual(now.AddressLines ?? []);

    private static Rejection? RefuseDescription(string name, string? email, IReadOnlyList<string> addressLines) =>
        Wording.RefuseName(name, "/name") ?? Wording.RefuseEmail(email, "/email")
        ?? Wording.RefuseAddress(addressLines, "/addressLines");
}

using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Taxes.TaxPolicyEvent;

namespace Billing.Domain.Taxes;

/// <param name="DaysBefore">Null for no reminders.</param>
/// <param name="Recipient">Null for the address of the practice.</param>
public sealed record SetTaxReminders(int? DaysBefore, string? Recipient, Instant At);

/// <param name="TokenHash">SHA-256 of the link's secret, lower-case hexadecimal.</param>
public sealed record MakeTaxLink(Guid LinkId, string Opens, string TokenHash, Instant At);

public sealed record RevokeTaxLink(Guid LinkId, Instant At);

/// <param name="SetAt">Null until the practice has said anything of reminders.</param>
/// <param name="Links">By id, the revoked ones too.</param>
public sealed record TaxPolicyState(int? DaysBefore, string? Recipient, Instant? SetAt, ImmutableDictionary<Guid, TaxLink> Links)
{
    public static TaxPolicyState Empty { get; } = new(null, null, null, ImmutableDictionary<Guid, TaxLink>.Empty);
}

/// <param name="Opens">One of <see cref="TaxLinkKind"/>.</param>
public sealed record TaxLink(string Opens, ShareLink Secret);

/// <summary>What a practice wants to be told of its taxes, and its links. The stream is <c>tax-policy-{practice's id}</c>.</summary>
public static class TaxPolicy
{
    public const int MostDaysBefore = 60;

    public static readonly StreamType<TaxPolicyState, TaxPolicyEvent> Stream = new("tax-policy", TaxPolicyState.Empty, Evolve);

    public static TaxPolicyState Evolve(TaxPolicyState state, TaxPolicyEvent @event) => @event switch
    {
        TaxRemindersSet e => state with { DaysBefore = e.DaysBefore, Recipient = e.Recipient, SetAt = e.SetAt },
        TaxLinkMade e => state with
        {
            Links = state.Links.SetItem(e.LinkId, new TaxLink(e.Opens, new ShareLink(e.TokenHash, IsRevoked: false))),
        },
        TaxLinkRevoked e => state.Links.TryGetValue(e.LinkId, out var link)
            ? state with { Links = state.Links.SetItem(e.LinkId, link with { Secret = link.Secret with { IsRevoked = true } }) }
            : state,
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>reminder-days-malformed</c>, <c>recipient-missing</c>, <c>email-malformed</c>.</summary>
    /// <param name="practiceEmail">Where mail goes that names no recipient; null where the practice has said none.</param>
    public static Decision<TaxPolicyEvent> Decide(TaxPolicyState state, SetTaxReminders command, string? practiceEmail)
    {
        if (command.DaysBefore is < 1 or > MostDaysBefore)
        {
            return new Rejection(
                "reminder-days-malformed", $"A reminder comes 1 to {MostDaysBefore} days before the due date; null for none.",
                "/daysBefore", RejectionKind.Invalid);
        }
        if (Wording.RefuseEmail(command.Recipient, "/recipient") is { } refusal) return refusal;
        if (command.DaysBefore is not null && (command.Recipient ?? practiceEmail) is null)
        {
            return new Rejection(
                "recipient-missing", "The practice has no e-mail address. Send a recipient, or describe the practice with one.",
                "/recipient", RejectionKind.Invalid);
        }
        return state.SetAt is not null && (state.DaysBefore, state.Recipient) == (command.DaysBefore, command.Recipient)
            ? Decision<TaxPolicyEvent>.AlreadyDone
            : new TaxRemindersSet(command.DaysBefore, command.Recipient, command.At);
    }

    /// <summary>Refuses: <c>tax-link-kind-unknown</c>, <c>token-hash-malformed</c>, <c>id-taken</c>.</summary>
    public static Decision<TaxPolicyEvent> Decide(TaxPolicyState state, MakeTaxLink command)
    {
        if (!TaxLinkKind.All.Contains(command.Opens))
        {
            return new Rejection(
                "tax-link-kind-unknown", $"A link opens one of {string.Join(", ", TaxLinkKind.All)}.", "/opens", RejectionKind.Invalid);
        }
        if (ShareLink.RefuseHash(command.TokenHash) is { } malformed) return malformed;
        if (state.Links.GetValueOrDefault(command.LinkId) is { } link)
        {
            return (link.Opens, link.Secret.TokenHash) == (command.Opens, command.TokenHash)
                ? Decision<TaxPolicyEvent>.AlreadyDone
                : new Rejection("id-taken", "Another link has this id. Choose a new one.");
        }
        return new TaxLinkMade(command.LinkId, command.Opens, command.TokenHash, command.At);
    }

    /// <summary>Refuses: <c>link-unknown</c>.</summary>
    public static Decision<TaxPolicyEvent> Decide(TaxPolicyState state, RevokeTaxLink command) =>
        state.Links.GetValueOrDefault(command.LinkId) switch
        {
            null => new Rejection("link-unknown", "The practice has no such link.", Kind: RejectionKind.NotFound),
            { Secret.IsRevoked: true } => Decision<TaxPolicyEvent>.AlreadyDone,
            _ => new TaxLinkRevoked(command.LinkId, command.At),
        };
}

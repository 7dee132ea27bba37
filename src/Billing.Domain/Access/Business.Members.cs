using System.Text.RegularExpressions;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Access;

/// <summary>Who belongs to the practice, and with which tokens. Somebody can always act as its owner.</summary>
public static partial class Business
{
    public const int TokenLabelMaxLength = 100;

    public static Decision<BusinessEvent> Decide(BusinessState state, AddMember command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (open.Members.TryGetValue(command.MemberId, out var member))
        {
            var wished = new Member(command.MemberId, command.Name, command.Role, command.TimeZone, IsActive: true);
            return member with { SeesRates = false } == wished
                ? Decision<BusinessEvent>.AlreadyDone
                : new Rejection("id-taken", "A member with this id exists or has left; take a new id.", "/id");
        }
        var refusal = Wording.RefuseName(command.Name, "/name") ?? TimeZones.Refuse(command.TimeZone, "/timeZone");
        if (refusal is not null) return refusal;
        if (!Roles.All.Contains(command.Role))
            return Invalid("role-unknown", $"A member is one of {string.Join(", ", Roles.All)}.", "/role");
        return new MemberAdded(command.MemberId, command.Name, command.Role, command.TimeZone, command.At);
    }

    public static Decision<BusinessEvent> Decide(BusinessState state, MoveMember command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (!open.Members.TryGetValue(command.MemberId, out var member)) return NoSuchMember;
        if (!member.IsActive) return new Rejection("member-left", "Who has left the practice moves nowhere.");
        if (member.TimeZone == command.TimeZone) return Decision<BusinessEvent>.AlreadyDone;
        if (TimeZones.Refuse(command.TimeZone, "/timeZone") is { } refusal) return refusal;
        return new MemberMoved(command.MemberId, command.TimeZone, command.At);
    }

    /// <summary>The member leaves, and in the same step their tokens and identities stop to be good.</summary>
    public static Decision<BusinessEvent> Decide(BusinessState state, RemoveMember command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (!open.Members.TryGetValue(command.MemberId, out var member)) return NoSuchMember;
        if (!member.IsActive) return Decision<BusinessEvent>.AlreadyDone;
        if (open.Owners.All(owner => owner == member) && member.Role == Roles.Owner)
        {
            return new Rejection(
                "last-owner", "The last owner cannot leave the practice; add another owner before.");
        }
        if (LocksOut(open, command.At, token => token.MemberId == command.MemberId)) return LastOwnerToken;

        var revoked = open.Tokens.Values
            .Where(token => token.MemberId == command.MemberId && token.RevokedAt is null)
            .OrderBy(token => token.IssuedAt).ThenBy(token => token.TokenId)
            .Select(token => new AccessTokenRevoked(token.TokenId, command.At));
        var unlinked = open.Identities.Values
            .Where(identity => identity.MemberId == command.MemberId && identity.IsLinked).OrderBy(identity => identity.LinkId)
            .Select(identity => new IdentityUnlinked(identity.LinkId, command.At));
        return (BusinessEvent[])[new MemberLeft(command.MemberId, command.At), .. revoked, .. unlinked];
    }

    public static Decision<BusinessEvent> Decide(BusinessState state, IssueToken command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (open.Tokens.TryGetValue(command.TokenId, out var token))
        {
            var wished = new AccessToken(
                command.TokenId, command.MemberId, command.TokenHash, command.Label, token.IssuedAt, command.ExpiresAt,
                token.RevokedAt, TokenScopes.Of(command.Scopes));
            return token == wished
                ? Decision<BusinessEvent>.AlreadyDone
                : new Rejection("id-taken", "A token with this id was issued already; take a new id.", "/id");
        }
        if (!open.Members.TryGetValue(command.MemberId, out var member)) return NoSuchMember;
        if (!member.IsActive) return new Rejection("member-left", "Who has left the practice gets no token.", "/memberId");
        if (!Sha256().IsMatch(command.TokenHash))
            throw new ArgumentException("A token hash is 64 lower-case hexadecimal digits.", nameof(command));
        if (open.Tokens.Values.Any(other => other.TokenHash == command.TokenHash))
            return new Rejection("token-taken", "This very token was issued before; make a new one.");
        if ((Wording.RefuseLine(command.Label, TokenLabelMaxLength, "/label") ?? TokenScopes.Refuse(command.Scopes)) is { } refusal)
            return refusal;
        if (command.ExpiresAt <= command.At)
            return Invalid("expiry-not-ahead", "A token must expire later than it is issued.", "/expiresAt");
        return new AccessTokenIssued(
            command.TokenId, command.MemberId, command.TokenHash, command.Label, command.At, command.ExpiresAt,
            TokenScopes.Of(command.Scopes)?.Text);
    }

    public static Decision<BusinessEvent> Decide(BusinessState state, RevokeToken command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (!open.Tokens.TryGetValue(command.TokenId, out var token))
            return new Rejection("token-unknown", "There is no such token.", Kind: RejectionKind.NotFound);
        if (token.RevokedAt is not null) return Decision<BusinessEvent>.AlreadyDone;
        if (LocksOut(open, command.At, other => other == token)) return LastOwnerToken;
        return new AccessTokenRevoked(command.TokenId, command.At);
    }

    /// <summary>Whether an owner's token is good now, but none is once those go.</summary>
    private static bool LocksOut(BusinessState.Open open, Instant at, Func<AccessToken, bool> goes)
    {
        var usable = open.OwnerTokensUsableAt(at).ToList();
        return usable.Count > 0 && usable.All(goes);
    }

    private static Rejection NoSuchMember { get; } =
        new("member-unknown", "There is no such member.", Kind: RejectionKind.NotFound);

    private static Rejection LastOwnerToken { get; } = new(
        "last-owner-token", "Without this token nobody could act as an owner any more; issue another owner token before.");

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Sha256();
}

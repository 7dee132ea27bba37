using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Access;

/// <content>By which identities of an identity provider members come in, besides their tokens.</content>
public static partial class Business
{
    /// <summary>
    /// Refuses: <c>business-unknown</c>, <c>member-unknown</c>, <c>member-left</c>, <c>identity-taken</c>, <c>id-taken</c>.
    /// </summary>
    public static Decision<BusinessEvent> Decide(BusinessState state, LinkIdentity command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (!open.Members.TryGetValue(command.MemberId, out var member)) return NoSuchMember;
        if (!member.IsActive) return new Rejection("member-left", "Who has left the practice comes in by nothing.");
        if (!Sha256().IsMatch(command.IdentityHash))
            throw new ArgumentException("An identity's hash is 64 lower-case hexadecimal digits.", nameof(command));
        if (open.Identities.Values.FirstOrDefault(known => known.IsLinked && known.IdentityHash == command.IdentityHash) is { } linked)
        {
            return linked.MemberId == command.MemberId && linked.LinkId == command.LinkId
                ? Decision<BusinessEvent>.AlreadyDone
                : new Rejection("identity-taken", "This identity is linked already, to this or another member; have it unlinked before.");
        }
        if (open.Identities.ContainsKey(command.LinkId))
            return new Rejection("id-taken", "A link with this id exists or was undone; take a new id.", "/id");
        return new IdentityLinked(
            command.LinkId, command.MemberId, command.IdentityHash, command.Issuer, command.Subject, command.At);
    }

    /// <summary>Refuses: <c>business-unknown</c>, <c>identity-unknown</c>.</summary>
    public static Decision<BusinessEvent> Decide(BusinessState state, UnlinkIdentity command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (!open.Identities.TryGetValue(command.LinkId, out var known))
            return new Rejection("identity-unknown", "No identity was linked under this id.", Kind: RejectionKind.NotFound);
        return known.IsLinked ? new IdentityUnlinked(command.LinkId, command.At) : Decision<BusinessEvent>.AlreadyDone;
    }

    private static BusinessState.Open Link(BusinessState.Open open, IdentityLinked e) => open with
    {
        Identities = open.Identities.SetItem(e.LinkId, new LinkedIdentity(e.LinkId, e.MemberId, e.IdentityHash, IsLinked: true)),
    };

    private static BusinessState.Open Unlink(BusinessState.Open open, IdentityUnlinked e) => open with
    {
        Identities = open.Identities.SetItem(e.LinkId, open.Identities[e.LinkId] with { IsLinked = false }),
    };
}

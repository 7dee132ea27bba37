using Billing.Domain.Access;
using NodaTime;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Tests.Access;

public sealed class IdentityTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 9, 0), Later = Now + Duration.FromHours(1);
    private static readonly Guid Practice = new("01990000-0000-7000-8000-000000000001"), Ada = new("01990000-0000-7000-8000-000000000002"),
        Bob = new("01990000-0000-7000-8000-000000000003"), First = new("01990000-0000-7000-8000-000000000004"),
        Second = new("01990000-0000-7000-8000-000000000005");

    private static readonly LinkIdentity Link = new(First, Bob, new string('a', 64), "https://issuer.example", "bob", Now);
    private static readonly IdentityLinked Linked = new(First, Bob, new string('a', 64), "https://issuer.example", "bob", Now);

    private static readonly BusinessEvent[] Open =
    [
        new BusinessOpened(Practice, "Juniper", "UTC", "USD", Now), new MemberAdded(Ada, "Ada", "owner", "UTC", Now),
        new MemberAdded(Bob, "Bob", "assistant", "UTC", Now),
    ];

    [Fact]
    public void Links_an_identity_to_a_member_once()
    {
        Business.Stream.Given(Open).When(s => Business.Decide(s, Link)).Then(Linked);
        var linked = Business.Stream.Given([.. Open, Linked]);
        linked.When(s => Business.Decide(s, Link with { At = Later })).ThenNothing();
        linked.When(s => Business.Decide(s, Link with { LinkId = Second })).ThenRefused("identity-taken");
        linked.When(s => Business.Decide(s, Link with { IdentityHash = new string('b', 64) })).ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void An_identity_is_one_members_until_it_is_unlinked()
    {
        var others = Link with { LinkId = Second, MemberId = Ada };
        Business.Stream.Given([.. Open, Linked]).When(s => Business.Decide(s, others)).ThenRefused("identity-taken");
        Business.Stream.Given([.. Open, Linked, new IdentityUnlinked(First, Now)]).When(s => Business.Decide(s, others))
            .Then(new IdentityLinked(Second, Ada, new string('a', 64), "https://issuer.example", "bob", Now));
    }

    [Fact]
    public void Only_a_member_who_has_not_left_comes_in()
    {
        Business.Stream.Given(Open).When(s => Business.Decide(s, Link with { MemberId = Second })).ThenRefused("member-unknown");
        Business.Stream.Given([.. Open, new MemberLeft(Bob, Now)]).When(s => Business.Decide(s, Link)).ThenRefused("member-left");
        Business.Stream.Given().When(s => Business.Decide(s, Link)).ThenRefused("business-unknown");
    }

    [Fact]
    public void Unlinks_once_and_only_what_was_linked()
    {
        Business.Stream.Given([.. Open, Linked]).When(s => Business.Decide(s, new UnlinkIdentity(First, Later)))
            .Then(new IdentityUnlinked(First, Later));
        Business.Stream.Given([.. Open, Linked, new IdentityUnlinked(First, Now)])
            .When(s => Business.Decide(s, new UnlinkIdentity(First, Later))).ThenNothing();
        Business.Stream.Given([.. Open, Linked]).When(s => Business.Decide(s, new UnlinkIdentity(Second, Later)))
            .ThenRefused("identity-unknown");
        Business.Stream.Given().When(s => Business.Decide(s, new UnlinkIdentity(First, Later))).ThenRefused("business-unknown");
    }

    [Fact]
    public void Who_leaves_comes_in_by_no_identity_any_more() =>
        Business.Stream.Given([.. Open, Linked]).When(s => Business.Decide(s, new RemoveMember(Bob, Later)))
            .Then(new MemberLeft(Bob, Later), new IdentityUnlinked(First, Later));
}

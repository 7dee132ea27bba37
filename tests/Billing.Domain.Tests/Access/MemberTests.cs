using Billing.Domain.Access;
using NodaTime;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Tests.Access;

public sealed class MemberTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private static readonly Guid Ada = Guid.Parse("0198c0de-0000-7000-8000-00000000000a");
    private static readonly Guid Bob = Guid.Parse("0198c0de-0000-7000-8000-00000000000b");
    private static readonly Guid AdasToken = Guid.Parse("0198c0de-0000-7000-8000-0000000000a1");
    private static readonly Guid AdasOther = Guid.Parse("0198c0de-0000-7000-8000-0000000000a2");
    private static readonly Guid BobsToken = Guid.Parse("0198c0de-0000-7000-8000-0000000000b1");
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 12, 0);
    private static readonly Instant Later = Instant.FromUtc(2026, 1, 6, 12, 0);

    private static readonly BusinessEvent[] Practice =
    [
        new BusinessOpened(Id, "Ada's Desk", "UTC", "USD", Now), new MemberAdded(Ada, "Ada", "owner", "UTC", Now), Token(AdasToken, Ada),
    ];

    [Theory]
    [InlineData("owner", true)]
    [InlineData("assistant", true)]
    [InlineData("bookkeeper", true)]
    [InlineData("client", false)]
    [InlineData("Owner", false)]
    public void A_member_has_a_known_role(string role, bool isKnown)
    {
        var outcome = Business.Stream.Given(Practice)
            .When(s => Business.Decide(s, new AddMember(Bob, "Bob", role, "Asia/Manila", Now)));
        if (isKnown) outcome.Then(new MemberAdded(Bob, "Bob", role, "Asia/Manila", Now));
        else outcome.ThenRefused("role-unknown", "/role");
    }

    [Fact]
    public void A_member_has_a_name_and_a_zone()
    {
        var practice = Business.Stream.Given(Practice);
        practice.When(s => Business.Decide(s, new AddMember(Bob, "", "owner", "UTC", Now))).ThenRefused("text-missing", "/name");
        practice.When(s => Business.Decide(s, new AddMember(Bob, "Bob", "owner", "Manila", Now)))
            .ThenRefused("time-zone-unknown", "/timeZone");
    }

    [Fact]
    public void Adding_the_same_member_again_changes_nothing_and_another_one_takes_another_id()
    {
        var practice = Business.Stream.Given(Practice);
        practice.When(s => Business.Decide(s, new AddMember(Ada, "Ada", "owner", "UTC", Later))).ThenNothing();
        practice.When(s => Business.Decide(s, new AddMember(Ada, "Ada", "assistant", "UTC", Later))).ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void A_member_moves_to_a_zone_that_there_is_and_once()
    {
        BusinessEvent[] history = [.. Practice, new MemberAdded(Bob, "Bob", "assistant", "Asia/Manila", Now)];
        var practice = Business.Stream.Given(history);
        practice.When(s => Business.Decide(s, new MoveMember(Bob, "Asia/Tokyo", Later))).Then(new MemberMoved(Bob, "Asia/Tokyo", Later));
        practice.When(s => Business.Decide(s, new MoveMember(Bob, "Asia/Manila", Later))).ThenNothing();
        practice.When(s => Business.Decide(s, new MoveMember(Bob, "Manila", Later))).ThenRefused("time-zone-unknown", "/timeZone");
        practice.When(s => Business.Decide(s, new MoveMember(Id, "Asia/Tokyo", Later))).ThenRefused("member-unknown");
        Business.Stream.Given([.. history, new MemberMoved(Bob, "Asia/Tokyo", Later)])
            .When(s => Business.Decide(s, new MoveMember(Bob, "Asia/Tokyo", Later))).ThenNothing();
        Business.Stream.Given([.. history, new MemberLeft(Bob, Later)])
            .When(s => Business.Decide(s, new MoveMember(Bob, "Asia/Tokyo", Later))).ThenRefused("member-left");
    }

    [Fact]
    public void Who_leaves_loses_every_token_that_is_not_revoked_yet()
    {
        BusinessEvent[] history =
        [
            .. Practice, new MemberAdded(Bob, "Bob", "assistant", "UTC", Now), Token(BobsToken, Bob), Token(AdasOther, Bob),
            Token(Id, Bob), new AccessTokenRevoked(AdasOther, Now),
        ];
        Business.Stream.Given(history).When(s => Business.Decide(s, new RemoveMember(Bob, Later)))
            .Then(new MemberLeft(Bob, Later), new AccessTokenRevoked(Id, Later), new AccessTokenRevoked(BobsToken, Later));
    }

    [Fact]
    public void Leaving_twice_changes_nothing_and_unknown_members_cannot_leave()
    {
        BusinessEvent[] history = [.. Practice, new MemberAdded(Bob, "Bob", "assistant", "UTC", Now), new MemberLeft(Bob, Now)];
        Business.Stream.Given(history).When(s => Business.Decide(s, new RemoveMember(Bob, Later))).ThenNothing();
        Business.Stream.Given(Practice).When(s => Business.Decide(s, new RemoveMember(Bob, Later))).ThenRefused("member-unknown");
        Business.Stream.Given(history).When(s => Business.Decide(s, new AddMember(Bob, "Bob", "assistant", "UTC", Later)))
            .ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void The_last_owner_cannot_leave()
    {
        BusinessEvent[] second = [.. Practice, new MemberAdded(Bob, "Bob", "owner", "UTC", Now), Token(BobsToken, Bob)];
        Business.Stream.Given(Practice).When(s => Business.Decide(s, new RemoveMember(Ada, Later))).ThenRefused("last-owner");
        Business.Stream.Given([.. second, new MemberLeft(Bob, Now)]).When(s => Business.Decide(s, new RemoveMember(Ada, Later)))
            .ThenRefused("last-owner");
        Business.Stream.Given(second).When(s => Business.Decide(s, new RemoveMember(Ada, Later)))
            .Then(new MemberLeft(Ada, Later), new AccessTokenRevoked(AdasToken, Later));
    }

    [Fact]
    public void An_owner_cannot_leave_with_the_only_owner_token_that_is_good()
    {
        BusinessEvent[] history =
            [.. Practice, new MemberAdded(Bob, "Bob", "owner", "UTC", Now), Token(BobsToken, Bob, expiresAt: Later)];
        Business.Stream.Given(history).When(s => Business.Decide(s, new RemoveMember(Ada, Later))).ThenRefused("last-owner-token");
        Business.Stream.Given(history).When(s => Business.Decide(s, new RemoveMember(Ada, Later - Duration.Epsilon)))
            .Then(
                new MemberLeft(Ada, Later - Duration.Epsilon), new AccessTokenRevoked(AdasToken, Later - Duration.Epsilon));
    }

    [Fact]
    public void Issues_a_token_once()
    {
        var issue = new IssueToken(BobsToken, Ada, Hash('b'), "laptop", Later, Now);
        var issued = new AccessTokenIssued(BobsToken, Ada, Hash('b'), "laptop", Now, Later);
        Business.Stream.Given(Practice).When(s => Business.Decide(s, issue)).Then(issued);
        Business.Stream.Given([.. Practice, issued]).When(s => Business.Decide(s, issue with { At = Later })).ThenNothing();
        Business.Stream.Given([.. Practice, issued, new AccessTokenRevoked(BobsToken, Later)])
            .When(s => Business.Decide(s, issue with { At = Later })).ThenNothing();
        Business.Stream.Given([.. Practice, issued]).When(s => Business.Decide(s, issue with { TokenHash = Hash('c') }))
            .ThenRefused("id-taken", "/id");
        Business.Stream.Given([.. Practice, issued]).When(s => Business.Decide(s, issue with { TokenId = AdasOther }))
            .ThenRefused("token-taken");
    }

    [Fact]
    public void A_token_is_for_a_member_and_expires_later_than_it_is_issued()
    {
        var issue = new IssueToken(BobsToken, Ada, Hash('b'), null, null, Now);
        var practice = Business.Stream.Given(Practice);
        practice.When(s => Business.Decide(s, issue with { MemberId = Bob })).ThenRefused("member-unknown");
        practice.When(s => Business.Decide(s, issue with { ExpiresAt = Now })).ThenRefused("expiry-not-ahead", "/expiresAt");
        practice.When(s => Business.Decide(s, issue with { ExpiresAt = Now + Duration.FromSeconds(1) }))
            .Then(new AccessTokenIssued(BobsToken, Ada, Hash('b'), null, Now, Now + Duration.FromSeconds(1)));
        practice.When(s => Business.Decide(s, issue with { Label = new string('x', 101) })).ThenRefused("text-too-long", "/label");
        Business.Stream.Given([.. Practice, new MemberAdded(Bob, "Bob", "assistant", "UTC", Now), new MemberLeft(Bob, Now)])
            .When(s => Business.Decide(s, issue with { MemberId = Bob })).ThenRefused("member-left", "/memberId");
    }

    [Fact]
    public void A_token_keeps_its_scopes_in_one_order_and_is_the_same_in_any()
    {
        var issue = new IssueToken(BobsToken, Ada, Hash('b'), null, null, Now, ["time:write", "invoices:read", "time:write"]);
        var issued = new AccessTokenIssued(BobsToken, Ada, Hash('b'), null, Now, null, "invoices:read time:write");
        Business.Stream.Given(Practice).When(s => Business.Decide(s, issue)).Then(issued);
        var once = Business.Stream.Given([.. Practice, issued]);
        once.When(s => Business.Decide(s, issue with { Scopes = ["invoices:read", "time:write"] })).ThenNothing();
        once.When(s => Business.Decide(s, issue with { Scopes = ["time:write"] })).ThenRefused("id-taken", "/id");
        once.When(s => Business.Decide(s, issue with { Scopes = null })).ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void Scopes_that_there_are_not_are_refused()
    {
        var issue = new IssueToken(BobsToken, Ada, Hash('b'), null, null, Now);
        var practice = Business.Stream.Given(Practice);
        practice.When(s => Business.Decide(s, issue with { Scopes = [] })).ThenRefused("scopes-empty", "/scopes");
        practice.When(s => Business.Decide(s, issue with { Scopes = ["time:read", "time"] })).ThenRefused("scope-unknown", "/scopes/1");
        practice.When(s => Business.Decide(s, issue with { Scopes = ["time:read", null!] })).ThenRefused("scope-unknown", "/scopes/1");
    }

    [Fact]
    public void A_token_with_scopes_is_none_to_act_as_an_owner_by()
    {
        var narrowed = new AccessTokenIssued(AdasOther, Ada, Hash('c'), null, Now, null, string.Join(' ', TokenScopes.All));
        Business.Stream.Given([.. Practice, narrowed]).When(s => Business.Decide(s, new RevokeToken(AdasToken, Later)))
            .ThenRefused("last-owner-token");
    }

    [Fact]
    public void The_last_owner_token_that_is_good_cannot_be_revoked()
    {
        var revoke = new RevokeToken(AdasToken, Later);
        BusinessEvent[] withAssistant = [.. Practice, new MemberAdded(Bob, "Bob", "assistant", "UTC", Now), Token(BobsToken, Bob)];
        Business.Stream.Given(withAssistant).When(s => Business.Decide(s, revoke)).ThenRefused("last-owner-token");
        Business.Stream.Given(withAssistant).When(s => Business.Decide(s, new RevokeToken(BobsToken, Later)))
            .Then(new AccessTokenRevoked(BobsToken, Later));
        Business.Stream.Given([.. Practice, Token(AdasOther, Ada, expiresAt: Later)]).When(s => Business.Decide(s, revoke))
            .ThenRefused("last-owner-token");
        Business.Stream.Given([.. Practice, Token(AdasOther, Ada)]).When(s => Business.Decide(s, revoke))
            .Then(new AccessTokenRevoked(AdasToken, Later));
    }

    [Fact]
    public void Revoking_twice_changes_nothing_and_unknown_tokens_cannot_be_revoked()
    {
        BusinessEvent[] history = [.. Practice, Token(AdasOther, Ada), new AccessTokenRevoked(AdasOther, Now)];
        Business.Stream.Given(history).When(s => Business.Decide(s, new RevokeToken(AdasOther, Later))).ThenNothing();
        Business.Stream.Given(history).When(s => Business.Decide(s, new RevokeToken(BobsToken, Later)))
            .ThenRefused("token-unknown");
    }

    private static string Hash(char digit) => new(digit, 64);

    private static AccessTokenIssued Token(Guid tokenId, Guid memberId, Instant? expiresAt = null) =>
        new(tokenId, memberId, tokenId.ToString("N") + tokenId.ToString("N"), null, Now, expiresAt);
}

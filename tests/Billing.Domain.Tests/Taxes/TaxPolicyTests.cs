using Billing.Domain.Taxes;
using Billing.Domain.Tests.Invoicing;
using NodaTime;
using static Billing.Domain.Taxes.TaxPolicyEvent;

namespace Billing.Domain.Tests.Taxes;

public class TaxPolicyTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static readonly Guid Link = new("01990000-0000-7000-8000-000000000001");
    private static readonly Instant At = Instant.FromUtc(2026, 4, 1, 12, 0);
    private static readonly TaxPolicyState Empty = TaxPolicy.Stream.Initial;
    private static readonly MakeTaxLink Make = new(Link, TaxLinkKind.Calendar, Hash, At);

    [Fact]
    public void Every_event_is_folded() => EveryEvent.IsFolded(
        TaxPolicy.Stream,
        [
            new TaxRemindersSet(7, "maya@juniper.example", At), new TaxLinkMade(Link, "report", Hash, At), new TaxLinkRevoked(Link, At),
        ]);

    [Fact]
    public void Reminders_are_set_and_taken_back()
    {
        var set = TaxPolicy.Decide(Empty, new SetTaxReminders(14, "maya@juniper.example", At), null).Events();
        var state = TaxPolicy.Stream.Fold(set);
        Assert.Equal((14, "maya@juniper.example"), (state.DaysBefore, state.Recipient));
        TaxPolicy.Decide(state, new SetTaxReminders(14, "maya@juniper.example", At), null).IsAlreadyDone();
        var off = TaxPolicy.Decide(state, new SetTaxReminders(null, null, At), null).Events();
        Assert.Null(TaxPolicy.Stream.After(state, off).DaysBefore);
    }

    [Theory]
    [InlineData(0, "a@b.example", "reminder-days-malformed")]
    [InlineData(61, "a@b.example", "reminder-days-malformed")]
    [InlineData(7, "maya", "email-malformed")]
    [InlineData(7, null, "recipient-missing")]
    public void Nobody_is_reminded_at_no_address_or_on_no_day(int days, string? recipient, string code) =>
        TaxPolicy.Decide(Empty, new SetTaxReminders(days, recipient, At), practiceEmail: null).IsRefused(code);

    [Fact]
    public void The_address_of_the_practice_is_enough() =>
        Assert.Single(TaxPolicy.Decide(Empty, new SetTaxReminders(7, null, At), "hello@juniper.example").Events());

    [Fact]
    public void A_link_is_made_once_and_can_be_revoked_for_good()
    {
        var made = TaxPolicy.Stream.Fold(TaxPolicy.Decide(Empty, Make).Events());
        TaxPolicy.Decide(made, Make).IsAlreadyDone();
        TaxPolicy.Decide(made, Make with { Opens = TaxLinkKind.Report }).IsRefused("id-taken");
        TaxPolicy.Decide(Empty, Make with { Opens = "books" }).IsRefused("tax-link-kind-unknown");
        TaxPolicy.Decide(Empty, Make with { TokenHash = "ABC" }).IsRefused("token-hash-malformed");

        var revoke = new RevokeTaxLink(Link, At);
        TaxPolicy.Decide(Empty, revoke).IsRefused("link-unknown");
        var revoked = TaxPolicy.Stream.After(made, TaxPolicy.Decide(made, revoke).Events());
        Assert.True(revoked.Links[Link].Secret.IsRevoked);
        TaxPolicy.Decide(revoked, revoke).IsAlreadyDone();
    }
}

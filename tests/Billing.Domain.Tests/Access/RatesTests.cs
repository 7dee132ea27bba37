using Billing.Domain.Access;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Tests.Access;

public sealed class RatesTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-0000000000b1");
    private static readonly Guid Ana = Guid.Parse("0198c0de-0000-7000-8000-0000000000a1");
    private static readonly Guid Maya = Guid.Parse("0198c0de-0000-7000-8000-0000000000a2");
    private static readonly Guid CardId = Guid.Parse("0198c0de-0000-7000-8000-0000000000f1");
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 12, 0);
    private static readonly Instant Later = Instant.FromUtc(2026, 1, 6, 12, 0);
    private static readonly LocalDate January = new(2026, 1, 1);
    private static readonly SetRateCard Card = new(CardId, null, new Money(40_00, Currency.Usd), January, null, Now);
    private static readonly BusinessRateCardSet CardSet = new(CardId, null, "USD", 40_00, January, null, null, null, null, Now);
    private static readonly SetCostCard Cost = new(CardId, Ana, new Money(15_00, Currency.Usd), January, null, Now);

    private static readonly BusinessEvent[] Opened =
    [
        new BusinessOpened(Id, "Juniper", "UTC", "USD", Now), new MemberAdded(Ana, "Ana", Roles.Assistant, "UTC", Now),
        new MemberAdded(Maya, "Maya", Roles.Owner, "UTC", Now),
    ];

    private static readonly Given<BusinessState, BusinessEvent> Open = Business.Stream.Given(Opened);

    [Fact]
    public void The_practice_has_cards_for_everyone_and_for_its_members()
    {
        Open.When(s => Business.Decide(s, Card)).Then(CardSet);
        Open.When(s => Business.Decide(s, Card with { AssistantId = Ana })).Then(CardSet with { AssistantId = Ana });
        Open.When(s => Business.Decide(s, Card with { AssistantId = Id })).ThenRefused("member-unknown", "/assistantId");
        Open.When(s => Business.Decide(s, Card with { PerHour = new Money(0, Currency.Usd) })).ThenRefused("rate-out-of-range", "/perHour/amount");
        var set = Business.Stream.Given([.. Opened, CardSet]);
        set.When(s => Business.Decide(s, Card with { At = Later })).ThenNothing();
        set.When(s => Business.Decide(s, Card with { Task = "design" })).ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void A_cost_is_for_a_member()
    {
        Open.When(s => Business.Decide(s, Cost)).Then(new AssistantCostSet(CardId, Ana, 15_00, "USD", January, null, Now));
        Open.When(s => Business.Decide(s, Cost with { AssistantId = Id })).ThenRefused("member-unknown", "/assistantId");
        var set = Business.Stream.Given([.. Opened, new AssistantCostSet(CardId, Ana, 15_00, "USD", January, null, Now)]);
        set.When(s => Business.Decide(s, Cost with { At = Later })).ThenNothing();
        set.When(s => Business.Decide(s, Cost with { AssistantId = Maya })).ThenRefused("id-taken", "/id");
    }

    [Fact]
    public void Surcharges_of_the_practice_are_written_when_they_change()
    {
        var wish = new SetSurcharges([], SurchargeSet.Sum, January, Now);
        Open.When(s => Business.Decide(s, wish)).Then(new PracticeSurchargesSet([], SurchargeSet.Sum, January, Now));
        Business.Stream.Given([.. Opened, new PracticeSurchargesSet([], SurchargeSet.Sum, January, Now)])
            .When(s => Business.Decide(s, wish with { At = Later })).ThenNothing();
        Open.When(s => Business.Decide(s, wish with { Combine = "least" })).ThenRefused("combine-unknown", "/combine");
    }

    [Fact]
    public void Rates_are_shown_to_an_assistant_and_hidden_again()
    {
        Open.When(s => Business.Decide(s, new AllowRates(Ana, true, Now))).Then(new RatesShown(Ana, Now));
        Open.When(s => Business.Decide(s, new AllowRates(Ana, false, Now))).ThenNothing();
        Open.When(s => Business.Decide(s, new AllowRates(Maya, true, Now))).ThenRefused("member-not-assistant");
        Open.When(s => Business.Decide(s, new AllowRates(Id, true, Now))).ThenRefused("member-unknown");
        var shown = Business.Stream.Given([.. Opened, new RatesShown(Ana, Now)]);
        shown.When(s => Business.Decide(s, new AllowRates(Ana, true, Later))).ThenNothing();
        shown.When(s => Business.Decide(s, new AllowRates(Ana, false, Later))).Then(new RatesHidden(Ana, Later));
        shown.When(s => Business.Decide(s, new AddMember(Ana, "Ana", Roles.Assistant, "UTC", Later))).ThenNothing();
    }

    [Fact]
    public void Nothing_is_charged_by_a_practice_that_is_not_open()
    {
        var none = Business.Stream.Given();
        none.When(s => Business.Decide(s, Card)).ThenRefused("business-unknown");
        none.When(s => Business.Decide(s, Cost)).ThenRefused("business-unknown");
        none.When(s => Business.Decide(s, new SetSurcharges([], "sum", January, Now))).ThenRefused("business-unknown");
        none.When(s => Business.Decide(s, new AllowRates(Ana, true, Now))).ThenRefused("business-unknown");
    }
}

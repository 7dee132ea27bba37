using Billing.Domain.Payments;
using Billing.Domain.Tests.Invoicing;
using static Billing.Domain.Tests.Payments.PaymentWorld;

namespace Billing.Domain.Tests.Payments;

public class CollectionTests
{
    private static readonly ShownConsent Shown = new(CollectsOn.Due, Collection.TextVersion, "en", ConsentWays.SharePage);

    private static readonly SavedMethod Card = new("pm_1", null, "card", "visa", "4242", 12, 2034, At, Gone: null);

    private CollectionState _state = Collection.Stream.Initial;

    [Fact]
    public void An_agreement_is_kept_with_its_text_its_way_and_its_time()
    {
        Take(Collection.Decide(_state, new AgreeCollection(First, Shown, At)));
        Assert.Equal(
            new Consent(First, CollectsOn.Due, Collection.TextVersion, "en", ConsentWays.SharePage, At, null, null), _state.Agreement);
        Assert.Equal(CollectionStatus.Agreed, _state.StatusIn(null));
        Assert.Equal(Decision<CollectionEvent>.AlreadyDone, Collection.Decide(_state, new AgreeCollection(First, Shown, At)));
    }

    [Fact]
    public void A_text_that_is_not_the_one_in_force_is_not_agreed_to()
    {
        Assert.Equal("consent-text-outdated", Refusal(new AgreeCollection(First, Shown with { TextVersion = "2025-01" }, At)));
        Take(Collection.Decide(_state, new OfferCollection(CollectsOn.Finalized, At)));
        Assert.Equal("consent-text-outdated", Refusal(new AgreeCollection(First, Shown, At)));
        Take(Collection.Decide(_state, new TurnCollectionOff(At)));
        Assert.Equal("collection-not-offered", Refusal(new AgreeCollection(First, Shown with { CollectsOn = CollectsOn.Finalized }, At)));
    }

    [Fact]
    public void Only_a_checkout_under_an_agreement_keeps_a_method_and_each_keeps_one()
    {
        Assert.IsType<Decision<CollectionEvent>.Rejected>(Collection.Decide(_state, new SaveMethod(First, Card)));
        Agree(First);
        Take(Collection.Decide(_state, new SaveMethod(First, Card)));
        Assert.Equal("pm_1", _state.MethodIn(null)!.PaymentMethodId);
        Assert.Null(_state.MethodIn("acct_other"));
        Assert.Equal(CollectionStatus.MethodGone, _state.StatusIn("acct_other"));
        Assert.Equal(CollectionStatus.Active, _state.StatusIn(null));
        Assert.Equal(
            Decision<CollectionEvent>.AlreadyDone, Collection.Decide(_state, new SaveMethod(First, Card with { PaymentMethodId = "pm_2" })));
    }

    [Fact]
    public void What_comes_of_an_agreement_that_was_taken_back_is_known_and_forgotten()
    {
        Agree(First);
        Take(Collection.Decide(_state, new WithdrawCollection(ConsentWays.SharePage, At)));
        Take(Collection.Decide(_state, new SaveMethod(First, Card)));
        Assert.Null(_state.MethodIn(null));
        Assert.Equal(CollectionStatus.Withdrawn, _state.StatusIn(null));
        Assert.Equal("pm_1", Assert.Single(_state.ToForget).PaymentMethodId);
        Take(Collection.Decide(_state, new LoseMethod("pm_1", MethodGone.Forgotten, At)));
        Assert.Empty(_state.ToForget);
    }

    [Fact]
    public void News_of_an_older_checkout_does_not_take_the_place_of_a_newer_method()
    {
        Agree(First);
        Agree(Second);
        Take(Collection.Decide(_state, new SaveMethod(Second, Card with { PaymentMethodId = "pm_2" })));
        Take(Collection.Decide(_state, new SaveMethod(First, Card)));
        Assert.Equal("pm_2", _state.MethodIn(null)!.PaymentMethodId);
        Take(Collection.Decide(_state, new LoseMethod("pm_2", MethodGone.Detached, At)));
        Assert.Equal("pm_1", _state.MethodIn(null)!.PaymentMethodId);
        Take(Collection.Decide(_state, new LoseMethod("pm_1", MethodGone.Detached, At)));
        Assert.Equal(CollectionStatus.MethodGone, _state.StatusIn(null));
    }

    [Fact]
    public void Offering_lifts_that_it_was_turned_off_and_the_agreement_stands()
    {
        Agree(First);
        Take(Collection.Decide(_state, new TurnCollectionOff(At)));
        Assert.Equal(CollectionStatus.Off, _state.StatusIn(null));
        Take(Collection.Decide(_state, new OfferCollection(CollectsOn.Due, At)));
        Assert.Equal(CollectionStatus.Agreed, _state.StatusIn(null));
        Assert.Equal("collects-on-unknown", Assert.IsType<Decision<CollectionEvent>.Rejected>(
            Collection.Decide(_state, new OfferCollection("tomorrow", At))).Rejection.Code);
    }

    private void Agree(Guid payment) => Take(Collection.Decide(_state, new AgreeCollection(payment, Shown, At)));

    private void Take(Decision<CollectionEvent> decision) =>
        _state = Collection.Stream.After(_state, Assert.IsType<Decision<CollectionEvent>.Accepted>(decision).Events);

    private string Refusal(AgreeCollection command) =>
        Assert.IsType<Decision<CollectionEvent>.Rejected>(Collection.Decide(_state, command)).Rejection.Code;
}

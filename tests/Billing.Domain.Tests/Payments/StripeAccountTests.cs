using Billing.Domain.Payments;
using static Billing.Domain.Tests.Payments.PaymentWorld;

namespace Billing.Domain.Tests.Payments;

public class StripeAccountTests
{
    private static readonly StripeAccountStanding Ready = new(
        ChargesEnabled: true, PayoutsEnabled: true, DetailsSubmitted: true, IsRevoked: false);

    private StripeAccountState _state = StripeAccount.Stream.Initial;

    [Fact]
    public void Payments_are_taken_once_Stripe_lets_the_account_take_them()
    {
        Assert.Equal("stripe-account-not-connected", StripeAccount.Refusal(_state)?.Code);
        Connect("acct_1");
        Assert.Equal(("stripe-account-not-ready", StripeAccountStatus.Onboarding), (StripeAccount.Refusal(_state)?.Code, _state.Status));
        Review("acct_1", Ready with { ChargesEnabled = false });
        Assert.Equal(("stripe-account-not-ready", StripeAccountStatus.Restricted), (StripeAccount.Refusal(_state)?.Code, _state.Status));
        Review("acct_1", Ready);
        Assert.Equal((null, StripeAccountStatus.Active), (StripeAccount.Refusal(_state)?.Code, _state.Status));
        Assert.Null(StripeAccount.Refusal(_state, "acct_1"));
        Assert.Equal("stripe-account-not-connected", StripeAccount.Refusal(_state, "acct_2")?.Code);
    }

    [Fact]
    public void What_is_known_already_is_told_once()
    {
        Connect("acct_1");
        Review("acct_1", Ready);
        Assert.Equal(Decision<StripeAccountEvent>.AlreadyDone, StripeAccount.Decide(_state, new ConnectStripeAccount("acct_1", At)));
        Assert.Equal(Decision<StripeAccountEvent>.AlreadyDone, StripeAccount.Decide(_state, new ReviewStripeAccount("acct_1", Ready, At)));
        Review("acct_1", Ready with { IsRevoked = true });
        Assert.Equal(
            Decision<StripeAccountEvent>.AlreadyDone,
            StripeAccount.Decide(_state, new ReviewStripeAccount("acct_1", Ready with { IsRevoked = true }, At)));
        Assert.Equal("stripe-account-unknown", Refusal(StripeAccount.Decide(_state, new ReviewStripeAccount("acct_2", Ready, At))));
    }

    [Fact]
    public void One_account_takes_the_place_of_another_only_when_that_was_given_up()
    {
        Connect("acct_1");
        Assert.Equal("stripe-account-connected", Refusal(StripeAccount.Decide(_state, new ConnectStripeAccount("acct_2", At))));
        Take(StripeAccount.Decide(_state, new DisconnectStripeAccount(At)));
        Assert.Equal(Decision<StripeAccountEvent>.AlreadyDone, StripeAccount.Decide(_state, new DisconnectStripeAccount(At)));
        Assert.Equal(("stripe-account-not-connected", null), (StripeAccount.Refusal(_state)?.Code, _state.Current));
        Connect("acct_2");
        Assert.Equal("acct_2", _state.Current);
        Assert.True(_state.Reaches("acct_1"));
        Take(StripeAccount.Decide(_state, new DisconnectStripeAccount(At)));
        Connect("acct_1");
        Assert.Equal("acct_1", _state.Current);
    }

    [Fact]
    public void An_account_whose_owner_took_our_access_away_is_out_of_reach_until_Stripe_answers_again()
    {
        Connect("acct_1");
        Review("acct_1", Ready);
        Review("acct_1", StripeAccountStanding.Unknown with { IsRevoked = true });
        Assert.Equal(("stripe-account-revoked", StripeAccountStatus.Revoked), (StripeAccount.Refusal(_state)?.Code, _state.Status));
        Assert.False(_state.Reaches("acct_1"));
        Assert.False(_state.Reaches("acct_2"));
        Assert.True(_state.Reaches(null));
        Assert.Equal("stripe-account-revoked", Refusal(StripeAccount.Decide(_state, new ConnectStripeAccount("acct_1", At))));
        Connect("acct_2");
        Review("acct_1", Ready);
        Assert.True(_state.Reaches("acct_1"));
        Assert.Equal("acct_2", _state.Current);
    }

    private void Connect(string account) => Take(StripeAccount.Decide(_state, new ConnectStripeAccount(account, At)));

    private void Review(string account, StripeAccountStanding standing) =>
        Take(StripeAccount.Decide(_state, new ReviewStripeAccount(account, standing, At)));

    private void Take(Decision<StripeAccountEvent> decision) =>
        _state = Assert.IsType<Decision<StripeAccountEvent>.Accepted>(decision).Events.Aggregate(_state, StripeAccount.Evolve);

    private static string? Refusal(Decision<StripeAccountEvent> decision) =>
        (decision as Decision<StripeAccountEvent>.Rejected)?.Rejection.Code;
}

using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Access;

/// <summary>A practice, its members and their tokens. The stream is <c>business-{id}</c>.</summary>
public static partial class Business
{
    public static readonly StreamType<BusinessState, BusinessEvent> Stream =
        new("business", new BusinessState.NotOpened(), Evolve);

    public static BusinessState Evolve(BusinessState state, BusinessEvent @event) => (state, @event) switch
    {
        (_, BusinessOpened e) => new BusinessState.Open(
            e.BusinessId, e.Name, [], null, null, e.TimeZone, Currency.Of(e.Currency), InvoicingPolicy.Default,
            ImmutableDictionary<Guid, Member>.Empty, ImmutableDictionary<Guid, AccessToken>.Empty, e),
        (BusinessState.Open open, BusinessDescribed e) =>
            open with { Name = e.Name, AddressLines = e.AddressLines ?? [], Email = e.Email, TaxId = e.TaxId },
        (BusinessState.Open open, BusinessMoved e) => open with { TimeZone = e.TimeZone },
        (BusinessState.Open open, InvoicingPolicySet e) => open with
        {
            Invoicing = new InvoicingPolicy(
                e.NumberPrefix, e.PaymentTermsDays, e.Rounding, e.CreditNotePrefix, e.AppliesCredit ?? false),
        },
        (BusinessState.Open open, TimekeepingPolicySet e) =>
            open with
            {
                Timekeeping = new TimekeepingPolicy(
                    e.WhileRunning, e.ForgottenAfterSeconds, e.CapSeconds, e.WhenForgotten ?? TimekeepingPolicy.Warn),
            },
        (BusinessState.Open open, LateFeePolicySet e) => open with { LateFees = PolicyOf(e) },
        (BusinessState.Open open, SalesTaxPolicySet e) => open with { SalesTax = PolicyOf(e) },
        (BusinessState.Open open, EInvoicingSet e) => open with { EInvoicing = e.Seller },
        (BusinessState.Open open, AccentColourChosen e) => open with { Look = open.Look with { AccentColour = e.Colour } },
        (BusinessState.Open open, LogoPlaced e) => open with { Look = open.Look with { Logo = e.Logo } },
        (BusinessState.Open open, LogoTakenOff) => open with { Look = open.Look with { Logo = null } },
        (BusinessState.Open open, PeriodLocked e) => open with { LockedThrough = e.Through },
        (BusinessState.Open open, MemberAdded e) => open with
        {
            Members = open.Members.SetItem(e.MemberId, new Member(e.MemberId, e.Name, e.Role, e.TimeZone, IsActive: true)),
        },
        (BusinessState.Open open, MemberMoved e) => With(open, e.MemberId, member => member with { TimeZone = e.TimeZone }),
        (BusinessState.Open open, MemberLeft e) => With(open, e.MemberId, member => member with { IsActive = false }),
        (BusinessState.Open open, AccessTokenIssued e) => open with
        {
            Tokens = open.Tokens.SetItem(e.TokenId, new AccessToken(
                e.TokenId, e.MemberId, e.TokenHash, e.Label, e.IssuedAt, e.ExpiresAt, RevokedAt: null,
                TokenScopes.Stored(e.Scopes))),
        },
        (BusinessState.Open open, AccessTokenRevoked e) => open with
        {
            Tokens = open.Tokens.SetItem(e.TokenId, open.Tokens[e.TokenId] with { RevokedAt = e.RevokedAt }),
        },
        (BusinessState.Open open, BusinessRateCardSet or AssistantCostSet or PracticeSurchargesSet) =>
            open with { Rates = Evolve(open.Rates, @event) },
        (BusinessState.Open open, IdentityLinked e) => Link(open, e),
        (BusinessState.Open open, IdentityUnlinked e) => Unlink(open, e),
        (BusinessState.Open open, RatesShown e) => With(open, e.MemberId, member => member with { SeesRates = true }),
        (BusinessState.Open open, RatesHidden e) => With(open, e.MemberId, member => member with { SeesRates = false }),
        _ => throw new UnreachableException(),
    };

    private static PracticeRates Evolve(PracticeRates rates, BusinessEvent @event) => @event switch
    {
        BusinessRateCardSet e => rates with
        {
            Cards = rates.Cards.Add(new RateCard(
                e.CardId, e.AssistantId, new Money(e.PerHourMinor, Currency.Of(e.Currency)), e.ValidFrom,
                e.ValidUntilExclusive, e.Task, e.TierSeconds,
                e.AbovePerHourMinor is { } above ? new Money(above, Currency.Of(e.Currency)) : null)),
        },
        AssistantCostSet e => rates with
        {
            CostCards = rates.CostCards.Add(new CostCard(
                e.CardId, e.AssistantId, new Money(e.PerHourMinor, Currency.Of(e.Currency)), e.ValidFrom,
                e.ValidUntilExclusive)),
        },
        PracticeSurchargesSet e => rates with
        {
            Surcharges = rates.Surcharges.Add(new SurchargeSet(e.Rules, e.Combine, e.ValidFrom)),
        },
        _ => throw new UnreachableException(),
    };

    private static BusinessState.Open With(BusinessState.Open open, Guid memberId, Func<Member, Member> change) => open with
    {
        Members = open.Members.SetItem(memberId, change(open.Members[memberId])),
    };
}

using System.Diagnostics;
using static Billing.Domain.Payments.CollectionEvent;

namespace Billing.Domain.Payments;

/// <summary>
/// What a client agreed to have collected, and the method that it is collected from. When an invoice is charged is decided
/// by <see cref="CollectionStart"/>.
/// </summary>
public static class Collection
{
    /// <summary>Of the texts that clients agree to. Other words are another version.</summary>
    public const string TextVersion = "2026-11";

    public static readonly StreamType<CollectionState, CollectionEvent> Stream = new("collection", CollectionState.None, Evolve);

    public static CollectionState Evolve(CollectionState state, CollectionEvent @event) => @event switch
    {
        CollectionOffered e => state with { Offered = e.CollectsOn, IsOff = false },
        CollectionTurnedOff => state with { IsOff = true },
        StripeCustomerMade e => state with { Customer = new StripeCustomer(e.CustomerId, e.Account) },
        CollectionAgreed e => state with
        {
            Consents = state.Consents.Add(new Consent(
                e.PaymentId, e.CollectsOn, e.TextVersion, e.Language, e.How, e.AgreedAt, WithdrawnAt: null, Method: null)),
        },
        CollectionWithdrawn e => Each(state, consent => consent.Stands ? consent with { WithdrawnAt = e.WithdrawnAt } : consent),
        PaymentMethodSaved e => Save(state, e),
        PaymentMethodGone e => Each(state, consent => consent.Method?.PaymentMethodId == e.PaymentMethodId
            ? consent with { Method = consent.Method with { Gone = e.Why } }
            : consent),
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>collects-on-unknown</c>.</summary>
    public static Decision<CollectionEvent> Decide(CollectionState state, OfferCollection command)
    {
        if (!CollectsOn.All.Contains(command.CollectsOn))
        {
            return new Rejection("collects-on-unknown", $"collectsOn is one of {string.Join(", ", CollectsOn.All)}.", "/collectsOn",
                RejectionKind.Invalid);
        }
        return state is { IsOff: false } && state.Offered == command.CollectsOn
            ? Decision<CollectionEvent>.AlreadyDone
            : new CollectionOffered(command.CollectsOn, command.At);
    }

    public static Decision<CollectionEvent> Decide(CollectionState state, TurnCollectionOff command) =>
        state.IsOff ? Decision<CollectionEvent>.AlreadyDone : new CollectionTurnedOff(command.At);

    /// <summary>Another customer takes the place of one that Stripe has no longer, or that another account has.</summary>
    public static Decision<CollectionEvent> Decide(CollectionState state, NoteCustomer command) =>
        state.Customer == new StripeCustomer(command.CustomerId, command.Account)
            ? Decision<CollectionEvent>.AlreadyDone
            : new StripeCustomerMade(command.CustomerId, command.Account, command.At);

    /// <summary>Refuses: <c>collection-not-offered</c>, <c>consent-text-outdated</c>.</summary>
    public static Decision<CollectionEvent> Decide(CollectionState state, AgreeCollection command)
    {
        if (state.IsOff)
            return new Rejection("collection-not-offered", "This practice collects nothing from this client by itself.");
        var shown = command.Shown;
        if (shown.TextVersion != TextVersion || shown.CollectsOn != state.Offered)
            return new Rejection("consent-text-outdated", "The text has changed since the page was opened. Open it again and read it.");
        return state.Consents.Exists(consent => consent.Stands && consent.PaymentId == command.PaymentId)
            ? Decision<CollectionEvent>.AlreadyDone
            : new CollectionAgreed(
                command.PaymentId, shown.CollectsOn, shown.TextVersion, shown.Language, shown.How, command.At);
    }

    public static Decision<CollectionEvent> Decide(CollectionState state, WithdrawCollection command) =>
        state.Agreement is null ? Decision<CollectionEvent>.AlreadyDone : new CollectionWithdrawn(command.How, command.At);

    /// <summary>Once for each attempt, also where the agreement was taken back meanwhile: what Stripe keeps must be known, to be
    /// forgotten. Refuses: <c>collection-not-agreed</c>.</summary>
    public static Decision<CollectionEvent> Decide(CollectionState state, SaveMethod command)
    {
        var method = command.Method;
        return state.Consents.FindLast(consent => consent.PaymentId == command.PaymentId) switch
        {
            null => NotAgreed,
            { Method: not null } => Decision<CollectionEvent>.AlreadyDone,
            _ => new PaymentMethodSaved(
                command.PaymentId, method.PaymentMethodId, method.Account, method.Kind, method.Brand, method.LastFour,
                method.ExpiresMonth, method.ExpiresYear, method.SavedAt),
        };
    }

    /// <summary>One that is not known, or gone already, changes nothing.</summary>
    public static Decision<CollectionEvent> Decide(CollectionState state, LoseMethod command) =>
        state.Consents.Exists(consent => consent.Method is { Gone: null } method && method.PaymentMethodId == command.PaymentMethodId)
            ? new PaymentMethodGone(command.PaymentMethodId, command.Why, command.At)
            : Decision<CollectionEvent>.AlreadyDone;

    internal static Rejection NotAgreed { get; } =
        new("collection-not-agreed", "The client has not agreed that invoices are collected by themselves.");

    private static CollectionState Each(CollectionState state, Func<Consent, Consent> change) =>
        state with { Consents = state.Consents.ConvertAll(change) };

    private static CollectionState Save(CollectionState state, PaymentMethodSaved e)
    {
        var at = state.Consents.FindLastIndex(consent => consent.PaymentId == e.PaymentId);
        if (at < 0) return state;
        var method = new SavedMethod(
            e.PaymentMethodId, e.Account, e.Kind, e.Brand, e.LastFour, e.ExpiresMonth, e.ExpiresYear, e.SavedAt, Gone: null);
        return state with { Consents = state.Consents.SetItem(at, state.Consents[at] with { Method = method }) };
    }
}

using NodaTime;

namespace Billing.Domain.Payments;

/// <param name="CollectsOn">One of <see cref="Payments.CollectsOn"/>.</param>
public sealed record OfferCollection(string CollectsOn, Instant At);

public sealed record TurnCollectionOff(Instant At);

public sealed record NoteCustomer(string CustomerId, string? Account, Instant At);

/// <summary>The client agrees, with the click that begins a payment.</summary>
public sealed record AgreeCollection(Guid PaymentId, ShownConsent Shown, Instant At);

/// <summary>The text that the client saw.</summary>
/// <param name="How">One of <see cref="ConsentWays"/>.</param>
public sealed record ShownConsent(string CollectsOn, string TextVersion, string Language, string How);

public sealed record WithdrawCollection(string How, Instant At);

/// <param name="PaymentId">The attempt under which the client agreed.</param>
public sealed record SaveMethod(Guid PaymentId, SavedMethod Method);

/// <param name="Why">One of <see cref="MethodGone"/>.</param>
public sealed record LoseMethod(string PaymentMethodId, string Why, Instant At);

/// <summary>Charges what is open on an invoice to the saved method, if it is time.</summary>
/// <param name="PaymentId">Of the attempt; it is Stripe's idempotency key too.</param>
/// <param name="Today">In the practice's time zone.</param>
/// <param name="Account">The practice's account at Stripe; null for the installation's.</param>
public sealed record CollectInvoice(Guid PaymentId, Guid InvoiceId, LocalDate Today, string? Account, Instant At);

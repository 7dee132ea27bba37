using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>What one client and the practice agreed on invoices being collected without the client doing anything.</summary>
public abstract record CollectionEvent
{
    private CollectionEvent() { }

    /// <summary>The client may agree from now on. It also lifts a <see cref="CollectionTurnedOff"/>.</summary>
    /// <param name="CollectsOn">One of <see cref="Payments.CollectsOn"/>; what was agreed before stays as it was.</param>
    public sealed record CollectionOffered(string CollectsOn, Instant OfferedAt) : CollectionEvent;

    /// <summary>The practice collects nothing by itself and asks for no agreement until it offers it again.</summary>
    public sealed record CollectionTurnedOff(Instant TurnedOffAt) : CollectionEvent;

    /// <summary>A customer at Stripe that stands for the client.</summary>
    /// <param name="Account">The practice's own account at Stripe; null for the installation's.</param>
    public sealed record StripeCustomerMade(string CustomerId, string? Account, Instant MadeAt) : CollectionEvent;

    /// <summary>The client agreed to the text that was shown, and is about to pay in a way that keeps the method.</summary>
    /// <param name="PaymentId">The attempt whose checkout keeps it.</param>
    /// <param name="CollectsOn">What the text said.</param>
    /// <param name="TextVersion">Which text; the texts of a version never change.</param>
    /// <param name="Language">ISO 639-1 code of the language in which it was shown.</param>
    /// <param name="How">One of <see cref="ConsentWays"/>.</param>
    public sealed record CollectionAgreed(
        Guid PaymentId, string CollectsOn, string TextVersion, string Language, string How, Instant AgreedAt) : CollectionEvent;

    /// <summary>The client takes all agreement back.</summary>
    /// <param name="How">One of <see cref="ConsentWays"/>.</param>
    public sealed record CollectionWithdrawn(string How, Instant WithdrawnAt) : CollectionEvent;

    /// <summary>The checkout was paid, and Stripe keeps the method. What it tells of it is nothing that is secret.</summary>
    /// <param name="PaymentId">The attempt under which the client agreed.</param>
    /// <param name="Kind">Stripe's type, such as <c>card</c> or <c>us_bank_account</c>.</param>
    /// <param name="Brand">Of a card its brand, of a bank account the bank, where Stripe names it.</param>
    /// <param name="ExpiresMonth">Of a card, 1 to 12.</param>
    public sealed record PaymentMethodSaved(
        Guid PaymentId, string PaymentMethodId, string? Account, string Kind, string? Brand, string? LastFour, int? ExpiresMonth,
        int? ExpiresYear, Instant SavedAt) : CollectionEvent;

    /// <summary>Stripe has it no longer, whoever took it away.</summary>
    /// <param name="Why">One of <see cref="MethodGone"/>.</param>
    public sealed record PaymentMethodGone(string PaymentMethodId, string Why, Instant GoneAt) : CollectionEvent;
}

/// <summary>On which day of an invoice its amount is collected.</summary>
public static class CollectsOn
{
    /// <summary>On the day on which it is due.</summary>
    public const string Due = "due";

    /// <summary>On the day on which it is finalised.</summary>
    public const string Finalized = "finalized";

    public static IReadOnlyList<string> All { get; } = [Due, Finalized];
}

/// <summary>How an agreement is given or taken back.</summary>
public static class ConsentWays
{
    /// <summary>By the client, on the page of an invoice that was shared with them.</summary>
    public const string SharePage = "share-page";
}

/// <summary>Why a saved method cannot be used any more.</summary>
public static class MethodGone
{
    public const string Detached = "detached";
    public const string CustomerDeleted = "customer-deleted";

    /// <summary>Taken away by us, since the client took the agreement back.</summary>
    public const string Forgotten = "forgotten";
}

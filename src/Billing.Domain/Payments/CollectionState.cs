using System.Collections.Immutable;
using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>How one client's invoices are collected.</summary>
/// <param name="Customer">The client at Stripe; null until one is needed.</param>
/// <param name="Offered">What the client is offered to agree to, one of <see cref="Payments.CollectsOn"/>.</param>
/// <param name="IsOff">The practice turned it off.</param>
/// <param name="Consents">Every agreement there was, in the order in which they were given.</param>
public sealed record CollectionState(StripeCustomer? Customer, string Offered, bool IsOff, ImmutableList<Consent> Consents)
{
    public static CollectionState None { get; } = new(Customer: null, CollectsOn.Due, IsOff: false, []);

    /// <summary>What the client agrees to now; null where nothing is.</summary>
    public Consent? Agreement => Consents.LastOrDefault(consent => consent.Stands);

    /// <summary>Since when the client agrees without a break: invoices of before are not collected.</summary>
    public Instant? Since => Consents.FirstOrDefault(consent => consent.Stands)?.AgreedAt;

    /// <summary>The method that is charged: the last that was saved under an agreement that stands.</summary>
    /// <param name="account">The practice's account at Stripe; what another account keeps is of no use.</param>
    public SavedMethod? MethodIn(string? account) => Consents
        .LastOrDefault(consent => consent is { Stands: true, Method.Gone: null } && consent.Method.Account == account)?.Method;

    /// <summary>The last method that was saved, of use or not; null where none was.</summary>
    public SavedMethod? LastMethod => Consents.LastOrDefault(consent => consent.Method is not null)?.Method;

    /// <summary>What Stripe still keeps although the client took the agreement back.</summary>
    public IEnumerable<SavedMethod> ToForget => Consents
        .Where(consent => consent is { Stands: false, Method.Gone: null }).Select(consent => consent.Method!);

    /// <summary>One of <see cref="CollectionStatus"/>.</summary>
    /// <param name="account">The practice's account at Stripe, into which invoices would be collected.</param>
    public string StatusIn(string? account) => this switch
    {
        { IsOff: true } => CollectionStatus.Off,
        { Agreement: null } => Consents.IsEmpty ? CollectionStatus.NotAgreed : CollectionStatus.Withdrawn,
        _ when MethodIn(account) is not null => CollectionStatus.Active,
        { LastMethod: null } => CollectionStatus.Agreed,
        _ => CollectionStatus.MethodGone,
    };
}

public sealed record StripeCustomer(string CustomerId, string? Account);

/// <param name="PaymentId">The attempt whose checkout keeps the method.</param>
/// <param name="Method">Null until it is saved.</param>
public sealed record Consent(
    Guid PaymentId, string CollectsOn, string TextVersion, string Language, string How, Instant AgreedAt, Instant? WithdrawnAt,
    SavedMethod? Method)
{
    public bool Stands => WithdrawnAt is null;
}

/// <param name="Gone">One of <see cref="MethodGone"/>; null while Stripe has it.</param>
public sealed record SavedMethod(
    string PaymentMethodId, string? Account, string Kind, string? Brand, string? LastFour, int? ExpiresMonth, int? ExpiresYear,
    Instant SavedAt, string? Gone);

/// <summary>How collecting from a client stands.</summary>
public static class CollectionStatus
{
    public const string NotAgreed = "not-agreed";

    /// <summary>The client agreed, and no method is saved yet.</summary>
    public const string Agreed = "agreed";

    /// <summary>Invoices are collected.</summary>
    public const string Active = "active";

    /// <summary>The client agrees, but the method is there no longer, or in an account of before: another is saved at a checkout.</summary>
    public const string MethodGone = "method-gone";

    public const string Withdrawn = "withdrawn";

    /// <summary>The practice turned it off.</summary>
    public const string Off = "off";
}

using Billing.Domain.EInvoicing;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Access;

/// <summary>What happens to a practice as such: its profile, its policies, its members and their tokens.</summary>
public abstract record BusinessEvent
{
    private BusinessEvent() { }

    /// <param name="TimeZone">IANA name; days, weeks and tax quarters of the practice are counted in it.</param>
    /// <param name="Currency">ISO 4217 code of its books and its taxes.</param>
    public sealed record BusinessOpened(
        Guid BusinessId, [property: Confidential] string? Name, string TimeZone, string Currency, Instant OpenedAt) : BusinessEvent;

    /// <summary>Who the practice is, as it stands on invoices from now on.</summary>
    public sealed record BusinessDescribed(
        [property: Confidential] string? Name, [property: Confidential] IReadOnlyList<string>? AddressLines,
        [property: Confidential] string? Email, [property: Confidential] string? TaxId, Instant DescribedAt) : BusinessEvent;

    public sealed record BusinessMoved(string TimeZone, Instant MovedAt) : BusinessEvent;

    /// <param name="NumberPrefix">Invoices are numbered <c>{prefix}-{year}-{sequence}</c>.</param>
    /// <param name="AppliesCredit">Whether invoices are paid from the client's credit when they are finalised; null for no.</param>
    public sealed record InvoicingPolicySet(
        string NumberPrefix, int PaymentTermsDays, RoundingPolicy Rounding, Instant SetAt,
        string? CreditNotePrefix = null, bool? AppliesCredit = null) : BusinessEvent;

    /// <param name="WhileRunning">What starting a timer does while another runs: stop-first or refuse.</param>
    /// <param name="ForgottenAfterSeconds">A timer that runs for so long counts as forgotten.</param>
    /// <param name="CapSeconds">What a forgotten timer is cut to, or proposed to be cut to.</param>
    /// <param name="WhenForgotten">cap, or null for a warning alone.</param>
    public sealed record TimekeepingPolicySet(
        string WhileRunning, long ForgottenAfterSeconds, long CapSeconds, Instant SetAt,
        string? WhenForgotten = null) : BusinessEvent;

    /// <summary>The books are closed up to a day. The lock moves forwards and backwards, each time for a reason.</summary>
    /// <param name="Through">The last day that is closed.</param>
    public sealed record PeriodLocked(
        LocalDate Through, [property: Confidential] string? Reason, Instant LockedAt) : BusinessEvent;

    /// <param name="Role">owner, assistant or bookkeeper.</param>
    /// <param name="TimeZone">IANA name; the member's weeks and timers are counted in it.</param>
    public sealed record MemberAdded(
        Guid MemberId, [property: Confidential] string? Name, string Role, string TimeZone, Instant AddedAt) : BusinessEvent;

    /// <summary>The member works in another zone from now on; what was clocked before stays on its days.</summary>
    /// <param name="TimeZone">IANA name.</param>
    public sealed record MemberMoved(Guid MemberId, string TimeZone, Instant MovedAt) : BusinessEvent;

    public sealed record MemberLeft(Guid MemberId, Instant LeftAt) : BusinessEvent;

    /// <param name="TokenHash">SHA-256 of the token, lower-case hexadecimal. The token itself is shown once and not kept.</param>
    /// <param name="Scopes">What it may do, as <see cref="TokenScopes.Text"/> has it; null for all that the member's role may.</param>
    public sealed record AccessTokenIssued(
        Guid TokenId, Guid MemberId, string TokenHash, string? Label, Instant IssuedAt, Instant? ExpiresAt,
        string? Scopes = null) : BusinessEvent;

    public sealed record AccessTokenRevoked(Guid TokenId, Instant RevokedAt) : BusinessEvent;

    /// <summary>The member comes in by that identity of an identity provider, too.</summary>
    /// <param name="IdentityHash">SHA-256 of issuer and subject, lower-case hexadecimal: by it the identity is found.</param>
    public sealed record IdentityLinked(
        Guid LinkId, Guid MemberId, string IdentityHash, [property: Confidential] string? Issuer, [property: Confidential] string? Subject,
        Instant LinkedAt) : BusinessEvent;

    public sealed record IdentityUnlinked(Guid LinkId, Instant UnlinkedAt) : BusinessEvent;

    /// <summary>What an hour costs wherever no client or engagement has a card of its own.</summary>
    /// <param name="AssistantId">Whom the card is for; null for everyone.</param>
    /// <param name="PerHourMinor">Minor units of <paramref name="Currency"/>; for clients of another it does not
    /// apply.</param>
    /// <param name="Task">The one task that it is for; null for any.</param>
    /// <param name="TierSeconds">So much time of a month is at the rate, the rest at
    /// <paramref name="AbovePerHourMinor"/>; null where all time costs the same.</param>
    public sealed record BusinessRateCardSet(
        Guid CardId, Guid? AssistantId, string Currency, long PerHourMinor, LocalDate ValidFrom,
        LocalDate? ValidUntilExclusive, string? Task, long? TierSeconds, long? AbovePerHourMinor, Instant SetAt) : BusinessEvent;

    /// <summary>What the practice pays an assistant for an hour of any work.</summary>
    public sealed record AssistantCostSet(
        Guid CardId, Guid AssistantId, long PerHourMinor, string Currency, LocalDate ValidFrom,
        LocalDate? ValidUntilExclusive, Instant SetAt) : BusinessEvent;

    /// <summary>All surcharges of the practice from a day on; an engagement may have its own instead.</summary>
    /// <param name="Combine">highest or sum.</param>
    public sealed record PracticeSurchargesSet(
        IReadOnlyList<SurchargeRule> Rules, string Combine, LocalDate ValidFrom, Instant SetAt) : BusinessEvent;

    /// <summary>What is charged to clients who pay late, from now on.</summary>
    /// <param name="Kind">flat, percentage, proportional or none.</param>
    /// <param name="Per">once or month.</param>
    public sealed record LateFeePolicySet(
        string Kind, string Currency, long? AmountMinor, int? BasisPoints, int GraceDays, string Per, long? CapMinor,
        Instant SetAt) : BusinessEvent;

    /// <summary>How sales tax is charged from now on; invoices that are finalised already stay as they are.</summary>
    /// <param name="Default">Null where none is charged any more.</param>
    /// <param name="Basis">Null where it is owed when it is invoiced.</param>
    /// <param name="TaxesDeposits">Null, as false, where the invoices that deposits pay are taxed, and deposits are not.</param>
    public sealed record SalesTaxPolicySet(
        string? Name, bool PricesInclude, TaxTreatment? Default, IReadOnlyList<TaxException> Exceptions,
        [property: Confidential] string? VatId, [property: Confidential] string? TaxNumber, Instant SetAt,
        bool? TaxesDeposits = null, string? Basis = null) : BusinessEvent;

    /// <summary>What electronic invoices say of the practice from now on.</summary>
    public sealed record EInvoicingSet([property: Confidential] EInvoiceSeller? Seller, Instant SetAt) : BusinessEvent;

    /// <summary>In which colour documents are set from now on.</summary>
    /// <param name="Colour"><c>#RRGGBB</c>; null for the usual one.</param>
    public sealed record AccentColourChosen(string? Colour, Instant ChosenAt) : BusinessEvent;

    /// <summary>The logo that documents bear from now on; the file itself lies beside the books.</summary>
    public sealed record LogoPlaced(LogoFile Logo, Instant PlacedAt) : BusinessEvent;

    public sealed record LogoTakenOff(Instant TakenOffAt) : BusinessEvent;

    /// <summary>The assistant may see what work costs.</summary>
    public sealed record RatesShown(Guid MemberId, Instant ShownAt) : BusinessEvent;

    public sealed record RatesHidden(Guid MemberId, Instant HiddenAt) : BusinessEvent;
}

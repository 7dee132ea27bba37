using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Quotes;

/// <summary>What happens to a quote.</summary>
public abstract record QuoteEvent
{
    private QuoteEvent() { }

    /// <param name="LineDescriptions">One for each line.</param>
    /// <param name="ValidUntil">The last day on which it can be accepted.</param>
    public sealed record QuoteDrafted(
        Guid QuoteId, Guid ClientId, string Currency, [property: Confidential] string? Title, IReadOnlyList<QuoteLine> Lines,
        [property: Confidential] IReadOnlyList<string>? LineDescriptions, LocalDate ValidUntil, [property: Confidential] string? Note,
        Instant DraftedAt) : QuoteEvent;

    /// <summary>It says something else, in full. Of a quote that was sent this begins the next revision, to be sent again.</summary>
    public sealed record QuoteRevised(
        [property: Confidential] string? Title, IReadOnlyList<QuoteLine> Lines,
        [property: Confidential] IReadOnlyList<string>? LineDescriptions, LocalDate ValidUntil, [property: Confidential] string? Note,
        Instant RevisedAt) : QuoteEvent;

    /// <summary>The revision as it stands goes to the client, for good: it never changes.</summary>
    /// <param name="Number">The same for every revision.</param>
    /// <param name="Revision">1, 2, 3 …</param>
    public sealed record QuoteSent(
        string Number, int Revision, LocalDate SentOn, [property: Confidential] QuoteParties? Parties, Instant SentAt) : QuoteEvent
    {
        /// <summary>How its document looks; null for the plain look.</summary>
        public PracticeLook? Look { get; init; }
    }

    /// <summary>An unguessable link to the quote was made.</summary>
    /// <param name="TokenHash">SHA-256 of the link's secret, lower-case hexadecimal.</param>
    public sealed record QuoteShared(Guid LinkId, string TokenHash, Instant SharedAt) : QuoteEvent;

    public sealed record QuoteShareRevoked(Guid LinkId, Instant RevokedAt) : QuoteEvent;

    /// <param name="LinkId">By whose bearer it was accepted; null where the practice noted it.</param>
    /// <param name="AcceptedBy">Who said so.</param>
    /// <param name="Options">Numbers of the optional lines that were taken.</param>
    /// <param name="TotalMinor">What was agreed: the lines that are not optional, and those.</param>
    public sealed record QuoteAccepted(
        int Revision, Guid? LinkId, [property: Confidential] string? AcceptedBy, IReadOnlyList<int> Options, long TotalMinor,
        LocalDate AcceptedOn, Instant AcceptedAt) : QuoteEvent;

    /// <param name="LinkId">By whose bearer it was declined; null where the practice noted it.</param>
    public sealed record QuoteDeclined(
        int Revision, Guid? LinkId, [property: Confidential] string? Reason, LocalDate DeclinedOn, Instant DeclinedAt) : QuoteEvent;

    /// <summary>What the accepted quote became, made in the same append.</summary>
    /// <param name="EngagementId">The agreed work; null where it became an invoice alone.</param>
    /// <param name="InvoiceId">The draft over its lines, or of its deposit; null where there is none.</param>
    /// <param name="RetainerId">What a deposit funds; null where there is none.</param>
    public sealed record QuoteTurned(Guid? EngagementId, Guid? InvoiceId, Guid? RetainerId, Instant TurnedAt) : QuoteEvent;
}

/// <param name="QuantityThousandths">Thousandths of one.</param>
/// <param name="AmountMinor">Quantity times price, rounded once, half away from zero.</param>
/// <param name="IsOptional">Whether the client chooses it, or it belongs to the whole.</param>
public sealed record QuoteLine(int LineNumber, long QuantityThousandths, long UnitPriceMinor, long AmountMinor, bool IsOptional);

/// <summary>Names and addresses as they were when it was sent.</summary>
public sealed record QuoteParties(PartyTexts Seller, PartyTexts Client);

using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Banking;

/// <summary>What happens to one amount that came into the practice's bank account.</summary>
public abstract record BankLineEvent
{
    private BankLineEvent() { }

    /// <param name="LineId">Follows from what the statement says, so that reading it again brings nothing new.</param>
    /// <param name="Account">As the statement names it: an IBAN or a number.</param>
    /// <param name="BookedOn">The bank's day.</param>
    /// <param name="BankReference">The bank's own id of the entry; null where the file has none.</param>
    public sealed record BankLineImported(
        Guid LineId, [property: Confidential] string? Account, LocalDate BookedOn, long AmountMinor, string Currency,
        [property: Confidential] string? Payer, [property: Confidential] string? Text,
        [property: Confidential] string? BankReference, Instant ImportedAt) : BankLineEvent;

    /// <param name="PaymentIds">The payments that the amount is, in the order in which it was shared out.</param>
    public sealed record BankLineMatched(IReadOnlyList<Guid> PaymentIds, Instant MatchedAt) : BankLineEvent;

    /// <summary>It pays no invoice.</summary>
    public sealed record BankLineSetAside([property: Confidential] string? Reason, Instant SetAsideAt) : BankLineEvent;

    /// <summary>Setting it aside was a slip.</summary>
    public sealed record BankLineTakenUp(Instant TakenUpAt) : BankLineEvent;
}

using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Banking;

/// <summary>What an incoming amount might pay.</summary>
/// <param name="InvoiceIds">One invoice, or all open ones of a client that come to the amount, the oldest first.</param>
/// <param name="Confidence">One of <see cref="MatchConfidence"/>.</param>
/// <param name="Reasons">One or more of <see cref="MatchReason"/>.</param>
public sealed record MatchProposal(IReadOnlyList<Guid> InvoiceIds, string Confidence, IReadOnlyList<string> Reasons);

/// <summary>An invoice that waits for money.</summary>
public sealed record OpenInvoice(Guid InvoiceId, Guid ClientId, string Number, string? ClientName, Money Open, LocalDate IssuedOn);

public static class MatchConfidence
{
    /// <summary>The text names the invoice and the amount is what is open on it.</summary>
    public const string Certain = "certain";

    /// <summary>Two things speak for it, or the text names the invoice and the amount differs.</summary>
    public const string Likely = "likely";

    /// <summary>One thing speaks for it.</summary>
    public const string Possible = "possible";
}

public static class MatchReason
{
    public const string NumberInText = "number-in-text";
    public const string AmountIsOpen = "amount-is-open";
    public const string AmountIsAllOpen = "amount-is-all-open";
    public const string PayerIsClient = "payer-is-client";
}

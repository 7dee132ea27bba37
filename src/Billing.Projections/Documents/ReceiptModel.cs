using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Documents;

/// <summary>The receipt for one payment as it is printed, in the client's language.</summary>
public sealed record ReceiptModel
{
    public required DocumentLanguage Language { get; init; }
    public required Party Seller { get; init; }
    public required Party Client { get; init; }

    /// <summary>Of the invoice that was paid.</summary>
    public required string InvoiceNumber { get; init; }

    public required LocalDate InvoiceIssuedOn { get; init; }
    public required LocalDate ReceivedOn { get; init; }

    /// <summary>How it came, in words.</summary>
    public required string Method { get; init; }

    /// <summary>What the payer or the bank called it; null for nothing.</summary>
    public string? Reference { get; init; }

    /// <summary>All that came.</summary>
    public required Money Amount { get; init; }

    /// <summary>What of it went onto the invoice.</summary>
    public required Money Applied { get; init; }

    /// <summary>What of it was kept as the client's credit.</summary>
    public required Money Credit { get; init; }

    /// <summary>What was open on the invoice right after it.</summary>
    public required Money LeftOpen { get; init; }

    /// <summary>What went back since, or came again, by day.</summary>
    public IReadOnlyList<ReceiptMovementModel> Movements { get; init; } = [];

    public DocumentStyle Style { get; init; } = new();
}

/// <param name="What">In words.</param>
/// <param name="Amount">Negative where it went back to the client.</param>
public sealed record ReceiptMovementModel(LocalDate On, string What, Money Amount);

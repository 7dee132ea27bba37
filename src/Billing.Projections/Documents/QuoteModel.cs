using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Documents;

/// <summary>A quote as it is printed, in the client's language. Nothing is added up here.</summary>
public sealed record QuoteModel
{
    public required DocumentLanguage Language { get; init; }
    public required Party Seller { get; init; }
    public required Party Client { get; init; }

    /// <summary>With the revision from the second on, such as <c>Q-2026-0007/2</c>.</summary>
    public required string Number { get; init; }

    public required string Title { get; init; }
    public required LocalDate SentOn { get; init; }

    /// <summary>The last day.</summary>
    public required LocalDate ValidUntil { get; init; }

    public required IReadOnlyList<QuoteLineModel> Lines { get; init; }

    /// <summary>Without the optional lines.</summary>
    public required Money Total { get; init; }

    public string? Note { get; init; }
    public DocumentStyle Style { get; init; } = new();
}

/// <param name="Quantity">In the invariant form, such as <c>2.5</c>.</param>
public sealed record QuoteLineModel(string Description, string Quantity, Money UnitPrice, Money Amount, bool IsOptional)
{
    public string QuantityIn(DocumentLanguage language) =>
        Quantity.Replace(".", language.DecimalSeparator, StringComparison.Ordinal);
}

using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Documents;

/// <summary>One payment of estimated tax, as whoever makes it needs to know it.</summary>
public sealed record VoucherModel
{
    public DocumentLanguage Language { get; init; } = DocumentLanguage.Of(null);

    /// <summary>Whose tax it is.</summary>
    public required string Practice { get; init; }

    public required int TaxYear { get; init; }

    /// <summary>1 to 4.</summary>
    public required int Quarter { get; init; }

    /// <summary>To whom it is paid.</summary>
    public required string Payee { get; init; }

    /// <summary>The form that it belongs to, such as <c>Form 1040-ES</c>.</summary>
    public required string Form { get; init; }

    /// <summary>In whole dollars; nothing where nothing is left to pay of it.</summary>
    public required Money Amount { get; init; }

    /// <summary>The last day to pay on time.</summary>
    public required LocalDate DueOn { get; init; }

    /// <summary>The voucher knows what was known on this day.</summary>
    public required LocalDate AsOf { get; init; }

    /// <summary>How it stands, in a sentence.</summary>
    public required string Standing { get; init; }

    public required IReadOnlyList<string> HowToPay { get; init; }

    /// <summary>Payments that were named for this quarter.</summary>
    public required IReadOnlyList<TaxPaymentModel> Payments { get; init; }

    public DocumentStyle Style { get; init; } = new();
}

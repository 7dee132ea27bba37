using Billing.Domain.Taxes.UsFederal;
using NodaTime;

namespace Billing.Domain.Taxes.Germany;

/// <summary>What the books and the person say about one German tax year, as known on a day. Amounts are euros.</summary>
public sealed record GermanFacts
{
    /// <summary>Receipts, expenses and payments after it do not count yet.</summary>
    public required LocalDate AsOf { get; init; }

    /// <summary>How the profit of the books goes on until the end of the year.</summary>
    public required ProfitProjection Projection { get; init; }

    /// <summary>Money received without VAT, on the day it was received; a refund is negative.</summary>
    public IReadOnlyList<Receipt> Receipts { get; init; } = [];

    /// <summary>VAT that clients paid, on the day it was received; negative where it was given back.</summary>
    public IReadOnlyList<Receipt> VatReceived { get; init; } = [];

    /// <summary>Business expenses with the VAT in them, on the day they were paid.</summary>
    public IReadOnlyList<BusinessExpense> Expenses { get; init; } = [];

    /// <summary>VAT paid to the tax office; negative for what it paid back.</summary>
    public IReadOnlyList<Receipt> VatPaid { get; init; } = [];

    /// <summary>Prepayments of income tax for this year, solidarity surcharge and church tax included.</summary>
    public IReadOnlyList<EstimatedPayment> Payments { get; init; } = [];

    public GermanPerson Person { get; init; } = new();
}

/// <summary>What the books cannot know about the person. Amounts are euros for the whole year.</summary>
public sealed record GermanPerson
{
    /// <summary>Whether a couple is assessed together.</summary>
    public bool IsJoint { get; init; }

    /// <summary>Other taxable income of both, after what goes off it.</summary>
    public decimal OtherIncome { get; init; }

    /// <summary>Special expenses and allowances: pension, health and care insurance, church tax paid, gifts, children.</summary>
    public decimal Deductions { get; init; }

    /// <summary>Wage tax withheld, with solidarity surcharge and church tax.</summary>
    public decimal Withheld { get; init; }

    public ChurchTaxPlace Church { get; init; }

    /// <summary>Whether the business is a trade, which pays trade tax on more than a free profit.</summary>
    public bool IsTrade { get; init; }

    /// <summary>What the office has set for each of the four dates; null while it has set nothing.</summary>
    public IReadOnlyList<decimal>? SetPrepayments { get; init; }
}

/// <summary>Whether and where somebody pays church tax.</summary>
public enum ChurchTaxPlace
{
    None,
    BavariaOrBadenWurttemberg,
    Elsewhere,
}

using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using Billing.Projections.Mailing;
using NodaTime;

namespace Billing.Api.Invoicing;

/// <param name="Lines">Frozen once finalised; what they would say now on a draft.</param>
/// <param name="Preview">Of a draft: its sums, or why it could not be finalised as it is.</param>
public sealed record InvoiceDetail(InvoiceView Invoice, IReadOnlyList<LineDetail> Lines, PreviewView? Preview)
{
    /// <summary>Sales tax by category and rate; empty where nothing is said of it.</summary>
    public IReadOnlyList<TaxDetail> Taxes { get; init; } = [];

    /// <summary>What of deposits that were taxed when they came pays it; empty for nothing.</summary>
    public IReadOnlyList<DepositDetail> Deposits { get; init; } = [];

    /// <summary>What is taken off, as the draft has it or had it.</summary>
    public IReadOnlyList<InvoiceDiscount> Discounts { get; init; } = [];

    /// <summary>In which parts a draft is to be paid; those of a finalised invoice stand on it.</summary>
    public IReadOnlyList<PlannedInstalment> PlannedInstalments { get; init; } = [];

    /// <summary>Credit of the client that pays it, or did.</summary>
    public IReadOnlyList<CreditDetail> Credit { get; init; } = [];

    /// <summary>Every mail about it, the failed ones and those that came back too.</summary>
    public IReadOnlyList<MailView> Mails { get; init; } = [];
}

/// <param name="Amount">Null for a share.</param>
/// <param name="BasisPoints">Of what is to be paid; null for an amount.</param>
public sealed record PlannedInstalment(LocalDate DueOn, Money? Amount, int? BasisPoints)
{
    public static IReadOnlyList<PlannedInstalment> Of(InvoiceState draft, Currency currency) =>
    [
        .. ((draft as InvoiceState.WorkDraft)?.Facts.Instalments ?? (draft as InvoiceState.DepositDraft)?.Facts.Instalments ?? [])
            .Select(term => new PlannedInstalment(
                term.DueOn, term.AmountMinor is { } minor ? new Money(minor, currency) : null, term.BasisPoints)),
    ];
}

/// <param name="Id">Of the command that applied it.</param>
/// <param name="InvoiceId">The invoice that the credit stands on.</param>
/// <param name="CreditNoteId">The credit note of that; null for what its payments brought too much.</param>
/// <param name="Applied">What was applied at first.</param>
/// <param name="Amount">What of it still pays this invoice.</param>
public sealed record CreditDetail(
    Guid Id, Guid InvoiceId, Guid? CreditNoteId, LocalDate AppliedOn, Money Applied, Money Amount)
{
    public static IReadOnlyList<CreditDetail> Of(IssuedInvoice invoice) =>
    [
        .. invoice.AppliedCredits.Select(credit => new CreditDetail(
            credit.ApplicationId, credit.Source.InvoiceId, credit.Source.CreditNoteId, credit.AppliedOn,
            new Money(credit.AppliedMinor, invoice.Currency), new Money(credit.AmountMinor, invoice.Currency))),
    ];
}

/// <summary>What an invoice would say now.</summary>
/// <param name="Refusal">Why there can be none as things are, such as a day without a rate; null where there can.</param>
public sealed record PreviewView(
    Money Total, Money RetainerApplied, Money Due, IReadOnlyList<LineDetail> Lines, string? RefusalCode, string? Refusal)
{
    /// <summary>Sales tax by category and rate; empty where nothing is said of it.</summary>
    public IReadOnlyList<TaxDetail> Taxes { get; init; } = [];

    /// <summary>What of deposits that were taxed when they came would pay it; empty for nothing.</summary>
    public IReadOnlyList<DepositDetail> Deposits { get; init; } = [];

    /// <summary>What is worth a look before it is sent; null where nothing is.</summary>
    public IReadOnlyList<PreviewWarning>? Warnings { get; init; }

    public static PreviewView Of(InvoiceComputation computation, Currency currency) => computation switch
    {
        InvoiceComputation.Computed c => new PreviewView(
            new Money(c.TotalMinor, currency), new Money(c.RetainerAppliedMinor, currency),
            new Money(c.TotalMinor - c.RetainerAppliedMinor, currency), LineDetail.Of(c.Lines, c.LineDescriptions, currency), null, null)
        {
            Taxes = TaxDetail.Of(c.Tax, currency),
            Deposits = DepositDetail.Of(c.Deposits, currency),
        },
        InvoiceComputation.Refused refused => new PreviewView(
            Money.Zero(currency), Money.Zero(currency), Money.Zero(currency), [], refused.Rejection.Code, refused.Rejection.Detail),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <param name="Category">As in UNTDID 5305.</param>
/// <param name="HundredThousandths">The rate: 19000 is 19 %.</param>
/// <param name="Reason">The legal text; null for the usual one of the document's language.</param>
public sealed record TaxDetail(string Category, int HundredThousandths, Money Taxable, Money Tax, string? Reason)
{
    public static IReadOnlyList<TaxDetail> Of(InvoiceTax? tax, Currency currency) =>
    [
        .. (tax?.Parts ?? []).Select(part => new TaxDetail(
            part.Category, part.HundredThousandths, new Money(part.TaxableMinor, currency), new Money(part.TaxMinor, currency),
            part.Reason)),
    ];
}

/// <param name="InvoiceId">The deposit.</param>
/// <param name="Net">What of it is deducted, without the tax that was charged with it.</param>
public sealed record DepositDetail(Guid InvoiceId, string Number, string Category, int HundredThousandths, Money Net, Money Tax)
{
    public static IReadOnlyList<DepositDetail> Of(IReadOnlyList<DeductedDeposit>? deposits, Currency currency) =>
    [
        .. (deposits ?? []).Select(deposit => new DepositDetail(
            deposit.InvoiceId, deposit.Number, deposit.Category, deposit.HundredThousandths, new Money(deposit.NetMinor, currency),
            new Money(deposit.TaxMinor, currency))),
    ];
}

/// <param name="ExpenseId">What it is about.</param>
public sealed record PreviewWarning(string Code, string Text, Guid ExpenseId);

/// <param name="PerHour">Without surcharges; 0 under a fixed fee.</param>
/// <param name="SurchargeTenThousandths">What surcharges add to it, in ten-thousandths of a minor unit; null for none.</param>
/// <param name="Rounding">The engagement's own policy; null where the invoice's holds.</param>
/// <param name="MinimumSeconds">An entry is billed as at least so long; null where there is no minimum.</param>
/// <param name="Period">Under a cap: what the cap is for.</param>
/// <param name="MarkUp">What of an expense's amount is mark-up; null where none was said.</param>
/// <param name="CoveredBy">The retainer of hours that covers the line.</param>
/// <param name="BeyondOf">The retainer of hours that the line goes beyond.</param>
public sealed record LineDetail(
    int LineNumber, string Kind, string? Description, Guid? EngagementId, long? QuantitySeconds, Money? PerHour, Money Amount,
    IReadOnlyList<HoursDetail> Hours, Guid? ExpenseId, long? SurchargeTenThousandths, string? Surcharge, RoundingPolicy? Rounding,
    int? MinimumSeconds, string? Period, Money? MarkUp, Guid? CoveredBy, Guid? BeyondOf)
{
    /// <summary>How it is taxed, or of a line of tax, what it taxes; null where nothing is said of tax.</summary>
    public string? TaxCategory { get; init; }

    public int? TaxHundredThousandths { get; init; }

    /// <summary>Where prices include the tax: quantity times price; the amount is without the tax then.</summary>
    public Money? Inclusive { get; init; }

    public static IReadOnlyList<LineDetail> Of(
        IReadOnlyList<InvoiceLine> lines, IReadOnlyList<string>? descriptions, Currency currency) =>
    [
        .. lines.Select(line => new LineDetail(
            line.LineNumber, line.Kind, descriptions?[line.LineNumber - 1], line.EngagementId, line.QuantitySeconds,
            line.PerHourMinor is { } rate ? new Money(rate, currency) : null, new Money(line.AmountMinor, currency),
            [
                .. line.Hours.Select(h => new HoursDetail(
                    h.EntryId, h.AssistantId, h.WorkedOn, h.WorkedSeconds, h.BilledSeconds, h.RateCardId)),
            ],
            line.ExpenseId, line.SurchargeTenThousandths, line.Surcharge, line.Rounding, line.MinimumSeconds, line.Period,
            line.MarkUpMinor is { } markUp ? new Money(markUp, currency) : null, line.CoveredBy, line.BeyondOf)
        {
            TaxCategory = line.TaxCategory,
            TaxHundredThousandths = line.TaxHundredThousandths,
            Inclusive = line.InclusiveMinor is { } inclusive ? new Money(inclusive, currency) : null,
        }),
    ];
}

/// <param name="RateCardId">Which card priced it.</param>
public sealed record HoursDetail(
    Guid EntryId, Guid AssistantId, LocalDate WorkedOn, long WorkedSeconds, long BilledSeconds, Guid RateCardId);

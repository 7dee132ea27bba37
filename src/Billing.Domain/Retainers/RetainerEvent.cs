using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Retainers;

public abstract record RetainerEvent
{
    private RetainerEvent() { }

    /// <summary>Without terms it is prepaid money: paid deposit invoices fund it, finalised invoices draw it down.</summary>
    /// <param name="EngagementIds">Whose work may draw on it; empty for all of the client's.</param>
    public sealed record RetainerAgreed(
        Guid RetainerId, Guid ClientId, string Currency, [property: Confidential] string? Name, IReadOnlyList<Guid> EngagementIds,
        Instant AgreedAt) : RetainerEvent;

    /// <summary>A lot: what one payment of a deposit invoice put in.</summary>
    /// <param name="AmountMinor">The whole payment, its tax among it.</param>
    /// <param name="Tax">Sales tax on it; null where the invoices that it pays are taxed.</param>
    public sealed record RetainerFunded(
        Guid LotId, Guid InvoiceId, Guid PaymentId, long AmountMinor, LocalDate FundedOn, LotTax? Tax = null) : RetainerEvent;

    /// <param name="Lots">How much came out of each lot, oldest first; they sum to the amount.</param>
    public sealed record RetainerDrawn(
        Guid InvoiceId, long AmountMinor, IReadOnlyList<LotDraw> Lots, LocalDate DrawnOn) : RetainerEvent;

    /// <summary>The invoice was voided; what it drew is back in the lots it came from.</summary>
    public sealed record RetainerDrawReversed(
        Guid InvoiceId, long AmountMinor, IReadOnlyList<LotDraw> Lots, LocalDate ReversedOn) : RetainerEvent;

    /// <summary>Terms that hold from a day on; those before hold until then.</summary>
    public sealed record RetainerTermsSet(LocalDate From, RetainerTerms Terms, Instant SetAt) : RetainerEvent;

    /// <summary>A block of hours was bought.</summary>
    public sealed record RetainerHoursBought(Guid LotId, long Seconds, long PriceMinor, LocalDate BoughtOn) : RetainerEvent
    {
        /// <summary>The deposit that asks for the price; null where it is asked for in another way, or costs nothing.</summary>
        public Guid? InvoiceId { get; init; }

        /// <summary>One of <see cref="Retainers.HoursCount"/>; null for at once.</summary>
        public string? HoursCount { get; init; }
    }

    /// <summary>What was left of blocks lasts longer, as the terms of that day say.</summary>
    public sealed record RetainerRenewed(Guid RenewalId, LocalDate RenewedOn) : RetainerEvent;

    /// <summary>Work beyond the cap was approved for one period, whether it is done or to be done.</summary>
    /// <param name="Quantity">Seconds or minor units; null for all of it.</param>
    public sealed record RetainerOverageApproved(
        Guid ApprovalId, LocalDate ApprovedOn, long? Quantity, [property: Confidential] string? Note,
        Instant ApprovedAt) : RetainerEvent
    {
        /// <summary>A day of the period that it is for; null for the period in which it was given.</summary>
        public LocalDate? PeriodDay { get; init; }
    }

    /// <summary>A deposit was asked for to fill it up; it counts once it is paid.</summary>
    public sealed record RetainerTopUpRequested(Guid InvoiceId, long AmountMinor, LocalDate RequestedOn) : RetainerEvent;

    /// <summary>A deposit that asks for the fees of some periods was drafted.</summary>
    /// <param name="PeriodsFrom">The first day of each of them.</param>
    public sealed record RetainerFeeRequested(
        Guid InvoiceId, IReadOnlyList<LocalDate> PeriodsFrom, long AmountMinor, Instant RequestedAt) : RetainerEvent;

    /// <summary>What was left is to be given back.</summary>
    public sealed record RetainerRefunded(
        Guid RefundId, IReadOnlyList<LotRefund> Lots, LocalDate RefundedOn) : RetainerEvent;

    /// <summary>And went out, by hand.</summary>
    /// <param name="Method">One of <see cref="Payments.PaymentMethods"/>.</param>
    /// <param name="Deposits">Of which deposits it came; they sum to what was refunded.</param>
    public sealed record RetainerRefundSettled(
        Guid RefundId, string Method, LocalDate SettledOn, [property: Confidential] string? Reference,
        IReadOnlyList<DepositRefund> Deposits, Instant SettledAt) : RetainerEvent;

    /// <summary>What a payment had put in went back to the client, by a refund or a dispute, or is credited to the client. What was
    /// drawn stays drawn, so that a lot can hold less than nothing after a refund.</summary>
    /// <param name="MovementId">Of the refund or dispute, or the credit note.</param>
    public sealed record RetainerFundingTakenBack(
        Guid MovementId, IReadOnlyList<LotDraw> Lots, LocalDate TakenBackOn) : RetainerEvent;

    /// <summary>A finalised invoice used hours.</summary>
    public sealed record RetainerHoursDrawn(Guid InvoiceId, IReadOnlyList<HoursUse> Uses, LocalDate DrawnOn) : RetainerEvent;

    /// <summary>The invoice was voided; the hours that it used are back where they came from.</summary>
    public sealed record RetainerHoursReversed(Guid InvoiceId, long Seconds, LocalDate ReversedOn) : RetainerEvent;

    /// <summary>Nothing is granted after the last day, and no work of later days is covered.</summary>
    public sealed record RetainerClosed(LocalDate LastDay, Instant ClosedAt) : RetainerEvent;
}

/// <param name="TaxMinor">What of the amount was taxed with the deposit already; null where the lot bears no tax.</param>
public sealed record LotDraw(Guid LotId, long AmountMinor, long? TaxMinor = null);

/// <summary>Sales tax in what a deposit's payment put in.</summary>
/// <param name="InvoiceNumber">Of the deposit, as invoices that deduct it name it.</param>
/// <param name="Category">One of <see cref="SalesTax.TaxCategory"/>.</param>
/// <param name="HundredThousandths">The rate: 19 000 is 19 %.</param>
public sealed record LotTax(string InvoiceNumber, string Category, int HundredThousandths, long TaxMinor);

/// <param name="Quantity">Seconds or minor units, as the retainer counts.</param>
/// <param name="AmountMinor">What is given back for it.</param>
public sealed record LotRefund(Guid LotId, long Quantity, long AmountMinor);

/// <param name="InvoiceId">The deposit invoice that brought it.</param>
public sealed record DepositRefund(Guid InvoiceId, long AmountMinor);

/// <param name="WorkedOn">Day of the work.</param>
/// <param name="LotId">Null for what went beyond the lots.</param>
/// <param name="How">One of <see cref="UseOf"/>.</param>
/// <param name="ValueMinor">What it costs at its engagement's rate.</param>
public sealed record HoursUse(LocalDate WorkedOn, Guid? LotId, long Seconds, string How, long ValueMinor)
{
    /// <summary>What surcharges add to the retainer's own rate for it; null for nothing.</summary>
    public long? SurchargeMinor { get; init; }
}

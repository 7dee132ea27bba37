using Billing.Domain.Access;
using Billing.Domain.EInvoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Invoicing;

public abstract partial record InvoiceEvent
{
    private InvoiceEvent() { }

    /// <summary>A selection over unbilled work. It holds no amounts: those are computed until it is finalised.</summary>
    /// <param name="RetainerId">Which retainer is drawn on, as far as it reaches; null for none.</param>
    public sealed record InvoiceDrafted(
        Guid InvoiceId, Guid ClientId, string Currency, IReadOnlyList<SelectedTime> Time, IReadOnlyList<Guid> ExpenseIds,
        Guid? RetainerId, LocalDate Through, [property: Confidential] string? Note, Instant DraftedAt) : InvoiceEvent
    {
        /// <summary>All that are drawn on, where they are several or were not named; null for the one alone.</summary>
        public IReadOnlyList<Guid>? RetainerIds { get; init; }

        /// <summary>The client's number for what was ordered; null for none.</summary>
        public string? PurchaseOrder { get; init; }

        /// <summary>What is taken off, in the order in which it is; null for nothing.</summary>
        public IReadOnlyList<InvoiceDiscount>? Discounts { get; init; }

        /// <summary>Agreed amounts besides, such as those of a quote or of a period; null for none.</summary>
        public IReadOnlyList<AgreedFee>? Fees { get; init; }

        /// <summary>One for each of them.</summary>
        [Confidential]
        public IReadOnlyList<string>? FeeDescriptions { get; init; }

        /// <summary>In which parts it is to be paid; null for all at once.</summary>
        public IReadOnlyList<InstalmentTerm>? Instalments { get; init; }
    }

    /// <summary>A draft that asks for money ahead of work, to fund a retainer when it is paid.</summary>
    public sealed record DepositDrafted(
        Guid InvoiceId, Guid ClientId, string Currency, Guid RetainerId, long AmountMinor,
        [property: Confidential] string? Note, Instant DraftedAt) : InvoiceEvent
    {
        /// <summary>The client's number for what was ordered; null for none.</summary>
        public string? PurchaseOrder { get; init; }

        /// <summary>How it is taxed; null where it says nothing of that, and follows the practice.</summary>
        public DepositTax? Tax { get; init; }

        /// <summary>In which parts it is to be paid; null for all at once.</summary>
        public IReadOnlyList<InstalmentTerm>? Instalments { get; init; }
    }

    /// <summary>What a draft says beside its work, in full: what is left out is taken away.</summary>
    public sealed record DraftDescribed(
        string? PurchaseOrder, [property: Confidential] string? Note, IReadOnlyList<InvoiceDiscount> Discounts,
        Instant DescribedAt) : InvoiceEvent
    {
        /// <summary>In which parts it is to be paid; null for all at once.</summary>
        public IReadOnlyList<InstalmentTerm>? Instalments { get; init; }
    }

    /// <summary>These retainers are drawn on, and no others.</summary>
    public sealed record RetainersChosen(IReadOnlyList<Guid> RetainerIds, Instant ChosenAt) : InvoiceEvent;

    public sealed record DraftDiscarded(Instant DiscardedAt) : InvoiceEvent;

    /// <summary>The invoice as it stands for good: nothing in it ever changes.</summary>
    /// <param name="Kind">work or deposit.</param>
    /// <param name="TotalMinor">Sum of the lines, those of tax among them: what the client owes before retainers.</param>
    /// <param name="RetainerId">The retainer that a deposit funds, or that work draws on; of several, the first.</param>
    /// <param name="RetainerAppliedMinor">Part of the total that retainers of money paid, at once.</param>
    /// <param name="Texts">Names, addresses and descriptions as they were when it was finalised.</param>
    public sealed record InvoiceFinalized(
        Guid InvoiceId, Guid ClientId, string Kind, string Number, string Currency, LocalDate IssuedOn, LocalDate DueOn,
        IReadOnlyList<InvoiceLine> Lines, long TotalMinor, Guid? RetainerId, long RetainerAppliedMinor,
        long? RetainerBalanceAfterMinor, RoundingPolicy Rounding, IReadOnlyList<SelectedTime> Time,
        IReadOnlyList<Guid> ExpenseIds, [property: Confidential] InvoiceTexts? Texts, Instant FinalizedAt) : InvoiceEvent
    {
        /// <summary>What each retainer did; null where one of money did it all.</summary>
        public IReadOnlyList<RetainerPart>? Retainers { get; init; }

        /// <summary>The invoice that it stands in for, or adds a difference to; null for all others.</summary>
        public Guid? CorrectsInvoiceId { get; init; }

        /// <summary>Sales tax; null where nothing is said of it.</summary>
        public InvoiceTax? Tax { get; init; }

        /// <summary>What is taken off, as the draft had it; null for nothing.</summary>
        public IReadOnlyList<InvoiceDiscount>? Discounts { get; init; }

        /// <summary>The client's number for what was ordered; null for none.</summary>
        public string? PurchaseOrder { get; init; }

        /// <summary>ISO 639-1 code of its documents' language; null for the default.</summary>
        public string? Language { get; init; }

        /// <summary>What electronic invoices say of both sides beside their names; null where nothing is said.</summary>
        [Confidential]
        public EInvoiceParties? EInvoice { get; init; }

        /// <summary>How its documents look; null for the plain look.</summary>
        public PracticeLook? Look { get; init; }

        /// <summary>What of deposits that were taxed when they came pays this invoice; null where nothing does.</summary>
        public IReadOnlyList<DeductedDeposit>? Deposits { get; init; }

        /// <summary>What of the total the client's credit paid at once, by events of the same append; null for nothing.</summary>
        public long? CreditAppliedMinor { get; init; }

        /// <summary>In which parts what retainers do not pay is to be paid, by their days; null for all of it by the due day, which is
        /// the last part's otherwise.</summary>
        public IReadOnlyList<Instalment>? Instalments { get; init; }

        /// <summary>The program that issued it, under a number of its own; null where it was issued here.</summary>
        public string? BroughtFrom { get; init; }

        /// <summary>What was to be paid when it was issued.</summary>
        public long DueMinor() => TotalMinor - RetainerAppliedMinor - (CreditAppliedMinor ?? 0);

        /// <summary>What of the total is tax.</summary>
        public long TaxMinor() => Tax?.TaxMinor() ?? 0;

        /// <summary>What of the tax was charged with deposits already.</summary>
        public long DepositTaxMinor() => Deposits?.Sum(deposit => deposit.TaxMinor) ?? 0;

        /// <summary>What turns from income into tax by it: what retainers pay of its tax and did not bear with their deposits. Below
        /// zero where the deposits bore more.</summary>
        public long TurnedTaxMinor() => RetainerTaxMinor() - DepositTaxMinor();

        /// <summary>What of the tax retainers of money paid.</summary>
        public long RetainerTaxMinor() => Lines.Where(line => line.Kind == LineKind.Tax).Sum(line => line.RetainerAppliedMinor);
    }

    /// <summary>An unguessable link to the invoice was made.</summary>
    /// <param name="TokenHash">SHA-256 of the link's secret, lower-case hexadecimal.</param>
    public sealed record InvoiceShared(Guid LinkId, string TokenHash, Instant SharedAt) : InvoiceEvent
    {
        /// <summary>Whether the link also opens the client's other invoices and statements; null for no.</summary>
        public bool? OpensAccount { get; init; }
    }

    public sealed record ShareRevoked(Guid LinkId, Instant RevokedAt) : InvoiceEvent;

    /// <summary>A mail with the invoice was taken by the mail server.</summary>
    public sealed record InvoiceSent(Guid MailId, Instant SentAt) : InvoiceEvent;

    /// <summary>The client looked at the invoice for the first time.</summary>
    public sealed record InvoiceViewed(Guid LinkId, Instant ViewedAt) : InvoiceEvent;

    /// <summary>The one open checkout attempt of the invoice; a new one replaces it.</summary>
    /// <param name="CollectionNumber">The how manieth charge to a kept method it is, from 1; null for a checkout.</param>
    public sealed record CheckoutAttempted(Guid PaymentId, long AmountMinor, Instant AttemptedAt, int? CollectionNumber = null)
        : InvoiceEvent;

    public sealed record CheckoutClosed(Guid PaymentId, Instant ClosedAt) : InvoiceEvent;

    /// <param name="AmountMinor">How much of the payment went onto this invoice, at most what was open.</param>
    public sealed record PaymentApplied(Guid PaymentId, long AmountMinor, LocalDate ReceivedOn) : InvoiceEvent;

    /// <summary>It bills nothing any more; its number stays taken, its work is released.</summary>
    public sealed record InvoiceVoided(string Reason, LocalDate VoidedOn, Instant VoidedAt) : InvoiceEvent;

    /// <summary>What its work would cost now is not billed after all; a further difference is proposed again.</summary>
    /// <param name="Fingerprint">Of the difference that was dropped; lower-case hexadecimal.</param>
    public sealed record RebillDropped(string Fingerprint, Instant DroppedAt) : InvoiceEvent;
}

/// <summary>Entries of one timesheet.</summary>
/// <param name="Timesheet">Name of the timesheet's stream.</param>
public sealed record SelectedTime(string Timesheet, IReadOnlyList<Guid> EntryIds);

/// <summary>An amount that was agreed for something other than time.</summary>
/// <param name="AmountMinor">More than zero.</param>
/// <param name="EngagementId">The engagement that it belongs to; null for none.</param>
public sealed record AgreedFee(long AmountMinor, Guid? EngagementId);

/// <param name="Kind">time, expense, deposit, fixed-fee, fee, cap, discount, correction, late-fee or tax.</param>
/// <param name="QuantitySeconds">Billed time of a time line; null otherwise.</param>
/// <param name="PerHourMinor">Rate of a time line without surcharges, 0 under a fixed fee; null otherwise.</param>
/// <param name="AmountMinor">Quantity times price, rounded once, without the tax where prices include it; a cap's is negative.</param>
/// <param name="Hours">The work behind a time line; empty otherwise.</param>
/// <param name="RetainerAppliedMinor">What of the amount the retainer paid; over the lines it sums to the invoice's.</param>
/// <param name="SurchargeTenThousandths">What surcharges add to the rate, in ten-thousandths of a minor unit an hour; null
/// where none does.</param>
/// <param name="Surcharge">The surcharges in words, such as <c>evening +50 %</c>.</param>
/// <param name="Rounding">The engagement's own policy; null where the invoice's holds.</param>
/// <param name="MinimumSeconds">An entry is billed as at least so long; null where there is no minimum.</param>
/// <param name="MarkUpMinor">What of an expense's amount is mark-up; null where none was said.</param>
/// <param name="Period">Under a cap: what the cap is for, <c>once</c> or a month such as <c>2026-03</c>.</param>
public sealed record InvoiceLine(
    int LineNumber, string Kind, Guid? EngagementId, long? QuantitySeconds, long? PerHourMinor, long AmountMinor,
    IReadOnlyList<InvoiceHours> Hours, Guid? ExpenseId, long RetainerAppliedMinor = 0, long? SurchargeTenThousandths = null,
    string? Surcharge = null, RoundingPolicy? Rounding = null, int? MinimumSeconds = null, string? Period = null,
    long? MarkUpMinor = null)
{
    /// <summary>The retainer of hours that covers the line, so that it costs nothing more or its first tier's rate.</summary>
    public Guid? CoveredBy { get; init; }

    /// <summary>The retainer of hours that the line goes beyond.</summary>
    public Guid? BeyondOf { get; init; }

    /// <summary>One of <see cref="TaxCategory"/>: how the line is taxed, or of a line of tax, what it taxes. Null where nothing is
    /// said of tax.</summary>
    public string? TaxCategory { get; init; }

    /// <summary>The rate: 19 000 is 19 %. Null as the category.</summary>
    public int? TaxHundredThousandths { get; init; }

    /// <summary>Where prices include the tax: quantity times price, as it is printed; null otherwise.</summary>
    public long? InclusiveMinor { get; init; }

    /// <summary>Of a discount: which share is taken off; null where it is an amount.</summary>
    public int? DiscountBasisPoints { get; init; }

    /// <summary>What it has in common with the lines that it is taxed with.</summary>
    public TaxKey TaxedAs() => new(TaxCategory, TaxHundredThousandths);

    /// <summary>Whether it bears tax as another line does, or the tax that the other line is.</summary>
    internal bool IsTaxedAs(InvoiceLine other) => Kind != LineKind.Tax && TaxedAs() == other.TaxedAs();
}

/// <summary>What a draft takes off its lines: a share or an amount, of the whole or of what is billed for one thing.</summary>
/// <param name="AmountMinor">In the terms of the prices, so with the tax where they include it; null for a share.</param>
/// <param name="BasisPoints">1 to 10 000; null for an amount.</param>
/// <param name="EngagementId">Only off its work; null, as <paramref name="ExpenseId"/>, for the whole invoice.</param>
public sealed record InvoiceDiscount(long? AmountMinor, int? BasisPoints, Guid? EngagementId, Guid? ExpenseId);

/// <summary>What of one taxed deposit pays an invoice, and the tax that was charged on it when it came.</summary>
/// <param name="InvoiceId">Of the deposit.</param>
/// <param name="Category">One of <see cref="TaxCategory"/>.</param>
/// <param name="NetMinor">Without the tax.</param>
public sealed record DeductedDeposit(
    Guid InvoiceId, string Number, string Category, int HundredThousandths, long NetMinor, long TaxMinor)
{
    public TaxKey Key() => new(Category, HundredThousandths);
}

/// <summary>What one retainer did for an invoice.</summary>
/// <param name="AppliedMinor">Money that it paid.</param>
/// <param name="CoveredSeconds">Hours that it covered, those carried into the next period included.</param>
/// <param name="BeyondSeconds">Hours beyond it, which are billed.</param>
/// <param name="LeftAfter">What is left then, in minor units or seconds; below zero for hours that are owed.</param>
public sealed record RetainerPart(Guid RetainerId, long AppliedMinor, long CoveredSeconds, long BeyondSeconds, long LeftAfter);

/// <param name="WorkedSeconds">Raw time; of an entry with several prices, the part that is on this line.</param>
/// <param name="BilledSeconds">Time after the minimum of a visit and the rounding policy; under a policy per line or invoice
/// without a minimum it equals the raw time.</param>
/// <param name="RateCardId">Which card priced it; all zeros under a fixed fee, where none is needed.</param>
public sealed record InvoiceHours(
    Guid EntryId, Guid AssistantId, LocalDate WorkedOn, long WorkedSeconds, long BilledSeconds, Guid RateCardId);

/// <param name="LineDescriptions">One for each line, in order.</param>
/// <param name="HourNotes">One for each entry behind the lines, in the order of the lines and of their hours; may be empty.</param>
/// <param name="AssistantNames">Display name by assistant id, of everyone whose hours are shown.</param>
public sealed record InvoiceTexts(
    PartyTexts Seller, PartyTexts Client, IReadOnlyList<string> LineDescriptions, IReadOnlyList<string> HourNotes,
    IReadOnlyDictionary<Guid, string> AssistantNames, string? Note, string? RetainerName)
{
    /// <summary>By id, where several retainers are used; null for one alone.</summary>
    public IReadOnlyDictionary<Guid, string>? RetainerNames { get; init; }
}

public sealed record PartyTexts(string Name, IReadOnlyList<string> AddressLines, string? Email, string? TaxId)
{
    /// <summary>With its country's prefix; null for none.</summary>
    public string? VatId { get; init; }

    /// <summary>The seller's, by the local tax office; null for none.</summary>
    public string? TaxNumber { get; init; }
}

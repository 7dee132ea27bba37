using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Ledger;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

public abstract record InvoiceState
{
    private InvoiceState() { }

    public sealed record NotDrafted : InvoiceState;

    /// <summary>A selection of unbilled work.</summary>
    public sealed record WorkDraft(InvoiceDrafted Facts) : InvoiceState;

    /// <summary>A request for money ahead of work.</summary>
    public sealed record DepositDraft(DepositDrafted Facts) : InvoiceState;

    public sealed record Discarded(Guid InvoiceId) : InvoiceState;

    public sealed record Finalized(IssuedInvoice Invoice) : InvoiceState;

    public sealed record Voided(IssuedInvoice Invoice, string Reason, LocalDate VoidedOn) : InvoiceState;

    /// <summary>What was issued, voided since or not; null for a draft, a discarded one or none.</summary>
    public IssuedInvoice? Issued => this switch
    {
        Finalized finalized => finalized.Invoice,
        Voided voided => voided.Invoice,
        _ => null,
    };

    /// <summary>What is still to be paid, in minor units; 0 for anything that asks for no money.</summary>
    public long OpenMinor => this is Finalized finalized ? finalized.Invoice.BalanceMinor : 0;

    /// <summary>One of <see cref="InvoiceStatus"/>; null where there is no invoice.</summary>
    public string? Status => this switch
    {
        NotDrafted => null,
        WorkDraft or DepositDraft => InvoiceStatus.Draft,
        Discarded => InvoiceStatus.Discarded,
        Voided => InvoiceStatus.Voided,
        Finalized { Invoice.IsCredited: true } => InvoiceStatus.Credited,
        Finalized { Invoice.WrittenOff: not null } => InvoiceStatus.WrittenOff,
        Finalized { Invoice.BalanceMinor: 0 } => InvoiceStatus.Paid,
        Finalized { Invoice: var invoice } when invoice.PaidMinor + invoice.CreditAppliedMinor > 0 => InvoiceStatus.PartlyPaid,
        Finalized { Invoice.ViewedAt: not null } => InvoiceStatus.Viewed,
        Finalized { Invoice.SentAt: not null } => InvoiceStatus.Sent,
        Finalized => InvoiceStatus.Finalized,
        _ => throw new UnreachableException(),
    };
}

/// <summary>A finalised invoice: the frozen facts and what has happened to it since.</summary>
/// <param name="Links">Share links by id, the revoked ones too.</param>
/// <param name="Checkout">The one open attempt to pay online.</param>
/// <param name="Payments">What went onto it, by payment.</param>
public sealed record IssuedInvoice(
    InvoiceFinalized Facts, ImmutableDictionary<Guid, ShareLink> Links, OpenAttempt? Checkout,
    ImmutableDictionary<Guid, AppliedPayment> Payments)
{
    /// <summary>As it stands at first.</summary>
    internal static IssuedInvoice Of(InvoiceFinalized facts) => new(
        facts, ImmutableDictionary<Guid, ShareLink>.Empty, Checkout: null, ImmutableDictionary<Guid, AppliedPayment>.Empty);

    /// <summary>The charges to a kept method that were attempted, in their order.</summary>
    public ImmutableList<Guid> Collections { get; init; } = [];

    /// <summary>The retainers that its draft was to draw on, those that had nothing for it among them.</summary>
    public IReadOnlyList<Guid> ChosenRetainerIds { get; init; } = [];

    /// <summary>The differences that were not to be billed, by their fingerprints.</summary>
    public ImmutableHashSet<string> DroppedRebills { get; init; } = [];

    /// <summary>When it was first mailed; null until then.</summary>
    public Instant? SentAt { get; init; }

    /// <summary>The last mail with it that was taken.</summary>
    public Guid? LastMailId { get; init; }

    /// <summary>When the client first looked at it; null until then.</summary>
    public Instant? ViewedAt { get; init; }

    /// <summary>The differences that were billed, by their fingerprints.</summary>
    public ImmutableHashSet<string> AcceptedRebills { get; init; } = [];

    /// <summary>The last difference that was billed by delta: what the invoice and its corrections say together; null before.</summary>
    public RebillAccepted? Corrected { get; init; }

    /// <summary>What was given up of it; null while nothing was.</summary>
    public InvoiceWrittenOff? WrittenOff { get; init; }

    /// <summary>Late fees charged for it, by the invoices that charge them.</summary>
    public ImmutableDictionary<Guid, LateFeeCharged> LateFees { get; init; } = ImmutableDictionary<Guid, LateFeeCharged>.Empty;

    /// <summary>What was taken back of it, by credit note.</summary>
    public ImmutableDictionary<Guid, IssuedCreditNote> CreditNotes { get; init; } =
        ImmutableDictionary<Guid, IssuedCreditNote>.Empty;

    /// <summary>Refunds of credit notes that failed.</summary>
    public ImmutableList<FailedRefund> FailedRefunds { get; init; } = [];

    /// <summary>Its payments, credit notes, movements of payments, and credit that was applied or taken off, in the order in which they
    /// came. Two of them may have one id.</summary>
    public ImmutableList<CashSource> History { get; init; } = [];

    /// <summary>Credit that stood on this invoice and pays others, in the order in which it was used.</summary>
    public ImmutableList<CreditUse> CreditUses { get; init; } = [];

    /// <summary>Credit of the client that pays this invoice, in the order in which it was applied.</summary>
    public ImmutableList<AppliedCredit> AppliedCredits { get; init; } = [];

    public Currency Currency => Currency.Of(Facts.Currency);

    /// <summary>What payments brought beyond what was open when they came.</summary>
    public ImmutableDictionary<Guid, long> Overpayments { get; init; } = ImmutableDictionary<Guid, long>.Empty;

    /// <summary>What of its payments went back or came again, by step of a refund or dispute.</summary>
    public ImmutableDictionary<Guid, PaymentMovement> Movements { get; init; } = ImmutableDictionary<Guid, PaymentMovement>.Empty;

    /// <summary>Paid on it, less what went back.</summary>
    public long PaidMinor =>
        Payments.Values.Sum(payment => payment.AmountMinor) + Movements.Values.Sum(movement => movement.AppliedMinor);

    /// <summary>What of the client's credit came with payments of this invoice, did not go back, and pays no other invoice.</summary>
    public long OverpaidMinor => Overpayments.Values.Sum() + Movements.Values.Sum(movement => movement.CreditMinor) - UsedOf(null);

    /// <summary>Paid by the client's credit.</summary>
    public long CreditAppliedMinor => AppliedCredits.Sum(credit => credit.AmountMinor);

    /// <summary>What of a credit note's credit pays no other invoice yet.</summary>
    public long CreditLeftOf(IssuedCreditNote note) => note.Facts.ClientCreditMinor - UsedOf(note.Facts.CreditNoteId);

    /// <summary>What credit notes took off what was due; what they credit beyond it was paid before.</summary>
    public long ReducedMinor => CreditNotes.Values.Sum(note => note.Facts.ReducedMinor);

    /// <summary>Total − what was credited: what can still be credited.</summary>
    public long LeftMinor => Facts.TotalMinor - CreditNotes.Values.Sum(note => note.Facts.TotalMinor);

    /// <summary>What of that is sales tax.</summary>
    public long LeftTaxMinor => Facts.Lines.Where(line => line.Kind == LineKind.Tax)
        .Sum(line => line.AmountMinor - CreditedOf(line.LineNumber));

    /// <summary>All of it was taken back by credit notes.</summary>
    public bool IsCredited => !CreditNotes.IsEmpty && LeftMinor == 0;

    /// <summary>What credit notes took back of a line.</summary>
    public long CreditedOf(int lineNumber) => CreditNotes.Values
        .SelectMany(note => note.Facts.Lines).Where(line => line.LineNumber == lineNumber).Sum(line => line.AmountMinor);

    /// <summary>Total − retainer applied − payments and credit applied − what credit notes took off − what was written off.</summary>
    public long BalanceMinor =>
        Facts.TotalMinor - Facts.RetainerAppliedMinor - PaidMinor - CreditAppliedMinor - ReducedMinor - (WrittenOff?.AmountMinor ?? 0);

    /// <summary>An open attempt that asks for another amount than is open now, so that its session must be
    /// expired.</summary>
    public OpenAttempt? StaleCheckout => Checkout is { } open && !AsksFor(open.AmountMinor) ? open : null;

    /// <summary>The parts that it is paid in, and how they stand; one where there is no plan.</summary>
    public IReadOnlyList<DueInstalment> Instalments() => InstalmentPlan.Standing(
        Facts.Instalments ?? [new Instalment(Facts.DueOn, Facts.TotalMinor - Facts.RetainerAppliedMinor)], BalanceMinor);

    /// <summary>The first day by which something is due that is open; the last of all where nothing is.</summary>
    public LocalDate NextDueOn() => Instalments().FirstOrDefault(part => part.OpenMinor > 0)?.DueOn ?? Facts.DueOn;

    /// <summary>What is due on that day, or else the next instalment.</summary>
    public long NextDueMinor(LocalDate day)
    {
        var open = Instalments().Where(part => part.OpenMinor > 0).ToList();
        return open.Where(part => part.DueOn <= day).Sum(part => part.OpenMinor) is > 0 and var due
            ? due
            : open.FirstOrDefault()?.OpenMinor ?? 0;
    }

    /// <summary>Whether it is all that is open, or what is open of the next one or more instalments.</summary>
    public bool AsksFor(long amountMinor)
    {
        if (amountMinor <= 0) return false;
        var sum = 0L;
        foreach (var part in Instalments())
        {
            sum += part.OpenMinor;
            if (sum == amountMinor) return true;
        }
        return false;
    }

    private long UsedOf(Guid? creditNoteId) =>
        CreditUses.Where(use => use.CreditNoteId == creditNoteId).Sum(use => use.AmountMinor);
}

/// <param name="TokenHash">SHA-256 of the link's secret, lower-case hexadecimal.</param>
/// <param name="OpensAccount">Whether it also opens the client's other invoices and statements.</param>
public sealed record ShareLink(string TokenHash, bool IsRevoked, bool OpensAccount = false)
{
    /// <summary>Refuses: <c>token-hash-malformed</c>.</summary>
    internal static Rejection? RefuseHash(string tokenHash) => Sha256Text.IsOne(tokenHash)
        ? null
        : new Rejection(
            "token-hash-malformed", "A link's hash is 64 lower-case hexadecimal digits.", Kind: RejectionKind.Invalid);
}

public sealed record OpenAttempt(Guid PaymentId, long AmountMinor);

public sealed record AppliedPayment(long AmountMinor, LocalDate ReceivedOn);

/// <summary>Negative where money went back.</summary>
/// <param name="AppliedMinor">By how much it changed what is paid.</param>
/// <param name="CreditMinor">By how much it changed the client's credit.</param>
public sealed record PaymentMovement(Guid PaymentId, long AppliedMinor, long CreditMinor, LocalDate On);

/// <param name="Settled">When it was thought to be given back.</param>
public sealed record FailedRefund(RefundSettled Settled, RefundReturned Returned);

/// <summary>How an invoice stands, as derived from its events. Overdue is a matter of the day, so of whoever
/// asks.</summary>
public static class InvoiceStatus
{
    public const string Draft = "draft";
    public const string Discarded = "discarded";

    /// <summary>Issued, and nothing has been paid by the client yet.</summary>
    public const string Finalized = "finalized";

    /// <summary>Mailed to the client, who has not looked at it by its link yet.</summary>
    public const string Sent = "sent";

    /// <summary>The client has looked at it by its link.</summary>
    public const string Viewed = "viewed";

    public const string PartlyPaid = "partly-paid";

    /// <summary>Nothing is open: paid, covered by the retainer, or a total of zero.</summary>
    public const string Paid = "paid";

    /// <summary>All of it was taken back by credit notes.</summary>
    public const string Credited = "credited";

    /// <summary>What was open is given up.</summary>
    public const string WrittenOff = "written-off";

    public const string Voided = "voided";

    public static IReadOnlyList<string> All { get; } =
        [Draft, Discarded, Finalized, Sent, Viewed, PartlyPaid, Paid, Credited, WrittenOff, Voided];
}

/// <summary>What an invoice is for.</summary>
public static class InvoiceKind
{
    public const string Work = "work";
    public const string Deposit = "deposit";
}

/// <summary>What a line of an invoice is for.</summary>
public static class LineKind
{
    public const string Time = "time";
    public const string Expense = "expense";
    public const string Deposit = "deposit";

    /// <summary>What was agreed for the whole of an engagement; its time is on lines at no charge.</summary>
    public const string FixedFee = "fixed-fee";

    /// <summary>An agreed amount for something other than time, such as of a quote or for a period.</summary>
    public const string Fee = "fee";

    /// <summary>What the time lines come to beyond a cap, taken off again: a negative amount.</summary>
    public const string Cap = "cap";

    /// <summary>What lines of another invoice come to more, or less, than they said; less is a negative amount.</summary>
    public const string Correction = "correction";

    /// <summary>What is taken off lines that are taxed alike: a negative amount.</summary>
    public const string Discount = "discount";

    /// <summary>The sales tax on all lines of one category and rate.</summary>
    public const string Tax = "tax";

    /// <summary>For one period in which another invoice was not paid.</summary>
    public const string LateFee = "late-fee";
}

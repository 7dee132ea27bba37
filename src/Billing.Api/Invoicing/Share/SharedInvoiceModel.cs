using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Api.Invoicing.Share;

/// <summary>An invoice as its client sees it: the printed document, in its language, and how it stands today.</summary>
/// <param name="Status">paid, credited, closed, voided, overdue or open.</param>
/// <param name="Retainers">The client's, as they stand today.</param>
/// <param name="Message">What came of a click; null where nobody clicked.</param>
public sealed record SharedInvoiceModel(
    InvoiceModel Document, string Number, string Status, string StatusLabel, Money Open, Money Paid, bool CanPay,
    IReadOnlyList<SharedRetainer> Retainers, string PayPath, string PdfPath, string? Message)
{
    /// <summary>Beside the last sum.</summary>
    public required string OpenLabel { get; init; }

    /// <summary>What the client can pay now instead of all; null where that is all.</summary>
    public Money? PayNext { get; init; }

    /// <summary>None where it is due all at once.</summary>
    public IReadOnlyList<DueInstalment> Instalments { get; init; } = [];

    /// <summary>What the client's credit paid.</summary>
    public Money CreditApplied { get; init; }

    /// <summary>What credit notes took off what was due.</summary>
    public Money? Reduced { get; init; }

    /// <summary>What is charged without the client, or could be; null where nothing is to be said of it.</summary>
    public SharedCollection? Collection { get; init; }

    /// <summary>Of the client's account; null where the link opens this invoice alone.</summary>
    public string? AccountPath { get; init; }

    /// <summary>The client's other invoices, the newest first.</summary>
    public IReadOnlyList<SharedAccountInvoice> Others { get; init; } = [];

    /// <summary>Those of the invoice, in the order of their numbers.</summary>
    public IReadOnlyList<SharedCreditNote> CreditNotes { get; init; } = [];

    /// <summary>Where its logo is, if it bears one.</summary>
    public required string LogoPath { get; init; }

    /// <summary>What it was paid with, in the order in which it came.</summary>
    public IReadOnlyList<SharedPayment> Payments { get; init; } = [];

    /// <summary>A credit note in the same layout; null where the invoice has none with this number.</summary>
    /// <param name="path">Of the invoice.</param>
    public static SharedInvoiceModel? OfCreditNote(InvoiceState state, string number, string path)
    {
        if (CreditNoteEndpoints.Find(state, number) is not var (invoice, note)) return null;
        var document = PrintedCreditNote.Of(invoice, note);
        return new SharedInvoiceModel(
            document, number, "credited", document.Language.Word("page-credit-note"), document.Total, Money.Zero(document.Total.Currency),
            CanPay: false, [], path, $"{path}/credit-notes/{number}/credit-note.pdf", Message: null)
        {
            LogoPath = $"{path}/logo",
            OpenLabel = document.Words.Balance,
            CreditApplied = Money.Zero(document.Total.Currency),
        };
    }

    /// <param name="today">In the practice's zone.</param>
    public static SharedInvoiceModel Of(
        InvoiceState state, IReadOnlyList<SharedRetainer> retainers, LocalDate today, bool takesOnlinePayments, string path,
        string? message)
    {
        var issued = state.Issued ?? throw new ArgumentException("Only a finalised invoice is shared.", nameof(state));
        var facts = issued.Facts;
        var open = new Money(state.OpenMinor, issued.Currency);
        var language = DocumentLanguage.Of(facts.Language);
        var status = SharedStatus.Of(state.Status!, open, issued.NextDueOn(), today);
        return new SharedInvoiceModel(
            PrintedInvoice.Of(facts, isVoided: state is InvoiceState.Voided), facts.Number, status,
            language.Word($"status-{status}", ("day", language.Day(issued.NextDueOn()))), open,
            new Money(issued.PaidMinor, issued.Currency), takesOnlinePayments && open.IsPositive,
            retainers, $"{path}/pay", $"{path}/invoice.pdf", message)
        {
            LogoPath = $"{path}/logo",
            OpenLabel = language.Word("page-open"),
            PayNext = issued.NextDueMinor(today) is var next && next < state.OpenMinor ? new Money(next, issued.Currency) : null,
            Instalments = facts.Instalments is null || state is InvoiceState.Voided ? [] : issued.Instalments(),
            CreditApplied = new Money(issued.CreditAppliedMinor, issued.Currency),
            Reduced = issued.ReducedMinor == 0 ? null : new Money(issued.ReducedMinor, issued.Currency),
            Payments = SharedPayment.Of(issued, path),
            CreditNotes =
            [
                .. issued.CreditNotes.Values.Select(note => note.Facts).OrderBy(note => note.Number, StringComparer.Ordinal)
                    .Select(note => new SharedCreditNote(
                        note.Number, new Money(note.TotalMinor, issued.Currency), $"{path}/credit-notes/{note.Number}")),
            ],
        };
    }
}

/// <param name="Path">Of its own page.</param>
public sealed record SharedCreditNote(string Number, Money Total, string Path);

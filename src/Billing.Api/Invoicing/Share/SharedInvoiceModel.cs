using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Api.Invoicing.Share;

/// <summary>An invoice as its client sees it: the printed document and how it stands today.</summary>
/// <param name="Status">paid, voided, overdue or open.</param>
/// <param name="Retainers">The client's, as they stand today.</param>
/// <param name="Message">What came of a click; null where nobody clicked.</param>
public sealed record SharedInvoiceModel(
    InvoiceModel Document, string Number, string Status, string StatusLabel, Money Open, Money Paid, bool CanPay,
    IReadOnlyList<SharedRetainer> Retainers, string PayPath, string PdfPath, string? Message)
{
    /// <param name="today">In the practice's zone.</param>
    public static SharedInvoiceModel Of(
        InvoiceState state, IReadOnlyList<SharedRetainer> retainers, LocalDate today, bool takesOnlinePayments, string path,
        string? message)
    {
        var issued = state.Issued ?? throw new ArgumentException("Only a finalised invoice is shared.", nameof(state));
        var facts = issued.Facts;
        var open = new Money(state.OpenMinor, issued.Currency);
        var (status, label) = state switch
        {
            InvoiceState.Voided => ("voided", "This invoice was voided; nothing is to be paid."),
            _ when open.IsZero => ("paid", "Paid. Thank you."),
            _ when facts.DueOn < today => ("overdue", $"Overdue since {PrintedText.Of(facts.DueOn)}"),
            _ => ("open", $"Open, due {PrintedText.Of(facts.DueOn)}"),
        };
        return new SharedInvoiceModel(
            PrintedInvoice.Of(facts, isVoided: state is InvoiceState.Voided), facts.Number, status, label, open,
            new Money(issued.PaidMinor, issued.Currency), takesOnlinePayments && open.IsPositive,
            retainers, $"{path}/pay", $"{path}/invoice.pdf", message);
    }
}

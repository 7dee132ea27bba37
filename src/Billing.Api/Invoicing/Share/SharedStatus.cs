using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Invoicing.Share;

/// <summary>How an invoice stands, in the few words that its client needs.</summary>
internal static class SharedStatus
{
    /// <param name="status">One of <see cref="InvoiceStatus"/>.</param>
    /// <param name="dueOn">The day of the first part that is open.</param>
    /// <returns>A word for the style sheet, by which the sentences are found as well.</returns>
    public static string Of(string status, Money open, LocalDate? dueOn, LocalDate today) => status switch
    {
        InvoiceStatus.Voided => "voided",
        InvoiceStatus.Credited => "credited",
        InvoiceStatus.WrittenOff => "closed",
        _ when open.IsZero => "paid",
        _ when dueOn < today => "overdue",
        _ => "open",
    };
}

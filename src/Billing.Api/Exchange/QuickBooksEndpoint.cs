using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Api.Reports;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Access;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>Invoices for QuickBooks Online, of some days and one currency.</summary>
public static class QuickBooksEndpoint
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;
    private const string Csv = "text/csv";

    public static void MapQuickBooks(this IEndpointRouteBuilder v1) => v1.File(
        "/invoices.quickbooks.csv", Keepers, Csv, ["from", "to", "currency", "dateForm", AsOf.KnownInBook], Invoices);

    private static async Task<IResult> Invoices(QueryCall call)
    {
        var (from, to) = (call.Date("from") ?? LocalDate.MinIsoValue, call.Date("to") ?? LocalDate.MaxIsoValue);
        if (to < from) call.Refuse("to", "out-of-bounds", "to lies before from.");
        var currency = call.Currency("currency") ?? call.Service<AccessQueries>().Business(call.Book)!.Currency;
        var form = WrittenDates.Padded(call.OneOf("dateForm", WrittenDates.Forms) ?? "mm/dd/yyyy");
        if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors).AsResult();

        var file = new QuickBooksInvoices(form);
        var issued = await BookReading.Ask(call, book => Of(book.Invoices.Values, currency, from, to).ToList());
        if (issued.Find(invoice => invoice.Facts.Number.Length > QuickBooksInvoices.NumberMaxLength) is { } tooLong)
        {
            return Problem.Of(
                422, "number-too-long",
                $"{tooLong.Facts.Number} is longer than the {QuickBooksInvoices.NumberMaxLength} characters that QuickBooks takes.")
                .AsResult();
        }
        foreach (var invoice in issued) file.Add(invoice);
        if (file.Invoices > QuickBooksInvoices.MostInvoices || file.Rows > QuickBooksInvoices.MostRows)
        {
            return Problem.Of(
                422, "too-much-for-one-file",
                FormattableString.Invariant($"These days have {file.Invoices} invoices with {file.Rows} rows; QuickBooks takes ")
                + FormattableString.Invariant($"{QuickBooksInvoices.MostInvoices} and {QuickBooksInvoices.MostRows}. Ask for fewer days."))
                .AsResult();
        }
        return Results.File(file.ToBytes(), Csv, $"invoices-{currency.Code}.csv");
    }

    /// <summary>Without those that are void.</summary>
    private static IEnumerable<IssuedInvoice> Of(
        IEnumerable<InvoiceState> states, Currency currency, LocalDate from, LocalDate to) => states
        .OfType<InvoiceState.Finalized>().Select(state => state.Invoice)
        .Where(invoice => invoice.Currency == currency && from <= invoice.Facts.IssuedOn && invoice.Facts.IssuedOn <= to)
        .OrderBy(invoice => invoice.Facts.IssuedOn).ThenBy(invoice => invoice.Facts.Number, StringComparer.Ordinal);
}

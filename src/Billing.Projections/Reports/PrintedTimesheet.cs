using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Projections.Access;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>Hours as they are printed: those that the book holds of a period, or those that were frozen with an invoice.</summary>
public static class PrintedTimesheet
{
    /// <param name="language">Null for the client's, or the default where the sheet is of several.</param>
    public static TimesheetModel Of(PracticeBook book, LocalDate from, LocalDate through, WorkFilter filter, string? language)
    {
        var client = filter.ClientId is { } id ? book.Clients.GetValueOrDefault(id)?.Details : null;
        var words = DocumentLanguage.Of(language ?? client?.Language);
        return new TimesheetModel
        {
            Language = words,
            Style = PrintedLook.Of(book.Business?.Look, PracticeOf(book.Business).Name, words),
            Practice = PracticeOf(book.Business),
            Client = client is null ? null : new Party(client.Name ?? PrintedInvoice.Erased, client.AddressLines),
            Assistant = filter.AssistantId is { } assistant ? WrittenHours.NameOf(book, assistant) : null,
            From = from,
            Through = through,
            Groups =
            [
                .. WrittenHours.Of(book, from, through, filter).GroupBy(entry => entry.EngagementId)
                    .Select(group => (Name: NameOf(group.First(), client is null), Id: group.Key, Entries: group))
                    .OrderBy(group => group.Name, StringComparer.Ordinal).ThenBy(group => group.Id)
                    .Select(group => new TimesheetGroupModel(group.Name, [.. group.Entries.Select(entry => Hours(entry, words))])),
            ],
        };
    }

    /// <summary>The hours behind an invoice, with the texts that were frozen with it; null where it bills no time.</summary>
    public static TimesheetModel? Of(InvoiceEvent.InvoiceFinalized facts)
    {
        var invoice = PrintedInvoice.Of(facts);
        var lines = invoice.Lines.Where(line => line.Hours.Count > 0).ToList();
        if (lines.Count == 0) return null;
        var (from, through) = PrintedInvoice.Performed(facts.Lines, facts.IssuedOn);
        return new TimesheetModel
        {
            Language = invoice.Language,
            Practice = invoice.Seller,
            Client = invoice.Client,
            InvoiceNumber = facts.Number,
            From = from,
            Through = through,
            Groups = [.. lines.Select(line => new TimesheetGroupModel(line.Description, line.Hours))],
            Style = invoice.Style,
        };
    }

    private static Party PracticeOf(BusinessState.Open? practice) => practice is null
        ? new Party(PrintedInvoice.Erased, [])
        : new Party(
            practice.Name ?? PrintedInvoice.Erased, practice.AddressLines, practice.TaxId, practice.SalesTax?.VatId,
            practice.SalesTax?.TaxNumber);

    private static string NameOf(WrittenHours entry, bool withClient) => withClient ? $"{entry.Client}: {entry.Work}" : entry.Work;

    private static WorkedHoursModel Hours(WrittenHours entry, DocumentLanguage words)
    {
        var note = entry.Note ?? "";
        if (!entry.IsBillable) note = note.Length == 0 ? words.Word("timesheet-unbilled") : $"{note} ({words.Word("timesheet-unbilled")})";
        return new WorkedHoursModel(entry.WorkedOn, entry.Assistant, note, entry.DurationSeconds);
    }
}

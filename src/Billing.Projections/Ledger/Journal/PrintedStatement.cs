using Billing.Projections.Access;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>A client's statement as it is printed, in the client's language.</summary>
public static class PrintedStatement
{
    /// <returns>Null where there is no such client.</returns>
    public static StatementModel? Of(PracticeBook book, Guid clientId, LocalDate from, LocalDate through)
    {
        if (ClientStatement.Of(book, clientId, from, through) is not { } statement) return null;
        var client = book.Clients[clientId].Details!;
        var language = DocumentLanguage.Of(client.Language);
        return new StatementModel
        {
            Practice = book.Business?.Name ?? PrintedInvoice.Erased,
            Client = client.Name ?? PrintedInvoice.Erased,
            ClientAddress = client.AddressLines,
            Language = language,
            Style = PrintedLook.Of(book.Business?.Look, book.Business?.Name ?? PrintedInvoice.Erased, language),
            From = from,
            Through = through,
            Opening = statement.Opening,
            Rows = [.. statement.Lines.Select(line => new StatementRowModel(line.Date, What(language, line), line.Amount, line.Balance))],
            Closing = statement.Closing,
            Open = [.. statement.Open.Select(open => new StatementOpenModel(open.Number, open.DueOn, open.Open))],
        };
    }

    private static string What(DocumentLanguage language, StatementLine line) => language
        .WordOr(line.Kind, "other")
        .Replace("{text}", language.WordOr(line.Text, null) ?? line.Text, StringComparison.Ordinal);
}

using System.Globalization;
using Billing.Api.Commands;
using Billing.Api.Exchange;
using Billing.Domain.Banking;
using Billing.Domain.Values;

namespace Billing.Api.Banking;

/// <summary>What an import did, or would do, with every entry of a statement.</summary>
/// <param name="IsDryRun">True where nothing was written.</param>
/// <param name="Imported">Amounts that came in and were not known yet.</param>
/// <param name="AlreadyThere">Those that an earlier run had brought in.</param>
/// <param name="Outgoing">What went out, and what came to nothing: it is not kept.</param>
/// <param name="Refused">Entries that can't be used, each with its reason.</param>
public sealed record BankImportReport(
    bool IsDryRun, int EntryCount, int Imported, int AlreadyThere, int Outgoing, int Refused, IReadOnlyList<BankEntryReport> Entries);

/// <param name="Outcome">imported, already-there, outgoing or refused.</param>
/// <param name="LineId">The bank line; null where there is none.</param>
/// <param name="Text">The entry as the file has it.</param>
/// <param name="Code">Why it was refused.</param>
public sealed record BankEntryReport(int Entry, string Outcome, Guid? LineId, string Text, string? Code, string? Detail);

/// <summary>
/// Brings the amounts of a statement in that came into the account. A line's id follows from the account and the bank's own id
/// of the entry; where there is none, from all that the entry says and how many like it stood before it.
/// </summary>
internal sealed class BankImport(ImportBooks books)
{
    private readonly Dictionary<string, int> _occurrences = new(StringComparer.Ordinal);

    public async Task<BankImportReport> Run(IReadOnlyList<StatementRow> rows, bool isDryRun)
    {
        var reports = new List<BankEntryReport>(rows.Count);
        foreach (var row in rows) reports.Add(await Import(row));
        return new BankImportReport(
            isDryRun, rows.Count, Count("imported"), Count("already-there"), Count("outgoing"), Count("refused"), reports);

        int Count(string outcome) => reports.Count(report => report.Outcome == outcome);
    }

    private async Task<BankEntryReport> Import(StatementRow row)
    {
        if (row.Fault is { } fault) return Refused(row, fault);
        if (row.Amount is not { IsPositive: true } amount) return Report(row, "outgoing");
        var lineId = IdOf(row, amount);
        var wish = new ImportBankLine(lineId, row.Account, row.BookedOn, amount, row.Payer, row.Text, row.BankReference, books.Context.Now);
        return await books.Send(new ImportBankLineCommand(books.Context, wish)) switch
        {
            CommandResult.Done { Events.Count: 0 } => Report(row, "already-there", lineId),
            CommandResult.Done => Report(row, "imported", lineId),
            var other => Refused(row, RowFault.Of(other)),
        };
    }

    private Guid IdOf(StatementRow row, Money amount)
    {
        var scope = books.Context.Book.Value;
        if (row.BankReference is { } reference) return NamedIds.Of(scope, "bank-line", row.Account ?? "", reference);
        var day = row.BookedOn.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        var key = string.Join('\u001f', row.Account, day, amount, row.Payer, row.Text);
        var occurrence = _occurrences[key] = _occurrences.GetValueOrDefault(key) + 1;
        return NamedIds.Of(scope, "bank-line", key, occurrence.ToString(CultureInfo.InvariantCulture));
    }

    private static BankEntryReport Refused(StatementRow row, RowFault fault) => Report(row, "refused", null, fault);

    private static BankEntryReport Report(StatementRow row, string outcome, Guid? lineId = null, RowFault? fault = null) => new(
        row.Number, outcome, lineId,
        string.Join(" / ", row.DateText, row.AmountText, row.Payer, row.Text?.ReplaceLineEndings(" ")), fault?.Code, fault?.Detail);
}

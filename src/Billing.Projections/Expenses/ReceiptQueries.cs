using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Expenses;

/// <param name="Hash">SHA-256 of the file, lower-case hexadecimal.</param>
/// <param name="MediaType">As its content says.</param>
public sealed record ReceiptFileView(string Hash, long Bytes, string MediaType, string? FileName, Instant AttachedAt);

public sealed class ReceiptQueries(ReadDatabase database)
{
    private const string Columns = "SELECT hash, bytes, media_type, file_name, attached_at FROM expense_receipts";

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<ReceiptFileView> Of(BookId book, Guid expenseId) => database.Read(book, (session, key) => session.Rows(
        $"{Columns} WHERE book = ?1 AND expense_id = ?2 ORDER BY attached_at, hash", Read, key, expenseId));

    public ReceiptFileView? Receipt(BookId book, Guid expenseId, string hash) => database.Read(book, (session, key) => session.Row(
        $"{Columns} WHERE book = ?1 AND expense_id = ?2 AND hash = ?3", Read, key, expenseId, hash));

    private static ReceiptFileView Read(Statement row) =>
        new(row.Text(), row.Long(), row.Text(), row.OptionalText(), row.Instant());
}

using Billing.Domain.Expenses;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Expenses;

/// <summary>What is known of a receipt. Its file lies elsewhere, under the hash.</summary>
internal sealed class ReceiptRow : Row
{
    public static readonly Shape<ReceiptRow> Shape = new Shape<ReceiptRow>("expense_receipts", "book", "expense_id", "hash")
        .Number("bytes", row => ref row.Bytes)
        .Text("media_type", row => ref row.MediaType)
        .OptionalText("file_name", row => ref row.FileName)
        .Instant("attached_at", row => ref row.AttachedAt);

    public long Bytes;
    public string MediaType = "";
    public string? FileName;
    public Instant AttachedAt;
}

internal sealed class ReceiptsProjection : Projection
{
    private readonly Table<KindKey, ReceiptRow> receipts = new(ReceiptRow.Shape);

    public ReceiptsProjection()
    {
        On<ExpenseEvent.ReceiptAttached>((fact, e) =>
        {
            var row = receipts.Add(new KindKey(fact.Book, fact.StreamId, e.Hash));
            row.Bytes = e.Bytes;
            row.MediaType = e.MediaType;
            row.FileName = e.FileName;
            row.AttachedAt = e.AttachedAt;
        });
        On<ExpenseEvent.ReceiptRemoved>((fact, e) => receipts.Remove(new KindKey(fact.Book, fact.StreamId, e.Hash)));
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [receipts];
}

using Billing.Domain.Banking;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Banking;

internal sealed class BankLineRow : Row
{
    public static readonly Shape<BankLineRow> Shape = new Shape<BankLineRow>("bank_lines", "book", "line_id")
        .OptionalText("account", row => ref row.Account)
        .Date("booked_on", row => ref row.BookedOn)
        .Number("amount_minor", row => ref row.AmountMinor)
        .Text("currency", row => ref row.Currency)
        .OptionalText("payer", row => ref row.Payer)
        .OptionalText("words", row => ref row.Words)
        .OptionalText("bank_reference", row => ref row.BankReference)
        .Text("status", row => ref row.Status)
        .OptionalText("payment_ids", row => ref row.PaymentIds)
        .OptionalText("reason", row => ref row.Reason)
        .Instant("imported_at", row => ref row.ImportedAt)
        .Number("version", row => ref row.Version);

    public string? Account;
    public LocalDate BookedOn;
    public long AmountMinor;
    public string Currency = "";
    public string? Payer;
    public string? Words;
    public string? BankReference;
    public string Status = BankLineStatus.Open;
    public string? PaymentIds;
    public string? Reason;
    public Instant ImportedAt;
    public long Version;
}

public static class BankLineStatus
{
    /// <summary>Nobody has said what it is.</summary>
    public const string Open = "open";

    public const string Matched = "matched";
    public const string SetAside = "set-aside";

    public static IReadOnlyList<string> All { get; } = [Open, Matched, SetAside];
}

internal sealed class BankLinesProjection : Projection
{
    private readonly Table<IdKey, BankLineRow> lines = new(BankLineRow.Shape);

    public BankLinesProjection()
    {
        On<BankLineEvent.BankLineImported>(Apply);
        On<BankLineEvent.BankLineMatched>((fact, e) => Change(fact, row =>
            (row.Status, row.PaymentIds, row.Reason) = (BankLineStatus.Matched, ListText.Of(e.PaymentIds), null)));
        On<BankLineEvent.BankLineSetAside>((fact, e) => Change(fact, row =>
            (row.Status, row.Reason) = (BankLineStatus.SetAside, e.Reason)));
        On<BankLineEvent.BankLineTakenUp>((fact, _) => Change(fact, row => (row.Status, row.Reason) = (BankLineStatus.Open, null)));
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [lines];

    private void Apply(Fact fact, BankLineEvent.BankLineImported e)
    {
        var row = lines.Add(new IdKey(fact.Book, e.LineId));
        row.Account = e.Account;
        row.BookedOn = e.BookedOn;
        row.AmountMinor = e.AmountMinor;
        row.Currency = e.Currency;
        row.Payer = e.Payer;
        row.Words = e.Text;
        row.BankReference = e.BankReference;
        row.ImportedAt = e.ImportedAt;
        row.Version = fact.Version;
    }

    private void Change(Fact fact, Action<BankLineRow> change)
    {
        if (lines.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        change(row);
        row.Version = fact.Version;
    }
}

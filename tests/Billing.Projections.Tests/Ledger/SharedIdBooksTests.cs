using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Projections.Ledger;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Payments;
using Billing.Projections.Reports;
using Billing.Projections.Running;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Ledger;

/// <summary>Books in which callers gave two things one id, also where it would be refused by now.</summary>
public sealed class SharedIdBooksTests
{
    private static readonly LocalDate Day = new(2026, 6, 1);

    /// <summary>What brings rows of cash; the number is its invoice's. Payments have a stream each, so never one id.</summary>
    private static readonly string[] Things =
        ["payment-1", "note-1", "refund-1", "outside-1", "payment-2", "note-2", "refund-2", "outside-2", "payment-3", "retainer-refund"];

    public static TheoryData<string, string> Pairs => [.. from one in Things from other in Things
        where string.CompareOrdinal(one, other) < 0 && !(IsPayment(one) && IsPayment(other))
            && !(IsNote(one) && IsNote(other) && one[^1] == other[^1])
        select (one, other)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Two_things_of_one_id_count_as_two_of_different_ids_do(string one, string other)
    {
        await using var practice = new Practice(ReadModelsIn.Sqlite);
        await practice.Append(Practice.Book, Events(name => Ids.Of(8, Array.IndexOf(Things, name == other ? one : name))));
        var folded = new PracticeBook();
        foreach (var stored in await practice.Store.ReadBook(Practice.Book, 0, int.MaxValue, CancellationToken.None)) folded.Add(stored);
        using var models = await BookSnapshot.Fill(practice.Store, Practice.Book, long.MaxValue, CancellationToken.None);

        var receipts = new LedgerQueries(models.Database).Receipts(Practice.Book, Day, Day.PlusMonths(2));
        Assert.Equal(
            [-30_00, -30_00, -30_00, -10_00, -10_00, 100_00, 100_00, 100_00], receipts.Select(row => row.Amount.Minor).Order());
        Assert.Equal(
            CashReceipts.Of(folded).Select(row => (row.Source, row.InvoiceId, row.ReceivedOn, row.Amount.Minor)).ToHashSet(),
            receipts.Select(row => (row.Source, row.InvoiceId, row.ReceivedOn, row.Amount.Minor)).ToHashSet());
        Assert.Equal(
            [],
            Reconciliation.Of(folded, models.Database, Practice.Book).Where(total => !total.Holds)
                .Select(total => $"{total.What}: {total.Journal} and {total.Elsewhere}"));
        Assert.All(folded.Payments.Values, payment => Assert.Equal(0, PrintedReceipt.Of(
            payment, folded.Invoices[((PaymentState.ByHand)payment).Facts.InvoiceId].Issued!)!.LeftOpen.Minor));
    }

    private static bool IsPayment(string thing) => thing.StartsWith("payment", StringComparison.Ordinal);

    private static bool IsNote(string thing) => thing.StartsWith("note", StringComparison.Ordinal)
        || thing.StartsWith("outside", StringComparison.Ordinal);

    /// <summary>Two invoices of 100.00, paid, of each of which 30.00 are refunded later and 10.00 were given back on the note's day; and a
    /// deposit of 100.00, of which its retainer gives 30.00 back.</summary>
    private static (string, object)[] Events(Func<string, Guid> id) =>
    [
        .. Work(1, id), .. Work(2, id),
        ($"retainer-{Ids.Of(9, 1):D}", new RetainerEvent.RetainerAgreed(Ids.Of(9, 1), Ids.Acme, "USD", "Care", [], Practice.Now)),
        .. Invoices.Finalized(3, Ids.Acme, 100_00, Day.PlusDays(30)).Select(written => (written.Item1, written.Item2 switch
        {
            InvoiceEvent.InvoiceFinalized e => e with { Kind = InvoiceKind.Deposit, RetainerId = Ids.Of(9, 1) },
            var drafted => drafted,
        })),
        .. Paid(3, id("payment-3")),
        ($"retainer-{Ids.Of(9, 1):D}", new RetainerEvent.RetainerFunded(id("payment-3"), Ids.Of(7, 3), id("payment-3"), 100_00, Day)),
        ($"retainer-{Ids.Of(9, 1):D}", new RetainerEvent.RetainerRefunded(
            id("retainer-refund"), [new LotRefund(id("payment-3"), 30_00, 30_00)], Day.PlusDays(1))),
        ($"retainer-{Ids.Of(9, 1):D}", new RetainerEvent.RetainerRefundSettled(
            id("retainer-refund"), "transfer", Day.PlusDays(2), null, [new DepositRefund(Ids.Of(7, 3), 30_00)], Practice.Now)),
    ];

    private static IEnumerable<(string, object)> Work(int invoice, Func<string, Guid> id)
    {
        var stream = $"invoice-{Ids.Of(7, invoice):D}";
        return
        [
            .. Invoices.Finalized(invoice, Ids.Acme, 100_00, Day.PlusDays(30)), .. Paid(invoice, id($"payment-{invoice}")),
            (stream, Note(id($"note-{invoice}"), invoice, refundDue: 30_00)), (stream, Note(id($"outside-{invoice}"), invoice, outside: 10_00)),
            (stream, new InvoiceEvent.RefundSettled(
                id($"refund-{invoice}"), id($"note-{invoice}"), "transfer", Day.PlusDays(2), null, Practice.Now)),
        ];
    }

    private static IEnumerable<(string, object)> Paid(int invoice, Guid payment) =>
    [
        ($"payment-{payment:D}", new PaymentEvent.PaymentRecorded(
            payment, Ids.Of(7, invoice), Ids.Acme, 100_00, "USD", 100_00, 0, "transfer", Day, null, Practice.Now)),
        ($"invoice-{Ids.Of(7, invoice):D}", new InvoiceEvent.PaymentApplied(payment, 100_00, Day)),
    ];

    private static InvoiceEvent.CreditNoteIssued Note(Guid id, int invoice, long refundDue = 0, long outside = 0) => new(
        id, $"CN-2026-{invoice}-{refundDue}", "USD", Day.PlusDays(1), [new CreditedLine(1, refundDue + outside)], refundDue + outside, 0,
        refundDue, 0, outside, "Less", Practice.Now);
}

using Billing.Domain.Expenses;
using static Billing.Domain.Expenses.ExpenseEvent;
using static Billing.Domain.Tests.Expenses.Garage;

namespace Billing.Domain.Tests.Expenses;

public sealed class ReceiptTests
{
    private static readonly string Hash = new('a', 64);
    private static readonly ExpenseRecorded Recorded = new(Id, 100, "USD", "software", Today, null, null, false, null, null, Now);
    private static readonly AttachReceipt Attach = new(Hash, 12, ReceiptType.Pdf, "lunch.pdf", Later);
    private static readonly ReceiptAttached Attached = new(Hash, 12, "application/pdf", "lunch.pdf", Later);

    public static IReadOnlyList<ExpenseEvent> Life { get; } = [Attached, new ReceiptRemoved(Hash, Later)];

    [Fact]
    public void The_same_file_twice_is_one_receipt()
    {
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, Attach)).Then(Attached);
        Expense.Stream.Given(Recorded, Attached).When(s => Expense.Decide(s, Attach with { FileName = "again.pdf" })).ThenNothing();
        Expense.Stream.Given(Recorded, Attached, new ReceiptRemoved(Hash, Later)).When(s => Expense.Decide(s, Attach)).Then(Attached);
    }

    [Fact]
    public void A_receipt_can_come_after_the_invoice_and_outlasts_corrections()
    {
        Expense.Stream.Given(Recorded, new ExpenseBilled(Invoice)).When(s => Expense.Decide(s, Attach)).Then(Attached);
        var state = Expense.Stream.Fold(
        [
            Recorded, Attached,
            new ExpenseCorrected(200, "USD", "software", Today, null, null, false, null, null, Later), new ExpenseBilled(Invoice),
        ]);
        Assert.Equal([Hash], state.Details!.Receipts.Keys);
        Assert.Equal(Invoice, Expense.Stream.Fold([Recorded, new ExpenseBilled(Invoice), Attached]).InvoiceId);
    }

    [Fact]
    public void Refuses_what_is_no_receipt_of_a_known_expense()
    {
        Expense.Stream.Given().When(s => Expense.Decide(s, Attach)).ThenRefused("expense-unknown");
        Expense.Stream.Given(Recorded, new ExpenseRemoved(Later)).When(s => Expense.Decide(s, Attach)).ThenRefused("expense-removed");
        var given = Expense.Stream.Given(Recorded);
        given.When(s => Expense.Decide(s, Attach with { Hash = "../../etc" })).ThenRefused("receipt-hash-malformed");
        given.When(s => Expense.Decide(s, Attach with { MediaType = "text/html" })).ThenRefused("receipt-type-unknown");
        given.When(s => Expense.Decide(s, Attach with { Bytes = 0 })).ThenRefused("receipt-empty");
        given.When(s => Expense.Decide(s, Attach with { FileName = "a\nb" })).ThenRefused("text-unprintable", "fileName");
    }

    [Fact]
    public void Keeps_at_most_twenty()
    {
        var twenty = Enumerable.Range(0, 20).Select(i => (ExpenseEvent)(Attached with { Hash = i.ToString("x64") })).ToList();
        Expense.Stream.Given(twenty.Take(19).Prepend(Recorded)).When(s => Expense.Decide(s, Attach)).Then(Attached);
        Expense.Stream.Given(twenty.Prepend(Recorded)).When(s => Expense.Decide(s, Attach)).ThenRefused("too-many-receipts");
    }

    [Fact]
    public void Removing_one_that_is_not_there_changes_nothing()
    {
        Expense.Stream.Given(Recorded).When(s => Expense.Decide(s, new RemoveReceipt(Hash, Later))).ThenNothing();
        Expense.Stream.Given(Recorded, Attached).When(s => Expense.Decide(s, new RemoveReceipt(Hash, Later)))
            .Then(new ReceiptRemoved(Hash, Later));
    }

    [Theory]
    [InlineData("255044462D312E37", ReceiptType.Pdf)]
    [InlineData("FFD8FFE000104A464946", ReceiptType.Jpeg)]
    [InlineData("89504E470D0A1A0A0000000D", ReceiptType.Png)]
    [InlineData("00000018667479706865696300000000", ReceiptType.Heic)]
    [InlineData("000000186674797068656978", ReceiptType.Heic)]
    [InlineData("00000018667479706D696631", ReceiptType.Heic)]
    [InlineData("000000186674797069736F6D", null)] // isom: a video
    [InlineData("0000001866747970", null)] // cut off before the brand
    [InlineData("89504E470D0A1A", null)] // a byte short
    [InlineData("3C68746D6C3E", null)] // <html>
    [InlineData("20255044462D", null)] // a blank before %PDF-
    [InlineData("", null)]
    public void The_type_is_told_by_the_first_bytes(string hex, string? type) =>
        Assert.Equal(type, ReceiptType.Of(Convert.FromHexString(hex)));
}

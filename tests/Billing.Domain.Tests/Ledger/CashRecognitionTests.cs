using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using CsCheck;

namespace Billing.Domain.Tests.Ledger;

public class CashRecognitionTests
{
    private static readonly Gen<long[]> Amounts = Gen.Long[0, 50].Array[1, 12];

    [Fact]
    public void Splits_a_part_payment_in_proportion()
    {
        var income = CashRecognition.Recognise([Line(1, 60_00), Line(2, 30_00), Line(3, 10_00)], 50_00, 0);
        Assert.Equal([30_00, 15_00, 5_00], income.Select(part => part.AmountMinor));
    }

    [Fact]
    public void The_last_payment_completes_each_line_to_the_cent()
    {
        InvoiceLine[] lines = [Line(1, 33_33), Line(2, 33_33), Line(3, 33_34)];
        var parts = new[] { 0L, 33_33, 66_66 }.SelectMany((already, i) =>
            CashRecognition.Recognise(lines, i == 2 ? 33_34 : 33_33, already));
        Assert.Equal([33_33, 33_33, 33_34], parts.GroupBy(part => part.LineNumber).OrderBy(group => group.Key)
            .Select(group => group.Sum(part => part.AmountMinor)));
    }

    [Fact]
    public void What_the_retainer_paid_is_no_receipt()
    {
        InvoiceLine[] lines = [Line(1, 60_00) with { RetainerAppliedMinor = 60_00 }, Line(2, 40_00)];
        var income = Assert.Single(CashRecognition.Recognise(lines, 40_00, 0));
        Assert.Equal((2, 40_00L), (income.LineNumber, income.AmountMinor));
        Assert.Throws<ArgumentException>(() => CashRecognition.Recognise(lines, 40_01, 0));
        Assert.Throws<ArgumentException>(() => CashRecognition.Recognise(lines, 1, 40_00));
        Assert.Throws<ArgumentException>(() => CashRecognition.Recognise(lines, -1, 0));
    }

    [Fact]
    public void Says_what_the_income_is_for()
    {
        var expenseId = Guid.Parse("01990000-0000-7000-8000-000000000001");
        InvoiceLine[] lines =
        [
            Line(1, 1_00), Line(2, 1_00) with { Kind = LineKind.Expense, ExpenseId = expenseId },
            Line(3, 1_00) with { Kind = LineKind.Deposit },
        ];
        var income = CashRecognition.Recognise(lines, 3_00, 0);
        Assert.Equal([IncomeKind.Services, IncomeKind.Reimbursement, IncomeKind.Deposit], income.Select(part => part.Kind));
        Assert.Equal(expenseId, income[1].ExpenseId);
    }

    /// <summary>
    /// Lines of 6, 6 and 2: of 10 cents the largest remainder gives the last line 2 (4.29, 4.29, 1.43), of 11 only 1
    /// (4.71, 4.71, 1.57), which would make an eleventh cent a receipt of 1, 1 and −1.
    /// </summary>
    [Fact]
    public void A_further_cent_never_takes_one_back()
    {
        InvoiceLine[] lines = [Line(1, 6), Line(2, 6), Line(3, 2)];
        for (var already = 0; already < 14; already++)
            Assert.Equal(1, Assert.Single(CashRecognition.Recognise(lines, 1, already)).AmountMinor);
    }

    [Fact]
    public void However_it_is_cut_up_the_lines_sum_to_their_amounts_and_the_parts_to_the_receipts() =>
        Gen.Select(Amounts, Gen.Long[1, 60].Array[0, 40]).Sample((amounts, receipts) =>
        {
            var lines = amounts.Select((amount, i) => Line(i + 1, amount)).ToArray();
            var total = amounts.Sum();
            var sums = new long[lines.Length];
            var already = 0L;
            foreach (var receipt in receipts.Append(long.MaxValue))
            {
                var amount = Math.Min(receipt, total - already);
                var parts = CashRecognition.Recognise(lines, amount, already);
                Assert.Equal(amount, parts.Sum(part => part.AmountMinor));
                Assert.All(parts, part => Assert.True(part.AmountMinor > 0, "A receipt took something back."));
                foreach (var part in parts) sums[part.LineNumber - 1] += part.AmountMinor;
                already += amount;
            }
            Assert.Equal(amounts, sums);
        });

    [Fact]
    public void What_is_recognised_depends_on_the_sum_of_the_receipts_alone() =>
        Gen.Select(Amounts, Gen.Long[0, 600], Gen.Long[0, 600]).Sample((amounts, first, second) =>
        {
            var lines = amounts.Select((amount, i) => Line(i + 1, amount)).ToArray();
            var total = amounts.Sum();
            first = Math.Min(first, total);
            second = Math.Min(second, total - first);
            var atOnce = CashRecognition.Recognise(lines, first + second, 0).Select(part => (part.LineNumber, part.AmountMinor));
            var inTwo = CashRecognition.Recognise(lines, first, 0).Concat(CashRecognition.Recognise(lines, second, first))
                .GroupBy(part => part.LineNumber).OrderBy(group => group.Key)
                .Select(group => (group.Key, group.Sum(part => part.AmountMinor)));
            Assert.Equal(atOnce, inTwo);
        });

    [Fact]
    public void Stays_near_the_exact_share_and_within_the_line() =>
        Gen.Select(Amounts, Gen.Long[0, 600]).Sample((amounts, paid) =>
        {
            var lines = amounts.Select((amount, i) => Line(i + 1, amount)).ToArray();
            var total = amounts.Sum();
            paid = Math.Min(paid, total);
            foreach (var part in CashRecognition.Recognise(lines, paid, 0))
            {
                var share = (decimal)amounts[part.LineNumber - 1] * paid / total;
                Assert.InRange(part.AmountMinor, Math.Max(1, share - 2), Math.Min(amounts[part.LineNumber - 1], share + 2));
            }
        });

    private static InvoiceLine Line(int number, long amountMinor) =>
        new(number, LineKind.Time, null, null, null, amountMinor, [], null);
}

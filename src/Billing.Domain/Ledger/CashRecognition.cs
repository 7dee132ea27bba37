using System.Diagnostics;
using Billing.Domain.Invoicing;

namespace Billing.Domain.Ledger;

/// <summary>
/// The cash clock. Each receipt recognises every line in proportion to what of it the client owes: its amount without
/// the retainer's share. What is recognised after all receipts depends on their sum alone, never on how it was cut up,
/// no receipt takes anything back, and once all is paid each line is recognised to the cent.
/// </summary>
/// <remarks>
/// Minor unit k of a line of w minor units is due when the fraction (k − ½) / w of the invoice is paid, earlier lines
/// first among equals; a receipt takes the units in that order. This is the rule of Webster and Sainte-Laguë. The
/// largest remainder of the running total would sum just as well, but a further cent paid can take a cent from a line
/// (the Alabama paradox; Balinski and Young, "Fair Representation", 1982), and nobody can explain a receipt of −0.01.
/// </remarks>
public static class CashRecognition
{
    /// <summary>What this receipt recognises, without the lines that it adds nothing to.</summary>
    /// <param name="amountMinor">What of the receipt was applied to the invoice.</param>
    /// <param name="alreadyAppliedMinor">What all earlier receipts applied to it.</param>
    /// <exception cref="ArgumentException">More is applied than the client owes, or less than nothing.</exception>
    public static IReadOnlyList<RecognisedIncome> Recognise(
        IReadOnlyList<InvoiceLine> lines, long amountMinor, long alreadyAppliedMinor)
    {
        var owed = OwedOf(lines);
        var totalMinor = owed.Sum();
        if (amountMinor < 0 || alreadyAppliedMinor < 0 || amountMinor > totalMinor - alreadyAppliedMinor)
        {
            throw new ArgumentException(
                $"{amountMinor} on top of {alreadyAppliedMinor} is not within {totalMinor}.", nameof(amountMinor));
        }

        var before = Apportion(owed, totalMinor, alreadyAppliedMinor);
        var after = Apportion(owed, totalMinor, alreadyAppliedMinor + amountMinor);
        return
        [
            .. lines.Select((line, i) => new RecognisedIncome(
                line.LineNumber, KindOf(line), line.EngagementId, line.ExpenseId, after[i] - before[i]))
                .Where(income => income.AmountMinor != 0),
        ];
    }

    /// <summary>What of each line is open once receipts applied so much to the invoice.</summary>
    internal static long[] OpenOf(IReadOnlyList<InvoiceLine> lines, long appliedMinor)
    {
        var received = Recognise(lines, appliedMinor, 0).ToDictionary(line => line.LineNumber, line => line.AmountMinor);
        return [.. lines.Zip(OwedOf(lines), (line, owed) => owed - received.GetValueOrDefault(line.LineNumber))];
    }

    /// <summary>What of each line the client owes before the first receipt.</summary>
    private static long[] OwedOf(IReadOnlyList<InvoiceLine> lines) =>
        [.. lines.Zip(NetAmounts.Of(lines), (line, netMinor) => netMinor - line.RetainerAppliedMinor)];

    /// <summary>How much of each line has come once so much of the whole is paid; the parts sum to what is
    /// paid.</summary>
    private static long[] Apportion(long[] owed, long totalMinor, long paidMinor)
    {
        var parts = new long[owed.Length];
        if (totalMinor == 0) return parts;
        // Rounding each share lands within half a unit a line of the right number; the order says which units are off.
        for (var i = 0; i < parts.Length; i++)
            parts[i] = (long)((((Int128)owed[i] * paidMinor * 2) + totalMinor) / ((Int128)totalMinor * 2));
        var missing = paidMinor - parts.Sum();
        for (; missing > 0; missing--) parts[NextDue(owed, parts)]++;
        for (; missing < 0; missing++) parts[LastDue(owed, parts)]--;
        return parts;
    }

    private static int NextDue(long[] owed, long[] parts)
    {
        var next = -1;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] == owed[i]) continue;
            if (next < 0 || IsDueBefore((2 * parts[i]) + 1, owed[i], (2 * parts[next]) + 1, owed[next])) next = i;
        }
        return next;
    }

    private static int LastDue(long[] owed, long[] parts)
    {
        var last = -1;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] == 0) continue;
            if (last < 0 || !IsDueBefore((2 * parts[i]) - 1, owed[i], (2 * parts[last]) - 1, owed[last])) last = i;
        }
        return last;
    }

    /// <summary>Whether the first fraction is the smaller one; cross-multiplied, so exact.</summary>
    private static bool IsDueBefore(long numerator, long denominator, long otherNumerator, long otherDenominator) =>
        (Int128)numerator * otherDenominator < (Int128)otherNumerator * denominator;

    internal static string KindOf(InvoiceLine line) => line.Kind switch
    {
        LineKind.Time or LineKind.FixedFee or LineKind.Fee or LineKind.Cap or LineKind.Discount or LineKind.Correction
            or LineKind.LateFee => IncomeKind.Services,
        LineKind.Tax => IncomeKind.SalesTax,
        LineKind.Expense => IncomeKind.Reimbursement,
        LineKind.Deposit => IncomeKind.Deposit,
        _ => throw new UnreachableException(),
    };
}

/// <summary>Income of one line by one receipt.</summary>
/// <param name="Kind">One of <see cref="IncomeKind"/>.</param>
public sealed record RecognisedIncome(int LineNumber, string Kind, Guid? EngagementId, Guid? ExpenseId, long AmountMinor);

/// <summary>What was received is for. All but sales tax is gross receipts; reimbursed expenses are deducted as expenses.</summary>
public static class IncomeKind
{
    public const string Services = "services";
    public const string Reimbursement = "reimbursement";

    /// <summary>Money ahead of work: income of the day it is received, not of the day it is drawn down.</summary>
    public const string Deposit = "deposit";

    /// <summary>Taken for the tax office: no income.</summary>
    public const string SalesTax = "sales-tax";
}

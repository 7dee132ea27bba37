using Billing.Domain.Values;
using static Billing.Domain.Expenses.ExpenseEvent;

namespace Billing.Domain.Expenses;

/// <content>Receipts: the files lie elsewhere, what is known of them here.</content>
public static partial class Expense
{
    public const int MaxReceipts = 20;

    /// <summary>A receipt can also come after the expense was billed. Refuses: <c>expense-unknown</c>,
    /// <c>expense-removed</c>, <c>receipt-hash-malformed</c>, <c>receipt-type-unknown</c>, <c>receipt-empty</c>,
    /// <c>too-many-receipts</c> and what <see cref="Wording.RefuseLine"/> refuses.</summary>
    public static Decision<ExpenseEvent> Decide(ExpenseState state, AttachReceipt command)
    {
        if (IsOthers(state, command.OnlyOf)) return NoSuchExpense;
        if (state is ExpenseState.Removed) return RefuseChange(state, "given a receipt");
        if (state.Details is not { } expense) return NoSuchExpense;
        if (!Sha256Text.IsOne(command.Hash))
            return Invalid("receipt-hash-malformed", "A file's hash is 64 lower-case hexadecimal digits.");
        if (expense.Receipts.ContainsKey(command.Hash)) return Decision<ExpenseEvent>.AlreadyDone;
        if (!ReceiptType.All.Contains(command.MediaType)) return ReceiptType.Unknown;
        if (command.Bytes <= 0) return EmptyReceipt;
        if (Wording.RefuseLine(command.FileName, Wording.NameMaxLength, "fileName") is { } refusal) return refusal;
        return expense.Receipts.Count >= MaxReceipts
            ? new Rejection("too-many-receipts", $"An expense keeps at most {MaxReceipts} receipts; remove one first.")
            : new ReceiptAttached(command.Hash, command.Bytes, command.MediaType, command.FileName, command.At);
    }

    /// <summary>Refuses: <c>expense-unknown</c>.</summary>
    public static Decision<ExpenseEvent> Decide(ExpenseState state, RemoveReceipt command)
    {
        if (state.Details is not { } expense || IsOthers(state, command.OnlyOf)) return NoSuchExpense;
        return expense.Receipts.ContainsKey(command.Hash)
            ? new ReceiptRemoved(command.Hash, command.At)
            : Decision<ExpenseEvent>.AlreadyDone;
    }

    public static Rejection EmptyReceipt { get; } =
        new("receipt-empty", "The file is empty; send the receipt itself.", Kind: RejectionKind.Invalid);

    private static Rejection Invalid(string code, string detail) => new(code, detail, Kind: RejectionKind.Invalid);
}

using Billing.Api.Commands;

namespace Billing.Api.Exchange;

/// <summary>Why a row of a file cannot be brought in, or what somebody should know of one that was.</summary>
public sealed record RowFault(string Code, string Detail)
{
    internal static RowFault Changed { get; } = new(
        "changed-since", "It was brought in before, and is otherwise now: its mark, its tags, or its times in another zone. "
        + "What is in the books stays; correct it there.");

    internal static RowFault AsDay { get; } = new(
        "taken-as-day", "It overlaps with other work, so it was taken as a duration on its day, without the times.");

    internal static RowFault BilledBefore { get; } = new(
        "billed-before", "It was billed elsewhere, so it is not billable here. Send billedBefore=billable to bill it again.");

    internal static RowFault OfNoInvoice { get; } = new(
        "of-no-invoice", "It is on no invoice, so that nothing was made of it. Expenses are recorded on their own.");

    internal static RowFault TooMuch { get; } = new("amount-unreadable", "Its rows are more together than an amount can be.");

    /// <summary>Why a command that a row asked for came to nothing.</summary>
    internal static RowFault Of(CommandResult? result) => result is CommandResult.Refused { Rejection: var why }
        ? new RowFault(why.Code, why.Detail)
        : new RowFault("overloaded", "The store was too busy. Run the import again: what is there stays.");

    internal static RowFault Repeated(int occurrence) => new(
        "repeated-row", $"The file has this very row {occurrence} times; each counts. Remove the entry if it was a slip.");

    internal static RowFault Unknown(string person) => new(
        "person-unknown", $"Nobody here is called '{person}'. Send addMembers=true to make assistants of such people, or memberName to "
        + "say whose time the file is.");
}

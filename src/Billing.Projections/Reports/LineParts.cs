using Billing.Domain.Invoicing;

namespace Billing.Projections.Reports;

/// <summary>
/// What an invoice's lines bring by what is behind them: time and fixed fees by the entries that they charge, expenses by themselves.
/// Everything else, such as agreed fees and taxes, is the invoice's own.
/// </summary>
internal static class LineParts
{
    /// <param name="minor">What of each line counts.</param>
    public static IReadOnlyList<Part> Of(
        InvoiceEvent.InvoiceFinalized facts, IReadOnlyList<InvoiceLine> lines, IReadOnlyList<long> minor) => AmountRow.WithRest(
            minor.Sum(), new Part(new Thing(ThingKind.Invoice, facts.InvoiceId), 0, facts.IssuedOn),
            [
                .. HoursShare.Of(lines, minor).Select(share => new Part(
                    new Thing(ThingKind.Entry, share.Hours.EntryId), share.Minor, share.Hours.WorkedOn)),
                .. lines.Zip(minor).Where(line => line.First is { Kind: LineKind.Expense, ExpenseId: not null })
                    .Select(line => new Part(new Thing(ThingKind.Expense, line.First.ExpenseId!.Value), line.Second, facts.IssuedOn)),
            ]);
}

using System.Globalization;
using Billing.Domain.Invoicing;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Invoicing;

/// <summary>Every amount of the invoices issued in some days: what each says, what became of it, its lines and its sales tax.</summary>
public static class InvoicesReport
{
    public const string Name = "invoices";

    public static Report Of(PracticeBook book, LocalDate from, LocalDate to, Guid? client = null) => new(
        Name, from, to,
        [
            .. book.Invoices.Values
                .Where(state => state.Issued is { Facts: var facts } && from <= facts.IssuedOn && facts.IssuedOn <= to
                    && facts.ClientId.IsOf(client))
                .OrderBy(state => state.Issued!.Facts.IssuedOn).ThenBy(state => state.Issued!.Facts.Number, StringComparer.Ordinal)
                .SelectMany(Rows),
        ]);

    private static IEnumerable<ReportRow> Rows(InvoiceState state)
    {
        var (invoice, facts) = (state.Issued!, state.Issued!.Facts);
        Thing[] itself = [new(ThingKind.Invoice, facts.InvoiceId)];
        Thing[] billed =
        [
            .. itself, .. facts.Time.SelectMany(week => week.EntryIds).Select(id => new Thing(ThingKind.Entry, id)),
            .. facts.ExpenseIds.Select(id => new Thing(ThingKind.Expense, id)),
        ];
        yield return AmountRow.Of(facts.InvoiceId, facts.Number, invoice.Currency,
        [
            AmountRow.Amount("total", facts.TotalMinor, "The sum of its lines, each rounded once, with sales tax.", billed),
            AmountRow.Amount("tax", facts.TaxMinor(), "Sales tax: on each category and rate, rounded once.", billed),
            AmountRow.Amount("retainerApplied", facts.RetainerAppliedMinor, "What retainers pay of it.", itself),
            AmountRow.Amount("paid", invoice.PaidMinor, "Payments as far as they went onto it, less what went back.", itself),
            AmountRow.Amount("creditApplied", invoice.CreditAppliedMinor, "What the client's credit pays of it.", itself),
            AmountRow.Amount("reduced", invoice.ReducedMinor, "What credit notes took off what was due.", itself),
            AmountRow.Amount("writtenOff", invoice.WrittenOff?.AmountMinor ?? 0, "What was given up of it.", itself),
            AmountRow.Amount("open", state.OpenMinor,
                "Total − paid by retainers − paid − paid by credit − taken off − written off; nothing once it is void.", itself),
        ]);
        foreach (var line in facts.Lines)
        {
            yield return Part($"line:{line.LineNumber}", invoice, AmountRow.Amount(
                "total", line.AmountMinor, "Quantity × price as the line has them, rounded once.", billed));
        }
        foreach (var part in facts.Tax?.Parts ?? [])
        {
            yield return Part(
                string.Create(CultureInfo.InvariantCulture, $"tax:{part.Category}:{part.HundredThousandths}"), invoice,
                AmountRow.Amount("taxable", part.TaxableMinor, "The net of its lines of this category and rate.", billed),
                AmountRow.Amount("tax", part.TaxMinor, "Taxable × rate, rounded once.", billed));
        }
    }

    private static ReportRow Part(string part, IssuedInvoice invoice, params IReadOnlyList<Figure> figures)
    {
        var row = AmountRow.Of(invoice.Facts.InvoiceId, invoice.Facts.Number, invoice.Currency, figures);
        return row with { Key = $"{row.Key}:{part}" };
    }
}

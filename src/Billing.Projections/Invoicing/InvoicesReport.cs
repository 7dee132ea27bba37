using System.Globalization;
using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
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
        var total = LineParts.Of(facts, facts.Lines, NetAmounts.Of(facts.Lines));
        var billed = new[] { new Thing(ThingKind.Invoice, facts.InvoiceId) }
            .Concat(facts.Time.SelectMany(week => week.EntryIds).Select(id => new Thing(ThingKind.Entry, id)))
            .Concat(facts.ExpenseIds.Select(id => new Thing(ThingKind.Expense, id)))
            .Concat(total.Select(part => part.Of)).Distinct().ToArray();
        yield return AmountRow.Of(facts.InvoiceId, facts.Number, invoice.Currency, Whole(state, invoice, billed, total));
        foreach (var line in facts.Lines)
        {
            yield return Part(LineKey(line), invoice, AmountRow.Amount(
                "total", line.AmountMinor, "Quantity × price as the line has them, rounded once.", billed,
                LineParts.Of(facts, [line], [line.AmountMinor])));
        }
        var net = NetAmounts.Of(facts.Lines);
        foreach (var part in facts.Tax?.Parts ?? [])
        {
            yield return Part(
                TaxKey(part), invoice,
                AmountRow.Amount(
                    "taxable", part.TaxableMinor, "The net of its lines of this category and rate.", billed,
                    LineParts.Of(facts, facts.Lines, [.. facts.Lines.Select((line, i) => IsTaxedBy(line, part) ? net[i] : 0)])),
                AmountRow.Amount("tax", part.TaxMinor, "Taxable × rate, rounded once.", billed, OfInvoice(facts, part.TaxMinor)));
        }
    }

    private static Figure[] Whole(InvoiceState state, IssuedInvoice invoice, Thing[] billed, IReadOnlyList<Part> ofTotal)
    {
        var facts = invoice.Facts;
        Part[] byRetainers = [.. ByRetainers(facts)], paid = [.. Paid(invoice)], byCredit = [.. ByCredit(invoice)];
        Thing[] settled =
        [
            billed[0], .. byRetainers.Concat(paid).Concat(byCredit).Select(part => part.Of).Where(thing => thing != billed[0]).Distinct(),
        ];
        var total = AmountRow.Amount(
            "total", facts.TotalMinor, "The sum of its lines, each rounded once, with sales tax.", billed,
            ofTotal) with
        {
            Steps = [.. facts.Lines.Select(line => Step(invoice, LineKey(line), "total"))],
        };
        var tax = AmountRow.Amount(
            "tax", facts.TaxMinor(), "Sales tax: on each category and rate, rounded once.", billed,
            (facts.Tax?.Parts ?? []).Select(part => OfInvoice(facts, part.TaxMinor))) with
        {
            Steps = [.. (facts.Tax?.Parts ?? []).Select(part => Step(invoice, TaxKey(part), "tax"))],
        };
        Figure[] became =
        [
            AmountRow.Amount("retainerApplied", facts.RetainerAppliedMinor, "What retainers pay of it.", settled, byRetainers),
            AmountRow.Amount("paid", invoice.PaidMinor, "Payments as far as they went onto it, less what went back.", settled, paid),
            AmountRow.Amount("creditApplied", invoice.CreditAppliedMinor, "What the client's credit pays of it.", settled, byCredit),
            AmountRow.Amount(
                "reduced", invoice.ReducedMinor, "What credit notes took off what was due.", settled,
                invoice.CreditNotes.Values.Select(note => note.Facts).Where(note => note.ReducedMinor != 0)
                    .OrderBy(note => note.Number, StringComparer.Ordinal)
                    .Select(note => new Part(billed[0], note.ReducedMinor, note.IssuedOn))),
            AmountRow.Amount(
                "writtenOff", invoice.WrittenOff?.AmountMinor ?? 0, "What was given up of it.", settled,
                [.. invoice.WrittenOff is { } given ? [new Part(billed[0], given.AmountMinor, given.WrittenOffOn)] : Array.Empty<Part>()]),
        ];
        return [total, tax, .. became, Open(state, total, became, [.. billed.Concat(settled).Distinct()])];
    }

    /// <summary>A void takes off all that was open, so that the others come to more.</summary>
    private static Figure Open(InvoiceState state, Figure total, Figure[] became, Thing[] of)
    {
        var open = Figure.Balance(
            "open", "Total − paid by retainers − paid − paid by credit − taken off − written off; nothing once it is void.", of,
            [(StepRole.Plus, total), .. became.Select(figure => (StepRole.Minus, figure))]);
        return state is not InvoiceState.Voided voided ? open : open with
        {
            Value = 0,
            Parts = AmountRow.WithRest(0, new Part(of[0], 0, voided.VoidedOn), open.Parts!),
            Steps = [],
        };
    }

    private static IEnumerable<Part> ByRetainers(InvoiceEvent.InvoiceFinalized facts) => facts.Retainers is { } retainers
        ? retainers.Where(part => part.AppliedMinor != 0)
            .Select(part => new Part(new Thing(ThingKind.Retainer, part.RetainerId), part.AppliedMinor, facts.IssuedOn))
        : facts.RetainerAppliedMinor == 0 ? []
        : [new Part(new Thing(ThingKind.Retainer, facts.RetainerId!.Value), facts.RetainerAppliedMinor, facts.IssuedOn)];

    private static IEnumerable<Part> Paid(IssuedInvoice invoice) => invoice.Payments
        .Select(paid => new Part(new Thing(ThingKind.Payment, paid.Key), paid.Value.AmountMinor, paid.Value.ReceivedOn))
        .Concat(invoice.Movements.Values.Where(moved => moved.AppliedMinor != 0)
            .Select(moved => new Part(new Thing(ThingKind.Payment, moved.PaymentId), moved.AppliedMinor, moved.On)))
        .OrderBy(part => part.On).ThenBy(part => part.Of.Id);

    /// <summary>By the invoices that the credit stands on.</summary>
    private static IEnumerable<Part> ByCredit(IssuedInvoice invoice) => invoice.AppliedCredits.SelectMany(credit => credit.Returns
        .Select(back => (Minor: -back.AmountMinor, back.On)).Prepend((Minor: credit.AppliedMinor, On: credit.AppliedOn))
        .Select(moved => new Part(new Thing(ThingKind.Invoice, credit.Source.InvoiceId), moved.Minor, moved.On)));

    private static Part OfInvoice(InvoiceEvent.InvoiceFinalized facts, long minor) =>
        new(new Thing(ThingKind.Invoice, facts.InvoiceId), minor, facts.IssuedOn);

    private static bool IsTaxedBy(InvoiceLine line, TaxPart part) =>
        line.Kind != LineKind.Tax && line.TaxCategory is not null && line.TaxedAs() == part.Key();

    private static string LineKey(InvoiceLine line) => string.Create(CultureInfo.InvariantCulture, $"line:{line.LineNumber}");

    private static string TaxKey(TaxPart part) =>
        string.Create(CultureInfo.InvariantCulture, $"tax:{part.Category}:{part.HundredThousandths}");

    private static FigureStep Step(IssuedInvoice invoice, string part, string column) =>
        new(StepRole.Plus, column, $"{invoice.Facts.InvoiceId:D}:{part}");

    private static ReportRow Part(string part, IssuedInvoice invoice, params IReadOnlyList<Figure> figures)
    {
        var row = AmountRow.Of(invoice.Facts.InvoiceId, invoice.Facts.Number, invoice.Currency, figures);
        return row with { Key = $"{row.Key}:{part}" };
    }
}

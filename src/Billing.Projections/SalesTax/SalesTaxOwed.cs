using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.SalesTax;

/// <summary>By what one fact changes what is owed to the tax office.</summary>
/// <param name="Name">What the tax is called; null for the usual word.</param>
/// <param name="Taxable">What it is on; below zero, as the tax, for what is taken back.</param>
public sealed record SalesTaxOwed(LocalDate On, string? Name, TaxKey Key, Money Taxable, Money Tax, Guid InvoiceId)
{
    private const int NoRate = 0;

    /// <summary>With invoices and credit notes, and of deposits with their money.</summary>
    public static IEnumerable<SalesTaxOwed> WhenIssued(PracticeBook book)
    {
        foreach (var (invoice, voidedOn) in Taxed(book))
        {
            var facts = invoice.Facts;
            if (facts.Kind == InvoiceKind.Deposit)
            {
                foreach (var owed in OfDeposit(invoice)) yield return owed;
                continue;
            }
            foreach (var owed in OfInvoice(invoice)) yield return owed;
            if (voidedOn is { } day)
                foreach (var owed in OfInvoice(invoice)) yield return owed.TakenBack(day);
            foreach (var note in invoice.CreditNotes.Values.Select(note => note.Facts))
                foreach (var part in CreditedTax.PartsOf(facts, note.Lines)) yield return Of(invoice, note.IssuedOn, part).Negated();
            if (invoice.WrittenOff is { } given)
                foreach (var owed in GivenUp(invoice, given)) yield return owed.Negated();
        }
    }

    /// <summary>With the money; what retainers pay of an invoice when it is issued, less what their deposits bore.</summary>
    public static IEnumerable<SalesTaxOwed> WhenReceived(PracticeBook book)
    {
        foreach (var (invoice, voidedOn) in Taxed(book))
        {
            foreach (var owed in Turned(invoice)) yield return owed;
            if (voidedOn is { } day)
                foreach (var owed in Turned(invoice)) yield return owed.TakenBack(day);
            foreach (var owed in Moments(invoice, CashHistory.Of(invoice).Moments)) yield return owed;
        }
    }

    private static IEnumerable<(IssuedInvoice Invoice, LocalDate? VoidedOn)> Taxed(PracticeBook book) => book.Invoices
        .OrderBy(pair => pair.Key)
        .Select(pair => (pair.Value.Issued, (pair.Value as InvoiceState.Voided)?.VoidedOn))
        .Where(state => state.Issued is { Facts: { Tax: not null } or { Deposits: not null } })
        .Select(state => (state.Issued!, state.VoidedOn));

    private static IEnumerable<SalesTaxOwed> OfInvoice(IssuedInvoice invoice) =>
    [
        .. (invoice.Facts.Tax?.Parts ?? []).Select(part => Of(invoice, invoice.Facts.IssuedOn, part)),
        .. Deducted(invoice),
    ];

    private static IEnumerable<SalesTaxOwed> Deducted(IssuedInvoice invoice) => (invoice.Facts.Deposits ?? []).Select(deposit => Of(
        invoice, invoice.Facts.IssuedOn, deposit.Key(), -deposit.NetMinor, -deposit.TaxMinor));

    /// <summary>What was paid of it and is credited is owed no more from the credit note on, whenever it is given back.</summary>
    private static IEnumerable<SalesTaxOwed> OfDeposit(IssuedInvoice deposit)
    {
        var notes = deposit.CreditNotes.Values.Select(note => note.Facts).ToList();
        var received = CashHistory.Of(deposit).Moments.Where(moment => moment.Source.Kind == CashSource.PaymentKind
            || (moment.Source.Kind == CashSource.MoneyBackKind && deposit.Movements.ContainsKey(moment.Source.Id)));
        return
        [
            .. Moments(deposit, received),
            .. notes.Where(note => note.ReducedMinor == 0).SelectMany(note => CreditedTax.PartsOf(deposit.Facts, note.Lines)
                .Select(part => Of(deposit, note.IssuedOn, part).Negated())),
        ];
    }

    /// <summary>As it was frozen, shared out by what is open: money that went back since is open too, and was not given up.</summary>
    private static IEnumerable<SalesTaxOwed> GivenUp(IssuedInvoice invoice, InvoiceEvent.InvoiceWrittenOff given)
    {
        var open = ByKey(invoice, given.WrittenOffOn, invoice.Facts.Lines.Zip(CashHistory.Of(invoice).OpenMinor)).ToList();
        var tax = given.TaxMinor ?? 0;
        var taxes = Shares(tax, [.. open.Select(owed => owed.Tax.Minor)]);
        var taxable = Shares(given.AmountMinor - tax, [.. open.Select(owed => owed.Taxable.Minor)]);
        return open.Select((owed, i) => owed with
        {
            Taxable = new Money(taxable[i], invoice.Currency),
            Tax = new Money(taxes[i], invoice.Currency),
        });
    }

    private static long[] Shares(long minor, long[] weights) =>
        minor == 0 ? new long[weights.Length] : LargestRemainder.Split(minor, weights);

    private static IEnumerable<SalesTaxOwed> Turned(IssuedInvoice invoice) =>
    [
        .. ByKey(invoice, invoice.Facts.IssuedOn, invoice.Facts.Lines.Select(line => (line, line.RetainerAppliedMinor))),
        .. Deducted(invoice),
    ];

    private static IEnumerable<SalesTaxOwed> Moments(IssuedInvoice invoice, IEnumerable<CashMoment> moments)
    {
        var lines = invoice.Facts.Lines.ToDictionary(line => line.LineNumber);
        return moments.SelectMany(moment =>
            ByKey(invoice, moment.On, moment.Lines.Select(income => (lines[income.LineNumber], income.AmountMinor))));
    }

    private static IEnumerable<SalesTaxOwed> ByKey(
        IssuedInvoice invoice, LocalDate on, IEnumerable<(InvoiceLine Line, long Minor)> parts) =>
        parts.Where(part => part.Line.TaxCategory is not null).GroupBy(part => part.Line.TaxedAs())
            .Select(group => Of(
                invoice, on, group.Key, group.Where(part => part.Line.Kind != LineKind.Tax).Sum(part => part.Minor),
                group.Where(part => part.Line.Kind == LineKind.Tax).Sum(part => part.Minor)))
            .Where(owed => !owed.Taxable.IsZero || !owed.Tax.IsZero);

    private static SalesTaxOwed Of(IssuedInvoice invoice, LocalDate on, TaxPart part) =>
        Of(invoice, on, part.Key(), part.TaxableMinor, part.TaxMinor);

    private static SalesTaxOwed Of(IssuedInvoice invoice, LocalDate on, TaxKey key, long taxableMinor, long taxMinor) => new(
        on, invoice.Facts.Tax?.Rules.Name, key with { HundredThousandths = key.HundredThousandths ?? NoRate },
        new Money(taxableMinor, invoice.Currency), new Money(taxMinor, invoice.Currency), invoice.Facts.InvoiceId);

    private SalesTaxOwed Negated() => this with { Taxable = -Taxable, Tax = -Tax };

    private SalesTaxOwed TakenBack(LocalDate on) => Negated() with { On = on };
}

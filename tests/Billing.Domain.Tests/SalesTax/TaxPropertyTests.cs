using Billing.Domain.Engagements;
using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.SalesTax;
using Billing.Domain.Tests.Invoicing;
using CsCheck;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Invoicing.NumberingEvent;
using static Billing.Domain.Tests.Invoicing.Practice;
using static Billing.Domain.Tests.SalesTax.Taxed;

namespace Billing.Domain.Tests.SalesTax;

/// <summary>Rules that hold for whatever is billed at whatever rates.</summary>
public class TaxPropertyTests
{
    /// <summary>An invoice of up to four kinds of things, at up to three rates, with and without the tax in the prices, with and without
    /// discounts, a cap and a retainer.</summary>
    private static readonly Gen<InvoiceFinalized> Invoices = Gen.Select(
        Gen.Long[1, 40_000].Array[1, 4], Gen.Long[1, 90_00], Gen.Int[1, 30_000], Gen.Int[0, 3], Gen.Bool,
        Gen.Select(Gen.Int[0, 100], Gen.Long[0, 5_00], Gen.Int[0, 40]), Gen.Long[0, 30_000], Gen.Bool).Select(
        (seconds, perHour, rate, exceptions, isIncluded, discount, retainer, isCapped) =>
        {
            var practice = new Practice().Charges(Inbox, perHour).Charges(Books, perHour + 7, card: 21).Spends(201, 12_34)
                .Spends(202, 7_77).Holds(retainer, retainer % 2 == 0 ? [] : [Books]);
            if (isCapped) practice.Agrees(Inbox, new EngagementEvent.BillingModeSet(Id(50), "capped", 30_00, "once", March2, At));
            for (var i = 0; i < seconds.Length; i++) practice.WorksSeconds(101 + i, seconds[i], i % 2 == 0 ? Inbox : Books);
            TaxException[] own = [.. new[] { For(Books, Seven), ForExpenses("software", Exempt) }.Take(exceptions)];
            var standard = new TaxTreatment("S", rate);
            _ = isIncluded ? practice.Including(standard, own) : practice.Charging(standard, own);
            List<DiscountWish> discounts = [];
            if (discount.Item1 is > 0 and < 50) discounts.Add(Percent(discount.Item1, discount.Item3 % 2 == 0 ? null : Inbox));
            if (discount.Item2 is > 0 and < 2_00) discounts.Add(Off(discount.Item2));
            return practice.FinalizedWith(retainer > 0, [.. discounts]);
        });

    [Fact]
    public void Gross_is_net_and_tax_and_each_part_is_its_lines_and_its_rate()
    {
        Invoices.Sample(invoice =>
        {
            var tax = invoice.Tax!;
            Assert.Equal(invoice.TotalMinor, invoice.Lines.Sum(line => line.AmountMinor));
            Assert.Equal(invoice.TotalMinor, tax.Parts.Sum(part => part.TaxableMinor + part.TaxMinor));
            foreach (var part in tax.Parts)
            {
                var lines = invoice.Lines.Where(line => line.TaxedAs() == part.Key()).ToList();
                Assert.Equal(part.TaxableMinor, lines.Where(line => line.Kind != LineKind.Tax).Sum(line => line.AmountMinor));
                Assert.Equal(part.TaxMinor, lines.Where(line => line.Kind == LineKind.Tax).Sum(line => line.AmountMinor));
                // Prices with tax in them leave no choice of the sum, so the tax can be a cent off its rate (EN 16931 allows for it).
                var exact = part.TaxableMinor * part.HundredThousandths / 100_000m;
                Assert.True(Math.Abs(part.TaxMinor - exact) <= (tax.Rules.PricesInclude ? 1 : 0.5m), $"{part}");
            }
            if (tax.Rules.PricesInclude)
                Assert.Equal(invoice.TotalMinor, invoice.Lines.Sum(line => line.InclusiveMinor ?? 0));
            var net = NetAmounts.Of(invoice.Lines);
            Assert.All(net, minor => Assert.True(minor >= 0));
            Assert.Equal(invoice.TotalMinor, net.Sum());
            Assert.All(invoice.Lines.Zip(net), line => Assert.InRange(line.First.RetainerAppliedMinor, 0, line.Second));
        }, iter: 2_000);
    }

    [Fact]
    public void Whatever_is_credited_in_whichever_steps_in_the_end_nothing_is_left_of_any_tax()
    {
        var step = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9], Gen.Long[1, 90_00]);
        Gen.Select(Invoices, step.Array[0, 6]).Sample((invoice, steps) =>
        {
            var state = Invoice.Stream.Fold([invoice]);
            for (var i = 0; i < steps.Length && state.Issued!.LeftMinor > 0; i++) state = Credit(state, i, steps[i]);
            if (state.Issued!.LeftMinor > 0) state = Credit(state, 99, (0, 0, 0));
            var issued = state.Issued!;
            Assert.Equal((0L, 0L), (issued.LeftMinor, issued.LeftTaxMinor));
            var notes = issued.CreditNotes.Values.Select(note => note.Facts).ToList();
            Assert.Equal(invoice.TaxMinor(), notes.Sum(note => note.TaxMinor));
            Assert.All(notes, note => Assert.Equal(
                note.TotalMinor, CreditedTax.PartsOf(invoice, note.Lines).Sum(part => part.TaxableMinor + part.TaxMinor)));
            foreach (var part in invoice.Tax!.Parts)
            {
                var credited = notes.SelectMany(note => CreditedTax.PartsOf(invoice, note.Lines))
                    .Where(p => p.Key() == part.Key()).ToList();
                Assert.Equal((part.TaxableMinor, part.TaxMinor), (credited.Sum(p => p.TaxableMinor), credited.Sum(p => p.TaxMinor)));
            }
        }, iter: 1_000);
    }

    [Fact]
    public void A_line_that_is_credited_takes_its_tax_along_in_proportion()
    {
        Invoices.Sample(invoice =>
        {
            var state = Invoice.Stream.Fold([invoice]);
            var amounts = NetAmounts.Of(invoice.Lines);
            var line = invoice.Lines.FirstOrDefault(line => line.Kind == LineKind.Time && amounts[line.LineNumber - 1] > 0);
            if (line is null) return;
            var note = Credit(state, 1, (2, line.LineNumber - 1, 0)).Issued!.CreditNotes.Values.Single().Facts;
            var part = invoice.Tax!.Parts.Single(part => part.Key() == line.TaxedAs());
            var net = amounts[line.LineNumber - 1];
            Assert.True(Math.Abs(note.TaxMinor!.Value - ((decimal)net * part.TaxMinor / part.TaxableMinor)) <= 0.5m);
        }, iter: 500);
    }

    /// <summary>However many notes there are and however small: within half a cent, as the notes before it were.</summary>
    [Fact]
    public void An_amount_that_is_credited_takes_each_tax_along_by_the_running_sum()
    {
        Gen.Select(Invoices, Gen.OneOf(Gen.Long[1, 9], Gen.Long[1, 30_00]).Array[1, 40]).Sample((invoice, amounts) =>
        {
            var state = Invoice.Stream.Fold([invoice]);
            for (var i = 0; i < amounts.Length && state.Issued!.LeftMinor > 0; i++)
            {
                state = Credit(state, i, (1, 0, amounts[i]));
                var notes = state.Issued!.CreditNotes.Values.SelectMany(note => CreditedTax.PartsOf(invoice, note.Facts.Lines)).ToList();
                foreach (var part in invoice.Tax!.Parts)
                {
                    var credited = notes.Where(p => p.Key() == part.Key()).ToList();
                    var (net, tax) = (credited.Sum(p => p.TaxableMinor), credited.Sum(p => p.TaxMinor));
                    var exact = (decimal)part.TaxMinor * (net + tax) / Math.Max(1, part.TaxableMinor + part.TaxMinor);
                    Assert.True(Math.Abs(tax - exact) <= 0.5m, $"{tax} of {net + tax} is not {exact}");
                }
            }
        }, iter: 500);
    }

    [Fact]
    public void The_order_and_the_size_of_payments_do_not_matter_to_what_is_received_of_the_tax()
    {
        Gen.Select(Invoices, Gen.Long[1, 90_00].Array[1, 6]).Sample((invoice, amounts) =>
        {
            var (one, other) = (Paid(invoice, amounts), Paid(invoice, [.. amounts.Reverse()]));
            var (there, back) = (CashHistory.Of(one), CashHistory.Of(other));
            Assert.Equal(there.OpenMinor, back.OpenMinor);
            Assert.Equal(there.Moments.Sum(moment => moment.TaxMinor), back.Moments.Sum(moment => moment.TaxMinor));
            Assert.All(there.Moments, moment => Assert.All(moment.Lines, line => Assert.True(line.AmountMinor > 0)));
            Assert.Equal(one.BalanceMinor, there.OpenMinor.Sum());
            var whole = CashHistory.Of(Paid(invoice, [.. amounts, invoice.TotalMinor]));
            Assert.Equal(invoice.TaxMinor() - invoice.RetainerTaxMinor(), whole.Moments.Sum(moment => moment.TaxMinor));
            Assert.Equal(0, whole.OpenTaxMinor);
        }, iter: 1_000);
    }

    [Fact]
    public void What_is_written_off_of_the_tax_is_what_was_not_received_of_it()
    {
        Gen.Select(Invoices, Gen.Long[1, 90_00].Array[0, 3]).Sample((invoice, amounts) =>
        {
            var state = Invoice.Stream.After(Invoice.Stream.Fold([invoice]), Payments(invoice, amounts));
            if (state.OpenMinor == 0) return;
            var off = Invoice.Decide(state, new WriteOffInvoice(InvoiceId, "Gone", April1, At)).Events().OfType<InvoiceWrittenOff>().Single();
            Assert.Equal(
                invoice.TaxMinor() - invoice.RetainerTaxMinor(),
                (off.TaxMinor ?? 0) + CashHistory.Of(state.Issued!).Moments.Sum(moment => moment.TaxMinor));
        }, iter: 500);
    }

    private static IssuedInvoice Paid(InvoiceFinalized invoice, long[] amounts) =>
        Invoice.Stream.After(Invoice.Stream.Fold([invoice]), Payments(invoice, amounts)).Issued!;

    private static List<InvoiceEvent> Payments(InvoiceFinalized invoice, long[] amounts)
    {
        var (left, events) = (invoice.TotalMinor - invoice.RetainerAppliedMinor, new List<InvoiceEvent>());
        for (var i = 0; i < amounts.Length; i++)
        {
            var minor = Math.Min(left, amounts[i]);
            if (minor == 0) continue;
            events.Add(new PaymentApplied(Id(300 + i), minor, April1));
            left -= minor;
        }
        return events;
    }

    /// <param name="step">0: all that is left; 1: an amount over all lines; 2: all or an amount of one line.</param>
    private static InvoiceState Credit(InvoiceState state, int note, (int Way, int Line, long Minor) step)
    {
        var issued = state.Issued!;
        var wish = new IssueCreditNote(InvoiceId, Id(200 + note), [], null, CreditSettlement.None, "Agreed", April1, At);
        if (step.Way == 1) wish = wish with { Amount = Usd(Math.Min(step.Minor, issued.LeftMinor)) };
        if (step.Way == 2)
        {
            var at = step.Line % issued.Facts.Lines.Count;
            var left = NetAmounts.Of(issued.Facts.Lines)[at] - issued.CreditedOf(at + 1);
            if (left == 0) return state;
            wish = wish with { Lines = [new CreditWish(at + 1, step.Minor == 0 ? null : Usd(Math.Min(left, step.Minor)))] };
        }
        for (var paidBack = 0L; ;)
        {
            var settled = wish with { Settlement = new CreditSettlement(Usd(paidBack), null, null) };
            switch (Crediting.Decide(state, settled, "CN-2026", new NumberingState(note)))
            {
                case Crediting.Accepted accepted:
                    Assert.IsType<NumberGiven>(accepted.Numbering);
                    return Invoice.Stream.After(state, accepted.Invoice);
                // What a retainer paid is settled; how much that is, the tax that goes along decides.
                case Crediting.Refused { Rejection: { Code: "settlement-differs" } why }:
                    paidBack = (long)(decimal.Parse(why.Detail.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) * 100);
                    break;
                case Crediting.Refused refused:
                    throw new InvalidOperationException(refused.Rejection.Detail);
            }
        }
    }
}

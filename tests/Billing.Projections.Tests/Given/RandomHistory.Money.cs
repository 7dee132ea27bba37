using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>Invoices, what clients pay for them, and retainers.</summary>
internal sealed partial class RandomHistory
{
    private int sequence;
    private readonly List<(Guid Id, string Stream, Guid Client, List<(Guid Lot, long Left)> Lots)> retainers = [];

    private void BillWork()
    {
        var client = Pick(clients);
        var work = entries.Where(e => e.Value.Client == client && !e.Value.IsBilled).Take(5).ToList();
        var expenses = openExpenses.Take(chance.Next(2)).ToList();
        var invoice = New(7);
        var selected = work.GroupBy(e => e.Value.Sheet).Select(g => new SelectedTime(g.Key, [.. g.Select(e => e.Key)])).ToList();
        var retainer = retainers.Find(r => r.Client == client && r.Lots.Any(l => l.Left > 0));
        Add($"invoice-{invoice:D}", new InvoiceEvent.InvoiceDrafted(
            invoice, client, "USD", selected, expenses, retainer.Id == default ? null : retainer.Id, Day, Words, Now));
        if (chance.Next(4) == 0)
        {
            Add($"invoice-{invoice:D}", new InvoiceEvent.RetainersChosen(
                retainer.Id == default ? [] : [retainer.Id], Now));
        }
        if (taxing.Next(3) == 0) Add($"invoice-{invoice:D}", new InvoiceEvent.DraftDescribed("PO-7", Words, [], Now));
        if (work.Count + expenses.Count == 0 || chance.Next(5) == 0)
        {
            Add($"invoice-{invoice:D}", new InvoiceEvent.DraftDiscarded(Now));
            return;
        }
        foreach (var time in selected) Add(time.Timesheet, new TimesheetEvent.TimeBilled(time.EntryIds, invoice));
        foreach (var expense in expenses) Add($"expense-{expense:D}", new ExpenseEvent.ExpenseBilled(invoice));
        foreach (var (id, entry) in work) entries[id] = entry with { IsBilled = true };
        openExpenses.RemoveAll(expenses.Contains);

        var lines = selected
            .Select((_, i) => new InvoiceLine(i + 1, LineKind.Time, engagements[0], 3600, 5000, chance.Next(1, 90_000), [], null))
            .Concat(expenses.Select((e, i) => new InvoiceLine(
                selected.Count + i + 1, LineKind.Expense, null, null, null, chance.Next(1, 9_000), [], e)))
            .ToList();
        if (taxing.Next(2) == 0) lines = Taxed(lines);
        var total = lines.Sum(l => l.AmountMinor);
        var drawn = retainer.Id == default ? 0 : Draw(retainer.Stream, retainer.Lots, invoice, total);
        lines = Covered(lines, drawn);
        Finalize(invoice, client, InvoiceKind.Work, lines, total, drawn == 0 ? null : retainer.Id, drawn, selected, expenses);
        Write(invoice, client);
        Offer(client);
        Repeat(client);
        var paid = Pay(invoice, client, total - drawn, null);
        if (chance.Next(4) > 0)
        {
            paid += PayFromCredit(invoice, client, total - drawn - paid);
            if (crediting.Next(2) == 0) Credit(invoice, lines, total, total - drawn - paid);
            return;
        }
        Add($"invoice-{invoice:D}", new InvoiceEvent.InvoiceVoided("mistake", Day, Now));
        foreach (var time in selected) Add(time.Timesheet, new TimesheetEvent.TimeReleased(time.EntryIds, invoice));
        foreach (var expense in expenses) Add($"expense-{expense:D}", new ExpenseEvent.ExpenseReleased(invoice));
        foreach (var (id, entry) in work) entries[id] = entry with { IsBilled = false };
        openExpenses.AddRange(expenses);
    }

    private void Prepay()
    {
        if (chance.Next(3) == 0) AgreeHours();
        RefundOrFill();
        var (retainer, client, invoice, amount) = (New(9), Pick(clients), New(7), chance.Next(1_000, 90_000));
        var stream = $"retainer-{retainer:D}";
        Add(stream, new RetainerEvent.RetainerAgreed(retainer, client, "USD", Words, [engagements[0]], Now));
        retainers.Add((retainer, stream, client, []));
        Add($"invoice-{invoice:D}", new InvoiceEvent.DepositDrafted(invoice, client, "USD", retainer, amount, Words, Now));
        List<InvoiceLine> lines = [new InvoiceLine(1, LineKind.Deposit, null, null, null, amount, [], null)];
        Finalize(invoice, client, InvoiceKind.Deposit, lines, amount, retainer, 0, [], []);
        Pay(invoice, client, amount, retainers.Count - 1);
    }

    private void Finalize(
        Guid invoice, Guid client, string kind, List<InvoiceLine> lines, long total, Guid? retainer, long drawn,
        List<SelectedTime> selected, List<Guid> expenses)
    {
        var number = $"INV-2026-{++sequence}";
        Add("numbering-INV-2026", new NumberingEvent.NumberGiven(sequence, number, invoice));
        Add($"invoice-{invoice:D}", new InvoiceEvent.InvoiceFinalized(
            invoice, client, kind, number, "USD", Day, Day, lines, total, retainer, drawn, null, RoundingPolicy.Exact, selected,
            expenses, null, Now)
        {
            Tax = TaxOf(lines),
        });
        var link = New(10);
        Add($"invoice-{invoice:D}", new InvoiceEvent.InvoiceShared(link, Convert.ToHexStringLower(link.ToByteArray()), Now));
        if (chance.Next(2) == 0) Add($"invoice-{invoice:D}", new InvoiceEvent.ShareRevoked(link, Now));
    }

    /// <summary>A few payments, online and by hand, some of them more than is open, until chance has enough.</summary>
    private long Pay(Guid invoice, Guid client, long open, int? retainer)
    {
        var due = open;
        while (open > 0 && chance.Next(3) > 0)
        {
            var (payment, day) = (New(8), Day);
            var amount = chance.NextInt64(1, (open * 5 / 4) + 2);
            var applied = Math.Min(amount, open);
            var online = chance.Next(2) > 0;
            if (!online)
            {
                Add($"payment-{payment:D}", new PaymentEvent.PaymentRecorded(
                    payment, invoice, client, amount, "USD", applied, amount - applied, "cheque", day, Words, Now));
            }
            else if (!PaidOnline(payment, invoice, client, amount, applied, day))
            {
                continue;
            }
            Add($"invoice-{invoice:D}", new InvoiceEvent.PaymentApplied(payment, applied, day));
            Bank(payment, amount, day);
            open -= applied;
            if (amount > applied) Add($"invoice-{invoice:D}", new InvoiceEvent.OverpaymentKept(payment, amount - applied));
            if (amount > applied && !online) inHand.Add((invoice, client, amount - applied));
            if (retainer is not { } number)
            {
                if (online) GoBack(payment, invoice, amount, applied, day);
                continue;
            }
            Add(retainers[number].Stream, new RetainerEvent.RetainerFunded(payment, invoice, payment, applied, day, FundedTax(applied)));
            retainers[number].Lots.Add((payment, applied));
        }
        return due - open;
    }

    private bool PaidOnline(Guid payment, Guid invoice, Guid client, long amount, long applied, LocalDate day)
    {
        var stream = $"payment-{payment:D}";
        Add($"invoice-{invoice:D}", new InvoiceEvent.CheckoutAttempted(payment, amount, Now));
        Add(stream, new PaymentEvent.PaymentAttempted(payment, invoice, client, amount, "USD", Now));
        Agree(client, payment);
        ChargeInVain(client, invoice);
        if (chance.Next(4) > 0)
            Add(stream, new PaymentEvent.CheckoutOpened($"cs_{payment:N}", "https://pay.example", Now, Now));
        if (chance.Next(4) == 0) return false;
        if (chance.Next(2) == 0) Add(stream, new PaymentEvent.PaymentPending(Now));
        var end = chance.Next(4);
        if (end == 0) Add(stream, new PaymentEvent.PaymentFailed("card_declined", Now));
        if (end == 1) Add(stream, new PaymentEvent.CheckoutExpired(Now));
        Add($"invoice-{invoice:D}", new InvoiceEvent.CheckoutClosed(payment, Now));
        if (end < 2) return false;
        Add(stream, new PaymentEvent.PaymentSucceeded($"pi_{payment:N}", amount, "USD", applied, amount - applied, day, Now));
        Add(stream, new PaymentEvent.ProcessorFeeCharged($"txn_{payment:N}", chance.Next(1, 900), "USD", day));
        return true;
    }

    private long Draw(string stream, List<(Guid Lot, long Left)> lots, Guid invoice, long atMost)
    {
        var draws = new List<LotDraw>();
        for (var i = 0; i < lots.Count && draws.Sum(d => d.AmountMinor) < atMost; i++)
        {
            var amount = Math.Min(lots[i].Left, atMost - draws.Sum(d => d.AmountMinor));
            if (amount == 0) continue;
            draws.Add(new LotDraw(lots[i].Lot, amount, FundedTax(amount)?.TaxMinor));
            lots[i] = (lots[i].Lot, lots[i].Left - amount);
        }
        var total = draws.Sum(d => d.AmountMinor);
        Add(stream, new RetainerEvent.RetainerDrawn(invoice, total, draws, Day));
        if (chance.Next(3) > 0) return total;
        Add(stream, new RetainerEvent.RetainerDrawReversed(invoice, total, draws, Day));
        for (var i = 0; i < lots.Count; i++)
            lots[i] = (lots[i].Lot, lots[i].Left + draws.Where(d => d.LotId == lots[i].Lot).Sum(d => d.AmountMinor));
        return 0;
    }

    private static List<InvoiceLine> Covered(List<InvoiceLine> lines, long drawn) => drawn == 0 ? lines :
    [
        .. lines.Zip(
            new Money(drawn, Currency.Usd).Allocate([.. lines.Select(l => l.AmountMinor)]),
            (line, part) => line with { RetainerAppliedMinor = part.Minor }),
    ];
}

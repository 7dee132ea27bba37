using Billing.Domain;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>
/// A client's invoices, payments, credit notes and credit by chance, the same for the same seed, and every step as the deciders let it
/// happen: what they refuse does not.
/// </summary>
internal sealed class CreditHistory
{
    private static readonly TaxTreatment Nineteen = new(TaxCategory.Standard, 19_000);
    private static readonly LocalDate First = new(2026, 1, 5);

    private readonly Random chance;
    private readonly List<(string Stream, object Event)> events = [];
    private readonly Dictionary<Guid, InvoiceState> invoices = [];
    private readonly Dictionary<Guid, PaymentState> payments = [];
    private NumberingState notes = Numbering.Stream.Initial;
    private LocalDate day = First;
    private int ids;

    private CreditHistory(int seed) => chance = new Random(seed);

    public IReadOnlyDictionary<Guid, InvoiceState> Invoices => invoices;

    public IReadOnlyList<(string Stream, object Event)> Events => events;

    private Instant Now => day.AtMidnight().InUtc().ToInstant();

    public static CreditHistory Of(int seed, int steps)
    {
        var history = new CreditHistory(seed);
        history.events.Add(($"business-{Ids.Of(1, 1):D}", new BusinessEvent.BusinessOpened(
            Ids.Of(1, 1), "Practice", "America/New_York", "USD", history.Now)));
        history.events.Add(($"client-{Ids.Acme:D}", new ClientEvent.ClientAdded(Ids.Acme, "Acme", null, null, "USD", null, history.Now)));
        for (var i = 0; i < 3; i++) history.Issue();
        for (var step = 0; step < steps; step++)
        {
            history.day = history.day.PlusDays(history.chance.Next(6));
            history.Step();
        }
        return history;
    }

    private void Step()
    {
        var (id, state) = invoices.ElementAt(chance.Next(invoices.Count));
        switch (chance.Next(12))
        {
            case 0: Issue(); break;
            case 1 or 2: PayByHand(id, state); break;
            case 3: PayOnline(id, state); break;
            case 4: Credit(id, state); break;
            case 5 or 6 or 7: Apply(id, state); break;
            case 8: TakeOff(id, state); break;
            case 9: Void(id, state); break;
            case 10: GoBack(); break;
            default: WriteOff(id, state); break;
        }
    }

    private void Issue()
    {
        var id = New();
        List<InvoiceLine> lines =
        [
            new(1, LineKind.Time, Ids.Inbox, 3600, 5000, chance.Next(1, 20_000), [], null),
            new(2, LineKind.Expense, null, null, null, chance.Next(1, 9_000), [], New()),
        ];
        var isTaxed = chance.Next(2) == 0;
        if (isTaxed) lines.Add(new(3, LineKind.Tax, null, null, null, TaxArithmetic.On(lines.Sum(l => l.AmountMinor), 19_000), [], null));
        if (isTaxed) lines = lines.ConvertAll(l => l with { TaxCategory = Nineteen.Category, TaxHundredThousandths = 19_000 });
        var tax = lines.Where(l => l.Kind == LineKind.Tax).Sum(l => l.AmountMinor);
        var final = new InvoiceEvent.InvoiceFinalized(
            id, Ids.Acme, InvoiceKind.Work, $"INV-2026-{ids:0000}", "USD", day, day.PlusDays(14), lines, lines.Sum(l => l.AmountMinor), null,
            0, null, RoundingPolicy.Exact, [], [], null, Now)
        {
            Tax = isTaxed
                ? new InvoiceTax(
                    new TaxRules("VAT", false, Nineteen, []),
                    [new TaxPart(Nineteen.Category, 19_000, lines.Sum(l => l.AmountMinor) - tax, tax, null)])
                : null,
        };
        Write(id, [new InvoiceEvent.InvoiceDrafted(id, Ids.Acme, "USD", [], [], null, day, null, Now), final]);
    }

    private void PayByHand(Guid id, InvoiceState state)
    {
        var payment = New();
        var amount = new Money(chance.NextInt64(1, (state.OpenMinor * 3 / 2) + 2_000), Currency.Usd);
        Write(payment, id, PaymentReceipt.Receive(
            PaymentOf(payment), state, null, new RecordPayment(payment, id, amount, "transfer", day, null, Now)));
    }

    private void PayOnline(Guid id, InvoiceState state)
    {
        var payment = New();
        var open = state.Issued!.Checkout is { } checkout ? PaymentOf(checkout.PaymentId) : Payment.Stream.Initial;
        var start = CheckoutStart.Decide(state, open, PaymentOf(payment), new AttemptPayment(payment, id, Now));
        if (start is not CheckoutStart.Begun begun) return;
        Write(payment, id, new PaymentDecision.Accepted([begun.Payment], [begun.Invoice], []));
        // Somebody else pays it meanwhile.
        if (chance.Next(2) == 0) PayByHand(id, invoices[id]);
        Write(payment, id, PaymentReceipt.Receive(
            PaymentOf(payment), invoices[id], null,
            new SucceedPayment(payment, $"pi_{payment:N}", begun.Payment.AmountMinor, "usd", day, Now)));
    }

    private void Credit(Guid id, InvoiceState state)
    {
        if (state is not InvoiceState.Finalized { Invoice: { LeftMinor: > 0 } invoice }) return;
        var amount = chance.NextInt64(1, invoice.LeftMinor + 1);
        var paid = Math.Max(0, amount - Math.Max(0, invoice.BalanceMinor) - invoice.CreditAppliedMinor);
        var kept = chance.NextInt64(0, paid + 1);
        var refund = chance.NextInt64(0, paid - kept + 1);
        var settlement = new CreditSettlement(Usd(refund), Usd(kept), Usd(paid - kept - refund));
        var note = New();
        if (Crediting.Decide(state, new IssueCreditNote(id, note, [], Usd(amount), settlement, "Late", day, Now), "CN-2026", notes)
            is not Crediting.Accepted accepted) return;
        events.Add(("numbering-CN-2026", accepted.Numbering));
        notes = Numbering.Stream.Evolve(notes, accepted.Numbering);
        Write(id, accepted.Invoice, accepted.Credit);
        if (chance.Next(2) == 0)
            Write(id, Of(Invoice.Decide(invoices[id], new SettleRefund(id, note, New(), "transfer", day, null, Now))));
    }

    private void Apply(Guid id, InvoiceState state)
    {
        var wish = new ApplyCredit(
            id, New(), chance.Next(2) == 0 || state.OpenMinor <= 0 ? null : Usd(chance.NextInt64(1, state.OpenMinor + 1)), null, day, Now);
        List<CreditHolder> holders =
            [.. invoices.Values.Select(other => new CreditHolder(other, [.. CreditHolder.PaymentsOf(other).Select(PaymentOf)]))];
        if (CreditApplication.Decide(state, wish, holders) is CreditApplication.Accepted accepted)
            Write(id, accepted.Invoice, accepted.Sources);
    }

    private void TakeOff(Guid id, InvoiceState state)
    {
        var applied = state.Issued!.CreditAppliedMinor;
        var amount = applied == 0 || chance.Next(2) == 0 ? (Money?)null : Usd(chance.NextInt64(1, applied + 1));
        if (CreditRelease.Decide(state, new TakeCreditOff(id, amount, day, Now), out var release) is null)
            Write(id, release.Invoice, release.Others);
    }

    private void Void(Guid id, InvoiceState state)
    {
        if (Voiding.Decide(
            state, new VoidInvoice(id, "Wrong", day, Now), new Dictionary<string, Domain.TimeTracking.TimesheetState>(),
            new Dictionary<Guid, Domain.Expenses.ExpenseState>
            {
                [Guid.Empty] = Domain.Expenses.Expense.Stream.Initial,
            }, new Dictionary<Guid, Domain.Retainers.RetainerState>(),
            Voiding.EngagementsOf(state.Issued!.Facts).ToDictionary(e => e, _ => Domain.Engagements.Engagement.Stream.Initial))
            is Voiding.Accepted accepted)
        {
            Write(id, accepted.Invoice, accepted.Credit);
        }
    }

    private void GoBack()
    {
        var paid = payments.Values.OfType<PaymentState.Online>().Where(p => p.Stage is PaymentStage.Succeeded).ToList();
        if (paid.Count == 0) return;
        var payment = paid[chance.Next(paid.Count)];
        var dispute = payment.Back.Disputes.Values.FirstOrDefault();
        if (payment.RefundableMinor == 0 && dispute is not { Reinstated: null }) return;
        Write(payment.PaymentId, payment.InvoiceId, dispute is { Reinstated: null } || (dispute is null && chance.Next(2) == 0)
            ? MoneyBackNews.Tell(payment, invoices[payment.InvoiceId], null, new TellDispute(
                payment.PaymentId, $"du_{payment.PaymentId:N}", dispute?.AmountMinor ?? payment.RefundableMinor, "usd", "fraudulent", day,
                Now, day, dispute is null ? null : day, dispute is null ? null : DisputeOutcome.Won, Now))
            : MoneyBackNews.Tell(payment, invoices[payment.InvoiceId], null, new TellRefund(
                payment.PaymentId, $"re_{++ids}", null, chance.NextInt64(1, payment.RefundableMinor + 1), "usd", day, null, null, Now)));
    }

    private void WriteOff(Guid id, InvoiceState state)
    {
        if (chance.Next(4) == 0) Write(id, Of(Invoice.Decide(state, new WriteOffInvoice(id, "Gone", day, Now))));
    }

    private PaymentState PaymentOf(Guid id) => payments.GetValueOrDefault(id, Payment.Stream.Initial);

    private static IReadOnlyList<InvoiceEvent> Of(Decision<InvoiceEvent> decision) =>
        decision is Decision<InvoiceEvent>.Accepted accepted ? accepted.Events : [];

    private void Write(Guid payment, Guid invoice, PaymentDecision decision)
    {
        if (decision is not PaymentDecision.Accepted accepted) return;
        foreach (var e in accepted.Payment)
        {
            events.Add((Payment.Stream.Name(payment), e));
            payments[payment] = Payment.Evolve(PaymentOf(payment), e);
        }
        Write(invoice, accepted.Invoice, accepted.Others);
    }

    private void Write(Guid invoice, IReadOnlyList<InvoiceEvent> own, IReadOnlyList<InvoiceWrite>? others = null)
    {
        foreach (var write in own.Select(e => new InvoiceWrite(invoice, e)).Concat(others ?? []))
        {
            events.Add((Invoice.Stream.Name(write.InvoiceId), write.Event));
            invoices[write.InvoiceId] = Invoice.Evolve(invoices.GetValueOrDefault(write.InvoiceId, Invoice.Stream.Initial), write.Event);
        }
    }

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private Guid New() => Ids.Of(7, ++ids);
}

using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Tests.Payments;

/// <summary>An invoice of 100.00 USD, its retainer where it is a deposit, and its payments, kept as a store would keep
/// them.</summary>
internal sealed class PaymentWorld
{
    public static readonly Guid InvoiceId = new("01990000-0000-7000-8000-000000000001");
    public static readonly Guid ClientId = new("01990000-0000-7000-8000-000000000002");
    public static readonly Guid RetainerId = new("01990000-0000-7000-8000-000000000003");
    public static readonly Guid First = new("01990000-0000-7000-8000-00000000000a");
    public static readonly Guid Second = new("01990000-0000-7000-8000-00000000000b");
    public static readonly Instant At = Instant.FromUtc(2026, 5, 4, 9, 0);
    public static readonly LocalDate May4 = new(2026, 5, 4);

    /// <param name="instalments">None where it is due all at once.</param>
    public PaymentWorld(
        string kind = InvoiceKind.Work, string currency = "USD", long totalMinor = 100_00, IReadOnlyList<Instalment>? instalments = null)
    {
        var isDeposit = kind == InvoiceKind.Deposit;
        Invoice = Domain.Invoicing.Invoice.Stream.Fold([new InvoiceEvent.InvoiceFinalized(
            InvoiceId, ClientId, kind, "INV-2026-0001", currency, May4, May4.PlusDays(14),
            [new InvoiceLine(1, isDeposit ? LineKind.Deposit : LineKind.Expense, null, null, null, totalMinor, [], null)],
            totalMinor, isDeposit ? RetainerId : null, 0, null, RoundingPolicy.Exact, [], [], null, At) { Instalments = instalments }]);
        Retainer = isDeposit
            ? Domain.Retainers.Retainer.Stream.Fold(
                [new RetainerEvent.RetainerAgreed(RetainerId, ClientId, currency, "Care", [], At)])
            : null;
    }

    public InvoiceState Invoice { get; private set; }

    public RetainerState? Retainer { get; private set; }

    public Dictionary<Guid, PaymentState> Payments { get; } = [];

    public PaymentState this[Guid paymentId] => Payments.GetValueOrDefault(paymentId, Payment.Stream.Initial);

    /// <summary>Begins a checkout, or goes on with the open one.</summary>
    public CheckoutStart Attempt(Guid paymentId, Instant? at = null)
    {
        var open = Invoice.Issued?.Checkout is { } checkout ? this[checkout.PaymentId] : Payment.Stream.Initial;
        var start = CheckoutStart.Decide(Invoice, open, this[paymentId], new AttemptPayment(paymentId, InvoiceId, at ?? At));
        if (start is CheckoutStart.Begun begun)
            Write(paymentId, new PaymentDecision.Accepted([begun.Payment], [begun.Invoice], []));
        return start;
    }

    /// <summary>What another decision wrote.</summary>
    public void Take(Guid paymentId, PaymentEvent payment, InvoiceEvent invoice) =>
        Write(paymentId, new PaymentDecision.Accepted([payment], [invoice], []));

    public PaymentDecision Tell(OpenCheckout command) => Write(command.PaymentId, Payment.Decide(this[command.PaymentId], command));

    public PaymentDecision Tell(MarkPending command) => Write(command.PaymentId, Payment.Decide(this[command.PaymentId], command));

    public PaymentDecision Tell(ChargeFee command) => Write(command.PaymentId, Payment.Decide(this[command.PaymentId], command));

    public PaymentDecision Tell(FailPayment command) =>
        Write(command.PaymentId, CheckoutEnd.Decide(this[command.PaymentId], Invoice, command));

    public PaymentDecision Tell(ExpireCheckout command) =>
        Write(command.PaymentId, CheckoutEnd.Decide(this[command.PaymentId], Invoice, command));

    public PaymentDecision Tell(SucceedPayment command) =>
        Write(command.PaymentId, PaymentReceipt.Receive(this[command.PaymentId], Invoice, Retainer, command));

    public PaymentDecision Tell(AttemptRefund command) =>
        Write(command.PaymentId, Payment.Decide(this[command.PaymentId], Invoice, command));

    public PaymentDecision Tell(RefuseRefund command) => Write(command.PaymentId, Payment.Decide(this[command.PaymentId], command));

    public PaymentDecision Tell(TellRefund command) =>
        Write(command.PaymentId, MoneyBackNews.Tell(this[command.PaymentId], Invoice, Retainer, command));

    public PaymentDecision Tell(TellDispute command) =>
        Write(command.PaymentId, MoneyBackNews.Tell(this[command.PaymentId], Invoice, Retainer, command));

    public PaymentDecision Tell(RecordPayment command) =>
        Write(command.PaymentId, PaymentReceipt.Receive(this[command.PaymentId], Invoice, Retainer, command));

    public void Void() => Invoice = Domain.Invoicing.Invoice.Stream.After(Invoice, Assert.IsType<Voiding.Accepted>(Voiding.Decide(
        Invoice, new VoidInvoice(InvoiceId, "Wrong client", May4, At), new Dictionary<string, Domain.TimeTracking.TimesheetState>(),
        new Dictionary<Guid, Domain.Expenses.ExpenseState>(), new Dictionary<Guid, RetainerState>(),
        new Dictionary<Guid, Domain.Engagements.EngagementState>())).Invoice);

    /// <summary>Credits some of what was paid; it is owed to the client.</summary>
    public void Credit(Guid creditNoteId, long amountMinor)
    {
        var amount = new Money(amountMinor, Currency.Usd);
        Invoice = Domain.Invoicing.Invoice.Stream.After(Invoice, Assert.IsType<Crediting.Accepted>(Crediting.Decide(
            Invoice, new IssueCreditNote(
                InvoiceId, creditNoteId, [], amount, new CreditSettlement(amount, null, null), "Agreed", May4, At),
            "CN-2026", Numbering.Stream.Initial)).Invoice);
    }

    public MoneyBack BackOf(Guid paymentId) => Assert.IsType<PaymentState.Online>(this[paymentId]).Back;

    public PaymentStage StageOf(Guid paymentId) => Assert.IsType<PaymentState.Online>(this[paymentId]).Stage;

    /// <summary>Everything there is, by what it holds.</summary>
    public string Text() => Canonical.Text(Invoice) + Canonical.Text(Retainer) + Canonical.Text(Payments);

    public static SucceedPayment Succeeded(Guid paymentId, long stripeAmount = 100_00, string intent = "pi_1") =>
        new(paymentId, intent, stripeAmount, "usd", May4, At);

    public static TellRefund Refunded(string id, long stripeAmount, Guid? refundId = null, Guid? paymentId = null) =>
        new(paymentId ?? First, id, refundId, stripeAmount, "usd", May4.PlusDays(3), null, null, At);

    public static TellDispute Disputed(string? outcome = null, bool isWithdrawn = true, bool isReinstated = false) => new(
        First, "du_1", 100_00, "usd", "fraudulent", May4.PlusDays(5), At, isWithdrawn ? May4.PlusDays(5) : null,
        isReinstated ? May4.PlusDays(9) : null, outcome, At);

    public static RecordPayment Transfer(Guid paymentId, long amountMinor) =>
        new(paymentId, InvoiceId, new Money(amountMinor, Currency.Usd), PaymentMethods.Transfer, May4, "Ref 7", At);

    private PaymentDecision Write(Guid paymentId, Decision<PaymentEvent> decision) => Write(paymentId, decision switch
    {
        Decision<PaymentEvent>.Accepted accepted => new PaymentDecision.Accepted(accepted.Events, [], []),
        Decision<PaymentEvent>.Rejected rejected => rejected.Rejection,
        _ => throw new System.Diagnostics.UnreachableException(),
    });

    private PaymentDecision Write(Guid paymentId, PaymentDecision decision)
    {
        if (decision is not PaymentDecision.Accepted accepted) return decision;
        Payments[paymentId] = Payment.Stream.After(this[paymentId], accepted.Payment);
        Invoice = Domain.Invoicing.Invoice.Stream.After(Invoice, accepted.Invoice);
        if (Retainer is not null) Retainer = Domain.Retainers.Retainer.Stream.After(Retainer, accepted.Retainer);
        return decision;
    }
}

using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using static Billing.Domain.Payments.PaymentEvent;

namespace Billing.Domain.Payments;

/// <summary>
/// Whether an invoice is charged to the saved method now. The attempt takes the invoice's one place for an open attempt, so that
/// it and a checkout keep each other out.
/// </summary>
public abstract record CollectionStart
{
    private CollectionStart() { }

    /// <summary>Write both events in one append, then ask Stripe.</summary>
    public sealed record Begun(PaymentAttempted Payment, InvoiceEvent Invoice) : CollectionStart;

    /// <summary>It has begun already: nothing is to be written, and Stripe is to be asked again under the same key.</summary>
    public sealed record Resumed(Guid PaymentId) : CollectionStart;

    /// <summary>A checkout is open, at which the client may pay just now: close it first.</summary>
    public sealed record Blocked(Guid PaymentId) : CollectionStart;

    public sealed record Refused(Rejection Rejection) : CollectionStart;

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>, <c>invoice-already-paid</c>,
    /// <c>collection-not-agreed</c>, <c>collection-turned-off</c>, <c>collection-no-method</c>, <c>collection-not-due</c>,
    /// <c>collection-given-up</c>, <c>payment-under-way</c>, <c>id-taken</c>, and what <see cref="StripeAmounts.Refusal"/>
    /// refuses.</summary>
    public static CollectionStart Decide(CollectionBooks books, CollectInvoice command)
    {
        if (Invoice.NotPayable(books.Invoice, command.InvoiceId) is { } refusal) return new Refused(refusal);
        var issued = books.Invoice.Issued!;
        var open = books.Open as PaymentState.Online;
        if (open is not null && open.PaymentId != issued.Checkout?.PaymentId)
            throw new ArgumentException("The payment is not the invoice's open attempt.", nameof(books));
        if (open is { Automatic: not null, Stage: PaymentStage.Attempted }) return new Resumed(open.PaymentId);
        if (open is { Stage: PaymentStage.Pending })
            return Refuse("payment-under-way", $"A payment of {open.Amount} is under way. Wait until the bank has settled it.");
        if (books.Invoice.OpenMinor == 0) return Refuse("invoice-already-paid", "Nothing is open on this invoice.");
        if (NotAgreed(books.Collection, issued) is { } disagreed) return new Refused(disagreed);
        if (NotNow(books, issued, command) is { } early) return new Refused(early);
        if (books.Collection is not { Customer: { } customer } || customer.Account != command.Account
            || books.Collection.MethodIn(command.Account) is not { } method)
        {
            return Refuse("collection-no-method", "No method is saved from which this invoice could be collected.");
        }
        var charge = Next(books, issued, command, method);
        var amount = new Money(charge.WantedMinor(issued), issued.Currency);
        if (StripeAmounts.Refusal(amount) is { } unpayable) return new Refused(unpayable);
        if (books.Fresh is not PaymentState.NotStarted)
            return Refuse("id-taken", "Another payment has this id. Choose a new one.");
        if (open is { Stage: PaymentStage.Attempted }) return new Blocked(open.PaymentId);
        return new Begun(
            new PaymentAttempted(
                command.PaymentId, issued.Facts.InvoiceId, issued.Facts.ClientId, amount.Minor, amount.Currency.Code, command.At,
                customer.CustomerId, charge, command.Account),
            Invoice.Decide(
                books.Invoice, new AttemptCheckout(command.InvoiceId, command.PaymentId, amount.Minor, command.At, charge.Number))
                .Certain().Single());
    }

    /// <summary>Of instalments, all that are due are one charge, and the tries of those that were collected do not count.</summary>
    private static AutomaticCharge Next(CollectionBooks books, IssuedInvoice issued, CollectInvoice command, SavedMethod method)
    {
        var number = issued.Collections.Count + 1;
        if (issued.Facts.Instalments is null) return new AutomaticCharge(method.PaymentMethodId, number);
        var through = issued.Instalments().Where(part => part.DueOn <= command.Today).Max(part => part.DueOn);
        var last = (books.Last as PaymentState.Online)?.Automatic;
        return new AutomaticCharge(
            method.PaymentMethodId, number, through, last is null || IsOvertaken(last, issued) ? 1 : last.TryNumber() + 1);
    }

    /// <summary>Whether what an attempt asked for is filled, so that a later instalment is the next.</summary>
    private static bool IsOvertaken(AutomaticCharge last, IssuedInvoice issued) => last.DueThrough < issued.NextDueOn();

    /// <summary>What was invoiced before the client agreed is not part of the agreement.</summary>
    private static Rejection? NotAgreed(CollectionState collection, IssuedInvoice issued)
    {
        if (collection.IsOff) return new Rejection("collection-turned-off", "The practice turned collecting from this client off.");
        return collection.Since is { } since && since <= issued.Facts.FinalizedAt ? null : Collection.NotAgreed;
    }

    private static Rejection? NotNow(CollectionBooks books, IssuedInvoice issued, CollectInvoice command)
    {
        var facts = issued.Facts;
        var isAtOnce = facts.Instalments is null && books.Collection.Agreement!.CollectsOn == CollectsOn.Finalized;
        var day = isAtOnce ? facts.IssuedOn : issued.NextDueOn();
        if (command.Today < day) return NotDue($"This invoice is collected on {day:uuuu-MM-dd}.");
        // What was given back, or taken back by the client's bank, nobody takes again without asking.
        if (!issued.Movements.IsEmpty) return GivenUp("Money of this invoice went back, so the rest is not collected by itself.");
        if (books.Last is not PaymentState.Online { Automatic: { } last } payment || IsOvertaken(last, issued)) return null;
        if (payment.Stage is PaymentStage.Failed failed)
        {
            return CollectionSchedule.NextAfter(last.TryNumber(), failed) is not { } next
                ? GivenUp($"It was tried {last.TryNumber()} times; the client pays by the invoice's link now.")
                : command.At < next ? NotDue($"It failed, and is tried again from {next:uuuu-MM-dd'T'HH:mm'Z'} on.") : null;
        }
        return payment.Stage is PaymentStage.Expired && last.TryNumber() < CollectionSchedule.MostAttempts
            ? null
            : GivenUp("It was collected before; what is open again is not collected by itself.");
    }

    private static Rejection NotDue(string detail) => new("collection-not-due", detail);

    private static Rejection GivenUp(string detail) => new("collection-given-up", detail);

    private static Refused Refuse(string code, string detail) => new(new Rejection(code, detail));
}

/// <summary>What is looked at before an invoice is charged.</summary>
/// <param name="Collection">Of the invoice's client.</param>
/// <param name="Open">The payment that the invoice's open attempt names; not started where there is none.</param>
/// <param name="Last">The invoice's last automatic attempt; not started where there is none.</param>
/// <param name="Fresh">The payment with the command's id, as a rule not started.</param>
public sealed record CollectionBooks(
    InvoiceState Invoice, CollectionState Collection, PaymentState Open, PaymentState Last, PaymentState Fresh);

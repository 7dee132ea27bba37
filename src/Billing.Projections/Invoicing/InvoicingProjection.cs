using Billing.Domain.Invoicing;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;

namespace Billing.Projections.Invoicing;

internal sealed class InvoicingProjection : Projection
{
    private readonly Table<IdKey, InvoiceRow> invoices = new(InvoiceRow.Shape);
    private readonly Table<PartKey, ShareLinkRow> links = new(ShareLinkRow.Shape);
    private readonly Table<PartKey, CreditNoteRow> creditNotes = new(CreditNoteRow.Shape);

    public InvoicingProjection()
    {
        On<InvoiceEvent.InvoiceDrafted>(Apply);
        On<InvoiceEvent.DepositDrafted>(Apply);
        On<InvoiceEvent.RetainersChosen>((fact, e) => Change(fact, row =>
        {
            row.RetainerId = null;
            row.RetainerIds = ListText.Of(e.RetainerIds);
        }));
        On<InvoiceEvent.DraftDescribed>((fact, e) => Change(fact, row => (row.Note, row.PurchaseOrder) = (e.Note, e.PurchaseOrder)));
        On<InvoiceEvent.DraftDiscarded>((fact, _) => Change(fact, row => row.Status = InvoiceStatus.Discarded));
        On<InvoiceEvent.InvoiceFinalized>(Apply);
        On<InvoiceEvent.InvoiceShared>(Apply);
        On<InvoiceEvent.ShareRevoked>(Apply);
        On<InvoiceEvent.InvoiceSent>((fact, e) => Change(fact, row => row.SentAt ??= e.SentAt));
        On<InvoiceEvent.InvoiceViewed>((fact, e) => Change(fact, row => row.ViewedAt = e.ViewedAt));
        On<InvoiceEvent.CheckoutAttempted>(Apply);
        On<InvoiceEvent.CheckoutClosed>(Apply);
        On<InvoiceEvent.PaymentApplied>((fact, e) => Change(fact, row => row.PaidMinor += e.AmountMinor));
        On<InvoiceEvent.OverpaymentKept>((fact, e) => Change(fact, row => row.OverpaidMinor += e.AmountMinor));
        On<InvoiceEvent.PaymentTakenBack>((fact, e) => Change(fact, row =>
        {
            row.PaidMinor -= e.ReopenedMinor;
            row.OverpaidMinor -= e.FromCreditMinor;
        }));
        On<InvoiceEvent.PaymentGivenAgain>((fact, e) => Change(fact, row =>
        {
            row.PaidMinor += e.AppliedMinor;
            row.OverpaidMinor += e.CreditMinor;
        }));
        On<InvoiceEvent.RefundReturned>(Apply);
        On<InvoiceEvent.ClientCreditUsed>((fact, e) => UseCredit(fact, e.CreditNoteId, e.AmountMinor));
        On<InvoiceEvent.ClientCreditReturned>((fact, e) => UseCredit(fact, e.CreditNoteId, -e.AmountMinor));
        On<InvoiceEvent.ClientCreditApplied>((fact, e) => Change(fact, row => row.CreditAppliedMinor += e.AmountMinor));
        On<InvoiceEvent.ClientCreditTakenOff>((fact, e) => Change(fact, row => row.CreditAppliedMinor -= e.AmountMinor));
        On<InvoiceEvent.InvoiceVoided>(Apply);
        On<InvoiceEvent.CreditNoteIssued>(Apply);
        On<InvoiceEvent.RefundSettled>(Apply);
        On<InvoiceEvent.InvoiceWrittenOff>((fact, e) => Change(fact, row =>
        {
            row.WrittenOffMinor = e.AmountMinor;
            row.WrittenOffTaxMinor = e.TaxMinor ?? 0;
            row.WrittenOffOn = e.WrittenOffOn;
        }));
        On<InvoiceEvent.LateFeeCharged>((fact, _) => Change(fact, _ => { }));
        On<InvoiceEvent.RebillAccepted>((fact, _) => Change(fact, _ => { }));
        On<InvoiceEvent.RebillDropped>((fact, _) => Change(fact, _ => { }));
    }

    public override int Version => 5;

    public override IReadOnlyList<Table> Tables => [invoices, links, creditNotes];

    private void Apply(Fact fact, InvoiceEvent.InvoiceDrafted e)
    {
        var row = invoices.Add(new IdKey(fact.Book, e.InvoiceId));
        row.ClientId = e.ClientId;
        row.Kind = InvoiceKind.Work;
        row.Status = InvoiceStatus.Draft;
        row.Currency = e.Currency;
        row.RetainerId = e.RetainerId;
        row.RetainerIds = e.RetainerIds is { } ids ? ListText.Of(ids) : null;
        row.Through = e.Through;
        row.SelectedTime = ListText.Of(e.Time);
        row.SelectedExpenses = ListText.Of(e.ExpenseIds);
        row.Note = e.Note;
        row.PurchaseOrder = e.PurchaseOrder;
        row.DraftedAt = e.DraftedAt;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, InvoiceEvent.DepositDrafted e)
    {
        var row = invoices.Add(new IdKey(fact.Book, e.InvoiceId));
        row.ClientId = e.ClientId;
        row.Kind = InvoiceKind.Deposit;
        row.Status = InvoiceStatus.Draft;
        row.Currency = e.Currency;
        row.RetainerId = e.RetainerId;
        row.TotalMinor = e.AmountMinor;
        row.Note = e.Note;
        row.PurchaseOrder = e.PurchaseOrder;
        row.DraftedAt = e.DraftedAt;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, InvoiceEvent.InvoiceFinalized e) => Change(fact, row =>
    {
        row.Status = InvoiceStatus.Finalized;
        row.Number = e.Number;
        row.IssuedOn = e.IssuedOn;
        row.DueOn = e.DueOn;
        row.Instalments = e.Instalments is { } plan ? ListText.Of(plan) : null;
        row.TotalMinor = e.TotalMinor;
        row.TaxMinor = e.TaxMinor();
        row.RetainerId = e.RetainerId;
        row.RetainerAppliedMinor = e.RetainerAppliedMinor;
        row.SelectedTime = ListText.Of(e.Time);
        row.SelectedExpenses = ListText.Of(e.ExpenseIds);
        row.FinalizedAt = e.FinalizedAt;
    });

    private void Apply(Fact fact, InvoiceEvent.InvoiceShared e)
    {
        Change(fact, _ => { });
        var row = links.Add(new PartKey(fact.Book, fact.StreamId, e.LinkId));
        row.TokenHash = e.TokenHash;
        row.SharedAt = e.SharedAt;
    }

    private void Apply(Fact fact, InvoiceEvent.ShareRevoked e)
    {
        Change(fact, _ => { });
        if (links.Change(new PartKey(fact.Book, fact.StreamId, e.LinkId)) is { } row) row.RevokedAt = e.RevokedAt;
    }

    private void Apply(Fact fact, InvoiceEvent.CheckoutAttempted e) => Change(fact, row =>
    {
        row.CheckoutPaymentId = e.PaymentId;
        row.CheckoutAmountMinor = e.AmountMinor;
    });

    /// <summary>News of an attempt that another has replaced closes nothing.</summary>
    private void Apply(Fact fact, InvoiceEvent.CheckoutClosed e) => Change(fact, row =>
    {
        if (row.CheckoutPaymentId != e.PaymentId) return;
        row.CheckoutPaymentId = null;
        row.CheckoutAmountMinor = null;
    });

    private void Apply(Fact fact, InvoiceEvent.InvoiceVoided e) => Change(fact, row =>
    {
        row.Status = InvoiceStatus.Voided;
        row.VoidedOn = e.VoidedOn;
        row.VoidReason = e.Reason;
    });

    private void Apply(Fact fact, InvoiceEvent.CreditNoteIssued e)
    {
        if (invoices.Find(new IdKey(fact.Book, fact.StreamId)) is not { } invoice) return;
        Change(fact, row =>
        {
            row.CreditedMinor += e.TotalMinor;
            row.ReducedMinor += e.ReducedMinor;
        });
        var note = creditNotes.Add(new PartKey(fact.Book, fact.StreamId, e.CreditNoteId));
        note.ClientId = invoice.ClientId;
        note.Currency = e.Currency;
        note.Number = e.Number;
        note.IssuedOn = e.IssuedOn;
        note.TotalMinor = e.TotalMinor;
        note.TaxMinor = e.TaxMinor ?? 0;
        note.ReducedMinor = e.ReducedMinor;
        note.RefundDueMinor = e.RefundDueMinor;
        note.ClientCreditMinor = e.ClientCreditMinor;
        note.SettledOutsideMinor = e.SettledOutsideMinor;
        note.Reason = e.Reason;
    }

    private void Apply(Fact fact, InvoiceEvent.RefundSettled e)
    {
        Change(fact, _ => { });
        if (creditNotes.Change(new PartKey(fact.Book, fact.StreamId, e.CreditNoteId)) is not { } note) return;
        note.RefundedOn = e.SettledOn;
        note.RefundMethod = e.Method;
    }

    private void Apply(Fact fact, InvoiceEvent.RefundReturned e)
    {
        Change(fact, _ => { });
        if (creditNotes.Change(new PartKey(fact.Book, fact.StreamId, e.CreditNoteId)) is not { } note) return;
        note.RefundedOn = null;
        note.RefundMethod = null;
    }

    private void UseCredit(Fact fact, Guid? creditNoteId, long usedMinor)
    {
        Change(fact, row => row.OverpaidMinor -= creditNoteId is null ? usedMinor : 0);
        if (creditNoteId is { } noteId && creditNotes.Change(new PartKey(fact.Book, fact.StreamId, noteId)) is { } note)
            note.CreditUsedMinor += usedMinor;
    }

    private void Change(Fact fact, Action<InvoiceRow> change)
    {
        if (invoices.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        change(row);
        if (row.Status is not (InvoiceStatus.Draft or InvoiceStatus.Discarded or InvoiceStatus.Voided)) Balance(row);
        else row.OpenMinor = 0;
        row.Version = fact.Version;
    }

    private static void Balance(InvoiceRow row)
    {
        row.OpenMinor = row.TotalMinor - row.RetainerAppliedMinor - row.PaidMinor - row.CreditAppliedMinor - row.ReducedMinor
            - row.WrittenOffMinor;
        if (row.Instalments is { } text)
        {
            var plan = ListText.Instalments(text);
            var next = InstalmentPlan.Standing(plan, row.OpenMinor).FirstOrDefault(part => part.OpenMinor > 0);
            row.DueOn = next?.DueOn ?? plan[^1].DueOn;
        }
        row.Status = row switch
        {
            { CreditedMinor: > 0 } when row.CreditedMinor == row.TotalMinor => InvoiceStatus.Credited,
            { WrittenOffOn: not null } => InvoiceStatus.WrittenOff,
            { OpenMinor: 0 } => InvoiceStatus.Paid,
            _ when row.PaidMinor + row.CreditAppliedMinor > 0 => InvoiceStatus.PartlyPaid,
            { ViewedAt: not null } => InvoiceStatus.Viewed,
            { SentAt: not null } => InvoiceStatus.Sent,
            _ => InvoiceStatus.Finalized,
        };
    }
}

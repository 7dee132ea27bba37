using System.Diagnostics;
using Billing.Domain.Ledger;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <content>The client's credit, as the invoice that it stands on and the one that it pays know of it.</content>
public static partial class Invoice
{
    private static IssuedInvoice EvolveCredit(IssuedInvoice invoice, InvoiceEvent @event) => @event switch
    {
        ClientCreditUsed e => invoice with
        {
            CreditUses = invoice.CreditUses.Add(new CreditUse(e.UseId, e.CreditNoteId, e.InvoiceId, e.AmountMinor, e.UsedOn)),
        },
        ClientCreditReturned e => invoice with
        {
            CreditUses =
            [
                .. invoice.CreditUses.Select(use => use.UseId == e.UseId
                    ? use with { Returns = use.Returns.Add(new CreditReturn(e.ReturnId, e.AmountMinor, e.ReturnedOn)) }
                    : use),
            ],
        },
        ClientCreditApplied e => invoice with
        {
            AppliedCredits = invoice.AppliedCredits.Add(new AppliedCredit(
                e.UseId, e.ApplicationId, new CreditSource(e.SourceInvoiceId, e.CreditNoteId), e.AmountMinor, e.AppliedOn)),
            History = invoice.History.Add(CashSource.CreditUse(e.UseId)),
        },
        ClientCreditTakenOff e => invoice with
        {
            AppliedCredits =
            [
                .. invoice.AppliedCredits.Select(credit => credit.UseId == e.UseId
                    ? credit with { Returns = credit.Returns.Add(new CreditReturn(e.ReturnId, e.AmountMinor, e.TakenOffOn)) }
                    : credit),
            ],
            History = invoice.History.Add(CashSource.CreditReturn(e.ReturnId)),
        },
        _ => throw new UnreachableException($"{@event.GetType().Name} is no matter of credit."),
    };
}

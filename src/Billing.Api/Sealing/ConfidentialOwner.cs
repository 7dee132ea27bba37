using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Payments;
using Billing.Domain.Quotes;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Retainers;
using Billing.Domain.TimeTracking;
using Billing.EventStore.Port;

namespace Billing.Api.Sealing;

/// <summary>
/// Of whom an event's confidential part tells (adr/0047). It is found where the event is decided: in itself or its stream.
/// </summary>
public static class ConfidentialOwner
{
    /// <param name="after">The state of its stream that the append leaves.</param>
    public static KeyOwner Of(object @event, object after) => (@event, after) switch
    {
        (TimesheetEvent.TimerStarted e, _) => Contact(e.ClientId),
        (TimesheetEvent.TimeEntryLogged e, _) => Contact(e.ClientId),
        (TimesheetEvent.TimeEntryCorrected e, _) => Contact(e.ClientId),
        (EngagementEvent.EngagementAgreed e, _) => Contact(e.ClientId),
        (RecurringExpenseEvent.RecurringExpenseSet e, _) => Contact(e.ClientId),
        (_, ClientState state) => Contact(state.Details?.ClientId),
        (_, RetainerState.Agreed state) => Contact(state.ClientId),
        (_, QuoteState state) => Contact(state.Drafted?.ClientId),
        (_, RecurringInvoiceState state) => Contact(state.Terms?.ClientId),
        (_, MailState state) => Contact(state.Asked?.ClientId),
        (_, InvoiceState.WorkDraft state) => Contact(state.Facts.ClientId),
        (_, InvoiceState.DepositDraft state) => Contact(state.Facts.ClientId),
        (_, InvoiceState { Issued: { } issued }) => Documents(issued.Facts.ClientId),
        (_, PaymentState.Online state) => Documents(state.ClientId),
        (_, PaymentState.ByHand state) => Documents(state.Facts.ClientId),
        (_, ExpenseState state) => Documents(state.Details?.ClientId),
        _ => Documents(null),
    };

    private static KeyOwner Contact(Guid? clientId) => clientId is null ? Documents(null) : new KeyOwner(clientId, KeyUse.Contact);

    /// <summary>Without a client, of the practice, whose key is never erased.</summary>
    private static KeyOwner Documents(Guid? clientId) => new(clientId, KeyUse.Documents);
}

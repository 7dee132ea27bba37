using System.Collections.Frozen;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.Taxes;
using Billing.Domain.TimeTracking;

namespace Billing.EventStore.Codec;

/// <summary>
/// The stored name of every event. A name never changes its meaning: another shape gets the next version and an upcaster,
/// another meaning gets another name.
/// </summary>
public static class EventCatalogue
{
    private static readonly (Type Type, string Name)[] Entries =
    [
        // BusinessEvent
        Entry<BusinessEvent.BusinessOpened>("business-opened.v1"),
        Entry<BusinessEvent.BusinessDescribed>("business-described.v1"),
        Entry<BusinessEvent.BusinessMoved>("business-moved.v1"),
        Entry<BusinessEvent.InvoicingPolicySet>("invoicing-policy-set.v1"),
        Entry<BusinessEvent.MemberAdded>("member-added.v1"),
        Entry<BusinessEvent.MemberLeft>("member-left.v1"),
        Entry<BusinessEvent.AccessTokenIssued>("access-token-issued.v1"),
        Entry<BusinessEvent.AccessTokenRevoked>("access-token-revoked.v1"),
        // ClientEvent
        Entry<ClientEvent.ClientAdded>("client-added.v1"),
        Entry<ClientEvent.ClientDescribed>("client-described.v1"),
        Entry<ClientEvent.PaymentTermsAgreed>("payment-terms-agreed.v1"),
        Entry<ClientEvent.ClientArchived>("client-archived.v1"),
        // EngagementEvent
        Entry<EngagementEvent.EngagementAgreed>("engagement-agreed.v1"),
        Entry<EngagementEvent.RateCardSet>("rate-card-set.v1"),
        Entry<EngagementEvent.EngagementEnded>("engagement-ended.v1"),
        // ExpenseEvent
        Entry<ExpenseEvent.ExpenseRecorded>("expense-recorded.v1"),
        Entry<ExpenseEvent.ExpenseCorrected>("expense-corrected.v1"),
        Entry<ExpenseEvent.ExpenseRemoved>("expense-removed.v1"),
        Entry<ExpenseEvent.ExpenseBilled>("expense-billed.v1"),
        Entry<ExpenseEvent.ExpenseReleased>("expense-released.v1"),
        // InvoiceEvent
        Entry<InvoiceEvent.InvoiceDrafted>("invoice-drafted.v1"),
        Entry<InvoiceEvent.DepositDrafted>("deposit-drafted.v1"),
        Entry<InvoiceEvent.DraftDiscarded>("draft-discarded.v1"),
        Entry<InvoiceEvent.InvoiceFinalized>("invoice-finalized.v1"),
        Entry<InvoiceEvent.InvoiceShared>("invoice-shared.v1"),
        Entry<InvoiceEvent.ShareRevoked>("share-revoked.v1"),
        Entry<InvoiceEvent.CheckoutAttempted>("checkout-attempted.v1"),
        Entry<InvoiceEvent.CheckoutClosed>("checkout-closed.v1"),
        Entry<InvoiceEvent.PaymentApplied>("payment-applied.v1"),
        Entry<InvoiceEvent.InvoiceVoided>("invoice-voided.v1"),
        // NumberingEvent
        Entry<NumberingEvent.NumberGiven>("number-given.v1"),
        // PaymentEvent
        Entry<PaymentEvent.PaymentAttempted>("payment-attempted.v1"),
        Entry<PaymentEvent.CheckoutOpened>("checkout-opened.v1"),
        Entry<PaymentEvent.PaymentPending>("payment-pending.v1"),
        Entry<PaymentEvent.PaymentSucceeded>("payment-succeeded.v1"),
        Entry<PaymentEvent.PaymentFailed>("payment-failed.v1"),
        Entry<PaymentEvent.CheckoutExpired>("checkout-expired.v1"),
        Entry<PaymentEvent.ProcessorFeeCharged>("processor-fee-charged.v1"),
        Entry<PaymentEvent.PaymentRecorded>("payment-recorded.v1"),
        // RetainerEvent
        Entry<RetainerEvent.RetainerAgreed>("retainer-agreed.v1"),
        Entry<RetainerEvent.RetainerFunded>("retainer-funded.v1"),
        Entry<RetainerEvent.RetainerDrawn>("retainer-drawn.v1"),
        Entry<RetainerEvent.RetainerDrawReversed>("retainer-draw-reversed.v1"),
        // TaxYearEvent
        Entry<TaxYearEvent.FilingProfileSet>("filing-profile-set.v1"),
        Entry<TaxYearEvent.EstimatedTaxPaid>("estimated-tax-paid.v1"),
        Entry<TaxYearEvent.EstimatedTaxPaymentRemoved>("estimated-tax-payment-removed.v1"),
        Entry<TaxYearEvent.EstimateGiven>("estimate-given.v1"),
        // TimesheetEvent
        Entry<TimesheetEvent.TimerStarted>("timer-started.v1"),
        Entry<TimesheetEvent.TimerStopped>("timer-stopped.v1"),
        Entry<TimesheetEvent.TimeEntryLogged>("time-entry-logged.v1"),
        Entry<TimesheetEvent.TimeEntryCorrected>("time-entry-corrected.v1"),
        Entry<TimesheetEvent.TimeEntryRemoved>("time-entry-removed.v1"),
        Entry<TimesheetEvent.TimeBilled>("time-billed.v1"),
        Entry<TimesheetEvent.TimeReleased>("time-released.v1"),
        Entry<TimesheetEvent.WeekHandedIn>("week-handed-in.v1"),
        Entry<TimesheetEvent.WeekReopened>("week-reopened.v1"),
    ];

    private static readonly FrozenDictionary<Type, string> Names = Entries.ToFrozenDictionary(e => e.Type, e => e.Name);

    private static readonly FrozenDictionary<string, Type> Types =
        Entries.ToFrozenDictionary(e => e.Name, e => e.Type, StringComparer.Ordinal);

    public static IEnumerable<(Type Type, string Name)> All => Entries;

    public static bool IsEvent(Type type) => Names.ContainsKey(type);

    public static string NameOf(Type type) => Names[type];

    public static bool TryTypeOf(string name, out Type? type) => Types.TryGetValue(name, out type);

    private static (Type, string) Entry<TEvent>(string name) => (typeof(TEvent), name);
}

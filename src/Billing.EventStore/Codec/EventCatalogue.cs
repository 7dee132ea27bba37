using Billing.Domain.Access;
using Billing.Domain.Banking;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Payments;
using Billing.Domain.Quotes;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Taxes;
using Billing.Domain.TimeTracking;
using static Billing.EventStore.Codec.CatalogueEntry;

namespace Billing.EventStore.Codec;

/// <summary>
/// The stored name of every event. A name never changes its meaning: another shape gets the next version and an upcaster
/// (adr/0019), another meaning gets another name.
/// </summary>
public static class EventCatalogue
{
    private static readonly CatalogueEntry[] Entries =
    [
        // BusinessEvent
        Newest<BusinessEvent.BusinessOpened>("business-opened.v1"),
        Newest<BusinessEvent.BusinessDescribed>("business-described.v1"),
        Newest<BusinessEvent.BusinessMoved>("business-moved.v1"),
        Newest<BusinessEvent.InvoicingPolicySet>("invoicing-policy-set.v1"),
        Newest<BusinessEvent.MemberAdded>("member-added.v1"),
        Newest<BusinessEvent.MemberMoved>("member-moved.v1"),
        Newest<BusinessEvent.MemberLeft>("member-left.v1"),
        Newest<BusinessEvent.AccessTokenIssued>("access-token-issued.v1"),
        Newest<BusinessEvent.AccessTokenRevoked>("access-token-revoked.v1"),
        Newest<BusinessEvent.BusinessRateCardSet>("business-rate-card-set.v1"),
        Newest<BusinessEvent.AssistantCostSet>("assistant-cost-set.v1"),
        Newest<BusinessEvent.PracticeSurchargesSet>("practice-surcharges-set.v1"),
        Newest<BusinessEvent.RatesShown>("rates-shown.v1"),
        Newest<BusinessEvent.RatesHidden>("rates-hidden.v1"),
        Newest<BusinessEvent.TimekeepingPolicySet>("timekeeping-policy-set.v1"),
        Newest<BusinessEvent.PeriodLocked>("period-locked.v1"),
        Newest<BusinessEvent.LateFeePolicySet>("late-fee-policy-set.v1"),
        Newest<BusinessEvent.SalesTaxPolicySet>("sales-tax-policy-set.v1"),
        Newest<BusinessEvent.EInvoicingSet>("e-invoicing-set.v1"),
        Newest<BusinessEvent.AccentColourChosen>("accent-colour-chosen.v1"),
        Newest<BusinessEvent.LogoPlaced>("logo-placed.v1"),
        Newest<BusinessEvent.LogoTakenOff>("logo-taken-off.v1"),
        Newest<BusinessEvent.IdentityLinked>("identity-linked.v1"),
        Newest<BusinessEvent.IdentityUnlinked>("identity-unlinked.v1"),
        // ClientEvent
        Newest<ClientEvent.ClientAdded>("client-added.v1"),
        Newest<ClientEvent.ClientDescribed>("client-described.v1"),
        Newest<ClientEvent.PaymentTermsAgreed>("payment-terms-agreed.v1"),
        Newest<ClientEvent.ClientArchived>("client-archived.v1"),
        Newest<ClientEvent.ClientRateCardSet>("client-rate-card-set.v1"),
        Newest<ClientEvent.ClientLanguageSet>("client-language-set.v1"),
        Newest<ClientEvent.ClientTaxAgreed>("client-tax-agreed.v1"),
        Newest<ClientEvent.EInvoicingAgreed>("e-invoicing-agreed.v1"),
        Newest<ClientEvent.ClientErased>("client-erased.v1"),
        // EngagementEvent
        Newest<EngagementEvent.EngagementAgreed>("engagement-agreed.v1"),
        Newest<EngagementEvent.RateCardSet>("rate-card-set.v1"),
        Newest<EngagementEvent.EngagementEnded>("engagement-ended.v1"),
        Newest<EngagementEvent.EngagementCostSet>("engagement-cost-set.v1"),
        Newest<EngagementEvent.BillingModeSet>("billing-mode-set.v1"),
        Newest<EngagementEvent.SurchargesSet>("surcharges-set.v1"),
        Newest<EngagementEvent.TimeRuleSet>("time-rule-set.v1"),
        Newest<EngagementEvent.RatesLocked>("rates-locked.v1"),
        Newest<EngagementEvent.EngagementCharged>("engagement-charged.v1"),
        Newest<EngagementEvent.EngagementChargeReleased>("engagement-charge-released.v1"),
        // BudgetEvent
        Newest<BudgetEvent.BudgetSet>("budget-set.v1"),
        Newest<BudgetEvent.BudgetDropped>("budget-dropped.v1"),
        Newest<BudgetEvent.BudgetThresholdReached>("budget-threshold-reached.v1"),
        // ExpenseEvent
        Newest<ExpenseEvent.ExpenseRecorded>("expense-recorded.v1"),
        Newest<ExpenseEvent.ExpenseCorrected>("expense-corrected.v1"),
        Newest<ExpenseEvent.ExpenseRemoved>("expense-removed.v1"),
        Newest<ExpenseEvent.ExpenseBilled>("expense-billed.v1"),
        Newest<ExpenseEvent.ExpenseReleased>("expense-released.v1"),
        Newest<ExpenseEvent.TripRecorded>("trip-recorded.v1"),
        Newest<ExpenseEvent.TripCorrected>("trip-corrected.v1"),
        Newest<ExpenseEvent.ReceiptAttached>("receipt-attached.v1"),
        Newest<ExpenseEvent.ReceiptRemoved>("receipt-removed.v1"),
        // ExpensePolicyEvent
        Newest<ExpensePolicyEvent.PaidFirstSet>("paid-first-set.v1"),
        // RecurringExpenseEvent
        Newest<RecurringExpenseEvent.RecurringExpenseSet>("recurring-expense-set.v1"),
        Newest<RecurringExpenseEvent.OccurrencesRecorded>("occurrences-recorded.v1"),
        // VehicleEvent
        Newest<VehicleEvent.VehicleAdded>("vehicle-added.v1"),
        Newest<VehicleEvent.VehicleYearSet>("vehicle-year-set.v1"),
        // InvoiceEvent
        Newest<InvoiceEvent.InvoiceDrafted>("invoice-drafted.v1"),
        Newest<InvoiceEvent.RetainersChosen>("retainers-chosen.v1"),
        Newest<InvoiceEvent.DepositDrafted>("deposit-drafted.v1"),
        Newest<InvoiceEvent.DraftDescribed>("draft-described.v1"),
        Newest<InvoiceEvent.DraftDiscarded>("draft-discarded.v1"),
        Newest<InvoiceEvent.InvoiceFinalized>("invoice-finalized.v1"),
        Newest<InvoiceEvent.InvoiceShared>("invoice-shared.v1"),
        Newest<InvoiceEvent.ShareRevoked>("share-revoked.v1"),
        Newest<InvoiceEvent.InvoiceSent>("invoice-sent.v1"),
        Newest<InvoiceEvent.InvoiceViewed>("invoice-viewed.v1"),
        Newest<InvoiceEvent.CheckoutAttempted>("checkout-attempted.v1"),
        Newest<InvoiceEvent.CheckoutClosed>("checkout-closed.v1"),
        Newest<InvoiceEvent.PaymentApplied>("payment-applied.v1"),
        Newest<InvoiceEvent.InvoiceVoided>("invoice-voided.v1"),
        Newest<InvoiceEvent.RebillDropped>("rebill-dropped.v1"),
        Newest<InvoiceEvent.CreditNoteIssued>("credit-note-issued.v1"),
        Newest<InvoiceEvent.RefundSettled>("refund-settled.v1"),
        Newest<InvoiceEvent.RebillAccepted>("rebill-accepted.v1"),
        Newest<InvoiceEvent.InvoiceWrittenOff>("invoice-written-off.v1"),
        Newest<InvoiceEvent.LateFeeCharged>("late-fee-charged.v1"),
        Newest<InvoiceEvent.OverpaymentKept>("overpayment-kept.v1"),
        Newest<InvoiceEvent.PaymentTakenBack>("payment-taken-back.v1"),
        Newest<InvoiceEvent.PaymentGivenAgain>("payment-given-again.v1"),
        Newest<InvoiceEvent.RefundReturned>("refund-returned.v1"),
        Newest<InvoiceEvent.ClientCreditUsed>("client-credit-used.v1"),
        Newest<InvoiceEvent.ClientCreditReturned>("client-credit-returned.v1"),
        Newest<InvoiceEvent.ClientCreditApplied>("client-credit-applied.v1"),
        Newest<InvoiceEvent.ClientCreditTakenOff>("client-credit-taken-off.v1"),
        // BankLineEvent
        Newest<BankLineEvent.BankLineImported>("bank-line-imported.v1"),
        Newest<BankLineEvent.BankLineMatched>("bank-line-matched.v1"),
        Newest<BankLineEvent.BankLineSetAside>("bank-line-set-aside.v1"),
        Newest<BankLineEvent.BankLineTakenUp>("bank-line-taken-up.v1"),
        // MailEvent
        Newest<MailEvent.MailAsked>("mail-asked.v1"),
        Newest<MailEvent.MailAttempted>("mail-attempted.v1"),
        Newest<MailEvent.MailHandedOver>("mail-handed-over.v1"),
        Newest<MailEvent.MailFailed>("mail-failed.v1"),
        Newest<MailEvent.MailLeftUnknown>("mail-left-unknown.v1"),
        Newest<MailEvent.MailBounced>("mail-bounced.v1"),
        Newest<MailEvent.MailResendAsked>("mail-resend-asked.v1"),
        // MailPolicyEvent
        Newest<MailPolicyEvent.MailPolicySet>("mail-policy-set.v1"),
        // QuoteEvent
        Newest<QuoteEvent.QuoteDrafted>("quote-drafted.v1"),
        Newest<QuoteEvent.QuoteRevised>("quote-revised.v1"),
        Newest<QuoteEvent.QuoteSent>("quote-sent.v1"),
        Newest<QuoteEvent.QuoteShared>("quote-shared.v1"),
        Newest<QuoteEvent.QuoteShareRevoked>("quote-share-revoked.v1"),
        Newest<QuoteEvent.QuoteAccepted>("quote-accepted.v1"),
        Newest<QuoteEvent.QuoteDeclined>("quote-declined.v1"),
        Newest<QuoteEvent.QuoteTurned>("quote-turned.v1"),
        // RecurringInvoiceEvent
        Newest<RecurringInvoiceEvent.RecurringInvoiceSet>("recurring-invoice-set.v1"),
        Newest<RecurringInvoiceEvent.PeriodInvoiced>("period-invoiced.v1"),
        Newest<RecurringInvoiceEvent.PeriodSkipped>("period-skipped.v1"),
        Newest<RecurringInvoiceEvent.RecurringInvoicePaused>("recurring-invoice-paused.v1"),
        Newest<RecurringInvoiceEvent.RecurringInvoiceResumed>("recurring-invoice-resumed.v1"),
        Newest<RecurringInvoiceEvent.RecurringInvoiceEnded>("recurring-invoice-ended.v1"),
        // CollectionEvent
        Newest<CollectionEvent.CollectionOffered>("collection-offered.v1"),
        Newest<CollectionEvent.CollectionTurnedOff>("collection-turned-off.v1"),
        Newest<CollectionEvent.StripeCustomerMade>("stripe-customer-made.v1"),
        Newest<CollectionEvent.CollectionAgreed>("collection-agreed.v1"),
        Newest<CollectionEvent.PaymentMethodSaved>("payment-method-saved.v1"),
        Newest<CollectionEvent.PaymentMethodGone>("payment-method-gone.v1"),
        Newest<CollectionEvent.CollectionWithdrawn>("collection-withdrawn.v1"),
        // NumberingEvent
        Newest<NumberingEvent.NumberGiven>("number-given.v1"),
        // OfflineEntryEvent
        Newest<OfflineEntryEvent.OfflineEntrySynced>("offline-entry-synced.v1"),
        // PaymentEvent
        Newest<PaymentEvent.PaymentAttempted>("payment-attempted.v1"),
        Newest<PaymentEvent.CheckoutOpened>("checkout-opened.v1"),
        Newest<PaymentEvent.PaymentIntentMade>("payment-intent-made.v1"),
        Newest<PaymentEvent.PaymentPending>("payment-pending.v1"),
        Newest<PaymentEvent.PaymentSucceeded>("payment-succeeded.v1"),
        Newest<PaymentEvent.PaymentFailed>("payment-failed.v1"),
        Newest<PaymentEvent.CheckoutExpired>("checkout-expired.v1"),
        Newest<PaymentEvent.ProcessorFeeCharged>("processor-fee-charged.v1"),
        Newest<PaymentEvent.RefundAttempted>("refund-attempted.v1"),
        Newest<PaymentEvent.RefundRefused>("refund-refused.v1"),
        Newest<PaymentEvent.RefundMade>("refund-made.v1"),
        Newest<PaymentEvent.RefundFailed>("refund-failed.v1"),
        Newest<PaymentEvent.DisputeOpened>("dispute-opened.v1"),
        Newest<PaymentEvent.DisputeFundsWithdrawn>("dispute-funds-withdrawn.v1"),
        Newest<PaymentEvent.DisputeFundsReinstated>("dispute-funds-reinstated.v1"),
        Newest<PaymentEvent.DisputeClosed>("dispute-closed.v1"),
        Newest<PaymentEvent.PaymentRecorded>("payment-recorded.v1"),
        // PayoutEvent
        Newest<PayoutEvent.PayoutArrived>("payout-arrived.v1"),
        Newest<PayoutEvent.PayoutFailed>("payout-failed.v1"),
        // RetainerEvent
        Newest<RetainerEvent.RetainerAgreed>("retainer-agreed.v1"),
        Newest<RetainerEvent.RetainerFunded>("retainer-funded.v1"),
        Newest<RetainerEvent.RetainerDrawn>("retainer-drawn.v1"),
        Newest<RetainerEvent.RetainerDrawReversed>("retainer-draw-reversed.v1"),
        Newest<RetainerEvent.RetainerTermsSet>("retainer-terms-set.v1"),
        Newest<RetainerEvent.RetainerHoursBought>("retainer-hours-bought.v1"),
        Newest<RetainerEvent.RetainerRenewed>("retainer-renewed.v1"),
        Newest<RetainerEvent.RetainerOverageApproved>("retainer-overage-approved.v1"),
        Newest<RetainerEvent.RetainerTopUpRequested>("retainer-top-up-requested.v1"),
        Newest<RetainerEvent.RetainerRefunded>("retainer-refunded.v1"),
        Newest<RetainerEvent.RetainerRefundSettled>("retainer-refund-settled.v1"),
        Newest<RetainerEvent.RetainerFeeRequested>("retainer-fee-requested.v1"),
        Newest<RetainerEvent.RetainerFundingTakenBack>("retainer-funding-taken-back.v1"),
        Newest<RetainerEvent.RetainerHoursDrawn>("retainer-hours-drawn.v1"),
        Newest<RetainerEvent.RetainerHoursReversed>("retainer-hours-reversed.v1"),
        Newest<RetainerEvent.RetainerClosed>("retainer-closed.v1"),
        // SalesTaxPaymentEvent
        Newest<SalesTaxPaymentEvent.SalesTaxPaymentRecorded>("sales-tax-payment-recorded.v1"),
        Newest<SalesTaxPaymentEvent.SalesTaxPaymentCorrected>("sales-tax-payment-corrected.v1"),
        Newest<SalesTaxPaymentEvent.SalesTaxPaymentRemoved>("sales-tax-payment-removed.v1"),

        // StripeAccountEvent
        Newest<StripeAccountEvent.StripeAccountConnected>("stripe-account-connected.v1"),
        Newest<StripeAccountEvent.StripeAccountDisconnected>("stripe-account-disconnected.v1"),
        Newest<StripeAccountEvent.StripeAccountReviewed>("stripe-account-reviewed.v1"),
        Newest<StripeAccountEvent.StripeAccountRevoked>("stripe-account-revoked.v1"),
        // TaxYearEvent
        Newest<TaxYearEvent.FilingProfileSet>("filing-profile-set.v1"),
        Newest<TaxYearEvent.EstimatedTaxPaid>("estimated-tax-paid.v1"),
        Newest<TaxYearEvent.EstimatedTaxPaymentRemoved>("estimated-tax-payment-removed.v1"),
        Newest<TaxYearEvent.EstimateGiven>("estimate-given.v1"),
        Newest<TaxYearEvent.HomeOfficeSet>("home-office-set.v1"),
        Newest<TaxYearEvent.StateFilingSet>("state-filing-set.v1"),
        Newest<TaxYearEvent.GermanProfileSet>("german-profile-set.v1"),
        // TaxPolicyEvent
        Newest<TaxPolicyEvent.TaxRemindersSet>("tax-reminders-set.v1"),
        Newest<TaxPolicyEvent.TaxLinkMade>("tax-link-made.v1"),
        Newest<TaxPolicyEvent.TaxLinkRevoked>("tax-link-revoked.v1"),
        // TimesheetEvent
        Newest<TimesheetEvent.TimerStarted>("timer-started.v1"),
        Newest<TimesheetEvent.TimerStopped>("timer-stopped.v1"),
        Newest<TimesheetEvent.TimeEntryLogged>("time-entry-logged.v1"),
        Newest<TimesheetEvent.TimeEntryCorrected>("time-entry-corrected.v1"),
        Newest<TimesheetEvent.TimeEntryRemoved>("time-entry-removed.v1"),
        Newest<TimesheetEvent.TimeBilled>("time-billed.v1"),
        Newest<TimesheetEvent.TimeReleased>("time-released.v1"),
        Newest<TimesheetEvent.WeekHandedIn>("week-handed-in.v1"),
        Newest<TimesheetEvent.WeekReopened>("week-reopened.v1"),
        Newest<TimesheetEvent.WeekApproved>("week-approved.v1"),
        Newest<TimesheetEvent.WeekReturned>("week-returned.v1"),
    ];

    public static Catalogue All { get; } = new(Entries);
}

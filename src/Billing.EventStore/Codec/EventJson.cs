using System.Text.Json.Serialization;
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

/// <summary>JSON contracts of the stored events, made when the project is built.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BusinessEvent.BusinessOpened))]
[JsonSerializable(typeof(BusinessEvent.BusinessDescribed))]
[JsonSerializable(typeof(BusinessEvent.BusinessMoved))]
[JsonSerializable(typeof(BusinessEvent.InvoicingPolicySet))]
[JsonSerializable(typeof(BusinessEvent.MemberAdded))]
[JsonSerializable(typeof(BusinessEvent.MemberLeft))]
[JsonSerializable(typeof(BusinessEvent.AccessTokenIssued))]
[JsonSerializable(typeof(BusinessEvent.AccessTokenRevoked))]
[JsonSerializable(typeof(ClientEvent.ClientAdded))]
[JsonSerializable(typeof(ClientEvent.ClientDescribed))]
[JsonSerializable(typeof(ClientEvent.PaymentTermsAgreed))]
[JsonSerializable(typeof(ClientEvent.ClientArchived))]
[JsonSerializable(typeof(EngagementEvent.EngagementAgreed))]
[JsonSerializable(typeof(EngagementEvent.RateCardSet))]
[JsonSerializable(typeof(EngagementEvent.EngagementEnded))]
[JsonSerializable(typeof(ExpenseEvent.ExpenseRecorded))]
[JsonSerializable(typeof(ExpenseEvent.ExpenseCorrected))]
[JsonSerializable(typeof(ExpenseEvent.ExpenseRemoved))]
[JsonSerializable(typeof(ExpenseEvent.ExpenseBilled))]
[JsonSerializable(typeof(ExpenseEvent.ExpenseReleased))]
[JsonSerializable(typeof(InvoiceEvent.InvoiceDrafted))]
[JsonSerializable(typeof(InvoiceEvent.DepositDrafted))]
[JsonSerializable(typeof(InvoiceEvent.RetainersChosen))]
[JsonSerializable(typeof(InvoiceEvent.DraftDiscarded))]
[JsonSerializable(typeof(InvoiceEvent.InvoiceFinalized))]
[JsonSerializable(typeof(InvoiceEvent.InvoiceShared))]
[JsonSerializable(typeof(InvoiceEvent.ShareRevoked))]
[JsonSerializable(typeof(InvoiceEvent.CheckoutAttempted))]
[JsonSerializable(typeof(InvoiceEvent.CheckoutClosed))]
[JsonSerializable(typeof(InvoiceEvent.PaymentApplied))]
[JsonSerializable(typeof(InvoiceEvent.InvoiceVoided))]
[JsonSerializable(typeof(NumberingEvent.NumberGiven))]
[JsonSerializable(typeof(PaymentEvent.PaymentAttempted))]
[JsonSerializable(typeof(PaymentEvent.CheckoutOpened))]
[JsonSerializable(typeof(PaymentEvent.PaymentPending))]
[JsonSerializable(typeof(PaymentEvent.PaymentSucceeded))]
[JsonSerializable(typeof(PaymentEvent.PaymentFailed))]
[JsonSerializable(typeof(PaymentEvent.CheckoutExpired))]
[JsonSerializable(typeof(PaymentEvent.ProcessorFeeCharged))]
[JsonSerializable(typeof(PaymentEvent.PaymentRecorded))]
[JsonSerializable(typeof(RetainerEvent.RetainerAgreed))]
[JsonSerializable(typeof(RetainerEvent.RetainerFunded))]
[JsonSerializable(typeof(RetainerEvent.RetainerDrawn))]
[JsonSerializable(typeof(RetainerEvent.RetainerDrawReversed))]
[JsonSerializable(typeof(RetainerEvent.RetainerTermsSet))]
[JsonSerializable(typeof(RetainerEvent.RetainerHoursBought))]
[JsonSerializable(typeof(RetainerEvent.RetainerRenewed))]
[JsonSerializable(typeof(RetainerEvent.RetainerOverageApproved))]
[JsonSerializable(typeof(RetainerEvent.RetainerTopUpRequested))]
[JsonSerializable(typeof(RetainerEvent.RetainerRefunded))]
[JsonSerializable(typeof(RetainerEvent.RetainerHoursDrawn))]
[JsonSerializable(typeof(RetainerEvent.RetainerHoursReversed))]
[JsonSerializable(typeof(RetainerEvent.RetainerClosed))]
[JsonSerializable(typeof(TaxYearEvent.FilingProfileSet))]
[JsonSerializable(typeof(TaxYearEvent.EstimatedTaxPaid))]
[JsonSerializable(typeof(TaxYearEvent.EstimatedTaxPaymentRemoved))]
[JsonSerializable(typeof(TaxYearEvent.EstimateGiven))]
[JsonSerializable(typeof(TimesheetEvent.TimerStarted))]
[JsonSerializable(typeof(TimesheetEvent.TimerStopped))]
[JsonSerializable(typeof(TimesheetEvent.TimeEntryLogged))]
[JsonSerializable(typeof(TimesheetEvent.TimeEntryCorrected))]
[JsonSerializable(typeof(TimesheetEvent.TimeEntryRemoved))]
[JsonSerializable(typeof(TimesheetEvent.TimeBilled))]
[JsonSerializable(typeof(TimesheetEvent.TimeReleased))]
[JsonSerializable(typeof(TimesheetEvent.WeekHandedIn))]
[JsonSerializable(typeof(TimesheetEvent.WeekReopened))]
internal sealed partial class EventJson : JsonSerializerContext;

using Billing.Api.Access;
using Billing.Api.Banking;
using Billing.Api.Clients;
using Billing.Api.EInvoicing;
using Billing.Api.Engagements;
using Billing.Api.Expenses;
using Billing.Api.Invoicing;
using Billing.Api.Mailing;
using Billing.Api.Payments;
using Billing.Api.Quotes;
using Billing.Api.RecurringInvoices;
using Billing.Api.Retainers;
using Billing.Api.SalesTax;
using Billing.Api.Taxes;
using Billing.Api.TimeTracking;
using MediatR;

namespace Billing.Api.Hosting;

/// <summary>
/// Registers MediatR's mediator and our handlers. MediatR's own registration package is not the same from version to
/// version; a handler's interface is.
/// </summary>
public static class MediatorRegistration
{
    /// <summary>
    /// By name, with a test that none is missing: whoever looks for them at each start loads every type of the program for it, which
    /// takes 25 ms and 4 MB.
    /// </summary>
    internal static IReadOnlyList<Type> Handlers { get; } =
    [
        typeof(BusinessCommandHandlers), typeof(LookCommandHandler),
        typeof(BankCommandHandlers),
        typeof(ClientCommandHandlers), typeof(EraseClientHandler),
        typeof(EInvoicingCommandHandlers),
        typeof(BudgetCommandHandlers), typeof(EngagementCommandHandlers),
        typeof(ExpenseCommandHandlers), typeof(ReceiptCommandHandlers), typeof(RecurringExpenseCommandHandlers),
        typeof(TripCommandHandlers),
        typeof(AcceptRebillHandler), typeof(BringInvoiceHandler), typeof(CreditCommandHandlers),
        typeof(CreditNoteCommandHandlers), typeof(InvoiceCommandHandlers), typeof(ChargeLateFeeHandler),
        typeof(MailCommandHandlers), typeof(SendCreditNoteCommandHandler), typeof(SendingCommandHandlers),
        typeof(TellFailedChargeCommandHandler),
        typeof(CollectionCommandHandlers), typeof(PaymentCommandHandlers), typeof(StripeAccountCommandHandlers),
        typeof(QuoteCommandHandlers), typeof(TurnQuoteCommandHandler),
        typeof(RecurringInvoiceCommandHandlers), typeof(RunPeriodCommandHandler),
        typeof(RetainerCommandHandlers),
        typeof(SalesTaxCommandHandlers),
        typeof(SendTaxReminderHandler), typeof(TaxPolicyCommandHandlers), typeof(TaxYearCommandHandlers), typeof(GiveEstimateHandler),
        typeof(SyncCommandHandler), typeof(TimeCommandHandlers), typeof(TimerCommandHandlers),
    ];

    public static void AddMediator(this IServiceCollection services)
    {
        foreach (var handler in Handlers)
        {
            foreach (var contract in handler.GetInterfaces().Where(IsHandler)) services.AddSingleton(contract, handler);
        }
        services.AddSingleton<IMediator>(provider => new Mediator(provider.GetService!));
    }

    internal static bool IsHandler(Type contract) =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>);
}

using Billing.Api.Access;
using Billing.Api.Changes;
using Billing.Api.Clients;
using Billing.Api.Commands;
using Billing.Api.Demo;
using Billing.Api.Description;
using Billing.Api.Engagements;
using Billing.Api.Expenses;
using Billing.Api.Http;
using Billing.Api.Invoicing;
using Billing.Api.Limits;
using Billing.Api.Mailing;
using Billing.Api.Past;
using Billing.Api.Payments;
using Billing.Api.RecurringInvoices;
using Billing.Api.Retainers;
using Billing.Api.Taxes;
using Billing.Api.Taxes.UsStates;
using Billing.Api.TimeTracking;
using Billing.Api.Webhooks;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Verification;
using Billing.Projections.Access;
using Billing.Projections.Banking;
using Billing.Projections.Clients;
using Billing.Projections.Documents;
using Billing.Projections.Engagements;
using Billing.Projections.Expenses;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger;
using Billing.Projections.Mailing;
using Billing.Projections.Payments;
using Billing.Projections.Quotes;
using Billing.Projections.RecurringInvoices;
using Billing.Projections.Reports;
using Billing.Projections.Retainers;
using Billing.Projections.Running;
using Billing.Projections.SalesTax;
using Billing.Projections.Storage;
using Billing.Projections.Taxes;
using Billing.Projections.TimeTracking;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;

namespace Billing.Api.Hosting;

/// <summary>Registers the parts of the server.</summary>
public static class Registration
{
    public static void AddBilling(this IServiceCollection services, BillingOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IClock>(SystemClock.Instance);
        services.AddSingleton<TimeOrderedIds>();
        services.AddSingleton<Func<Guid>>(provider => provider.GetRequiredService<TimeOrderedIds>().Next);
        services.AddSingleton(provider => Stores.OpenKeys(options, provider.GetRequiredService<Func<Guid>>()));
        services.TryAddSingleton<IEventStore>(provider =>
            new SealedEventStore(Stores.OpenEvents(options), provider.GetRequiredService<KeyRing>()));
        services.AddSingleton(_ => CheckpointKey.OpenOrMake(options.DataFolder));
        services.AddCommands();
        services.AddReadSide(options);
        services.AddSingleton<LastWrites>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<ChangeReader>();
        services.AddSingleton<ChangeStreams>();
        services.AddSingleton<TokenDirectory>();
        services.AddSingleton(provider => new IdentityTokens(options.Oidc, provider.GetRequiredService<IClock>()));
        services.AddSingleton<Bearers>();
        services.AddSingleton<RoleScopes>();
        services.AddSingleton(_ => Stores.OpenTokenUses(options));
        services.AddHostedService<TokenUseRounds>();
        services.AddSingleton<SamplePractice>();
        services.AddSingleton<TimeDirectory>();
        services.AddSingleton<RatePreview>();
        services.AddTaxes();
        services.AddSingleton<IReceiptFiles>(_ => new ReceiptFolder(options.DataFolder));
        services.AddSingleton<BudgetWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<BudgetWatch>());
        services.AddSingleton<LogoFiles>();
        services.AddSingleton<ILogos>(provider => provider.GetRequiredService<LogoFiles>());
        services.AddSingleton<IDocumentRenderer, PdfDocumentRenderer>();
        services.AddPayments(options);
        services.AddMailing(options);
        services.AddRecurringInvoices();
        services.AddErasing();
        services.AddWebhooks(options);
        services.AddDescription();
        services.AddPages();
    }

    /// <summary>What it takes to run commands on whatever event store is registered.</summary>
    public static void AddCommands(this IServiceCollection services)
    {
        services.TryAddSingleton<StateCache>(_ => new StateCache());
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<RequestsInFlight>();
        services.AddSingleton(_ => new BookTurns(TimeSpan.FromSeconds(10)));
        services.AddSingleton<CommandBus>();
        services.AddMediator();
    }

    /// <summary>
    /// What answers questions about a book from an event store and read models, whichever are registered: those of the server, or those
    /// of a book of the past.
    /// </summary>
    internal static void AddBookReading(this IServiceCollection services)
    {
        services.TryAddSingleton<StateCache>(_ => new StateCache());
        services.AddSingleton<AccessQueries>();
        services.AddSingleton<ClientQueries>();
        services.AddSingleton<EngagementQueries>();
        services.AddSingleton<TimeQueries>();
        services.AddSingleton<BudgetQueries>();
        services.AddSingleton<ExpenseQueries>();
        services.AddSingleton<TripQueries>();
        services.AddSingleton<ReceiptQueries>();
        services.AddSingleton<RecurringExpenseQueries>();
        services.AddSingleton<InvoiceQueries>();
        services.AddSingleton<CreditNoteQueries>();
        services.AddSingleton<ClientCreditQueries>();
        services.AddSingleton<UnbilledQueries>();
        services.AddSingleton<PaymentQueries>();
        services.AddSingleton<PayoutQueries>();
        services.AddSingleton<SalesTaxPaymentQueries>();
        services.AddSingleton<CollectionQueries>();
        services.AddSingleton<IStripeAccounts, StripeAccountQueries>();
        services.AddSingleton<MailQueries>();
        services.AddSingleton<BankQueries>();
        services.AddSingleton<QuoteQueries>();
        services.AddSingleton<RecurringInvoiceQueries>();
        services.AddSingleton<LedgerQueries>();
        services.AddSingleton<RetainerQueries>();
        services.AddSingleton<TaxQueries>();
        services.AddSingleton(provider => new PracticeBooks(provider.GetRequiredService<IEventStore>()));
        services.AddSingleton<UnbilledWork>();
        services.AddSingleton<WorkOfClient>();
        services.AddSingleton<RetainerDesk>();
        services.AddSingleton<BudgetDesk>();
        services.AddSingleton<EstimateDesk>();
        services.AddSingleton<StateDesk>();
        services.AddSingleton<GivenEstimates>();
        services.AddSingleton<LineExplanations>();
        services.AddSingleton<ReportDesk>();
    }

    private static void AddReadSide(this IServiceCollection services, BillingOptions options)
    {
        services.AddSingleton(_ => Stores.OpenReadModels(options));
        services.AddSingleton(provider => new ProjectionRunner(
            provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<ReadDatabase>(), progress: null,
            provider.GetRequiredService<KeyRing>()));
        services.AddHostedService<ProjectionService>();
        services.AddSingleton<PastBooks>();
        services.AddSingleton<CommandEffects>();
        services.AddBookReading();
    }

    private static void AddErasing(this IServiceCollection services)
    {
        services.AddSingleton<ErasureSurvey>();
        services.AddSingleton<ErasureDesk>();
        services.AddHostedService<ErasureRounds>();
    }

    private static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddDataProtection().AddKeyManagementOptions(keys =>
            (keys.XmlRepository, keys.XmlEncryptor) = (new PassingKeys(), new NullXmlEncryptor()));
        // What makes a key at each start, before anything asks for one.
        var early = services.Where(service =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly);
        foreach (var service in early.ToList()) services.Remove(service);
    }

    private static void AddTaxes(this IServiceCollection services)
    {
        services.AddSingleton<TaxPolicyQueries>();
        services.AddSingleton<TaxCalendarFeed>();
        services.AddSingleton<TaxReminderRounds>();
        services.AddHostedService(provider => provider.GetRequiredService<TaxReminderRounds>());
    }

    private static void AddMailing(this IServiceCollection services, BillingOptions options)
    {
        services.AddSingleton<IMailCarrier>(_ =>
            options.Mail.HasServer ? new SmtpCarrier(options.Mail) : new FolderCarrier(options.DataFolder));
        services.AddSingleton<ReachableAddress>();
        services.AddSingleton<MailMessages>();
        services.AddSingleton<Outbox>();
        services.AddHostedService(provider => provider.GetRequiredService<Outbox>());
        services.AddSingleton<ReminderDesk>();
        services.AddHostedService<MailRounds>();
    }

    private static void AddRecurringInvoices(this IServiceCollection services)
    {
        services.AddSingleton<WorkToSweep>();
        services.AddSingleton<RecurringDesk>();
        services.AddHostedService<RecurringInvoiceRounds>();
        services.AddSingleton<RetainerRounds>();
        services.AddHostedService(provider => provider.GetRequiredService<RetainerRounds>());
    }

    private static void AddWebhooks(this IServiceCollection services, BillingOptions options)
    {
        services.AddSingleton(options.Webhooks);
        services.AddSingleton(_ => Stores.OpenWebhooks(options));
        services.AddSingleton<WebhookRegister>();
        services.AddSingleton<WebhookQueue>();
        services.AddSingleton<WebhookLog>();
        services.AddSingleton(_ => CheckedConnections.Of(options.Webhooks));
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookDelivery>();
        services.AddSingleton<WebhookDesk>();
        services.AddHostedService<WebhookRounds>();
    }

    private static void AddPayments(this IServiceCollection services, BillingOptions options)
    {
        services.AddSingleton(_ => Stores.OpenInbox(options));
        services.AddSingleton(_ => new StripeGateway(options.Stripe));
        services.AddSingleton<PracticeAccounts>();
        services.AddSingleton<StripeAccountDesk>();
        services.AddSingleton<PaymentNews>();
        services.AddSingleton<RefundDesk>();
        services.AddSingleton<StripeEvents>();
        services.AddSingleton<PayoutNews>();
        services.AddSingleton<CustomerDesk>();
        services.AddSingleton<CollectionDesk>();
        services.AddSingleton<CheckoutDesk>();
        services.AddHostedService<StripeInboxWorker>();
        services.AddHostedService<CollectionRounds>();
    }
}

using Billing.Api.Access;
using Billing.Api.Access.Pages;
using Billing.Api.Banking;
using Billing.Api.Changes;
using Billing.Api.Clients;
using Billing.Api.Clients.Pages;
using Billing.Api.Demo;
using Billing.Api.Description;
using Billing.Api.EInvoicing;
using Billing.Api.Engagements;
using Billing.Api.Exchange;
using Billing.Api.Expenses;
using Billing.Api.Expenses.Pages;
using Billing.Api.Http;
using Billing.Api.Invoicing;
using Billing.Api.Invoicing.Share;
using Billing.Api.Ledger;
using Billing.Api.Limits;
using Billing.Api.Mailing;
using Billing.Api.ModelContext;
using Billing.Api.Operations;
using Billing.Api.Pages;
using Billing.Api.Pages.Home;
using Billing.Api.Payments;
using Billing.Api.Quotes;
using Billing.Api.Quotes.Share;
using Billing.Api.RecurringInvoices;
using Billing.Api.Reports;
using Billing.Api.Reports.Pages;
using Billing.Api.Retainers;
using Billing.Api.SalesTax;
using Billing.Api.Taxes;
using Billing.Api.Taxes.Share;
using Billing.Api.TimeTracking;
using Billing.Api.TimeTracking.Pages;
using Billing.Api.Webhooks;
using Billing.EventStore.Port;
using Billing.Projections.Documents;
using Billing.Projections.Running;
using Billing.Projections.Storage;

namespace Billing.Api.Hosting;

/// <summary>Builds the server out of its parts, with its stores open.</summary>
public static class BillingServer
{
    internal const int MaxRequestBytes = 33 * 1024 * 1024;

    /// <param name="further">Maps endpoints beside the product's. What is mapped after the building may be found by no request.</param>
    /// <exception cref="InvalidConfigurationException">A setting cannot be used; the message says which and why.</exception>
    /// <exception cref="EventStoreException">The events can't be opened; the message says what a person can do.</exception>
    /// <exception cref="ReadDatabaseException">The same of the read models.</exception>
    public static async Task<WebApplication> Build(WebApplicationBuilder builder, Action<IEndpointRouteBuilder>? further = null)
    {
        var options = Read(builder.Configuration);
        if (options.Fault() is { } fault) throw new InvalidConfigurationException(fault);
        Directory.CreateDirectory(options.DataFolder);

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        });
        builder.Services.AddBilling(options);
        builder.Services.AddModelContext();
        builder.AddTelemetry(options);
        var app = builder.Build();
        // Beside the endpoints: each is mostly code met for the first time, and keeps one core busy.
        var opening = Task.Run(() => Open(app.Services));
        try
        {
            UseFonts(app, options);
            Map(app, options, further);
            await opening;
            return app;
        }
        catch
        {
            // Nothing is closed while it is being opened.
            await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Before the host starts, which would wrap a long trace around what a person can mend.</summary>
    private static void Open(IServiceProvider services)
    {
        services.GetRequiredService<IEventStore>();
        services.GetRequiredService<ReadDatabase>();
        services.GetRequiredService<ProjectionRunner>();
    }

    private static void UseFonts(WebApplication app, BillingOptions options)
    {
        if (options.Fonts is not { } fonts) return;
        var (count, faults) = FontPacks.Use(fonts);
        foreach (var unfit in faults) app.Logger.LogWarning("Billing:Fonts: {Fault}", unfit);
        app.Logger.LogInformation("{Count} further fonts of {Folder} are used in documents", count, fonts);
    }

    private static void Map(WebApplication app, BillingOptions options, Action<IEndpointRouteBuilder>? further)
    {
        app.UseRouting();
        app.UseProxies(options);
        app.UseProblems();
        app.UseRateLimits();
        MapEndpoints(app);
        app.MapModelContext();
        further?.Invoke(app);
        app.UseEndpoints(_ => { });
        // Made now and not for the first request, which would wait for it; whatever is wrong with them, that request says too.
        _ = Task.Run(() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints);
    }

    private static BillingOptions Read(ConfigurationManager configuration)
    {
        try
        {
            return configuration.GetSection("Billing").Get<BillingOptions>() ?? new BillingOptions();
        }
        catch (InvalidOperationException e)
        {
            // Such as a word where true or false belongs; the message names both.
            throw new InvalidConfigurationException(e.Message);
        }
    }

    private static void MapEndpoints(WebApplication app)
    {
        var v1 = app.MapGroup("/v1");
        v1.MarkScopes();
        MapAccess(v1);
        v1.MapClientCommands();
        v1.MapClientQueries();
        v1.MapEngagementCommands();
        v1.MapEngagementQueries();
        v1.MapBudgets();
        v1.MapRateQueries();
        v1.MapTimeCommands();
        v1.MapTimeQueries();
        v1.MapExpenseCommands();
        v1.MapExpenseQueries();
        v1.MapReceipts();
        v1.MapLook();
        v1.MapTrips();
        v1.MapRecurringExpenses();
        v1.MapQuotes();
        v1.MapQuoteQueries();
        v1.MapRecurringInvoices();
        v1.MapRetainerCommands();
        v1.MapRetainerQueries();
        v1.MapInvoiceCommands();
        v1.MapInvoiceQueries();
        v1.MapPriceQueries();
        v1.MapRatePreviews();
        v1.MapRebilling();
        v1.MapMails();
        v1.MapMailReports();
        v1.MapCreditNotes();
        v1.MapClientCredit();
        v1.MapLateFees();
        v1.MapSalesTax();
        v1.MapEInvoicing();
        v1.MapPaymentCommands();
        v1.MapBanking();
        v1.MapRefunds();
        v1.MapPaymentReceipts();
        v1.MapCollections();
        app.MapStripeAccounts(v1);
        v1.MapStripeWebhook();
        v1.MapDeadLetters();
        v1.MapLedgerQueries();
        v1.MapJournal();
        v1.MapStatements();
        v1.MapReminders();
        v1.MapTaxes();
        v1.MapReports();
        v1.MapTimesheets();
        v1.MapDisputePack();
        MapOperations(v1);
        MapPages(app);
        app.MapDescription();
        app.MapHealth();
    }

    private static void MapAccess(RouteGroupBuilder v1)
    {
        v1.MapBusinessCommands();
        v1.MapBusinessQueries();
        v1.MapTokens();
        v1.MapIdentities();
        v1.MapPracticeRateCommands();
    }

    private static void MapOperations(RouteGroupBuilder v1)
    {
        v1.MapImports();
        v1.MapExports();
        v1.MapQuickBooks();
        v1.MapChain();
        v1.MapChanges();
        v1.MapWebhooks();
        v1.MapOperator();
    }

    private static void MapPages(WebApplication app)
    {
        app.MapSharePages();
        app.MapQuotePages();
        app.MapSignIn();
        app.MapSetUp();
        app.MapLookPages();
        app.MapZonePages();
        app.MapSample();
        app.MapHomePage();
        app.MapReportPages();
        app.MapClientPages();
        app.MapTimePages();
        app.MapExpensePages();
        app.MapTaxPages();
        app.MapPageFiles();
    }
}

/// <summary>A setting cannot be used; the message says which and why, in a line.</summary>
public sealed class InvalidConfigurationException(string message) : Exception(message);

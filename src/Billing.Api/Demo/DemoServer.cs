using System.Diagnostics;
using System.Globalization;
using Billing.Api.Hosting;
using Billing.Api.Mailing;
using Billing.EventStore.Port;
using Billing.StripeStandIn;

namespace Billing.Api.Demo;

/// <summary>
/// Serves a sample practice that is made afresh at each start. Without a Stripe key, payments go to the stand-in, whose
/// page says that no money moves.
/// </summary>
public static class DemoServer
{
    /// <summary>Lies beside the demo's files, so that no real practice is ever taken for one.</summary>
    private const string Marker = "demo-practice.txt";

    private const string MarkerText = "The demo practice; made afresh at each start.\n";
    private const string WebhookSecret = "whsec_demo";
    private const string ConnectSecret = "whsec_demo_connect";
    private const string ApiKey = "sk_test_demo";

    public static async Task<int> Run(string[] args, CancellationToken cancellationToken)
    {
        var builder = BillingHost.CreateBuilder(args);
        builder.Configuration["Billing:DataFolder"] ??= Path.Combine("data", "demo");
        Console.WriteLine("Making the sample practice …");
        return await With(builder, async (app, standIn) =>
        {
            var address = new Uri(app.Urls.First());
            Print(await new DemoPractice(app.Services, standIn, address).Make(cancellationToken), address, standIn);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }, cancellationToken);
    }

    /// <summary>Serves a year of an agency instead: enough to see whether reports and pages stay quick.</summary>
    public static async Task<int> RunAgency(string[] args, CancellationToken cancellationToken)
    {
        var builder = BillingHost.CreateBuilder(args);
        builder.Configuration["Billing:DataFolder"] ??= Path.Combine("data", "demo");
        Console.WriteLine($"Making the agency's year {AgencyYear.Year} …");
        return await With(builder, async (app, _) =>
        {
            var clock = Stopwatch.StartNew();
            var year = new AgencyYear(app.Services);
            var (_, token) = await year.Make(cancellationToken);
            var server = app.Urls.First();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{year.Entries:#,0} entries, made in {clock.Elapsed.TotalSeconds:0.0} s"));
            Console.WriteLine($"  owner token      {token}");
            Console.WriteLine($"  curl -H 'Authorization: Bearer {token}' '{server}/v1/reports/work?from=2025-01-01&by=month'");
            Console.WriteLine($"Serving on {server} (Ctrl+C stops)");
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }, cancellationToken);
    }

    /// <summary>Makes the sample practice in a folder of its own, looks at its events, and leaves nothing behind.</summary>
    public static async Task<int> Visit(Func<IEventReader, Task<int>> look, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("billing-demo-");
        try
        {
            var builder = BillingHost.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
            builder.Configuration["Billing:DataFolder"] = folder.FullName;
            return await With(builder, async (app, standIn) =>
            {
                await new DemoPractice(app.Services, standIn, new Uri(app.Urls.First())).Make(cancellationToken);
                return await look(app.Services.GetRequiredService<IEventStore>());
            }, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> With(
        WebApplicationBuilder builder, Func<WebApplication, StripeStandInServer?, Task<int>> visit, CancellationToken cancellationToken)
    {
        if (builder.Configuration["Billing:Store"] is { } store && store != Stores.Sqlite)
            throw new InvalidConfigurationException("The demo keeps its practice in files of its own; leave Billing:Store out.");
        var folder = builder.Configuration["Billing:DataFolder"]!;
        Clear(folder);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, Marker), MarkerText, cancellationToken);

        await using var standIn = builder.Configuration["Billing:Stripe:ApiKey"] is null
            ? await StripeStandInServer.Start(
                new StripeStandInOptions { ApiKey = ApiKey, WebhookSecrets = [WebhookSecret] }, cancellationToken)
            : null;
        if (standIn is not null)
        {
            builder.Configuration["Billing:Stripe:ApiKey"] = ApiKey;
            builder.Configuration["Billing:Stripe:ApiBase"] = standIn.BaseAddress.GetLeftPart(UriPartial.Authority);
            builder.Configuration["Billing:Stripe:WebhookSecrets:0"] = WebhookSecret;
            builder.Configuration["Billing:Stripe:Platform"] = "true";
            builder.Configuration["Billing:Stripe:ConnectWebhookSecrets:0"] = ConnectSecret;
        }

        await using var app = await BillingServer.Build(builder);
        await app.StartAsync(cancellationToken);
        var server = new Uri(app.Urls.First());
        standIn?.Webhooks.AddEndpoint(new Uri(server, "/v1/stripe/webhook"), [WebhookSecret]);
        standIn?.Webhooks.AddEndpoint(new Uri(server, "/v1/stripe/connect-webhook"), [ConnectSecret], connect: true);

        var code = await visit(app, standIn);
        await app.StopAsync(CancellationToken.None);
        return code;
    }

    /// <summary>Removes what an earlier demo left, and only that.</summary>
    private static void Clear(string folder)
    {
        if (!Directory.Exists(folder)) return;
        if (File.Exists(Path.Combine(folder, "events.db")) && !File.Exists(Path.Combine(folder, Marker)))
        {
            throw new InvalidConfigurationException(
                $"{Path.GetFullPath(folder)} holds a practice that is no demo. Name another folder: the demo starts with an empty one.");
        }
        foreach (var pattern in new[] { "events.db*", "read.db*", "inbox.db*" })
            foreach (var file in Directory.EnumerateFiles(folder, pattern)) File.Delete(file);
        var outbox = Path.Combine(folder, FolderCarrier.Folder);
        if (Directory.Exists(outbox)) Directory.Delete(outbox, recursive: true);
    }

    private static void Print(DemoTokens practice, Uri address, StripeStandInServer? standIn)
    {
        var server = address.GetLeftPart(UriPartial.Authority);
        Console.WriteLine();
        Console.WriteLine("Juniper Virtual Assistance, April to September 2026");
        Console.WriteLine($"  API              {server}/v1");
        Console.WriteLine($"  owner token      {practice.Owner}");
        Console.WriteLine($"  assistant token  {practice.Assistant}   (Ana Reyes)");
        Console.WriteLine($"  bookkeeper token {practice.Bookkeeper}");
        Console.WriteLine($"  open invoice     {practice.OpenInvoice}   (as its client sees it)");
        Console.WriteLine($"  paid invoice     {practice.PaidInvoice}");
        Console.WriteLine($"  tax report       {practice.TaxReport}   (what to pay by when, and why)");
        Console.WriteLine($"  tax calendar     {practice.TaxCalendar}");
        Console.WriteLine("  mails            in the folder outbox/ of the data folder");
        Console.WriteLine();
        Console.WriteLine("Try:");
        Console.WriteLine($"  curl -H 'Authorization: Bearer {practice.Owner}' {server}/v1/receivables");
        Console.WriteLine($"  curl -H 'Authorization: Bearer {practice.Owner}' '{server}/v1/tax-years/2026/estimate?asOf=2026-09-01'");
        Console.WriteLine(
            $"  curl -H 'Authorization: Bearer {practice.Owner}' '{server}/v1/tax-years/2026/states/il/estimate?asOf=2026-09-01'");
        Console.WriteLine($"  curl -H 'Authorization: Bearer {practice.Owner}' '{server}/v1/reports/effective-rate?from=2026-04-01'");
        Console.WriteLine($"  curl -H 'Authorization: Bearer {practice.Owner}' '{server}/v1/sales-tax/returns?year=2026&every=quarter'");
        Console.WriteLine($"  curl -H 'Authorization: Bearer {practice.Owner}' {server}/v1/stripe-account");
        Console.WriteLine(
            $"  curl -H 'Authorization: Bearer {practice.Owner}' -OJ '{server}/v1/invoices/{practice.PaidInvoiceId}/dispute-pack.zip'");
        Console.WriteLine(standIn is null
            ? "Payments go to Stripe with the key that is configured."
            : "Payments go to the practice's own account at a sandbox in this process: no money moves.");
        Console.WriteLine($"Serving on {server} (Ctrl+C stops)");
    }
}

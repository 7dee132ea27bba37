using Billing.Api.Access;
using Billing.Api.Clients;
using Billing.Api.Commands;
using Billing.Api.Engagements;
using Billing.Api.Http;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.Projections;
using Billing.Projections.Access;
using NodaTime;

namespace Billing.Api.Hosting;

/// <summary>Builds the server out of its parts.</summary>
public static class BillingServer
{
    /// <exception cref="InvalidConfigurationException">A setting cannot be used; the message says which and why.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Billing").Get<BillingOptions>() ?? new BillingOptions();
        if (options.Fault() is { } fault) throw new InvalidConfigurationException(fault);
        Directory.CreateDirectory(options.DataFolder);

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 32 * 1024 * 1024;
        });
        AddServices(builder.Services, options);
        var app = builder.Build();
        app.UseProblems();
        MapEndpoints(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, BillingOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IClock>(SystemClock.Instance);
        services.AddSingleton<Func<Guid>>(static () => Guid.CreateVersion7());
        services.AddSingleton<IEventStore>(_ => SqliteEventStore.Open(Path.Combine(options.DataFolder, "events.db")));
        services.AddSingleton<StateCache>(_ => new StateCache());
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<RequestsInFlight>();
        services.AddSingleton<CommandBus>();
        services.AddSingleton<LastWrites>();
        services.AddSingleton<TokenDirectory>();
        services.AddMediator();
    }

    private static void MapEndpoints(WebApplication app)
    {
        var v1 = app.MapGroup("/v1");
        v1.MapBusinessCommands();
        v1.MapClientCommands();
        v1.MapEngagementCommands();
    }
}

/// <summary>A setting cannot be used; the message says which and why, in a line.</summary>
public sealed class InvalidConfigurationException(string message) : Exception(message);

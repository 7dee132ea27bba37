namespace Billing.Api.Hosting;

/// <summary>How the program is hosted when it runs by itself.</summary>
public static class BillingHost
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Listens on this machine only, unless <c>--urls</c> or <c>ASPNETCORE_URLS</c> says otherwise.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // The slim one leaves out IIS, HTTP/3 and Windows' event log, which would be loaded at each start.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Settings are read once. Watching their folder would cost a little at each write of a file below it.
            Args = ["--hostBuilder:reloadConfigOnChange", "false", .. args],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls(DefaultUrl);
        // Not bound to one format, as the slim one's console is.
        builder.Logging.ClearProviders().AddConsole();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System", LogLevel.Warning);
        return builder;
    }
}

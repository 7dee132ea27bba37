using System.Globalization;
using Billing.EventStore.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Billing.Benchmarks;

/// <summary>The least that a host of ASP.NET Core over SQLite is: what the program's start is held against.</summary>
internal static class LeanHost
{
    public const string Verb = "lean-host";

    public static async Task<int> Run(string url, string path)
    {
        using var database = Database.Open(path, forWriting: true);
        database.Execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY)");
        var builder = WebApplication.CreateSlimBuilder(["--urls", url]);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/", (RequestDelegate)(http => http.Response.WriteAsync(
            database.ReadNumber("SELECT count(*) FROM rows").ToString(CultureInfo.InvariantCulture))));
        await app.RunAsync();
        return 0;
    }
}

using Microsoft.Data.Sqlite;

namespace Billing.Api.Tests.Http;

/// <summary>Looks into the server's inbox of Stripe's notices, which has no endpoint.</summary>
internal static class Inbox
{
    public static long NoticesKept(this ApiServer server) => Count(server, "1");

    /// <summary>Waits until every notice that came has been worked off.</summary>
    public static async Task InboxEmpty(this ApiServer server)
    {
        var until = DateTime.UtcNow.AddSeconds(30);
        while (Count(server, "state = 'new'") > 0)
        {
            Assert.True(DateTime.UtcNow < until, "The inbox was not worked off.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static long Count(ApiServer server, string condition)
    {
        using var inbox = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(server.DataFolder, "inbox.db"),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        inbox.Open();
        using var count = inbox.CreateCommand();
        count.CommandText = $"SELECT count(*) FROM notice WHERE {condition}";
        return (long)count.ExecuteScalar()!;
    }
}

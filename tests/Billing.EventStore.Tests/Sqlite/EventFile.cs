namespace Billing.EventStore.Tests.Sqlite;

/// <summary>A folder of its own for one test's event file.</summary>
internal sealed class EventFile : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("billing-events-");

    public string Path => System.IO.Path.Combine(folder.FullName, "events.db");

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

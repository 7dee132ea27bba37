using Billing.Api.Hosting;
using Billing.EventStore.Port;
using Billing.Projections.Documents;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Api.Past;

/// <summary>The services that answer queries, over one book as far as a place. It is let go once nobody holds it any more.</summary>
public sealed class PastBook : IDisposable
{
    private readonly Lock gate = new();
    private readonly ServiceProvider services;
    private readonly BookSnapshot? snapshot;
    private int holders = 1;

    /// <param name="snapshot">Filled as far as the place; it is disposed with this. Null where only the book itself is asked.</param>
    public PastBook(IServiceProvider now, IEventStore book, BookSnapshot? snapshot) =>
        (this.snapshot, services) = (snapshot, ServicesOver(now, book, snapshot?.Database ?? now.GetRequiredService<ReadDatabase>()));

    public IServiceProvider Services => services;

    /// <summary>False where it was let go already.</summary>
    public bool TryHold()
    {
        lock (gate)
        {
            if (holders == 0) return false;
            holders++;
            return true;
        }
    }

    /// <summary>Ends one holding of it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (--holders > 0) return;
        }
        services.Dispose();
        snapshot?.Dispose();
    }

    /// <summary>The same services as the server's own, over another store and other read models. What knows no book is shared.</summary>
    internal static ServiceProvider ServicesOver(IServiceProvider now, IEventStore book, ReadDatabase models)
    {
        var services = new ServiceCollection();
        services.AddSingleton(book);
        services.AddSingleton(models);
        services.AddSingleton(now.GetRequiredService<IClock>());
        services.AddSingleton(now.GetRequiredService<IDocumentRenderer>());
        services.AddBookReading();
        return services.BuildServiceProvider();
    }
}

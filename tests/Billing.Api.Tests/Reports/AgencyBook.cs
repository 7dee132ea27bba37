using Billing.Api.Demo;
using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Billing.Projections.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Reports;

/// <summary>The agency's year, made once for all tests of this folder, with its events in memory.</summary>
public sealed class AgencyBook : IAsyncLifetime
{
    private ApiServer server = null!;

    public BookId Book { get; private set; }

    public int Entries { get; private set; }

    /// <summary>By place: the first has place 1.</summary>
    public IReadOnlyList<StoredEvent> Events { get; private set; } = [];

    /// <summary>All of it folded.</summary>
    public PracticeBook Folded { get; private set; } = new();

    public ApiServer Server => server;

    public string OwnerToken { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        server = await ApiServer.Start();
        var year = new AgencyYear(server.Services);
        (Book, OwnerToken) = await year.Make(CancellationToken.None);
        Entries = year.Entries;
        Events = await server.Services.GetRequiredService<IEventStore>().ReadBook(Book, 0, int.MaxValue, CancellationToken.None);
        Folded = Fold(Events);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    public static PracticeBook Fold(IEnumerable<StoredEvent> events)
    {
        var book = new PracticeBook();
        foreach (var stored in events) book.Add(stored);
        return book;
    }
}

[CollectionDefinition(Name)]
public sealed class AgencyCollection : ICollectionFixture<AgencyBook>
{
    public const string Name = "the agency's year";
}

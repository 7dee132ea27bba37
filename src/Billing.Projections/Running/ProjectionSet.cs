using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.Projections.Access;
using Billing.Projections.Banking;
using Billing.Projections.Clients;
using Billing.Projections.Engagements;
using Billing.Projections.Expenses;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger;
using Billing.Projections.Mailing;
using Billing.Projections.Payments;
using Billing.Projections.Quotes;
using Billing.Projections.RecurringInvoices;
using Billing.Projections.Retainers;
using Billing.Projections.Rows;
using Billing.Projections.SalesTax;
using Billing.Projections.Storage;
using Billing.Projections.Taxes;
using Billing.Projections.TimeTracking;

namespace Billing.Projections.Running;

/// <summary>All projections over one database, with the tables they write and the events they take.</summary>
internal sealed class ProjectionSet
{
    private readonly Projection[] projections =
    [
        new AccessProjection(), new ClientsProjection(), new EngagementsProjection(), new TimeTrackingProjection(),
        new BudgetsProjection(), new ExpensesProjection(), new TripsProjection(), new VehiclesProjection(),
        new ReceiptsProjection(), new RecurringExpensesProjection(), new ExpensePoliciesProjection(),
        new InvoicingProjection(), new PaymentsProjection(), new PayoutsProjection(), new LedgerProjection(),
        new RetainersProjection(), new TaxesProjection(), new MailsProjection(), new MailPoliciesProjection(),
        new BankLinesProjection(), new SalesTaxPaymentsProjection(), new CollectionsProjection(), new StripeAccountsProjection(),
        new QuotesProjection(), new RecurringInvoicesProjection(), new TaxPoliciesProjection(),
    ];

    /// <summary>By stored name of any version; an empty list for catalogued events that nobody takes.</summary>
    private readonly FrozenDictionary<string, Action<Fact, object>[]> handlers;

    public ProjectionSet()
    {
        handlers = EventCatalogue.All.Entries.ToFrozenDictionary(
            stored => stored.Name, stored => Takers(EventCatalogue.All.NewestOf(stored.Name).Type), StringComparer.Ordinal);
        Tables = [Books, .. projections.SelectMany(p => p.Tables)];
        Schema = Fingerprint();
    }

    public Table<GlobalKey, BookRow> Books { get; } = new(BookRow.Shape);

    public IReadOnlyList<Table> Tables { get; }

    /// <summary>
    /// Differs as soon as other tables, or other rows from the same events, come out of this version of the program.
    /// </summary>
    public string Schema { get; }

    /// <summary>The schema of rows that were made after so many erasures.</summary>
    public string SchemaAfter(long erasures) => erasures > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Schema}/{erasures}") : Schema;

    /// <summary>After how many erasures the rows of a schema were made; null for rows of another version of the program.</summary>
    public long? ErasuresBefore(string schema) =>
        schema == Schema ? 0
        : schema.StartsWith($"{Schema}/", StringComparison.Ordinal)
            && long.TryParse(schema.AsSpan(Schema.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var erasures) ? erasures
        : null;

    /// <summary>Reads a page up to the first event that can't be read. Events that nobody takes are not decoded.</summary>
    /// <param name="after">The position that the page follows.</param>
    public Batch Decode(IReadOnlyList<StoredEvent> page, long after)
    {
        var decoded = new List<DecodedEvent>(page.Count);
        foreach (var stored in page)
        {
            if (!handlers.TryGetValue(stored.Type, out var takers))
                return new Batch(decoded, after, Halt(stored, new UnknownEventException(stored.Type, stored.Position).Message));
            try
            {
                if (takers.Length > 0) decoded.Add(new DecodedEvent(stored, EventCodec.Decode(stored), takers));
            }
            catch (JsonException)
            {
                // The message would quote from the event.
                var reason = $"The event '{stored.Type}' at position {stored.Position} can't be read.";
                return new Batch(decoded, after, Halt(stored, reason));
            }
            after = stored.Position;
        }
        return new Batch(decoded, after);
    }

    /// <summary>The same for events that all must be readable.</summary>
    /// <exception cref="InvalidOperationException">One of them can't be read.</exception>
    public Batch DecodeWhole(IReadOnlyList<StoredEvent> page)
    {
        var batch = Decode(page, after: 0);
        return batch.Fault is { } fault ? throw new InvalidOperationException(fault.Reason) : batch;
    }

    /// <summary>Every row of every table as text, in a fixed order.</summary>
    public IReadOnlyList<string> Dump(ReadDatabase database) => database.Read(session => Tables
        .SelectMany(table => session.Rows(table.Everything, row => $"{table.Layout.Name}|{row.Dump()}"))
        .ToList());

    private Action<Fact, object>[] Takers(Type type) =>
        [.. projections.Select(p => p.Handlers.GetValueOrDefault(type)).OfType<Action<Fact, object>>()];

    private static ProjectionHealth.Halted Halt(StoredEvent stored, string reason) =>
        new(stored.Position, stored.Type, reason);

    private string Fingerprint()
    {
        var versions = projections.Select(p => $"{p.GetType().Name} {p.Version}");
        var definitions = Tables.SelectMany(
            t => t.Layout.Indexes.Select(i => $"{i}").Prepend(t.Layout.Definition(type => $"{type}", "")));
        var text = string.Join('\n', versions.Concat(definitions));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>Books are numbered 1, 2, 3 … as they first appear in the feed: a short key in every other table.</summary>
internal sealed class BookRow : Row
{
    public static readonly Shape<BookRow> Shape = new Shape<BookRow>("books", "book_id")
        .Number("book", row => ref row.Book)
        .Number("erasures", row => ref row.Erasures)
        .Index("by_number", "(book)");

    public long Book;

    /// <summary>How many of its keys had been erased when its rows were made.</summary>
    public long Erasures;
}

using Billing.Domain.Clients;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Clients;

internal sealed class ClientRow : Row
{
    public static readonly Shape<ClientRow> Shape = new Shape<ClientRow>("clients", "book", "client_id")
        .OptionalText("name", row => ref row.Name)
        .OptionalText("email", row => ref row.Email)
        .OptionalText("address_lines", row => ref row.AddressLines)
        .Text("currency", row => ref row.Currency)
        .OptionalNumber("payment_terms_days", row => ref row.PaymentTermsDays)
        .OptionalText("language", row => ref row.Language)
        .Instant("added_at", row => ref row.AddedAt)
        .OptionalInstant("archived_at", row => ref row.ArchivedAt)
        .OptionalInstant("erased_at", row => ref row.ErasedAt)
        .OptionalDate("documents_until", row => ref row.DocumentsUntil)
        .Number("version", row => ref row.Version);

    public string? Name;
    public string? Email;
    public string? AddressLines;
    public string Currency = "";
    public long? PaymentTermsDays;
    public string? Language;
    public Instant AddedAt;
    public Instant? ArchivedAt;
    public Instant? ErasedAt;
    public LocalDate? DocumentsUntil;
    public long Version;
}

internal sealed class ClientsProjection : Projection
{
    private readonly Table<IdKey, ClientRow> clients = new(ClientRow.Shape);

    public ClientsProjection()
    {
        On<ClientEvent.ClientAdded>(Apply);
        On<ClientEvent.ClientDescribed>(Apply);
        On<ClientEvent.PaymentTermsAgreed>((fact, e) => Change(fact, row => row.PaymentTermsDays = e.PaymentTermsDays));
        On<ClientEvent.ClientLanguageSet>((fact, e) => Change(fact, row => row.Language = e.Language));
        // What is charged is read from the stream; only its version shows here.
        On<ClientEvent.ClientRateCardSet>((fact, _) => Change(fact, _ => { }));
        On<ClientEvent.ClientTaxAgreed>((fact, _) => Change(fact, _ => { }));
        On<ClientEvent.EInvoicingAgreed>((fact, _) => Change(fact, _ => { }));
        On<ClientEvent.ClientArchived>((fact, e) => Change(fact, row => row.ArchivedAt = e.ArchivedAt));
        On<ClientEvent.ClientErased>(Apply);
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [clients];

    private void Apply(Fact fact, ClientEvent.ClientAdded e)
    {
        var row = clients.Add(new IdKey(fact.Book, e.ClientId));
        row.Name = e.Name;
        row.Email = e.Email;
        row.AddressLines = ListText.OfOptional(e.AddressLines);
        row.Currency = e.Currency;
        row.PaymentTermsDays = e.PaymentTermsDays;
        row.AddedAt = e.AddedAt;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, ClientEvent.ClientDescribed e) => Change(fact, row =>
    {
        row.Name = e.Name;
        row.Email = e.Email;
        row.AddressLines = ListText.OfOptional(e.AddressLines);
    });

    private void Apply(Fact fact, ClientEvent.ClientErased e) => Change(fact, row =>
    {
        (row.Name, row.Email, row.AddressLines) = (null, null, null);
        row.ArchivedAt ??= e.ErasedAt;
        (row.ErasedAt, row.DocumentsUntil) = (e.ErasedAt, e.DocumentsUntil);
    });

    private void Change(Fact fact, Action<ClientRow> change)
    {
        if (clients.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        change(row);
        row.Version = fact.Version;
    }
}

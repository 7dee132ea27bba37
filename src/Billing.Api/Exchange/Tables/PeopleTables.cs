using Billing.Domain.Clients;
using Billing.Domain.Engagements;

namespace Billing.Api.Exchange.Tables;

/// <summary>Who the practice is, who works in it and for whom, and what was done.</summary>
internal static class PeopleTables
{
    public static IEnumerable<CsvTable> Of(BookNames names) =>
        [Practice(names), Members(names), Clients(names), Engagements(names), TimeEntries(names)];

    private static CsvTable Practice(BookNames names)
    {
        var table = new CsvTable("practice", "practice_id", "name", "address", "email", "tax_id", "time_zone", "currency");
        var practice = names.Business;
        table.Add(
            practice.BusinessId, practice.Name, string.Join('\n', practice.AddressLines), practice.Email, practice.TaxId,
            practice.TimeZone, practice.Currency.Code);
        return table;
    }

    private static CsvTable Members(BookNames names)
    {
        var table = new CsvTable("members", "member_id", "name", "role", "time_zone", "is_active");
        foreach (var member in names.Business.Members.Values.OrderBy(member => member.MemberId))
            table.Add(member.MemberId, member.Name, member.Role, member.TimeZone, member.IsActive);
        return table;
    }

    private static CsvTable Clients(BookNames names)
    {
        var table = new CsvTable(
            "clients", "client_id", "name", "email", "address", "currency", "payment_terms_days", "language", "vat_id", "is_archived",
            "is_erased");
        foreach (var state in names.Book.Clients.OrderBy(client => client.Key).Select(client => client.Value))
        {
            if (state.Details is not { } client) continue;
            table.Add(
                client.ClientId, client.Name, client.Email, string.Join('\n', client.AddressLines), client.Currency.Code,
                client.PaymentTermsDays, client.Language, client.Tax.VatId, state is ClientState.Archived, client.Erased is not null);
        }
        return table;
    }

    private static CsvTable Engagements(BookNames names)
    {
        var table = new CsvTable("engagements", "engagement_id", "name", "client_id", "client", "currency", "last_day");
        foreach (var state in names.Book.Engagements.OrderBy(engagement => engagement.Key).Select(engagement => engagement.Value))
        {
            if (state.Terms is not { } terms) continue;
            table.Add(
                terms.EngagementId, terms.Name, terms.ClientId, names.Client(terms.ClientId), terms.Currency.Code,
                (state as EngagementState.Ended)?.LastDay);
        }
        return table;
    }

    private static CsvTable TimeEntries(BookNames names)
    {
        var table = new CsvTable(
            "time_entries", "entry_id", "assistant_id", "assistant", "client_id", "client", "engagement_id", "engagement", "worked_on",
            "started_at", "ended_at", "duration_seconds", "duration_hours", "time_zone", "is_billable", "note", "tags", "invoice_id",
            "invoice_number");
        foreach (var entry in names.Book.Entries.OrderBy(entry => entry.WorkedOn).ThenBy(entry => entry.EntryId))
        {
            table.Add(
                entry.EntryId, entry.AssistantId, names.Member(entry.AssistantId), entry.ClientId,
                names.Client(entry.ClientId), entry.EngagementId, names.Engagement(entry.EngagementId), entry.WorkedOn,
                entry.StartedAt, entry.EndedAt, entry.DurationSeconds, Cell.Hours(entry.DurationSeconds), entry.TimeZone, entry.Billable,
                entry.Note, string.Join(' ', entry.Tags), entry.InvoiceId, names.InvoiceNumber(entry.InvoiceId));
        }
        return table;
    }
}

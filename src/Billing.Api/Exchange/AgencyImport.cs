using Billing.Api.Access;
using Billing.Api.Clients;
using Billing.Api.Commands;
using Billing.Api.Engagements;
using Billing.Api.TimeTracking;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>
/// Brings the rows of an agency timesheet into the books by the same commands that anyone uses. What has a name in the books
/// already is used; what has none is made.
/// </summary>
public sealed class AgencyImport(ImportBooks books, ImportSettings settings, KnownNames names)
{
    private const int ShownNoteLength = 60;
    private readonly CommandContext _context = books.Context;
    private readonly Guid _scope = books.Context.Book.Value;
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[settings.TimeZone];
    private readonly List<string> _newClients = [];
    private readonly List<string> _newEngagements = [];
    private readonly List<string> _newAssistants = [];
    private readonly Dictionary<string, int> _occurrences = new(StringComparer.Ordinal);

    public async Task<ImportReport> Run(IReadOnlyList<AgencyRow> rows)
    {
        var firstDay = rows.Where(r => r.Fault is null).Select(r => r.WorkedOn).DefaultIfEmpty(LocalDate.MinIsoValue).Min();
        var reports = new List<RowReport>(rows.Count);
        var seconds = 0L;
        foreach (var row in rows)
        {
            var report = row.Fault is { } fault ? Refused(row, fault) : await Import(row, firstDay);
            if (report.Outcome != "refused") seconds += row.DurationSeconds;
            reports.Add(report);
        }
        return new ImportReport(
            settings.IsDryRun, rows.Count, Count("imported"), Count("already-there"), Count("refused"), seconds, _newClients,
            _newEngagements, _newAssistants, reports);

        int Count(string outcome) => reports.Count(r => r.Outcome == outcome);
    }

    private async Task<RowReport> Import(AgencyRow row, LocalDate firstDay)
    {
        var (client, clientRefusal) = await ClientOf(row);
        if (clientRefusal is not null) return clientRefusal;
        var (engagement, engagementRefusal) = await EngagementOf(row, client, firstDay);
        if (engagementRefusal is not null) return engagementRefusal;
        var (assistant, assistantRefusal) = await AssistantOf(row);
        if (assistantRefusal is not null) return assistantRefusal;

        var key = string.Join('\u001f', row.Engagement, row.Client, row.Assistant, row.DateText, row.HoursText, row.Note);
        var occurrence = _occurrences[key] = _occurrences.GetValueOrDefault(key) + 1;
        var entryId = NamedIds.Of(_scope, "agency-timesheet", key, occurrence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var wish = new LogTime(
            entryId, assistant, engagement, new TimeSpent.OnDay(row.WorkedOn, row.DurationSeconds),
            row.Note.Length == 0 ? null : row.Note, Billable: true, _zone, _context.Now);
        return await books.Send(new LogTimeCommand(_context, wish)) switch
        {
            CommandResult.Done { Events.Count: 0 } => Report(row, "already-there"),
            CommandResult.Done when occurrence > 1 => Report(
                row, "imported", "repeated-row",
                $"The file has this very row {occurrence} times; each counts. Remove the entry if it was a slip."),
            CommandResult.Done => Report(row, "imported"),
            var other => RefusedBy(row, other),
        };
    }

    private async Task<(Guid, RowReport?)> ClientOf(AgencyRow row)
    {
        if (names.Clients.TryGetValue(row.Client, out var known)) return (known, null);
        var id = NamedIds.Of(_scope, "client", row.Client);
        var result = await books.Send(new AddClientCommand(
            _context, new AddClient(id, row.Client, null, [], settings.Currency.Code, null, _context.Now)));
        if (result is not CommandResult.Done) return (id, RefusedBy(row, result));
        names.Clients[row.Client] = id;
        _newClients.Add(row.Client);
        return (id, null);
    }

    private async Task<(Guid, RowReport?)> EngagementOf(AgencyRow row, Guid client, LocalDate firstDay)
    {
        if (names.Engagements.TryGetValue((client, row.Engagement), out var known)) return (known, null);
        var id = NamedIds.Of(_scope, "engagement", client.ToString("D"), row.Engagement);
        var result = await books.Send(new AgreeEngagementCommand(_context, new AgreeEngagement(id, client, row.Engagement, _context.Now)));
        if (result is not CommandResult.Done) return (id, RefusedBy(row, result));
        if (settings.PerHour is { } perHour)
        {
            var card = NamedIds.Of(_scope, "rate-card", id.ToString("D"));
            var wish = new SetRateCard(card, null, perHour, firstDay, null, _context.Now);
            var priced = await books.Send(new ChangeChargingCommand(_context, id, state => Engagement.Decide(state, wish)));
            if (priced is not CommandResult.Done) return (id, RefusedBy(row, priced));
        }
        names.Engagements[(client, row.Engagement)] = id;
        _newEngagements.Add(row.Engagement);
        return (id, null);
    }

    private async Task<(Guid, RowReport?)> AssistantOf(AgencyRow row)
    {
        if (names.Members.TryGetValue(row.Assistant, out var known)) return (known, null);
        var id = NamedIds.Of(_scope, "member", row.Assistant);
        var result = await books.Send(new AddMemberCommand(
            _context, new AddMember(id, row.Assistant, "assistant", settings.TimeZone, _context.Now)));
        if (result is not CommandResult.Done) return (id, RefusedBy(row, result));
        names.Members[row.Assistant] = id;
        _newAssistants.Add(row.Assistant);
        return (id, null);
    }

    private static RowReport RefusedBy(AgencyRow row, CommandResult? result) => Refused(row, RowFault.Of(result));

    private static RowReport Refused(AgencyRow row, RowFault fault) => Report(row, "refused", fault.Code, fault.Detail);

    private static RowReport Report(AgencyRow row, string outcome, string? code = null, string? detail = null)
    {
        var note = row.Note.ReplaceLineEndings(" ");
        if (note.Length > ShownNoteLength) note = string.Concat(note.AsSpan(0, ShownNoteLength), "…");
        var text = $"{row.Client} / {row.Engagement} / {row.Assistant} / {row.DateText} / {row.HoursText} / {note}";
        return new RowReport(row.Number, row.Line, outcome, text, code, detail);
    }
}

/// <param name="TimeZone">IANA name: what the file's dates are dates in, and the zone of assistants that it brings.</param>
/// <param name="Currency">Currency of clients that it brings.</param>
/// <param name="PerHour">Rate of engagements that it brings, from the file's first day on; null sets none.</param>
public sealed record ImportSettings(string TimeZone, Currency Currency, Money? PerHour, bool IsDryRun);

/// <summary>What the books know by name already; the import adds what it makes.</summary>
public sealed record KnownNames(
    Dictionary<string, Guid> Clients, Dictionary<(Guid Client, string Name), Guid> Engagements, Dictionary<string, Guid> Members);

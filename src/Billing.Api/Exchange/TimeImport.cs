using System.Globalization;
using Billing.Api.Access;
using Billing.Api.Clients;
using Billing.Api.Commands;
using Billing.Api.Engagements;
using Billing.Api.TimeTracking;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>
/// Brings the rows of a time file into the books by the same commands that anyone uses, whichever program wrote it. What has a
/// name in the books already is used; what has none is made.
/// </summary>
public sealed class TimeImport(ImportBooks books, ImportSettings settings, KnownNames names)
{
    private const int ShownNoteLength = 60;
    private readonly CommandContext _context = books.Context;
    private readonly Guid _scope = books.Context.Book.Value;
    private readonly DateTimeZone _zone = TimeZones.Of(settings.TimeZone);
    private readonly List<string> _newClients = [];
    private readonly List<string> _newEngagements = [];
    private readonly List<string> _newAssistants = [];
    private readonly Dictionary<string, int> _occurrences = new(StringComparer.Ordinal);
    private ImportRates _rates = ImportRates.None;

    public async Task<ImportReport> Run(TimeFileReading file)
    {
        var rows = file.Rows.Select(Named).ToList();
        _rates = ImportRates.Of(rows, settings.PerHour, _zone);
        var reports = new List<RowReport>(rows.Count);
        var seconds = 0L;
        foreach (var row in rows)
        {
            var report = row.Fault is { } fault ? Refused(row, fault) : await Import(row);
            if (report.Outcome != "refused") seconds += row.DurationSeconds;
            reports.Add(report);
        }
        return new ImportReport(
            settings.IsDryRun, rows.Count, Count("imported"), Count("already-there"), Count("refused"),
            reports.Count(r => r.Outcome != "refused" && r.Code is not null), seconds, _newClients, _newEngagements, _newAssistants,
            reports, file.UnusedColumns ?? [], file.DateForm, file.Decimal);

        int Count(string outcome) => reports.Count(r => r.Outcome == outcome);
    }

    /// <summary>With the names that the caller gave for what the row does not name; a person's for whatever it names.</summary>
    private TimeRow Named(TimeRow row)
    {
        var named = row with
        {
            Client = row.Client.Length == 0 ? settings.ClientName ?? "" : row.Client,
            Engagement = row.Engagement.Length == 0 ? settings.EngagementName ?? "" : row.Engagement,
            Person = settings.MemberName ?? row.Person,
        };
        return named.Fault is null && (named.Client.Length == 0 || named.Engagement.Length == 0 || named.Person.Length == 0)
            ? named.Faulty(
                "name-missing",
                "Client, project and person must all be named. Say with clientName, engagementName or memberName whose such rows are.")
            : named;
    }

    private async Task<RowReport> Import(TimeRow row)
    {
        var (assistant, assistantFault) = await AssistantOf(row);
        if (assistantFault is not null) return Refused(row, assistantFault);
        var (client, clientFault) = await ClientOf(row);
        if (clientFault is not null) return Refused(row, clientFault);
        var (engagement, engagementFault) = await EngagementOf(row, client);
        if (engagementFault is not null) return Refused(row, engagementFault);
        if (await SetRates(row, engagement, assistant) is { } rateFault) return Refused(row, rateFault);

        var key = string.Join('\u001f', row.Engagement, row.Client, row.Person, row.Key);
        var occurrence = _occurrences[key] = _occurrences.GetValueOrDefault(key) + 1;
        var entryId = NamedIds.Of(_scope, settings.Source, key, occurrence.ToString(CultureInfo.InvariantCulture));
        var isBilled = row.IsBilledBefore && !settings.BillsAgain;
        var (result, isAsDay) = await Log(new LogTime(
            entryId, assistant, engagement, row.Time!, row.Note.Length == 0 ? null : row.Note, row.Billable && !isBilled, _zone,
            _context.Now, row.Tags));
        if (result is CommandResult.Refused { Rejection.Code: "id-taken" }) return Report(row, "already-there", RowFault.Changed);
        if (result is not CommandResult.Done { Events.Count: var written }) return Refused(row, RowFault.Of(result));
        return written == 0
            ? Report(row, "already-there")
            : Report(
                row, "imported", row.Doubt, _rates.DoubtOf(row), isAsDay ? RowFault.AsDay : null,
                isBilled ? RowFault.BilledBefore : null, occurrence > 1 ? RowFault.Repeated(occurrence) : null);
    }

    /// <summary>Work that overlaps with other work of the person has no times of its own, where the caller wants it so.</summary>
    private async Task<(CommandResult? Result, bool IsAsDay)> Log(LogTime wish)
    {
        var result = await books.Send(new LogTimeCommand(_context, wish));
        if (!settings.OverlapsAsDays || wish.Time is not TimeSpent.Between between
            || result is not CommandResult.Refused { Rejection.Code: "time-overlap" or "id-taken" })
        {
            return (result, false);
        }
        var asDay = new TimeSpent.OnDay(
            between.StartedAt.InZone(_zone).Date, (long)(between.EndedAt - between.StartedAt).TotalSeconds);
        return (await books.Send(new LogTimeCommand(_context, wish with { Time = asDay })), true);
    }

    private async Task<(Guid, RowFault?)> ClientOf(TimeRow row)
    {
        if (names.Clients.TryGetValue(row.Client, out var known)) return (known, null);
        var id = NamedIds.Of(_scope, "client", row.Client);
        var currency = (row.Currency ?? settings.Currency).Code;
        var result = await books.Send(new AddClientCommand(
            _context, new AddClient(id, row.Client, null, [], currency, null, _context.Now)));
        if (result is not CommandResult.Done) return (id, RowFault.Of(result));
        names.Clients[row.Client] = id;
        _newClients.Add(row.Client);
        return (id, null);
    }

    private async Task<(Guid, RowFault?)> EngagementOf(TimeRow row, Guid client)
    {
        if (names.Engagements.TryGetValue((client, row.Engagement), out var known)) return (known, null);
        var id = NamedIds.Of(_scope, "engagement", client.ToString("D"), row.Engagement);
        var result = await books.Send(new AgreeEngagementCommand(_context, new AgreeEngagement(id, client, row.Engagement, _context.Now)));
        if (result is not CommandResult.Done) return (id, RowFault.Of(result));
        _rates.Open(row);
        names.Engagements[(client, row.Engagement)] = id;
        _newEngagements.Add(row.Engagement);
        return (id, null);
    }

    private async Task<RowFault?> SetRates(TimeRow row, Guid engagement, Guid assistant)
    {
        foreach (var rate in _rates.Due(row))
        {
            var own = rate.IsPersons ? [assistant.ToString("D"), rate.FromText] : Array.Empty<string>();
            var card = NamedIds.Of(_scope, ["rate-card", engagement.ToString("D"), .. own]);
            var wish = new SetRateCard(card, rate.IsPersons ? assistant : null, rate.PerHour, rate.From, null, _context.Now);
            var result = await books.Send(new ChangeChargingCommand(_context, engagement, state => Engagement.Decide(state, wish)));
            if (result is not CommandResult.Done) return RowFault.Of(result);
            _rates.Done(row, rate);
        }
        return null;
    }

    private async Task<(Guid, RowFault?)> AssistantOf(TimeRow row)
    {
        if (names.Members.TryGetValue(row.Person, out var known)) return (known, null);
        if (!settings.AddsMembers) return (default, RowFault.Unknown(row.Person));
        var id = NamedIds.Of(_scope, "member", row.Person);
        var result = await books.Send(new AddMemberCommand(
            _context, new AddMember(id, row.Person, "assistant", settings.TimeZone, _context.Now)));
        if (result is not CommandResult.Done) return (id, RowFault.Of(result));
        names.Members[row.Person] = id;
        _newAssistants.Add(row.Person);
        return (id, null);
    }

    private static RowReport Refused(TimeRow row, RowFault fault) => Report(row, "refused", fault);

    /// <param name="remarks">The first gives the code, all of them the detail.</param>
    private static RowReport Report(TimeRow row, string outcome, params ReadOnlySpan<RowFault?> remarks)
    {
        var said = new List<RowFault>();
        foreach (var remark in remarks)
            if (remark is not null) said.Add(remark);
        var note = row.Note.ReplaceLineEndings(" ");
        if (note.Length > ShownNoteLength) note = string.Concat(note.AsSpan(0, ShownNoteLength), "…");
        var text = $"{row.Client} / {row.Engagement} / {row.Person} / {row.When} / {note}";
        return new RowReport(
            row.Number, row.Line, outcome, text, said.FirstOrDefault()?.Code,
            said.Count == 0 ? null : string.Join(' ', said.Select(remark => remark.Detail)));
    }
}

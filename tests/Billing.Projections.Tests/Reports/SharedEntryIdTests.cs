using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.TimeTracking;
using Billing.Projections.Reports;
using Billing.Projections.Running;
using Billing.Projections.Tests.Given;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Projections.Tests.Reports;

/// <summary>A book in which two weeks hold entries of one id: two nodes were asked for it at the same moment.</summary>
public sealed class SharedEntryIdTests
{
    private static readonly Guid Shared = Ids.Of(5, 1);
    private static readonly LocalDate First = new(2026, 1, 1), Last = new(2026, 12, 31);

    [Fact]
    public async Task Of_two_entries_with_one_id_every_report_takes_the_last_as_the_read_models_do()
    {
        await using var practice = new Practice(ReadModelsIn.Sqlite);
        await practice.Append(Practice.Book,
        [
            ($"business-{Practice.Book.Value:D}", new BusinessEvent.BusinessOpened(
                Practice.Book.Value, "Juniper", "Europe/Lisbon", "USD", Practice.Now)),
            ($"client-{Ids.Acme:D}", new ClientEvent.ClientAdded(Ids.Acme, "Acme", null, null, "USD", null, Practice.Now)),
            ($"engagement-{Ids.Inbox:D}", new EngagementEvent.EngagementAgreed(Ids.Inbox, Ids.Acme, "USD", "Inbox", Practice.Now)),
            Logged(Ids.Ada, new LocalDate(2026, 3, 10), 3600), Logged(Ids.Bob, new LocalDate(2026, 5, 4), 1800),
        ]);
        var book = new PracticeBook();
        foreach (var stored in await practice.Store.ReadBook(Practice.Book, 0, int.MaxValue, CancellationToken.None)) book.Add(stored);
        using var models = await BookSnapshot.Fill(practice.Store, Practice.Book, long.MaxValue, CancellationToken.None);

        var entry = new TimeQueries(models.Database).Entry(Practice.Book, Shared)!;
        Assert.Equal(
            [(entry.AssistantId, entry.WorkedOn, entry.DurationSeconds)],
            book.Entries.Select(e => (e.AssistantId, e.WorkedOn, e.DurationSeconds)));
        Assert.Equal(["2026-05:USD", "total:USD"], WorkReport.Of(book, First, Last, ReportGrouping.All["month"]).Rows.Select(row => row.Key));
        Assert.All(EveryReport.Of(First, Last), report => report.Of(book));
    }

    private static (string, object) Logged(Guid assistant, LocalDate day, long seconds) => (
        TimesheetWeek.Of(assistant, day).StreamName,
        new TimesheetEvent.TimeEntryLogged(
            Shared, assistant, Ids.Inbox, Ids.Acme, "calls", true, day, null, null, seconds, "Europe/Lisbon", Practice.Now, []));
}

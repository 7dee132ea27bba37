using Billing.Projections.Invoicing;
using Billing.Projections.Sqlite;
using Billing.Projections.Storage;
using Billing.Projections.TimeTracking;

namespace Billing.Projections.Tests.Sqlite;

public sealed class QueryPlanTests
{
    [Fact]
    public void What_is_unbilled_of_a_client_is_answered_in_order_from_its_index_alone()
    {
        using var session = new SqliteSession(":memory:", forWriting: true);
        var shape = TimeEntryRow.Shape;
        session.Create(new TableLayout(
            shape.Name, [new("book", SqlType.Number), new("entry_id", SqlType.Id)], shape.Columns, shape.Indexes));
        foreach (var index in shape.Indexes) session.Create(index);
        var plan = session.Rows($"EXPLAIN QUERY PLAN {UnbilledQueries.EntriesOfClient}", row =>
        {
            _ = (row.Int(), row.Int(), row.Int());
            return row.Text();
        });
        Assert.Equal(
            ["SEARCH time_entries USING COVERING INDEX time_entries_unbilled (book=? AND client_id=? AND worked_on<?)"], plan);
    }
}

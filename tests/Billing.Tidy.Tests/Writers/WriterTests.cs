using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Writers;

public sealed class WriterTests
{
    private static readonly SourceFile Events = new("src/Billing.Domain/Time/TimeEvent.cs", """
        public abstract record TimeEvent
        {
            public sealed record TimeLogged(Guid Id, [property: Text(2)] string? Note) : TimeEvent;
            public sealed record TimeDropped : TimeEvent;
        }
        public sealed record Plain(int A) : Comparable;
        """);

    private static readonly SourceFile Row = new(
        "src/Billing.Projections/Time/EntryRow.cs", "static readonly Shape<EntryRow> Shape = new Shape<EntryRow>(\"entries\", \"id\");");

    private static readonly SourceFile Writer = new(
        "src/Billing.Projections/Time/TimeProjection.cs",
        "class TimeProjection : Projection { readonly Table<Key, EntryRow> entries = new(EntryRow.Shape); }");

    [Fact]
    public void An_event_is_made_by_its_own_subject_alone() => Finding.AssertNone(EventWriterRules.Strangers(Repository.Files));

    [Fact]
    public void A_table_is_written_by_one_projection_alone() => Finding.AssertNone(TableWriterRules.Check(Repository.Files));

    [Fact]
    public void Events_are_the_cases_of_event_hierarchies() => Assert.Equal(
        [new DeclaredEvent("TimeLogged", "src/Billing.Domain/Time"), new DeclaredEvent("TimeDropped", "src/Billing.Domain/Time")],
        EventWriterRules.Events([Events]));

    [Theory]
    [InlineData("src/Billing.Domain/Time/Deciding/A.cs", "return new TimeLogged(id, null);", 0)]
    [InlineData("src/Billing.Domain/Billing/A.cs", "return new TimeLogged(id, null);", 1)]
    [InlineData("src/Billing.Domain/Billing/A.cs", "return new TimeEvent.TimeLogged(id, null);", 1)]
    [InlineData("src/Billing.Api/Time/A.cs", "return new TimeDropped { };", 1)]
    [InlineData("src/Billing.Domain/Billing/A.cs", "// new TimeLogged(id, null)", 0)]
    [InlineData("src/Billing.Domain/Billing/A.cs", "return new Plain(1);", 0)]
    [InlineData("tests/Billing.Domain.Tests/A.cs", "return new TimeLogged(id, null);", 0)]
    public void An_event_made_elsewhere_is_found(string path, string code, int findings) =>
        Assert.Equal(findings, EventWriterRules.Strangers([Events, new SourceFile(path, code)]).Count());

    [Fact]
    public void An_event_declared_twice_and_a_domain_without_events_are_found()
    {
        Assert.Single(EventWriterRules.Strangers([Events, new SourceFile("src/Billing.Domain/Other/TimeEvent.cs", """
            public sealed record TimeLogged : OtherEvent;
            """)]));
        Assert.Single(EventWriterRules.Strangers([]));
    }

    [Fact]
    public void A_table_with_one_writer_is_let_through() => Assert.Empty(TableWriterRules.Check([Row, Writer]));

    [Theory]
    [InlineData("src/Billing.Projections/Other/A.cs", "readonly Table<Key, EntryRow> entries = new(EntryRow.Shape);")]
    [InlineData("src/Billing.Projections/Other/A.cs", "var entries = new Table<Key, EntryRow>(EntryRow.Shape);")]
    [InlineData("src/Billing.Projections/Time/A.cs", "Run(\"DELETE FROM entries WHERE id = ?\");")]
    [InlineData("src/Billing.Api/Time/A.cs", "Run(\"INSERT OR REPLACE INTO entries VALUES (1)\");")]
    [InlineData("src/Billing.Projections/Other/OtherRow.cs", "Shape = new Shape<EntryRow>(\"entries\", \"id\");")]
    public void A_second_writer_is_found(string path, string code) =>
        Assert.NotEmpty(TableWriterRules.Check([Row, Writer, new SourceFile(path, code)]));

    [Fact]
    public void A_table_without_a_writer_and_a_projection_without_tables_are_found()
    {
        Assert.Single(TableWriterRules.Check([Row]));
        Assert.Single(TableWriterRules.Check([Writer]));
    }

    [Fact]
    public void Reading_a_table_is_free() => Assert.Empty(TableWriterRules.Check(
        [Row, Writer, new SourceFile("src/Billing.Projections/Other/A.cs", "Run(\"SELECT id FROM entries\");")]));
}

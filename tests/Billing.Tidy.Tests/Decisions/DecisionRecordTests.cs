using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Decisions;

public sealed class DecisionRecordTests
{
    private const string Good = """
        # 0001. Keep books
        ## Status
        Accepted.
        ## Context
        There are none.
        ## Decision
        We keep them.
        ## Consequences
        They are kept.
        Costs: paper.
        """;

    [Fact]
    public void Records_are_numbered_without_a_gap() => Finding.AssertNone(DecisionRecordRules.Numbering(Repository.Files));

    [Fact]
    public void Records_say_what_was_decided_and_what_it_costs() =>
        Finding.AssertNone(Repository.Files.SelectMany(DecisionRecordRules.Form));

    [Fact]
    public void A_good_record_is_let_through()
    {
        Assert.Empty(DecisionRecordRules.Numbering([Record("0001-keep-books.md", Good)]));
        Assert.Empty(DecisionRecordRules.Form(Record("0001-keep-books.md", Good)));
    }

    [Theory]
    [InlineData("0002-keep-books.md")]
    [InlineData("1-keep-books.md")]
    [InlineData("0001-Keep_Books.md")]
    [InlineData("keep-books.md")]
    public void A_record_with_another_name_is_found(string name) =>
        Assert.Single(DecisionRecordRules.Numbering([Record(name, Good)]));

    [Fact]
    public void A_gap_a_double_a_wrong_title_and_an_empty_folder_are_found()
    {
        var first = Record("0001-keep-books.md", Good);

        Assert.Single(DecisionRecordRules.Numbering([first, Record("0003-a.md", "# 0003. A")]));
        Assert.Single(DecisionRecordRules.Numbering([first, Record("0001-more-books.md", Good)]));
        Assert.Single(DecisionRecordRules.Numbering([Record("0001-keep-books.md", "# 0002. Keep books")]));
        Assert.Single(DecisionRecordRules.Numbering([]));
    }

    [Theory]
    [InlineData("Costs: paper.", "They cost paper.")]
    [InlineData("## Context\nThere are none.\n", "")]
    [InlineData("## Status", "## State")]
    [InlineData("They are kept.", "They are kept.\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n")]
    public void A_record_in_another_form_is_found(string what, string by)
    {
        var changed = Good.Replace(what, by, StringComparison.Ordinal);

        Assert.NotEqual(Good, changed);
        Assert.Single(DecisionRecordRules.Form(Record("0001-keep-books.md", changed)));
    }

    private static SourceFile Record(string name, string text) => new($"{DecisionRecordRules.Folder}/{name}", text);
}

using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Sizes;

public sealed class SizeRulesTests
{
    /// <summary>Path and reason of every file that is longer than the rule. Keep it empty if you can.</summary>
    private static readonly Dictionary<string, string> LongForAReason = [];

    /// <summary>Path and reason of every big file. The fonts are under the limit.</summary>
    private static readonly Dictionary<string, string> BigForAReason = [];

    [Fact]
    public void No_file_is_too_long() => Finding.AssertNone(SizeRules.LongFiles(Repository.Files, LongForAReason));

    [Fact]
    public void No_function_is_too_long() => Finding.AssertNone(Repository.Code.SelectMany(SizeRules.LongMembers));

    [Fact]
    public void No_line_is_too_long() => Finding.AssertNone(Repository.Code.SelectMany(SizeRules.LongLines));

    [Theory]
    [InlineData("src/A.cs", 1)]
    [InlineData("tests/A.cs", 0)]
    public void Only_in_tests_the_text_between_quotes_may_be_long(string path, int findings)
    {
        var line = $"var text = \"{new string('x', SizeRules.MaxColumns)}\";";
        Assert.Equal(findings, SizeRules.LongLines(new SourceFile(path, line)).Count());
        Assert.Single(SizeRules.LongLines(new SourceFile(path, $"var {new string('x', SizeRules.MaxColumns)} = 1;")));
    }

    [Fact]
    public void No_file_is_too_big() => Finding.AssertNone(SizeRules.BigFiles(Repository.Files, BigForAReason));

    [Theory]
    [InlineData("src/A.cs", 300, 301)]
    [InlineData("infra/A.cs", 300, 301)]
    [InlineData("tests/A.cs", 400, 401)]
    public void A_file_has_a_most_of_lines(string path, int fits, int tooLong)
    {
        Assert.Empty(SizeRules.LongFiles([File(path, fits)], LongForAReason));
        Assert.Single(SizeRules.LongFiles([File(path, tooLong)], LongForAReason));
    }

    [Fact]
    public void A_long_file_may_be_allowed_for_as_long_as_it_is_long()
    {
        var allowed = new Dictionary<string, string> { ["src/A.cs"] = "a table" };

        Assert.Empty(SizeRules.LongFiles([File("src/A.cs", 301)], allowed));
        Assert.Single(SizeRules.LongFiles([File("src/A.cs", 300)], allowed));
    }

    [Fact]
    public void A_function_has_a_most_of_lines_and_a_table_of_data_has_none()
    {
        Assert.Empty(SizeRules.LongMembers(Member("void F()\n{\n", 57, "}\n")));
        Assert.Single(SizeRules.LongMembers(Member("void F()\n{\n", 59, "}\n")));
        Assert.Single(SizeRules.LongMembers(Member("int F => G(\n", 59, ");\n")));
        Assert.Empty(SizeRules.LongMembers(Member("static readonly int[] F = [\n", 59, "];\n")));
    }

    [Fact]
    public void A_line_has_a_most_of_columns()
    {
        Assert.Empty(SizeRules.LongLines(new SourceFile("src/A.cs", new string('x', 140))));
        Assert.Single(SizeRules.LongLines(new SourceFile("src/A.cs", "\n" + new string('x', 141))));
    }

    [Fact]
    public void A_file_has_a_most_of_bytes()
    {
        var big = new SourceFile("docs/a.png", () => "", SizeRules.MaxBytes + 1);

        Assert.Single(SizeRules.BigFiles([big], BigForAReason));
        Assert.Empty(SizeRules.BigFiles([big], new Dictionary<string, string> { ["docs/a.png"] = "a reason" }));
        Assert.Empty(SizeRules.BigFiles([new SourceFile("docs/a.png", () => "", SizeRules.MaxBytes)], BigForAReason));
    }

    private static SourceFile File(string path, int lines) => new(path, string.Concat(Enumerable.Repeat("x\n", lines)));

    private static SourceFile Member(string head, int lines, string tail) =>
        new("src/A.cs", $"class A\n{{\n{head}{string.Concat(Enumerable.Repeat("x,\n", lines))}{tail}}}\n");
}

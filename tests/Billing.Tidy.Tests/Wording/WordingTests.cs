using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Wording;

public sealed class WordingTests
{
    [Fact]
    public void No_name_is_a_word_for_anything() =>
        Finding.AssertNone(Repository.Files.SelectMany(NameRules.InPath).Concat(Repository.Code.SelectMany(NameRules.InTypes)));

    [Fact]
    public void There_are_no_regions() => Finding.AssertNone(Repository.Code.SelectMany(LeftoverRules.Regions));

    [Fact]
    public void Nothing_is_marked_as_unfinished() =>
        Finding.AssertNone(Repository.Files.Where(f => f.IsText).SelectMany(LeftoverRules.Marks));

    [Fact]
    public void No_code_is_commented_out() => Finding.AssertNone(Repository.Code.SelectMany(LeftoverRules.CommentedOutCode));

    [Fact]
    public void Only_the_composition_knows_the_wall_clock() =>
        Finding.AssertNone(Repository.Code.SelectMany(SurroundingsRules.WallClock));

    [Fact]
    public void Formats_name_their_culture() => Finding.AssertNone(Repository.Code.SelectMany(SurroundingsRules.LeakingCulture));

    [Fact]
    public void Pages_say_nothing_that_is_not_in_a_resource_file() =>
        Finding.AssertNone(Repository.Files.Where(f => f.IsText).SelectMany(SurroundingsRules.WordsOnPages));

    [Theory]
    [InlineData("<p>Download</p>")]
    [InlineData("<label>Your name <input name=\"a\" /></label>")]
    [InlineData("<h2>\n  What it is for\n</h2>")]
    [InlineData("<section aria-label=\"How it stands\">")]
    public void A_word_on_a_page_is_found(string markup) =>
        Assert.Single(SurroundingsRules.WordsOnPages(new SourceFile("src/A.razor", markup)));

    [Theory]
    [InlineData("<p class=\"label\">@Words[\"sum\"]</p>")]
    [InlineData("@* A <p>comment</p> *@")]
    [InlineData("@if (A.Count > B && C)\n{\n  <p>@A</p>\n}\n\n@code {\n    private string A => \"<p>Yes</p>\";\n}")]
    public void What_a_page_takes_from_elsewhere_is_free(string markup) =>
        Assert.Empty(SurroundingsRules.WordsOnPages(new SourceFile("src/A.razor", markup)));

    [Theory]
    [InlineData("src/Billing.Api/Helpers/A.cs")]
    [InlineData("src/Billing.Api/Http/DateUtils.cs")]
    [InlineData("docs/common/a.md")]
    public void A_path_has_no_banned_word(string path) => Assert.Single(NameRules.InPath(new SourceFile(path, "")));

    [Theory]
    [InlineData("public sealed class TokenManager { }")]
    [InlineData("record MoneyHelper(int A);")]
    [InlineData("static class A { private sealed class IOUtility { } }")]
    public void A_type_has_no_banned_word(string code) => Assert.Single(NameRules.InTypes(InSource(code)));

    [Theory]
    [InlineData("public sealed class Managing { }")]
    [InlineData("record Uncommon(int Utilisation);")]
    [InlineData("class A { /* class TokenManager { } */ string B = \"class TokenManager { }\"; }")]
    public void Other_words_are_free(string code) => Assert.Empty(NameRules.InTypes(InSource(code)));

    [Theory]
    [InlineData("#region A")]
    [InlineData("class A\n{\n    #region B\n")]
    public void A_region_is_found(string code) => Assert.Single(LeftoverRules.Regions(InSource(code)));

    [Fact]
    public void A_region_in_a_comment_is_none() => Assert.Empty(LeftoverRules.Regions(InSource("// one\n/*\n #region B\n*/")));

    [Theory]
    [InlineData("src/A.cs", "a(); // {0}: later")]
    [InlineData("src/A.cs", "/* one\n {0} */")]
    [InlineData("docs/a.md", "It works. {0} say why.")]
    [InlineData(".ci/run", "# {0} faster")]
    public void A_mark_is_found(string path, string text)
    {
        foreach (var mark in new[] { "TODO", "FIXME", "HACK" })
            Assert.Single(LeftoverRules.Marks(new SourceFile(path, text.Replace("{0}", mark, StringComparison.Ordinal))));
    }

    [Fact]
    public void A_mark_in_a_literal_is_none() => Assert.Empty(LeftoverRules.Marks(InSource("var a = \"TODO\";")));

    [Theory]
    [InlineData("// var x = 1;")]
    [InlineData("//return x;")]
    [InlineData("// if (x)\n// {")]
    [InlineData("/*\n * a.B(c);\n */")]
    [InlineData("/* a(b); */")]
    [InlineData("a(); // b();")]
    public void Commented_out_code_is_found(string code) => Assert.NotEmpty(LeftoverRules.CommentedOutCode(InSource(code)));

    [Theory]
    [InlineData("// The first one wins;\n// the second is refused.")]
    [InlineData("/// <code>a.B(c);</code> {")]
    [InlineData("// Both parts are objects: {a} and {b} are read as {a,b}.")]
    [InlineData("var a = \"// b();\";")]
    public void Prose_is_no_code(string code) => Assert.Empty(LeftoverRules.CommentedOutCode(InSource(code)));

    [Theory]
    [InlineData("var a = DateTime.Now;")]
    [InlineData("var a = System.DateTime.UtcNow.Date;")]
    [InlineData("var a = DateTimeOffset\n    .UtcNow;")]
    [InlineData("var a = SystemClock.Instance;")]
    public void Reading_the_clock_is_found_but_in_the_composition(string code)
    {
        Assert.Single(SurroundingsRules.WallClock(new SourceFile("src/Billing.Api/Payments/A.cs", code)));
        Assert.Single(SurroundingsRules.WallClock(new SourceFile("infra/Billing.StripeStandIn/A.cs", code)));
        Assert.Empty(SurroundingsRules.WallClock(new SourceFile("src/Billing.Api/Hosting/A.cs", code)));
    }

    [Theory]
    [InlineData("a.ToString(\"F2\")", 1)]
    [InlineData("$\"{a.ToString(\"F2\")}\"", 1)]
    [InlineData("a.ToString(\"uuuu\", null)", 1)]
    [InlineData("a.ToString(\"F2\", CultureInfo.InvariantCulture)", 0)]
    [InlineData("id.ToString(\"D\")", 0)]
    [InlineData("// a.ToString(\"F2\")", 0)]
    public void A_format_without_a_culture_is_found(string code, int findings) =>
        Assert.Equal(findings, SurroundingsRules.LeakingCulture(InSource(code)).Count());

    private static SourceFile InSource(string code) => new("src/Billing.Domain/Values/A.cs", code);
}

namespace Billing.Tidy.Tests.Source;

public sealed class MaskedCodeTests
{
    [Theory]
    [InlineData("a(\"b; // c\");", "a(\"_______\");")]
    [InlineData("a('{', '\\'');", "a('_', '__');")]
    [InlineData("a(\"\\\"}\", b);", "a(\"___\", b);")]
    [InlineData("a(@\"c:\\\", b);", "a(@\"___\", b);")]
    [InlineData("a(@\"say \"\"no\"\"\", b);", "a(@\"__________\", b);")]
    [InlineData("a($\"x {b(\"c\")} {{y}}\");", "a($\"__{b(\"_\")}______\");")]
    [InlineData("a(\"\"\"x \" {y}\"\"\", b);", "a(\"\"\"_______\"\"\", b);")]
    [InlineData("a($$\"\"\"{x} {{b}}\"\"\");", "a($$\"\"\"____{{b}}\"\"\");")]
    [InlineData("a(\"\", b);", "a(\"\", b);")]
    [InlineData("Evolve(@event);", "Evolve(@event);")]
    [InlineData("#pragma warning don't\n a('x');", "#pragma warning don't\n a('_');")]
    public void Tells_literals_from_code(string text, string code) => Assert.Equal(code, MaskedCode.Of(text).Code);

    [Fact]
    public void Tells_comments_from_code_and_keeps_every_line()
    {
        var masked = MaskedCode.Of("a(); // one\n/* two\n three */ b(\"// four\");");

        Assert.Equal("a();       \n      \n          b(\"_______\");", masked.Code);
        Assert.Equal([new Comment(5, "// one"), new Comment(12, "/* two\n three */")], masked.Comments);
    }
}

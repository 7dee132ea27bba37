using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Places;

public sealed class PlacesTests
{
    private static readonly string[] Projects =
        [.. Repository.Files.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(f => f.Folder)];

    [Fact]
    public void Every_namespace_is_its_folder() =>
        Finding.AssertNone(Repository.Code.SelectMany(f => NamespaceRules.Check(f, Projects)));

    [Fact]
    public void Every_subject_says_what_it_owns() => Finding.AssertNone(
        ReadmeRules.Missing(Repository.Files, Projects).Concat(Repository.Files.SelectMany(ReadmeRules.Unfit)));

    [Fact]
    public void Nothing_names_the_machine_it_was_written_on() =>
        Finding.AssertNone(Repository.Files.Where(f => f.IsText).SelectMany(MachineTraceRules.Check));

    [Theory]
    [InlineData("src/Billing.Domain/Values/A.cs", "namespace Billing.Domain.Values;", 0)]
    [InlineData("src/Billing.Domain/A.cs", "namespace Billing.Domain;", 0)]
    [InlineData("src/Billing.Domain/Values/A.cs", "namespace Billing.Domain;\nclass A;", 1)]
    [InlineData("src/Billing.Domain/Values/A.cs", "namespace Billing.Domain.Values { }\nnamespace B { }", 1)]
    [InlineData("src/Billing.Domain/Values/A.cs", "class A { }", 1)]
    [InlineData("src/Billing.Domain/Program.cs", "Run();", 0)]
    [InlineData("src/A.cs", "namespace Billing.Domain;", 1)]
    public void A_namespace_follows_the_folder(string path, string code, int findings) =>
        Assert.Equal(findings, NamespaceRules.Check(new SourceFile(path, code), ["src/Billing.Domain"]).Count());

    [Fact]
    public void A_subject_without_a_readme_is_found()
    {
        SourceFile[] files =
        [
            new("src/Billing.Domain/Money/Deep/A.cs", ""), new("src/Billing.Domain/Money/README.md", ""),
            new("src/Billing.Domain/Time/Deep/A.cs", ""), new("src/Billing.Domain/Time/Deep/README.md", ""),
            new("src/Billing.Domain/Data/a.json", ""), new("src/Billing.Domain/A.cs", ""), new("tests/T/X/A.cs", ""),
        ];

        Assert.Equal(
            [new Finding("src/Billing.Domain/Time/README.md", 1, "is missing")],
            ReadmeRules.Missing(files, ["src/Billing.Domain", "tests/T"]));
    }

    [Theory]
    [InlineData("Owns: a.\nDoes not own: b.\nEvents written: none. Read by: c.", 0)]
    [InlineData("Owns: a.\nRead by: c.", 1)]
    [InlineData("Nothing.", 3)]
    [InlineData("Owns: a.\nDoes not own: b.\nRead by: c.\n\n\n\n\n\n\n\n\n\n\n\n\nEnd.", 1)]
    public void A_readme_is_short_and_says_what_the_folder_owns(string text, int findings) =>
        Assert.Equal(findings, ReadmeRules.Unfit(new SourceFile("src/Billing.Domain/Time/README.md", text)).Count());

    [Theory]
    [InlineData("/", "wo", "rk/main")]
    [InlineData("cat /", "ro", "ot/.bashrc")]
    [InlineData("see .", "libr", "ary for more")]
    [InlineData("https://api", ".nuget", ".org/v3/index.json")]
    [InlineData("https://registry", ".npmjs", ".org/stripe")]
    public void A_trace_of_a_machine_is_found(string before, string within, string after) =>
        Assert.Single(MachineTraceRules.Check(new SourceFile("docs/a.md", before + within + after)));

    [Theory]
    [InlineData("GET /v1/work/unbilled")]
    [InlineData("the project's root/ folder")]
    [InlineData("file.library")]
    [InlineData("Billing.Library")]
    public void Other_paths_are_free(string text) => Assert.Empty(MachineTraceRules.Check(new SourceFile("docs/a.md", text)));
}

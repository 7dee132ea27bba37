using System.Text.RegularExpressions;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Refusals;

/// <summary>A code is part of the API: every one that the sources give stands in <c>docs/problems.md</c>, and no other.</summary>
public sealed partial class ProblemTableTests
{
    [Fact]
    public void Every_code_of_the_sources_is_documented()
    {
        var undocumented = CodesOfSources().Where(code => !Refused.Documented.ContainsKey(code.Code)).ToList();

        Assert.True(undocumented.Count == 0, string.Join(Environment.NewLine, undocumented));
    }

    [Fact]
    public void Every_documented_code_is_given_somewhere()
    {
        var sources = string.Concat(SourceFiles().Select(File.ReadAllText));

        Assert.DoesNotContain(Refused.Documented.Keys, code => !sources.Contains($"\"{code}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Codes_are_found_in_every_way_that_the_sources_give_them()
    {
        var codes = CodesOfSources().Select(c => c.Code).ToHashSet(StringComparer.Ordinal);

        // One of each: of a rejection, of a target-typed one, by a helper, on a line of its own, of a field, of a problem.
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "id-taken", "client-unknown", "email-malformed", "card-period-empty", "time-incomplete", "wrong-type", "body-too-large",
                "tax-year-not-loaded", "malformed", "required", "hours-unreadable", "currency-mismatch",
            }, codes);
    }

    private static IEnumerable<(string Code, string File)> CodesOfSources() => SourceFiles()
        .SelectMany(file => CodesOf(file).Select(code => (code, Path.GetFileName(file))))
        .Distinct();

    /// <summary>Those that a file of the sources gives.</summary>
    internal static IEnumerable<string> CodesOf(string file) => new[] { BesideASentence(), InItsPlace() }
        .SelectMany(pattern => pattern.Matches(File.ReadAllText(file)))
        .Select(match => match.Groups["code"].Value);

    private static IEnumerable<string> SourceFiles() => new[] { "Billing.Domain", "Billing.Projections", "Billing.Api" }
        .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Folder, "src", project), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    /// <summary>The code and the sentence beside it, as they stand in any call.</summary>
    [GeneratedRegex("""
        "(?<code>[a-z0-9]+(?:-[a-z0-9]+)+)",\s*\$?"(?:[^"\\]|\\.)*(?:\."|"\s*\+)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex BesideASentence();

    /// <summary>First in a rejection or a row's fault, second in a problem or a field's fault, whatever follows.</summary>
    [GeneratedRegex("""
        (?:Rejection|Invalid|RowFault)\(\s*"(?<code>[a-z0-9-]+)"
        |Problem\.Of\(\s*[\w.]+,\s*"(?<code>[a-z0-9-]+)"
        |(?:FieldProblem|Refuse)\([^",;]*(?:"[^"]*")?\s*,\s*"(?<code>[a-z0-9-]+)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex InItsPlace();
}

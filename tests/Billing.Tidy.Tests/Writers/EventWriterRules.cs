using System.Text.RegularExpressions;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Writers;

/// <param name="Subject">Folder of the subject whose deciders may make it.</param>
internal sealed record DeclaredEvent(string Name, string Subject);

internal static partial class EventWriterRules
{
    /// <summary>The sealed cases of every <c>…Event</c> hierarchy in the domain.</summary>
    public static IReadOnlyList<DeclaredEvent> Events(IEnumerable<SourceFile> files) =>
    [
        .. from file in files
           where file.IsCode && file.IsIn("src/Billing.Domain")
           from match in Declaration().Matches(file.Code)
           select new DeclaredEvent(match.Groups["name"].Value, SubjectOf(file)),
    ];

    /// <summary>Events that product code makes outside of the subject that declares them.</summary>
    public static IEnumerable<Finding> Strangers(IReadOnlyCollection<SourceFile> files)
    {
        var events = Events(files);
        if (events.Count == 0) yield return new Finding("src/Billing.Domain", 1, "declares no event that this rule can see");
        foreach (var twice in events.GroupBy(e => e.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return new Finding(twice.First().Subject, 1, $"declares {twice.Key}, and so does {twice.Last().Subject}");

        var subjects = events.DistinctBy(e => e.Name).ToDictionary(e => e.Name, e => e.Subject, StringComparer.Ordinal);
        foreach (var file in files.Where(f => f.IsCode && f.IsIn("src", "infra")))
        {
            foreach (Match made in Construction().Matches(file.Code))
            {
                var name = made.Groups["name"].Value;
                if (subjects.TryGetValue(name, out var subject) && !file.IsIn(subject))
                    yield return file.At(made.Index, $"makes {name}, which only {subject} may");
            }
        }
    }

    private static string SubjectOf(SourceFile file) => string.Join('/', file.Path.Split('/').Take(3));

    [GeneratedRegex(
        @"\bsealed\s+record\s+(?<name>\w+)\s*(\((?:[^()]|\([^()]*\))*\))?\s*:\s*\w+Event\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bnew\s+([\w.]+\.)?(?<name>\w+)\s*[({]", RegexOptions.ExplicitCapture)]
    private static partial Regex Construction();
}

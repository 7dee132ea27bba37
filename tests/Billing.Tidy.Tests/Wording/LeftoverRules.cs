using System.Text.RegularExpressions;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Wording;

/// <summary>What is left lying about: regions, marks of unfinished work, code that was commented out.</summary>
internal static partial class LeftoverRules
{
    public static IEnumerable<Finding> Regions(SourceFile file) =>
        Region().Matches(file.Code).Select(m => file.At(m.Index, "has a region: split the file instead"));

    /// <summary>Of code, the comments are searched; of any other text, all of it.</summary>
    public static IEnumerable<Finding> Marks(SourceFile file)
    {
        var pieces = file.IsCode ? file.Comments : [new Comment(0, file.Text)];
        return
            from piece in pieces
            from mark in Mark().Matches(piece.Text)
            select file.At(piece.Offset + mark.Index, $"has a {mark.Value}: do it, or file it as an issue");
    }

    /// <summary>A guess by how a line ends; prose that ends so can be worded otherwise.</summary>
    public static IEnumerable<Finding> CommentedOutCode(SourceFile file) => file.Comments
        .Where(c => IsCode(c.Text))
        .Select(c => file.At(c.Offset, "looks like commented-out code: delete it, history has it"));

    private static bool IsCode(string comment)
    {
        if (comment.StartsWith("///", StringComparison.Ordinal)) return false;
        return comment.Split('\n').Any(line => CodeLine().IsMatch(line.TrimEnd('\r', ' ')));
    }

    [GeneratedRegex(@"^[ \t]*#(end)?region\b", RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^\s*(//|/?\*)?\s*(.*[{}]|.*[=()\[\]].*;|(return|throw|break|continue|yield|using|var|await)\b.*;)(\s*\*/)?$")]
    private static partial Regex CodeLine();
}

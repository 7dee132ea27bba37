using System.CommandLine;
using System.CommandLine.Parsing;
using NodaTime;
using NodaTime.Text;

namespace Billing.Cli.Running;

/// <summary>Options that are a day.</summary>
internal static class Days
{
    public static Option<LocalDate?> Option(string name, string description) =>
        new(name) { Description = description, CustomParser = Read };

    private static LocalDate? Read(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var day)) return day;
        result.AddError($"'{text}' is no day. Write it as 2026-05-04.");
        return null;
    }
}

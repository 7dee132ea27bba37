using System.Globalization;
using System.Text.Json;
using Billing.EventStore.Port;
using NodaTime;
using NodaTime.Text;

namespace Billing.EventStore.Verification;

/// <summary>Checkpoints as a file: a JSON object a line, so that one book's is a plain JSON file.</summary>
public static class CheckpointFile
{
    public static string Write(Checkpoint checkpoint)
    {
        var link = Convert.ToHexStringLower(checkpoint.Link.Span);
        var signature = Convert.ToBase64String(checkpoint.Signature.Span);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"format":"{{Checkpoint.Format}}","book":"{{checkpoint.Book}}","place":{{checkpoint.Place}},"link":"{{link}}",""")
            + $$"""
            "takenAt":"{{Text(checkpoint.TakenAt)}}","keyId":"{{checkpoint.KeyId}}","algorithm":"{{Checkpoint.Algorithm}}",
            """
            + $$"""
            "signature":"{{signature}}"}
            """;
    }

    /// <exception cref="InvalidDataException">A line is no checkpoint; the message says which and why.</exception>
    public static IReadOnlyList<Checkpoint> Read(string text)
    {
        var checkpoints = new List<Checkpoint>();
        foreach (var (number, line) in text.Split('\n').Index().Where(l => !string.IsNullOrWhiteSpace(l.Item)))
        {
            try
            {
                checkpoints.Add(ReadLine(line));
            }
            catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"Line {number + 1} is no checkpoint: {e.Message}"), e);
            }
        }
        return checkpoints.Count > 0 ? checkpoints : throw new InvalidDataException("The file holds no checkpoint.");
    }

    internal static string Text(Instant takenAt) => InstantPattern.General.Format(takenAt);

    private static Checkpoint ReadLine(string line)
    {
        using var document = JsonDocument.Parse(line);
        var json = document.RootElement;
        Require(json, "format", Checkpoint.Format);
        Require(json, "algorithm", Checkpoint.Algorithm);
        var link = Convert.FromHexString(String(json, "link"));
        if (link.Length != Chain.LinkLength) throw new FormatException("A link has 64 hexadecimal digits.");
        var place = json.GetProperty("place").GetInt64();
        if (place < 1) throw new FormatException("A place is 1 or more.");
        return new Checkpoint(
            new BookId(Guid.ParseExact(String(json, "book"), "D")), place, link,
            InstantPattern.General.Parse(String(json, "takenAt")).GetValueOrThrow(),
            String(json, "keyId"), Convert.FromBase64String(String(json, "signature")));
    }

    private static void Require(JsonElement json, string name, string value)
    {
        if (String(json, name) != value) throw new FormatException($"Its {name} is not {value}.");
    }

    private static string String(JsonElement json, string name) => json.GetProperty(name).GetString()
        ?? throw new FormatException($"Its {name} is null.");
}

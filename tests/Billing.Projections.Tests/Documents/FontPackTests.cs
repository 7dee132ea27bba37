using Billing.Projections.Documents;
using UglyToad.PdfPig;

namespace Billing.Projections.Tests.Documents;

/// <summary>
/// Further fonts write what ours lack, in the direction that the script has. Fonts belong to the process, so that this runs in one
/// of its own.
/// </summary>
public sealed class FontPackTests
{
    private const string Target = "BILLING_FONT_PACK_TARGET";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Documents", "Fonts");

    [Fact]
    public void Without_them_a_letter_that_is_missing_is_replaced_and_named() =>
        Assert.Contains(
            Render("שלום").Warnings, warning => warning.StartsWith("The fonts have no character U+05DC", StringComparison.Ordinal));

    [Fact]
    public async Task With_them_it_is_written_and_runs_from_right_to_left()
    {
        if (Environment.GetEnvironmentVariable(Target) is { } target)
        {
            await File.WriteAllTextAsync(target, Check(), TestContext.Current.CancellationToken);
            return;
        }
        using var folder = new OtherProgram.Folder();
        var method = $"{typeof(FontPackTests).FullName}.{nameof(With_them_it_is_written_and_runs_from_right_to_left)}";
        await OtherProgram.Run(
            "env", $"{Target}={folder.Path("faults")}", "dotnet", typeof(FontPackTests).Assembly.Location, "-method", method, "-noLogo");
        Assert.Equal("", await File.ReadAllTextAsync(folder.Path("faults"), TestContext.Current.CancellationToken));
    }

    /// <returns>What is not as it should be; empty where all is.</returns>
    private static string Check()
    {
        var faults = new List<string>();
        var (count, unfit) = FontPacks.Use(Folder);
        Expect(count == 1 && unfit.Count == 0, $"{count} fonts, {string.Join(' ', unfit)}");
        Expect(Render("שלום עולם Acme").Warnings.Count == 0, "Something was replaced.");
        // A text that begins from the right: its first letter stands rightmost, and what runs from the left keeps its order.
        Expect(Seen("אבג 12 דהו Acme Ltd") == "AcmeLtdוהד12גבא", Seen("אבג 12 דהו Acme Ltd"));
        // One that begins from the left: only what runs from the right is turned, as a whole.
        Expect(Seen("Acme אבג דהו 12") == "Acmeוהדגבא12", Seen("Acme אבג דהו 12"));
        // Brackets are seen mirrored, and are still the same characters.
        Expect(Seen("(אבג) x") == "x)גבא(", Seen("(אבג) x"));
        Expect(Render("אבג").Pdf.AsSpan().SequenceEqual(Render("אבג").Pdf), "Other bytes at the second time.");
        Expect(
            Enumerable.Range(0, 400).All(length => Render(new string('א', length) + new string('x', length)).PageCount > 0), "A long word.");
        using (var broken = new OtherProgram.Folder())
        {
            File.WriteAllText(broken.Path("Outlines.otf"), "OTTO and more than twelve bytes");
            File.WriteAllText(broken.Path("notes.txt"), "no font");
            var (none, said) = FontPacks.Use(Path.GetDirectoryName(broken.Path("x"))!);
            Expect(none == 0 && said.Count == 1 && said[0].StartsWith("Outlines.otf is no TrueType font", StringComparison.Ordinal), "A file.");
        }
        return string.Join('\n', faults);

        void Expect(bool holds, string fault)
        {
            if (!holds) faults.Add(fault);
        }
    }

    private static RenderedDocument Render(string client) =>
        ReceiptDocument.Render(FurtherDocuments.Receipt() with { Client = new Party("Client", [client]) });

    /// <summary>The letters of the client's line from left to right.</summary>
    private static string Seen(string line)
    {
        using var pdf = PdfDocument.Open(Render(line).Pdf);
        var letters = pdf.GetPage(1).Letters
            .Where(letter => letter.StartBaseLine.X < 300 && !string.IsNullOrWhiteSpace(letter.Value)).ToList();
        var name = letters.FindIndex(letter => letter.Value == "C" && letters[letters.IndexOf(letter) + 1].Value == "l");
        var below = letters.Skip(name).Select(letter => letter.StartBaseLine.Y).Where(y => y < letters[name].StartBaseLine.Y - 1).Max();
        return string.Concat(letters.Where(letter => Math.Abs(letter.StartBaseLine.Y - below) < 0.1)
            .OrderBy(letter => letter.StartBaseLine.X).Select(letter => letter.Value));
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;
using Billing.EventStore.Verification;
using Billing.TestSupport;
using NodaTime;

namespace Billing.EventStore.Tests.Verification;

/// <summary><c>docs/chain.md</c> is true, and enough: other programs check a book and a checkpoint by it.</summary>
public sealed partial class ChainDocumentTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("billing-chain-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Exported => Path.Combine(folder.FullName, "book.jsonl");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_bytes_of_the_worked_example_hash_to_its_link_and_are_what_the_program_hashes()
    {
        var document = File.ReadAllText(Document());
        var example = document[document.IndexOf("## A worked example", StringComparison.Ordinal)..];
        var bytes = Convert.FromHexString(string.Concat(ByteRow().Matches(example).Select(m => m.Groups["hex"].Value)));
        var documented = LinkLine().Match(example).Groups["hex"].Value;

        Assert.Equal(documented, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(documented, Convert.ToHexStringLower(Chain.Link(
            Chain.Origin.Span, new BookId(new Guid("01900000-0000-7000-8000-000000000001")), 1, "invoice-é", 1,
            new NewEvent(new Guid("01900000-0000-7000-8000-00000000000a"), "invoice-finalized.v1", "{\"n\":1}"u8.ToArray()),
            new EventMetadata(
                "member:1", new Guid("01900000-0000-7000-8000-0000000000c1"), new Guid("01900000-0000-7000-8000-0000000000c2"),
                Instant.FromUtc(2026, 3, 2, 8, 0)))));
    }

    [Fact]
    public async Task Python_checks_an_exported_book_and_finds_what_was_changed()
    {
        var python = Require.Program("python3", "python3");
        await using var written = await WrittenBook.Write();
        var last = (await written.Read())[^1];
        await Export(written);

        var whole = await Run(python, Script, Exported);
        await Export(written, line => line.Contains("\"place\":9,", StringComparison.Ordinal) ? line.Replace("member:0199", "member:0198", StringComparison.Ordinal) : line);
        var altered = await Run(python, Script, Exported);

        Assert.Equal((0, $"12 events, link {Convert.ToHexStringLower(last.Link.Span)}"), whole);
        Assert.Equal((2, "FAULT at place 9"), altered);
    }

    [Fact]
    public async Task An_exported_book_is_walked_like_a_stored_one()
    {
        await using var written = await WrittenBook.Write();
        await Export(written);
        var whole = await Verify();
        var lines = await File.ReadAllLinesAsync(Exported, Stop);
        await File.WriteAllLinesAsync(Exported, [.. lines[..4], lines[5], lines[4], .. lines[6..]], Stop);
        var swapped = await Verify();
        await File.WriteAllLinesAsync(Exported, [.. lines[..4], .. lines[5..]], Stop);
        var deleted = await Verify();
        await File.WriteAllLinesAsync(Exported, [.. lines[..4], "{}", .. lines[5..]], Stop);
        var unreadable = await Verify();

        Assert.True(whole.IsWhole);
        Assert.Equal((written.Book, 12L), (whole.Book, whole.Place));
        Assert.Equal(await Links(written), lines.Select(l => LinkField().Match(l).Groups["hex"].Value));
        Assert.Equal((ChainFaultKind.Reordered, 5L), (swapped.Fault!.Kind, swapped.Fault.Place));
        Assert.Equal((ChainFaultKind.Missing, 5L), (deleted.Fault!.Kind, deleted.Fault.Place));
        Assert.Equal((ChainFaultKind.Unreadable, 5L), (unreadable.Fault!.Kind, unreadable.Fault.Place));
        Assert.Contains("Line 5 of", unreadable.Fault.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Openssl_checks_a_checkpoint_by_the_documents_seven_lines()
    {
        var openssl = Require.Program("openssl", "openssl");
        using var key = CheckpointKey.OpenOrMake(folder.FullName);
        var checkpoint = key.Sign(Given.Book(), 7, new byte[32], Given.Morning);
        var (pem, signature, words) = (In("public.pem"), In("signature.der"), In("words.txt"));
        await File.WriteAllTextAsync(pem, key.PublicPem, Stop);
        await File.WriteAllBytesAsync(signature, checkpoint.Signature.ToArray(), Stop);
        await File.WriteAllTextAsync(
            words,
            $"billing-checkpoint.v1\n{checkpoint.Book}\n7\n{new string('0', 64)}\n2026-03-02T08:00:00Z\n{key.Id}\nECDSA-P256-SHA256\n",
            Stop);

        Assert.Equal(
            (0, "Verified OK"), await Run(openssl, "dgst", "-sha256", "-verify", pem, "-signature", signature, words));
        await File.AppendAllTextAsync(words, "\n", Stop);
        Assert.Equal(1, (await Run(openssl, "dgst", "-sha256", "-verify", pem, "-signature", signature, words)).ExitCode);
    }

    private static string Script => Path.Combine(AppContext.BaseDirectory, "Verification", "verify_book.py");

    private string In(string name) => Path.Combine(folder.FullName, name);

    private async Task Export(WrittenBook written, Func<string, string>? change = null)
    {
        await using (var reader = SqliteEventReader.Open(written.Path))
        await using (var to = File.Create(Exported))
            await BookExport.Write(new StoredBook(reader, written.Book), to, Stop);
        if (change is not null) await File.WriteAllLinesAsync(Exported, File.ReadAllLines(Exported).Select(change), Stop);
    }

    private async Task<BookReport> Verify() =>
        await BookVerifier.Verify(await ExportedBook.Open(Exported, Stop), [], null, Stop);

    private static async Task<IEnumerable<string>> Links(WrittenBook written) =>
        (await written.Read()).Select(e => Convert.ToHexStringLower(e.Link.Span));

    private static async Task<(int ExitCode, string Output)> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, output.Trim());
    }

    private static string Document()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Billing.sln"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "docs", "chain.md");
    }

    [GeneratedRegex(@"^\| .* \| `(?<hex>[0-9a-f]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex ByteRow();

    [GeneratedRegex("^(?<hex>[0-9a-f]{64})$", RegexOptions.Multiline)]
    private static partial Regex LinkLine();

    [GeneratedRegex("\"link\":\"(?<hex>[0-9a-f]{64})\"")]
    private static partial Regex LinkField();
}

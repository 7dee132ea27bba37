using System.Security.Cryptography;

namespace Billing.Projections.Tests.Documents;

/// <summary>The same facts are the same file, whenever and wherever they are rendered.</summary>
public sealed class SameBytesTests
{
    private const string Target = "BILLING_DOCUMENT_TARGET";

    public static TheoryData<string> Samples => ConformanceSamples.Names;

    [Theory, MemberData(nameof(Samples))]
    public void A_second_rendering_is_the_same(string sample) =>
        Assert.Equal(ConformanceSamples.Render(sample).Pdf, ConformanceSamples.Render(sample).Pdf);

    /// <summary>Runs itself in a new process, which starts with other hash seeds and empty caches.</summary>
    [Fact]
    public async Task Another_process_renders_the_same()
    {
        var rendered = string.Join('\n', ConformanceSamples.Names.Select(row => HashOf(row.Data)));
        if (Environment.GetEnvironmentVariable(Target) is { } target)
        {
            await File.WriteAllTextAsync(target, rendered, TestContext.Current.CancellationToken);
            return;
        }
        using var folder = new OtherProgram.Folder();
        var program = typeof(SameBytesTests).Assembly.Location;
        var method = $"{typeof(SameBytesTests).FullName}.{nameof(Another_process_renders_the_same)}";
        await OtherProgram.Run(
            "env", $"{Target}={folder.Path("hashes")}", "dotnet", program, "-method", method, "-noLogo");
        var elsewhere = await File.ReadAllTextAsync(folder.Path("hashes"), TestContext.Current.CancellationToken);
        Assert.Equal(rendered, elsewhere);
    }

    [Fact]
    public void Many_threads_at_once_render_the_same()
    {
        string[] names = [.. ConformanceSamples.Names.Select(row => row.Data)];
        var alone = names.Select(HashOf).ToArray();
        var together = new string[64];
        Parallel.For(0, together.Length, i => together[i] = HashOf(names[i % names.Length]));
        for (var i = 0; i < together.Length; i++) Assert.Equal(alone[i % alone.Length], together[i]);
    }

    private static string HashOf(string sample) =>
        Convert.ToHexString(SHA256.HashData(ConformanceSamples.Render(sample).Pdf));
}

using Billing.Api.Tests.Hosting;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;
using Billing.TestSupport;

namespace Billing.Api.Tests.Exchange;

/// <summary>The export of everything, taken into an empty installation by the program itself.</summary>
public sealed class PracticeExportTests : IDisposable
{
    private readonly PracticeFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Receipts_and_the_logo_come_along()
    {
        await using var from = await ApiServer.Start();
        var practice = await Practice.Open(from);
        var (receipt, logo) = ("%PDF-1.7 a receipt"u8.ToArray(), PngMaker.Rgb());
        (await from.PostBytes(practice.Owner, $"/v1/expenses/{practice.ExpenseId}/receipts", receipt, "application/pdf")).Ok();
        (await from.PostBytes(practice.Owner, "/v1/business/logo", logo, "image/png")).Ok();
        await _file.Download(from, practice.Owner);
        await using var to = await ApiServer.Start();

        await to.Restart(async () => Assert.Equal(0, (await _file.Import(to)).ExitCode));

        var before = Files(from);
        Assert.True(before.Count >= 2);
        Assert.Equal(before, Files(to));
        Assert.Equal(logo, await PaymentReceiptTests.Download(to, practice.Owner, "/v1/business/logo"));
    }

    [Fact]
    public async Task An_installation_that_is_served_or_holds_a_practice_is_left_as_it_is()
    {
        await using var from = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(from);
        await _file.Download(from, practice.Owner);

        var served = await _file.Import(from);
        await using var other = await ApiServer.Start();
        await Practice.OpenEmpty(other);
        var head = await other.Head();
        await other.Restart(async () =>
        {
            var refused = await _file.Import(other);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("holds events of another practice, and nothing was imported", refused.Errors, StringComparison.Ordinal);
        });

        Assert.Equal(1, served.ExitCode);
        Assert.Contains("stop the other one", served.Errors, StringComparison.Ordinal);
        Assert.Equal(head, await other.Head());
        Assert.Equal(0, (await ProgramRun.Of("import-practice", "--check", "--from", _file.Path)).ExitCode);
    }

    [Fact]
    public async Task Only_the_owner_gets_it()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);

        Assert.Equal(403, (await server.Get(practice.Bookkeeper, "/v1/export")).Code);
        Assert.Equal(403, (await server.Get(practice.Assistant, "/v1/export")).Code);
    }

    private static IReadOnlyList<string> Files(ApiServer server) =>
    [
        .. Directory.GetFiles(Path.Combine(server.DataFolder, "receipts"), "*", SearchOption.AllDirectories)
            .Select(path => $"{Path.GetRelativePath(server.DataFolder, path)} {new FileInfo(path).Length}").Order(StringComparer.Ordinal),
    ];
}

using Billing.TestSupport;
using Billing.TestSupport.Processes;

namespace Billing.Infra.Tests;

public sealed class UnitTests
{
    private const string Program = "/usr/bin/dotnet";
    private const string MostExposureTenths = "20";

    [Fact]
    public async Task Systemd_takes_every_line_of_the_unit() => Assert.Empty(await Complaints(text => text));

    [Theory]
    [InlineData("ProtectSystem=strict", "ProtectSystm=strict")]
    [InlineData("RestrictNamespaces=yes", "RestrictNamespaces=perhaps")]
    [InlineData("SystemCallFilter=~@privileged", "SystemCallFilter=~@privilege")]
    public async Task A_line_that_systemd_does_not_know_is_found(string line, string by) =>
        Assert.Single(await Complaints(text => text.Replace(line, by, StringComparison.Ordinal)));

    [Fact]
    public async Task The_unit_leaves_little_to_an_intruder()
    {
        var end = await OtherProgram.Run(
            Analyzer(), "security", "--no-pager", "--offline=true", $"--threshold={MostExposureTenths}", InfraFiles.Unit);

        Assert.True(end.ExitCode == 0, end.Output + end.Errors);
    }

    [Fact]
    public void The_service_writes_where_its_folder_is()
    {
        var lines = File.ReadAllLines(InfraFiles.Unit);

        Assert.Contains("StateDirectory=billing", lines);
        Assert.Contains("Environment=Billing__DataFolder=/var/lib/billing", lines);
    }

    private static async Task<IReadOnlyList<string>> Complaints(Func<string, string> change)
    {
        var analyzer = Analyzer();
        var folder = Directory.CreateTempSubdirectory("billing-unit-");
        var path = Path.Combine(folder.FullName, "billing.service");
        var text = await File.ReadAllTextAsync(InfraFiles.Unit, TestContext.Current.CancellationToken);
        // It looks for the program, which may lie elsewhere here.
        Assert.Contains($"ExecStart={Program} ", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            path, change(text.Replace(Program, DotnetProcess.Dotnet, StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        var end = await OtherProgram.Run(analyzer, "verify", path);
        folder.Delete(recursive: true);
        // Units of this machine that the unit comes after are no concern of ours.
        return [.. (end.Output + end.Errors).Split('\n').Where(line => line.Contains("billing.service", StringComparison.Ordinal))];
    }

    private static string Analyzer() => Require.Program("systemd-analyze", "systemd");
}

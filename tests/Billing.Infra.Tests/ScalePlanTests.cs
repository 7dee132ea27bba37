using Billing.TestSupport;

namespace Billing.Infra.Tests;

public sealed class ScalePlanTests
{
    [Fact]
    public async Task The_figures_of_the_plan_come_out_of_its_program()
    {
        var python = Require.Program("python3", "python3");
        var plan = await File.ReadAllTextAsync(InfraFiles.Of("docs", "scale.md"), TestContext.Current.CancellationToken);

        var end = await OtherProgram.Run(python, InfraFiles.Of("docs", "scale-plan.py"));

        Assert.Equal(0, end.ExitCode);
        var tables = end.Output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(3, tables.Length);
        Assert.All(tables, table => Assert.Contains(table, plan, StringComparison.Ordinal));
    }
}

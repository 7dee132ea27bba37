namespace Billing.Api.Tests.Hosting;

/// <summary>What is said to the program before it runs.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("verfy")]
    [InlineData("verfy", "--Billing:DataFolder", "nowhere")]
    [InlineData("--Billing:DataFolder", "nowhere", "verfy")]
    [InlineData("-x")]
    public async Task What_is_neither_a_verb_nor_a_setting_is_said_and_nothing_is_served(params string[] arguments)
    {
        var run = await ProgramRun.Of(arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"'{string.Join(' ', arguments)}' is neither a verb nor settings like --urls http://…; --help lists the verbs.",
            run.Errors.Trim());
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("--Billing:Store", "demo")]
    [InlineData("--Billing:Store=demo")]
    [InlineData("Billing:Store=demo")]
    [InlineData("--urls", "http://127.0.0.1:0", "--Billing:Store=demo")]
    public async Task Settings_come_in_every_form_and_their_values_are_no_verbs(params string[] arguments)
    {
        var run = await ProgramRun.Of(arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Billing:Store 'demo' is none of", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "owner-token")]
    [InlineData("-h", "owner-token")]
    [InlineData("--version", "1.")]
    public async Task Asks_for_help_and_version_are_answered(string argument, string answer)
    {
        var run = await ProgramRun.Of(argument);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(answer, run.Output, StringComparison.Ordinal);
    }
}

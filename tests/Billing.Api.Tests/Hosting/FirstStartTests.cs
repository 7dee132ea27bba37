using System.Text.RegularExpressions;

namespace Billing.Api.Tests.Hosting;

[Collection(ServerProcess.Collection)]
public sealed class FirstStartTests
{
    [Fact]
    public async Task The_owners_token_is_printed_once_and_holds_after_a_restart()
    {
        await using var server = await ServerProcess.Start();
        using var owner = new Person(server.Address, server.OwnerToken);
        Assert.Equal("owner", (await owner.Get("/v1/me")).Ok().String("role"));

        await server.KillAndRestart();

        Assert.Single(Regex.Matches(server.Output, Regex.Escape(server.OwnerToken)));
        Assert.Single(Regex.Matches(server.Output, "bill_"));
        Assert.Equal("owner", (await owner.Get("/v1/me")).Ok().String("role"));
    }

    [Fact]
    public async Task Whoever_lost_the_owners_token_gets_another_while_the_server_is_stopped()
    {
        await using var server = await ServerProcess.Start();
        var whileItRuns = await ProgramRun.Of("owner-token", $"--Billing:DataFolder={server.DataFolder}");
        await server.Kill();

        var issued = await ProgramRun.Of("owner-token", $"--Billing:DataFolder={server.DataFolder}");
        await server.Restart();

        Assert.Equal((1, 0), (whileItRuns.ExitCode, issued.ExitCode));
        Assert.DoesNotContain("bill_", whileItRuns.Output, StringComparison.Ordinal);
        using var owner = new Person(server.Address, Regex.Match(issued.Output, "bill_\\S{43}").Value);
        Assert.Equal("owner", (await owner.Get("/v1/me")).Ok().String("role"));
        Assert.Equal(2, (await owner.Get("/v1/tokens")).Ok().List("items").Count);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_used_is_named_in_a_line()
    {
        var run = await ProgramRun.Of("--Billing:Stripe:ApiKey=sk_test_alone");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "Billing:Stripe:ApiKey is set, but Billing:Stripe:WebhookSecrets is empty; payments would never arrive.", run.Errors.Trim());
    }
}

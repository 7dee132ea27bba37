using Billing.Api.Hosting;
using Billing.Api.Tests.Hosting;
using Billing.TestSupport.Processes;

namespace Billing.Api.Tests.Nodes;

[Collection(ServerProcess.Collection)]
public sealed class SettingsTests
{
    [Theory]
    [InlineData("sqlite", null, null, null)]
    [InlineData("postgres", "Host=127.0.0.1;Database=billing", null, null)]
    [InlineData("kurrentdb", null, "esdb://127.0.0.1:2113?tls=false", null)]
    [InlineData("kurrentdb", "Host=127.0.0.1;Database=billing", "esdb://127.0.0.1:2113?tls=false", null)]
    [InlineData("sqlite", "Host=127.0.0.1", null, "Billing:Postgres is set")]
    [InlineData("sqlite", null, "esdb://127.0.0.1:2113", "Billing:KurrentDb is set")]
    [InlineData("postgres", "Host=127.0.0.1", "esdb://127.0.0.1:2113", "Billing:KurrentDb is set")]
    [InlineData("postgres", null, null, "Billing:Postgres, the connection string")]
    [InlineData("postgres", "Host=127.0.0.1;Colour=blue", null, "no connection string")]
    [InlineData("postgres", "Database=billing", null, "names no host")]
    [InlineData("kurrentdb", null, null, "Billing:KurrentDb, the connection string")]
    [InlineData("oracle", null, null, "none of sqlite, postgres and kurrentdb")]
    public void A_setting_that_can_not_be_used_is_named(string store, string? postgres, string? kurrentDb, string? fault)
    {
        var named = new BillingOptions { Store = store, Postgres = postgres, KurrentDb = kurrentDb }.Fault();
        if (fault is null) Assert.Null(named);
        else Assert.Contains(fault, named, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk_test_x", false, 1, 0, null)]
    [InlineData("sk_test_x", true, 0, 1, null)]
    [InlineData("sk_test_x", true, 1, 2, null)]
    [InlineData(null, false, 0, 0, null)]
    [InlineData("sk_test_x", true, 1, 0, "Billing:Stripe:Platform is set, but Billing:Stripe:ConnectWebhookSecrets is empty")]
    [InlineData(null, true, 0, 1, "Billing:Stripe:Platform is set, but Billing:Stripe:ApiKey is not")]
    [InlineData("sk_test_x", false, 1, 1, "Billing:Stripe:ConnectWebhookSecrets is set, but Billing:Stripe:Platform is not")]
    [InlineData("sk_test_x", false, 0, 0, "Billing:Stripe:WebhookSecrets is empty")]
    [InlineData(null, false, 1, 0, "Billing:Stripe:WebhookSecrets is set, but Billing:Stripe:ApiKey is not")]
    public void A_platform_needs_a_key_and_secrets_for_connected_accounts(
        string? key, bool platform, int secrets, int connectSecrets, string? fault)
    {
        var options = new BillingOptions { Stripe = { ApiKey = key, Platform = platform } };
        for (var n = 0; n < secrets; n++) options.Stripe.WebhookSecrets.Add($"whsec_{n}");
        for (var n = 0; n < connectSecrets; n++) options.Stripe.ConnectWebhookSecrets.Add($"whsec_connect_{n}");
        var named = options.Fault();
        if (fault is null) Assert.Null(named);
        else Assert.Contains(fault, named, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_where_true_or_false_belongs_is_said_in_a_line_at_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("billing-settings-");
        var run = await ProgramRun.Of(
            "--Billing:Stripe:Platform=maybe", $"--Billing:DataFolder={folder.FullName}", "--urls", $"http://127.0.0.1:{LoopbackPort.Free()}");
        folder.Delete(recursive: true);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Billing:Stripe:Platform", Assert.Single(run.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_in_a_line_at_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("billing-settings-");
        var run = await ProgramRun.Of(
            "--Billing:Store=postgres", $"--Billing:Postgres=Host=127.0.0.1;Port={LoopbackPort.Free()};Username=nobody",
            $"--Billing:DataFolder={folder.FullName}", "--urls", $"http://127.0.0.1:{LoopbackPort.Free()}");
        folder.Delete(recursive: true);
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Errors.Trim().Split('\n'));
        Assert.Contains("127.0.0.1", run.Errors, StringComparison.Ordinal);
    }
}

using Billing.Api.Tests.Http;
using Billing.TestSupport.Processes;

namespace Billing.Api.Tests.Cli;

/// <summary>What goes wrong has its exit code and a sentence on stderr.</summary>
public sealed class CommandRefusalTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;
    private Terminal _terminal = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.AddClient();
        _terminal = Terminal.SignedIn(_server, _practice.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        _terminal.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_sign_in_is_kept_where_only_its_user_can_read_it()
    {
        using var terminal = new Terminal();
        Assert.Equal(
            new Printed(3, "", "Nobody is signed in. Use billing login, or set BILLING_URL and BILLING_TOKEN.\n"), await terminal.Run("status"));
        terminal.Variables["BILLING_TOKEN"] = _practice.Owner;
        Assert.Equal($"Signed in as Maya (owner); kept in {terminal.SignInFile}.\n", await terminal.Done("login", _server.Address.ToString()));
        terminal.Variables.Clear();

        Assert.Equal("No timer runs.\n", await terminal.Done("status"));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(terminal.SignInFile));
    }

    [Fact]
    public async Task A_token_that_is_not_good_is_not_kept()
    {
        using var terminal = new Terminal();
        terminal.Variables["BILLING_TOKEN"] = "bill_wrong";

        var printed = await terminal.Run("login", _server.Address.ToString());

        Assert.Equal((3, "not-authenticated"), (printed.Code, printed.Error.Split(':')[0]));
        Assert.False(File.Exists(terminal.SignInFile));
    }

    [Fact]
    public async Task A_refusal_of_the_server_is_code_1_with_its_code_and_words()
    {
        Assert.Equal(
            new Printed(1, "", "nothing-to-bill: The selection holds no time and no expense.\n"), await _terminal.Run("invoice", "draft", "acme"));
        Assert.Equal(1, (await _terminal.Run("stop")).Code);
        var printed = await _terminal.Run("log", "inbox", "1:99");
        Assert.Equal(1, printed.Code);
        Assert.Contains("\n  /duration: This is no duration.", printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_several_engagements_fit_is_code_2_and_lists_them()
    {
        await _practice.Post("/v1/engagements", $$"""{"clientId":"{{_practice.ClientId}}","name":"Inbox archive"}""");
        await _practice.Post("/v1/engagements", $$"""{"clientId":"{{_practice.ClientId}}","name":"Phone"}""");
        var head = await _server.Head();

        Assert.Equal(
            new Printed(2, "", "Several fit 'inbox'. Say more of one:\n  Acme Dental / Inbox\n  Acme Dental / Inbox archive\n"),
            await _terminal.Run("start", "inbox"));
        Assert.Equal(
            new Printed(2, "", "No engagement is called 'tea'. There are:\n  Acme Dental / Inbox\n  Acme Dental / Inbox archive\n  Acme Dental / Phone\n"),
            await _terminal.Run("start", "tea"));
        Assert.Equal(head, await _server.Head());
        Assert.Equal("Started Acme Dental / Inbox.\n", await _terminal.Done("start", "acme dental/inbox"));
    }

    [Theory]
    [InlineData("Required command was not provided.")]
    [InlineData("Required argument missing for command: 'start'.", "start")]
    [InlineData("'5.5.' is no day. Write it as 2026-05-04.", "log", "inbox", "1", "--on", "5.5.")]
    public async Task Wrong_usage_is_code_2(string said, params string[] arguments) =>
        Assert.Equal(new Printed(2, "", $"{said}\nSay --help for what there is.\n"), await _terminal.Run(arguments));

    [Fact]
    public async Task What_a_role_may_not_do_is_code_3()
    {
        var (_, token) = await _practice.Join("Ana", "assistant");
        using var assistant = Terminal.SignedIn(_server, token);

        Assert.Equal("No timer runs.\n", await assistant.Done("status"));
        foreach (var arguments in (string[][])[["invoice", "list"], ["receivables"], ["invoice", "draft", "acme"]])
        {
            var printed = await assistant.Run(arguments);
            Assert.Equal((3, "role-not-allowed"), (printed.Code, printed.Error.Split(':')[0]));
        }
    }

    [Fact]
    public async Task What_the_scopes_of_a_token_do_not_allow_is_code_3_and_names_the_scope()
    {
        var (_, token) = await _practice.IssueToken(_practice.OwnerId, ",\"scopes\":[\"time:write\",\"engagements:read\",\"clients:read\"]");
        using var narrow = Terminal.SignedIn(_server, token);

        var printed = await narrow.Run("invoice", "list");

        Assert.Equal(
            new Printed(3, "", "scope-not-allowed: This needs the scope invoices:read; the token has clients:read, engagements:read, time:write.\n"), printed);
        Assert.Equal("No timer runs.\n", await narrow.Done("status"));
        narrow.Variables["BILLING_TOKEN"] = token;
        Assert.StartsWith(
            "Signed in as Maya (owner; only clients:read, engagements:read, time:write); kept in ",
            await narrow.Done("login", _server.Address.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_code_4()
    {
        _terminal.Variables["BILLING_URL"] = $"http://127.0.0.1:{LoopbackPort.Free()}";

        var printed = await _terminal.Run("status");

        Assert.Equal((4, ""), (printed.Code, printed.Out));
        Assert.Contains("cannot be reached", printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_whose_answer_was_lost_takes_effect_once()
    {
        await using var losing = await LosingProxy.Start(_server.Address, "/v1/time-entries", answersLost: 2);
        _terminal.Variables["BILLING_URL"] = losing.Address.ToString();

        Assert.Equal(
            "Logged 1:30 on 2026-05-04 for Acme Dental / Inbox.\n", await _terminal.Done("log", "inbox", "1:30", "--on", "2026-05-04"));

        Assert.Equal(3, losing.Posts);
        Assert.Single((await _practice.Get("/v1/time-entries"))["items"]!.AsArray());
    }

    [Fact]
    public async Task What_is_no_server_of_ours_is_code_4()
    {
        await using var losing = await LosingProxy.Start(_server.Address, "/nowhere", answersLost: 0, reply: "<html>Welcome</html>");
        _terminal.Variables["BILLING_URL"] = losing.Address.ToString();

        var printed = await _terminal.Run("status");

        Assert.Equal((4, $"What answers at {losing.Address} (200) is not the server. Check the address.\n"), (printed.Code, printed.Error));
    }
}

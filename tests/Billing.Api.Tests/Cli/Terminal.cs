using Billing.Api.Tests.Http;
using Billing.Cli.Running;

namespace Billing.Api.Tests.Cli;

/// <summary>What one call of the command printed, and its exit code.</summary>
internal sealed record Printed(int Code, string Out, string Error);

/// <summary>The command in this process, with a folder and variables of its own.</summary>
internal sealed class Terminal : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-cli-tests-").FullName;

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>What a person types when asked; null where nobody can be asked.</summary>
    public string? Answer { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public string SignInFile => Path.Combine(ConfigFolder, "sign-in.json");

    private string ConfigFolder => Path.Combine(_folder, "billing");

    public static Terminal SignedIn(ApiServer server, string token)
    {
        var terminal = new Terminal();
        terminal.Variables["BILLING_URL"] = server.Address.ToString();
        terminal.Variables["BILLING_TOKEN"] = token;
        return terminal;
    }

    public async Task<Printed> Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader($"{Answer}\n");
        var code = await BillingCommand.Run(arguments, new Surroundings(
            output, error, input, IsTerminal: false, CanAsk: Answer is not null, Width: 0, input.ReadLine,
            Variables.GetValueOrDefault, ConfigFolder, Time));
        return new Printed(code, output.ToString(), error.ToString());
    }

    /// <summary>What was printed by a call that had to work.</summary>
    public async Task<string> Done(params string[] arguments)
    {
        var printed = await Run(arguments);
        Assert.Equal((0, ""), (printed.Code, printed.Error));
        return printed.Out;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

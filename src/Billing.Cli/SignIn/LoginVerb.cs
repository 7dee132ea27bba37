using System.CommandLine;
using Billing.Cli.Running;
using Billing.Cli.Server;

namespace Billing.Cli.SignIn;

/// <summary>The token is typed or piped in and never an argument: everyone on the machine could see that.</summary>
internal static class LoginVerb
{
    public static Command Build(Verbs verbs)
    {
        var address = new Argument<string>("address") { Description = "Of the server, such as https://billing.example.com." };
        return verbs.MakeBare("login", "Keep the server's address and a token for further calls.", async (parsed, cancellationToken) =>
        {
            var server = CredentialsFile.ParseAddress(parsed.GetValue(address)!);
            if (verbs.At.CanAsk) await verbs.At.Error.WriteAsync("Token: ");
            var token = verbs.At.Variable("BILLING_TOKEN") ?? verbs.At.ReadSecret()?.Trim() ?? "";
            var credentials = new Credentials(server, CredentialsFile.CheckToken(token));
            using var client = new BillingClient(credentials, verbs.At.Time);
            var me = await client.Get<Me>("/v1/me", cancellationToken);
            var file = CredentialsFile.Of(verbs.At);
            file.Keep(credentials);
            await verbs.At.Out.WriteLineAsync(
                parsed.GetValue(verbs.Json) ? me.Text : $"Signed in as {me.Value.Described}; kept in {file.Location}.");
        }, address);
    }
}

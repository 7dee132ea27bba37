using System.Text.Json;
using Billing.Cli.Running;

namespace Billing.Cli.SignIn;

/// <param name="Address">Of the server.</param>
/// <param name="Token">A bearer token of the practice.</param>
internal sealed record Credentials(Uri Address, string Token);

/// <summary>Where the sign-in is kept. <c>BILLING_URL</c> and <c>BILLING_TOKEN</c> stand in for what the file says, or lacks.</summary>
internal sealed class CredentialsFile(string path, Func<string, string?> variable)
{
    public string Location => path;

    public static CredentialsFile Of(Surroundings at) => new(Path.Combine(at.ConfigFolder, "sign-in.json"), at.Variable);

    /// <exception cref="Stop">Nobody is signed in.</exception>
    public Credentials Current()
    {
        var address = variable("BILLING_URL");
        var token = variable("BILLING_TOKEN");
        var kept = address is null || token is null ? Kept() : null;
        if ((token ?? kept?.Token) is not { } usedToken || (address ?? kept?.Address?.OriginalString) is not { } usedAddress)
            throw new Stop(ExitCode.NotAllowed, "Nobody is signed in. Use billing login, or set BILLING_URL and BILLING_TOKEN.");
        return new Credentials(ParseAddress(usedAddress), CheckToken(usedToken));
    }

    /// <summary>Written beside and moved into place, so that the token is never in a file that others can read.</summary>
    public void Keep(Credentials credentials)
    {
        var folder = Path.GetDirectoryName(path)!;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var passing = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(passing, options)) JsonSerializer.Serialize(file, credentials);
        File.Move(passing, path, overwrite: true);
    }

    public static Uri ParseAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new Uri(address.GetLeftPart(UriPartial.Authority))
            : throw Stop.Usage($"'{text}' is no address of a server. Write it as https://billing.example.com.");

    /// <summary>A token with other signs could not be sent in a header.</summary>
    public static string CheckToken(string token) => token.Length > 0 && token.All(c => c is > ' ' and <= '~')
        ? token
        : throw new Stop(ExitCode.NotAllowed, "The token has signs that no token has. Copy it again, without spaces or line breaks.");

    private Credentials? Kept()
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<Credentials>(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new Stop(ExitCode.NotAllowed, $"The sign-in in {path} cannot be read. Use billing login again.");
        }
    }
}

using System.Globalization;
using System.Text;

namespace Billing.Api.Tests.Fuzz;

/// <summary>A request as it is sent, byte by byte.</summary>
/// <param name="Operation">What it was made for.</param>
/// <param name="Method">As it is sent; with HEAD no body comes back.</param>
/// <param name="Head">Line and headers, without the empty line.</param>
/// <param name="IsBroken">Whether it is no good HTTP: it may be refused without a word, and the connection ends with it.</param>
internal sealed record WireRequest(string Operation, string Method, string Head, byte[] Body, bool IsBroken)
{
    /// <summary>Whether the server may change the books for it.</summary>
    public bool MayWrite => Method == "POST" && !IsDryRun(Head.Split(' ', 3)[1]);

    /// <summary>Whether it is sent by the operation's own method, and a command in earnest.</summary>
    public bool IsAsDescribed => Operation.StartsWith($"{Method} ", StringComparison.Ordinal) && (Method != "POST" || MayWrite);

    public byte[] Bytes => [.. Encoding.Latin1.GetBytes(Head), (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n', .. Body];

    public override string ToString()
    {
        var body = Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 1_500)));
        return string.Create(CultureInfo.InvariantCulture, $"{(Head.Length > 1_500 ? Head[..1_500] : Head)}\n\n{body} ({Body.Length} bytes)");
    }

    private static bool IsDryRun(string target) => target.Contains('?', StringComparison.Ordinal)
        && target.Split('?', 2)[1].Split('&').Where(pair => pair.StartsWith("dryRun=", StringComparison.Ordinal)).ToList() is ["dryRun=true"];
}

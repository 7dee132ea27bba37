using System.Text;

namespace Billing.Cli.Running;

/// <summary>What comes in from outside of the process, so that a test can be the outside.</summary>
/// <param name="IsTerminal">Whether a person looks at what is printed; else nothing is coloured or wrapped.</param>
/// <param name="CanAsk">Whether a person can answer.</param>
/// <param name="Width">Columns of the terminal.</param>
/// <param name="ReadSecret">Reads a line without showing it.</param>
/// <param name="Variable">An environment variable; null where it is not set.</param>
/// <param name="ConfigFolder">Where the sign-in is kept.</param>
internal sealed record Surroundings(
    TextWriter Out, TextWriter Error, TextReader In, bool IsTerminal, bool CanAsk, int Width, Func<string?> ReadSecret,
    Func<string, string?> Variable, string ConfigFolder, TimeProvider Time)
{
    public static Surroundings OfThisProcess()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var isTerminal = !Console.IsOutputRedirected;
        var application = Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new Surroundings(
            Console.Out, Console.Error, Console.In, isTerminal, !Console.IsInputRedirected, isTerminal ? Console.WindowWidth : 0,
            Console.IsInputRedirected ? Console.In.ReadLine : ReadUnseen, Environment.GetEnvironmentVariable,
            Path.Combine(application, "billing"), TimeProvider.System);
    }

    private static string ReadUnseen()
    {
        var read = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace) read.Append(key.KeyChar);
            else if (read.Length > 0) read.Length--;
        }
        Console.Error.WriteLine();
        return read.ToString();
    }
}

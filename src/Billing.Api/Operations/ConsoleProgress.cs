using System.Diagnostics;
using System.Globalization;
using Billing.EventStore.Sqlite;

namespace Billing.Api.Operations;

/// <summary>Tells on the error stream how far a long run is, at most once a second.</summary>
internal sealed class ConsoleProgress(string what) : IProgress<long>, IProgress<PagesCopied>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Stopwatch sinceLast = Stopwatch.StartNew();

    public void Report(long value) => Tell(string.Create(CultureInfo.InvariantCulture, $"place {value}"));

    public void Report(PagesCopied value) => Tell(string.Create(
        CultureInfo.InvariantCulture, $"{value.Done} of {value.Total} pages ({100L * value.Done / Math.Max(value.Total, 1)} %)"));

    private void Tell(string how)
    {
        if (sinceLast.Elapsed < Pause) return;
        sinceLast.Restart();
        Console.Error.WriteLine($"{what}: {how}");
    }
}

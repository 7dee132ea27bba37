using System.Globalization;
using Billing.Faults.Appending;

namespace Billing.Faults.Running;

/// <param name="Kills">How often a process is killed; of SQLite, one in eight is the whole server.</param>
/// <param name="Seed">Decides what is sent and when the faults come.</param>
/// <param name="Store">The engine that is tried.</param>
/// <param name="Faults">Which kinds of faults.</param>
/// <param name="Folder">A folder of its own on the disk to try; removed afterwards.</param>
/// <param name="Json">One JSON object a line before the last line.</param>
internal sealed record FaultOptions(int Kills, int Seed, string Store, string Faults, string Folder, bool Json)
{
    public const string Usage =
        "Usage: --kills N [--seed S] [--store sqlite|postgres|kurrentdb] [--faults all|kill|disk|fsync|write|wal|connection] "
        + "[--dir PATH] [--json]";

    private static readonly string[] Kinds = ["all", "kill", "disk", "fsync", "write", "wal", "connection"];

    public bool Has(string kind) => Faults == "all" || Faults == kind;

    /// <summary>Null where an argument is not understood.</summary>
    public static FaultOptions? Parse(string[] args)
    {
        var options = new FaultOptions(0, Random.Shared.Next(1_000_000), StoreAddress.Sqlite, "all", Path.GetTempPath(), Json: false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            if (args[i] == "--json")
            {
                options = options with { Json = true };
                continue;
            }
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (args[i])
            {
                case "--kills" when isNumber: options = options with { Kills = number }; break;
                case "--seed" when isNumber: options = options with { Seed = number }; break;
                case "--store" when StoreAddress.Knows(value): options = options with { Store = value }; break;
                case "--faults" when Kinds.Contains(value): options = options with { Faults = value }; break;
                case "--dir" when value.Length > 0: options = options with { Folder = value }; break;
                default: return null;
            }
            i++;
        }
        return options with { Folder = Path.Combine(options.Folder, $"billing-faults-{Environment.ProcessId}") };
    }
}

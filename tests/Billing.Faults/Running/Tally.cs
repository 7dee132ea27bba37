using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Billing.Faults.Books;

namespace Billing.Faults.Running;

/// <summary>Counts what was done and what was found, and tells it while it goes on.</summary>
internal sealed class Tally(bool json)
{
    private const int MostFindingsShown = 50;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly List<string> wrong = [];
    private int shown;

    /// <summary>Kills of the whole server, and of a program that only opens the store and appends.</summary>
    public int ServerKills { get; set; }

    public int StoreKills { get; set; }

    public int Faults { get; set; }

    public long Acknowledged { get; set; }

    public int Lost { get; private set; }

    public int Doubled { get; private set; }

    public bool IsClean => wrong.Count == 0 && Lost == 0 && Doubled == 0;

    public string LastLine => string.Create(
        CultureInfo.InvariantCulture,
        $"kills={ServerKills + StoreKills} faults={Faults} acknowledged={Acknowledged} lost={Lost} doubled={Doubled}");

    public void Take(Findings findings, string where)
    {
        Lost += findings.Lost;
        Doubled += findings.Doubled;
        foreach (var what in findings.Wrong) Wrong($"{where}: {what}");
    }

    public void Wrong(string what)
    {
        wrong.Add(what);
        if (shown++ < MostFindingsShown) Say("wrong", what);
    }

    /// <summary>A fault that can't be had on this machine, and why.</summary>
    public void Skipped(string fault, string why) => Say("skipped", $"{fault}: {why}.");

    public void Say(string what, string text)
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(new { seconds = Math.Round(clock.Elapsed.TotalSeconds, 1), what, text }));
        else Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,7:0.0} s  {what}: {text}"));
    }

    public void SayLast()
    {
        var kinds = string.Create(CultureInfo.InvariantCulture, $"{ServerKills} of the server, {StoreKills} of a program on the store alone");
        Say("kills", kinds);
        if (wrong.Count > 0) Say("wrong", string.Create(CultureInfo.InvariantCulture, $"{wrong.Count} findings"));
        Console.WriteLine(LastLine);
    }
}

using Billing.EventStore.Port;
using Billing.Faults.Appending;

namespace Billing.Faults.Books;

/// <summary>
/// Holds a store against what the appending program was told: every acknowledged append is there once and where the answer
/// said, every other is there once or not at all, and each book is in order.
/// </summary>
internal static class AppendCheck
{
    public static async Task<Findings> Run(IEventStore store, int seed, Acknowledgements acknowledgements)
    {
        var findings = new Findings();
        findings.Wrong.AddRange(acknowledgements.Contradictions);
        var found = new Dictionary<(int Thread, int Number), Found>();
        foreach (var book in PlannedAppend.AllBooks(seed))
        {
            var walk = new BookWalk(book);
            await walk.Run(store, stored => Note(stored, seed, found, findings));
            findings.Doubled += walk.Doubled;
            findings.Events += walk.Place;
            if (walk.Fault is { } fault) findings.Wrong.Add(fault);
        }
        foreach (var (append, parts) in found.Where(f => f.Value.Seen != f.Value.Count))
        {
            if (parts.Seen < parts.Count) findings.Wrong.Add($"append {append} is there in part: {parts.Seen} of {parts.Count} events");
            else findings.Doubled++;
        }
        for (var thread = 0; thread < acknowledgements.Threads; thread++) Compare(thread, acknowledgements.Of(thread), found, findings);
        return findings;
    }

    private static void Compare(
        int thread, IReadOnlyList<(long Position, long Place)> answers, Dictionary<(int, int), Found> found, Findings findings)
    {
        for (var number = 0; number < answers.Count; number++)
        {
            if (!found.TryGetValue((thread, number), out var parts))
            {
                findings.Lost++;
                findings.Wrong.Add($"append {number} of thread {thread} was acknowledged at {answers[number]} and is not there");
            }
            else if ((parts.Position, parts.Place) != answers[number])
            {
                findings.Wrong.Add(
                    $"append {number} of thread {thread} was acknowledged at {answers[number]} and is at {(parts.Position, parts.Place)}");
            }
        }
    }

    private static void Note(StoredEvent stored, int seed, Dictionary<(int, int), Found> found, Findings findings)
    {
        if (!PlannedAppend.TryRead(stored.Id, seed, out var planned))
        {
            findings.Wrong.Add($"the event {stored.Id} was never appended");
            return;
        }
        var before = found.GetValueOrDefault((planned.Thread, planned.Number));
        if (before.Seen > 0 && stored.Place != before.Place + 1)
            findings.Wrong.Add($"append {planned.Number} of thread {planned.Thread} lies apart at place {stored.Place}");
        found[(planned.Thread, planned.Number)] = new Found(before.Seen + 1, planned.Count, stored.Position, stored.Place);
    }

    private readonly record struct Found(int Seen, int Count, long Position, long Place);
}

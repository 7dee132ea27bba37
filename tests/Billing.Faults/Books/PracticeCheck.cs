using System.Text.Json;
using Billing.EventStore.Port;
using Billing.Faults.Serving;

namespace Billing.Faults.Books;

/// <summary>
/// Holds a practice's book against what its callers were told: each acknowledged request wrote once, where its answer said;
/// each open one wrote once or not at all; the book is in order and the invoices are numbered 1, 2, 3 and so on.
/// </summary>
internal sealed class PracticeCheck
{
    private readonly Findings findings = new();
    private readonly Dictionary<string, Written> written = new(StringComparer.Ordinal);
    private readonly HashSet<string> finalized = new(StringComparer.Ordinal);
    private readonly List<(int Sequence, string Number)> given = [];

    public static async Task<Findings> Run(IEventStore store, Practice practice)
    {
        var check = new PracticeCheck();
        var walk = new BookWalk(practice.Book);
        await walk.Run(store, check.Note);
        check.findings.Events = walk.Place;
        check.findings.Doubled += walk.Doubled;
        if (walk.Fault is { } fault) check.findings.Wrong.Add(fault);
        foreach (var acknowledged in practice.Acknowledged.Where(a => a.First.Position > 0)) check.Compare(acknowledged);
        check.CheckNumbers();
        return check.findings;
    }

    private void Note(StoredEvent stored)
    {
        if (stored.Metadata.IdempotencyKey is { } key)
        {
            if (!written.TryGetValue(key, out var before))
            {
                written[key] = new Written(stored.Metadata.CorrelationId, stored.Position, stored.Place);
            }
            else
            {
                if (before.Request != stored.Metadata.CorrelationId || stored.Place != before.Place + 1)
                {
                    findings.Doubled++;
                    findings.Wrong.Add($"the request {key} has written twice, the second time at place {stored.Place}");
                }
                written[key] = before with { Position = stored.Position, Place = stored.Place };
            }
        }
        if (stored.Type is not ("number-given.v1" or "invoice-finalized.v1")) return;
        using var data = JsonDocument.Parse(stored.Data);
        var number = data.RootElement.GetProperty("number").GetString()!;
        if (stored.Type == "number-given.v1") given.Add((data.RootElement.GetProperty("sequence").GetInt32(), number));
        else if (!finalized.Add(number)) findings.Wrong.Add($"two invoices have the number {number}");
    }

    private void Compare(Acknowledged acknowledged)
    {
        if (!written.TryGetValue(acknowledged.Wish.Key, out var there))
        {
            findings.Lost++;
            findings.Wrong.Add($"{acknowledged.Wish.Path} was acknowledged at {acknowledged.First.Position} and is not there");
        }
        else if (there.Position != acknowledged.First.Position)
        {
            findings.Wrong.Add(
                $"{acknowledged.Wish.Path} was acknowledged at {acknowledged.First.Position} and is at {there.Position}");
        }
    }

    private void CheckNumbers()
    {
        for (var i = 0; i < given.Count; i++)
            if (given[i].Sequence != i + 1) findings.Wrong.Add($"the {i + 1}th number given is {given[i].Sequence}");
        if (!finalized.SetEquals(given.Select(g => g.Number)))
            findings.Wrong.Add($"{given.Count} numbers were given and {finalized.Count} invoices have one");
    }

    private readonly record struct Written(Guid Request, long Position, long Place);
}

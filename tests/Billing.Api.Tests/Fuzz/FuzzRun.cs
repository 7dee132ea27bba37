using System.Collections.Concurrent;
using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Fuzz;

/// <summary>
/// Sends requests from several connections at once, each with a practice of its own, so that after each answer it is known whether
/// that request has changed the practice's book.
/// </summary>
internal sealed class FuzzRun(ApiServer server, SecretWatch watch, int seed)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>What is no good HTTP may be taken, and its answer lost: by then it is written, and told apart from what follows.</summary>
    private static readonly TimeSpan WrittenIfLost = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Streams that are written a little after what was accepted: budgets that were reached, and mails that follow.
    /// </summary>
    private static readonly string[] WrittenLater = ["budget-", "mail-"];

    /// <summary>So does Stripe tell later what became of checkouts, charges and refunds, on whichever streams it is.</summary>
    private const string Stripe = "stripe";

    private readonly ConcurrentDictionary<string, (int Count, string First)> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentDictionary<string, long> _slowest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _spent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _accepted = new(StringComparer.Ordinal);
    private readonly IEventStore _store = server.Services.GetRequiredService<IEventStore>();
    private readonly ConcurrentDictionary<(string Operation, string Code), int> _refused = new();
    private int _waits;

    /// <summary>What went wrong, each kind once, with the request that showed it first.</summary>
    public IReadOnlyList<string> Faults =>
        [.. _faults.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Value.Count} × {f.Key}\n{f.Value.First}")];

    /// <summary>Answers of 503 that ask to come again.</summary>
    public int Waits => _waits;

    /// <summary>The operations that took something, and how often.</summary>
    public IReadOnlyDictionary<string, int> Accepted => _accepted;

    /// <summary>Why an operation took nothing: what it answered most, and how often.</summary>
    public string Refusals(string operation) => string.Join(", ", _refused.Where(r => r.Key.Operation == operation)
        .OrderByDescending(r => r.Value).Take(6).Select(r => FormattableString.Invariant($"{r.Key.Code} {r.Value}")));

    public int Sent => _statuses.Values.Sum();

    public string Summary => FormattableString.Invariant($"Seed {seed}: {Sent} requests; ")
        + string.Join(", ", _statuses.OrderBy(s => s.Key).Select(s => FormattableString.Invariant($"{s.Key}: {s.Value}")))
        + $"; slowest, in ms: {Most(_slowest, 8)}; longest in all: {Most(_spent, 20)}";

    /// <param name="worker">Which of the connections it is; the requests follow from the seed and this.</param>
    /// <param name="learn">Is told of each request that was accepted, and of its answer.</param>
    public async Task Work(
        int worker, Func<Random, WireRequest> make, Practice practice, int first, int count, Action<WireRequest, ApiAnswer>? learn = null)
    {
        using var wire = new Wire(server.Address);
        var book = new BookId(practice.Id);
        var place = await Place(book, 0);
        for (var n = first; n < first + count; n++)
        {
            var request = make(new Random(HashOf(worker, n)));
            var began = TimeProvider.System.GetTimestamp();
            var (answer, fault) = await Send(wire, request);
            var took = (long)TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
            _spent.AddOrUpdate(request.Operation, took, (_, sum) => sum + took);
            _slowest.AddOrUpdate(request.Operation, took, (_, most) => Math.Max(most, took));
            _statuses.AddOrUpdate(answer?.Code ?? 0, 1, (_, many) => many + 1);
            if (answer is { Code: < 400 })
            {
                if (request.IsAsDescribed) _accepted.AddOrUpdate(request.Operation, 1, (_, many) => many + 1);
                learn?.Invoke(request, answer);
            }
            else _refused.AddOrUpdate((request.Operation, answer?.ProblemCode ?? $"{answer?.Code}"), 1, (_, many) => many + 1);
            fault ??= FaultOf(request, answer);
            if (answer is null && request.MayWrite) await Task.Delay(WrittenIfLost, TestContext.Current.CancellationToken);
            // The page to set up sends several commands: what was taken before one was refused stays, and the page says so.
            var mayWrite = request.MayWrite && (answer is null or { Code: < 400 } || request.Operation == "page POST /set-up");
            if (fault is null && !mayWrite) fault = await Written(book, place);
            place = await Place(book, place);
            if (fault is not null) Note(request, fault, FormattableString.Invariant($"worker {worker}, request {n}"), answer);
        }
    }

    private async Task<(ApiAnswer?, string? Fault)> Send(Wire wire, WireRequest request)
    {
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            return (await wire.Send(request, limit.Token), null);
        }
        catch (OperationCanceledException)
        {
            return (null, $"no answer within {Longest.TotalSeconds} s");
        }
    }

    private string? FaultOf(WireRequest request, ApiAnswer? answer)
    {
        if (answer is null) return request.IsBroken ? null : "the connection ended without an answer";
        if (answer.MediaType == "application/problem+json" && watch.IsIn(answer.Text)) return "a secret in a refusal";
        // The server below the application, for what is no HTTP that it knows.
        if (answer.Code >= 400 && answer.Text.Length == 0 && answer.Header("Connection") == "close")
            return answer.Code < 500 || (request.IsBroken && answer.Code is 501 or 505) ? null : "a bare server error";
        if (answer.Code == 503 && answer.ProblemCode is "overloaded" or "read-model-behind")
        {
            Interlocked.Increment(ref _waits);
            return null;
        }
        if (answer.Code >= 500) return $"a server error {answer.Code} {answer.ProblemCode}";
        if (answer.Code < 400 || request.Method == "HEAD" || answer.MediaType == "text/html") return null;
        return Refused.Fault(answer) is { } fault ? fault.Split(':')[0] + $" ({answer.Code} {answer.ProblemCode})" : null;
    }

    /// <summary>What was written although nothing was accepted.</summary>
    private async Task<string?> Written(BookId book, long place) =>
        (await _store.ReadBook(book, place, 100, CancellationToken.None))
            .FirstOrDefault(e => e.Metadata.Actor != Stripe
                && !WrittenLater.Any(start => e.Stream.StartsWith(start, StringComparison.Ordinal))) is { } written
            ? $"nothing was accepted, but {written.Type} was written"
            : null;

    private static string Most(ConcurrentDictionary<string, long> milliseconds, int count) => string.Join(", ",
        milliseconds.OrderByDescending(s => s.Value).Take(count).Select(s => FormattableString.Invariant($"{s.Key} {s.Value}")));

    private async Task<long> Place(BookId book, long after)
    {
        while (await _store.ReadBook(book, after, 500, CancellationToken.None) is { Count: > 0 } more) after = more[^1].Place;
        return after;
    }

    private void Note(WireRequest request, string fault, string which, ApiAnswer? answer)
    {
        var text = answer?.ToString() ?? "nothing";
        var first = $"seed {seed}, {which}\n{request}\n→ {(text.Length > 1_500 ? text[..1_500] : text)}\n";
        _faults.AddOrUpdate($"{request.Operation}: {fault}", (1, first), (_, known) => (known.Count + 1, known.First));
    }

    private int HashOf(int worker, int n) => unchecked(((seed * 31) + worker) * 1_000_003 + n);
}

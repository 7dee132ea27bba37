using System.Net.Http.Headers;
using System.Text;
using Billing.Faults.Running;

namespace Billing.Faults.Serving;

/// <summary>
/// Somebody who sends one request after another. A request without an answer is sent again, under the same key, until it has
/// one, over the server's lives.
/// </summary>
internal sealed class Caller(string name, Func<Reply?, Wish> next, Tally tally)
{
    private static readonly TimeSpan PauseBeforeRetry = TimeSpan.FromMilliseconds(20);
    private readonly List<Acknowledged> all = [];
    private Wish? open;
    private Reply? last;
    private Acknowledged? latest;

    /// <summary>While nothing runs.</summary>
    public IReadOnlyList<Acknowledged> Acknowledged => all;

    /// <summary>Answers of any kind.</summary>
    public int Answered { get; private set; }

    public int Done { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Answers that said that the server could not, such as 503.</summary>
    public int Unable { get; private set; }

    public Reply? LastUnable { get; private set; }

    /// <summary>The request that may or may not have had its effect.</summary>
    public Wish? Open => open;

    /// <summary>Repeats what was acknowledged last and compares the answers; then goes on until cancelled or cut off.</summary>
    public async Task Run(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            if (latest is { } known) await Repeat(http, known, cancellationToken);
            while (!cancellationToken.IsCancellationRequested) await Step(http, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            // The server is gone, and with it the answer; what is open is sent again.
        }
    }

    /// <summary>Takes acknowledgements back whose events lie beyond the position.</summary>
    public int ForgetBeyond(long position)
    {
        if (latest?.First.Position > position) latest = null;
        return all.RemoveAll(a => a.First.Position > position);
    }

    private async Task Step(HttpClient http, CancellationToken cancellationToken)
    {
        open ??= next(last);
        var reply = await Send(http, open, cancellationToken);
        Answered++;
        if (reply.IsOpen)
        {
            if (reply.Code is null) tally.Wrong($"{name} got an answer that is no problem of ours: {reply}");
            LastUnable = reply;
            Unable++;
            await Task.Delay(PauseBeforeRetry, cancellationToken);
            return;
        }
        if (reply.IsDone)
        {
            all.Add(latest = new Acknowledged(open, reply));
            Done++;
        }
        else if (reply.Code is null or "idempotency-key-reused") tally.Wrong($"{name} sent {open.Path} {open.Body} and got {reply}");
        else Refused++;
        (open, last) = (null, reply);
    }

    private async Task Repeat(HttpClient http, Acknowledged known, CancellationToken cancellationToken)
    {
        var again = await Send(http, known.Wish, cancellationToken);
        if (again.IsOpen || (again.Status, again.Text) == (known.First.Status, known.First.Text)) return;
        tally.Wrong($"{name} repeated {known.Wish.Path} under {known.Wish.Key} and got {again} instead of {known.First}");
    }

    private static async Task<Reply> Send(HttpClient http, Wish wish, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, wish.Path)
        {
            Content = new StringContent(wish.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", wish.Token);
        request.Headers.Add("Idempotency-Key", wish.Key);
        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new Reply(response.StatusCode, text, response.Content.Headers.ContentType?.MediaType);
    }
}

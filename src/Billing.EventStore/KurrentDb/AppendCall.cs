using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Billing.EventStore.KurrentDb.Protocol;
using Grpc.Core;

namespace Billing.EventStore.KurrentDb;

/// <summary>The call ended with appends under way; nobody can tell from here which of them were stored.</summary>
internal sealed class AppendCallLostException(Exception cause) : Exception(cause.Message, cause);

/// <summary>
/// A duplex <c>BatchAppend</c> call that carries the appends of many books. Answers come in any order and are matched by
/// correlation id. The server never ends the call after a half-close, so it is cancelled instead.
/// </summary>
internal sealed class AppendCall : IDisposable
{
    private static readonly WriteOptions MoreFollows = new(WriteFlags.BufferHint);

    private readonly AsyncDuplexStreamingCall<BatchAppendReq, BatchAppendResp> call;
    private readonly Channel<BatchAppendReq> outgoing = Channel.CreateUnbounded<BatchAppendReq>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentDictionary<Guid, Waiting> waiting = new();
    private readonly TimeSpan timeout;
    private readonly Timer sweeping;
    private Exception? end;

    /// <param name="timeout">How long an answer is waited for, about.</param>
    public AppendCall(AsyncDuplexStreamingCall<BatchAppendReq, BatchAppendResp> call, TimeSpan timeout)
    {
        (this.call, this.timeout) = (call, timeout);
        // One timer for all that wait: a timer each would cost more than the rest of an append.
        sweeping = new Timer(_ => GiveUpOnLate(), null, timeout / 4, timeout / 4);
        _ = Task.Run(Write);
        _ = Task.Run(Read);
    }

    /// <summary>
    /// Who waits goes on within the reading loop, which saves a change of threads for each append, and so must be quick.
    /// </summary>
    private sealed class Waiting : TaskCompletionSource<BatchAppendResp>
    {
        public long SentAt { get; } = Stopwatch.GetTimestamp();
    }

    public bool HasEnded => Volatile.Read(ref end) is not null;

    /// <exception cref="AppendCallLostException">The call ended before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer came in time.</exception>
    public async Task<BatchAppendResp> Send(BatchAppendReq request)
    {
        var correlation = Guid.CreateVersion7();
        request.CorrelationId = Wire.Uuid(correlation);
        var answer = new Waiting();
        waiting[correlation] = answer;
        outgoing.Writer.TryWrite(request);
        // The call may have ended after the look at it and before the answer was waited for.
        if (Volatile.Read(ref end) is { } cause) answer.TrySetException(new AppendCallLostException(cause));
        try
        {
            return await answer.Task.ConfigureAwait(false);
        }
        finally
        {
            waiting.TryRemove(correlation, out _);
        }
    }

    public void Dispose()
    {
        End(new ObjectDisposedException(nameof(AppendCall)));
        call.Dispose();
    }

    private void GiveUpOnLate()
    {
        foreach (var answer in waiting.Values)
            if (Stopwatch.GetElapsedTime(answer.SentAt) > timeout) answer.TrySetException(new TimeoutException());
    }

    /// <summary>What has come in by now goes out in one piece.</summary>
    private async Task Write()
    {
        try
        {
            while (await outgoing.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (outgoing.Reader.TryRead(out var request))
                {
                    call.RequestStream.WriteOptions = outgoing.Reader.TryPeek(out _) ? MoreFollows : WriteOptions.Default;
                    await call.RequestStream.WriteAsync(request).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is RpcException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The reading side is told the status that the server gave, which says more; it ends the call.
        }
    }

    private async Task Read()
    {
        try
        {
            await foreach (var response in call.ResponseStream.ReadAllAsync().ConfigureAwait(false))
                if (waiting.TryGetValue(Wire.Guid(response.CorrelationId), out var answer)) answer.TrySetResult(response);
            End(new IOException("the server closed the call"));
        }
        catch (Exception cause)
        {
            End(cause);
        }
    }

    private void End(Exception cause)
    {
        if (Interlocked.CompareExchange(ref end, cause, null) is not null) return;
        sweeping.Dispose();
        outgoing.Writer.TryComplete();
        foreach (var answer in waiting.Values) answer.TrySetException(new AppendCallLostException(cause));
    }
}

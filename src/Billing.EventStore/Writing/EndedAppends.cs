namespace Billing.EventStore.Writing;

/// <summary>
/// Lets the callers of a group go on, some after each other in one piece of work: waking a thread for each of them costs
/// more than what most of them have left to do.
/// </summary>
internal sealed class EndedAppends(PendingAppend[] appends) : IThreadPoolWorkItem
{
    private const int CallersPerThread = 24;

    public static void LetGo(List<PendingAppend> group)
    {
        for (var start = 0; start < group.Count; start += CallersPerThread)
        {
            var some = group.GetRange(start, Math.Min(CallersPerThread, group.Count - start)).ToArray();
            ThreadPool.UnsafeQueueUserWorkItem(new EndedAppends(some), preferLocal: false);
        }
    }

    public void Execute()
    {
        foreach (var append in appends) append.End();
    }
}

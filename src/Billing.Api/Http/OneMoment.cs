using Billing.Api.Commands;
using Billing.Domain;

namespace Billing.Api.Http;

/// <summary>
/// For answers that rest on read models and on streams: what stood before somebody wrote, beside what stands after, would be neither.
/// </summary>
internal static class OneMoment
{
    private const int MostTries = 4;

    /// <summary>Once the read models have whatever is written by now.</summary>
    public static Func<QueryCall, ValueTask<QueryAnswer<TView>>> CaughtUp<TView>(Func<QueryCall, ValueTask<QueryAnswer<TView>>> ask) =>
        async call => await call.WaitForAll() is { } behind ? behind : await ask(call);

    /// <summary>The resource of the request by its row and its stream, both of one version.</summary>
    /// <param name="what">Said where there is none.</param>
    /// <param name="find">Its row, or null.</param>
    public static async ValueTask<QueryAnswer<TDetail>> Detail<TRow, TState, TEvent, TDetail>(
        this QueryCall call, string what, StreamType<TState, TEvent> type, Func<TRow?> find, Func<TRow, long> version,
        Func<TRow, TState, BookSession, ValueTask<TDetail>> detail)
        where TRow : class
        where TState : notnull
        where TEvent : notnull
    {
        var stream = type.Name(call.RouteId());
        for (var tries = 1; ; tries++)
        {
            if (find() is not { } row) return Problem.NotFound(what);
            var session = call.Session();
            var state = await session.Load(type, stream);
            if (session.VersionOf(stream) == version(row) || tries == MostTries)
                return new(await detail(row, state, session), null, version(row));
            if (await call.WaitForAll() is { } behind) return behind;
        }
    }
}

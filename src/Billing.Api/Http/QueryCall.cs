using System.Globalization;
using Billing.Api.Access;
using Billing.Api.Past;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Http;

/// <summary>One request for a query: who asks, its parameters, and what is wrong with them so far.</summary>
public sealed class QueryCall(HttpContext http, Caller caller)
{
    private static readonly TimeSpan ReadYourWritesLimit = TimeSpan.FromSeconds(5);
    private const int DefaultPageItems = 100;
    private readonly List<FieldProblem> _errors = [];
    private PastBook? _past;
    private Instant? _then;

    public HttpContext Http => http;

    public Caller Caller => caller;

    public BookId Book => caller.Book;

    public IReadOnlyList<FieldProblem> Errors => _errors;

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>Of what is known now, or was at the moment that the call asks for.</summary>
    public T Service<T>() where T : notnull => (_past?.Services ?? http.RequestServices).GetRequiredService<T>();

    /// <summary>The present of the answer: now, or the moment that the call asks for.</summary>
    public Instant Now => _then ?? Service<IClock>().GetCurrentInstant();

    /// <summary>Where the practice was at the moment that the call asks for; null where the read models say it.</summary>
    internal DateTimeZone? ZoneThen { get; private set; }

    /// <summary>The day that <c>asOf</c> names; null where it names none.</summary>
    public LocalDate? AsOfDay { get; internal set; }

    public Guid RouteId(string name = "id") => Guid.Parse((string)http.Request.RouteValues[name]!);

    /// <exception cref="InvalidOperationException">The endpoint does not say that it takes this parameter.</exception>
    public string? Text(string name)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<QueryParameters>() is not { } known || !known.Takes(name))
            throw new InvalidOperationException($"{http.Request.Path} reads the parameter {name} without naming it.");
        return http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;
    }

    public Guid? Id(string name) => Parse<Guid>(name, Guid.TryParse, "an id, such as 0199d2c4-…");

    public int? Number(string name, int min, int max) => Parse(
        name, (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max,
        FormattableString.Invariant($"a whole number from {min} to {max}"));

    public LocalDate? Date(string name) => Parse<LocalDate>(name, Days.TryParse, $"a {Days.Form}");

    /// <summary>One of a few words.</summary>
    public string? OneOf(string name, IReadOnlyCollection<string> known)
    {
        if (Text(name) is not { } text || known.Contains(text)) return Text(name);
        Refuse(name, "malformed", $"{name} must be one of {string.Join(", ", known)}.");
        return null;
    }

    public bool? Flag(string name) => Parse<bool>(
        name, (string text, out bool value) => bool.TryParse(text, out value), "true or false");

    /// <summary>By its ISO 4217 code.</summary>
    public Currency? Currency(string name)
    {
        if (Text(name) is not { } code) return null;
        if (!Domain.Values.Currency.TryOf(code, out var currency))
            Refuse(name, "malformed", $"{name} is an ISO 4217 code, such as USD.");
        return currency;
    }

    /// <summary>The page that <c>cursor</c> and <c>limit</c> ask for.</summary>
    public PageRequest Page() => new(Id("cursor"), Number("limit", 1, PageRequest.MostItems) ?? DefaultPageItems);

    public void Refuse(string name, string code, string detail) => _errors.Add(new FieldProblem(name, code, detail));

    /// <summary>Waits until the read models have passed the caller's last write; a problem where they do not in time.</summary>
    internal async ValueTask<Problem?> WaitForOwnWrites()
    {
        var position = Service<LastWrites>().Of(caller.TokenId);
        if (http.Request.Headers.TryGetValue(EndpointMapping.PositionHeader, out var header))
        {
            if (!long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var asked))
            {
                var fault = new FieldProblem(EndpointMapping.PositionHeader, "malformed", "The position is a whole number.");
                return Problem.BadRequest([fault]);
            }
            position = Math.Max(position, asked);
        }
        return await WaitFor(position);
    }

    /// <summary>The caller's next reads wait for everything that is written by now. For writes that took many commands.</summary>
    internal async ValueTask NoteWrites()
    {
        var head = await Service<IEventStore>().HeadPosition(Aborted);
        Service<LastWrites>().Note(caller.TokenId, head);
        http.Response.Headers[EndpointMapping.PositionHeader] = head.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>From here on it is answered by what was known then.</summary>
    /// <param name="zone">Of the practice then; null where the read models say it.</param>
    internal void AnswerBy(PastBook past, Instant then, DateTimeZone? zone) => (_past, _then, ZoneThen) = (past, then, zone);

    /// <summary>Waits for everything that is written by now, whoever wrote it. What was known at a moment stands still.</summary>
    internal async ValueTask<Problem?> WaitForAll() =>
        _past is null ? await WaitFor(await Service<IEventStore>().HeadPosition(Aborted)) : null;

    /// <summary>As <see cref="WaitForAll"/>, and for the position that the request names, which has to be one.</summary>
    internal async ValueTask<Problem?> WaitForAllWrites() => await WaitForOwnWrites() ?? await WaitForAll();

    internal async ValueTask<Problem?> WaitFor(long position) =>
        position == 0 || await Service<ProjectionRunner>().WaitFor(position, ReadYourWritesLimit, Aborted)
            ? null
            : Problem.Of(503, "read-model-behind", "The read models have not caught up with what was written yet. Ask again.");

    private delegate bool TryParser<T>(string text, out T value);

    private T? Parse<T>(string name, TryParser<T> parser, string form) where T : struct
    {
        if (Text(name) is not { } text) return null;
        if (parser(text, out var value)) return value;
        Refuse(name, "malformed", $"{name} must be {form}.");
        return null;
    }
}

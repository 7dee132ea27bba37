using System.CommandLine;
using Billing.Cli.Server;
using Billing.Cli.Shown;
using Billing.Cli.Work;
using NodaTime;

namespace Billing.Cli.Running;

/// <summary>One run of a verb by somebody who is signed in.</summary>
internal sealed class Session(Surroundings at, ParseResult parsed, BillingClient server, bool isJson, CancellationToken cancellationToken)
{
    private Me? _me;

    public BillingClient Server => server;

    public CancellationToken Cancellation => cancellationToken;

    public ParseResult Parsed => parsed;

    public Screen Screen { get; } = Screen.Of(at.Out, at);

    /// <summary>For what is no result: beside it, so that <c>--json</c> prints JSON and nothing else.</summary>
    public Screen Aside { get; } = Screen.Of(isJson ? at.Error : at.Out, at);

    public async Task<Me> Me() => _me ??= (await server.Get<Me>("/v1/me", cancellationToken)).Value;

    public async Task<DateTimeZone> Zone() => DateTimeZoneProviders.Tzdb[(await Me()).TimeZone];

    /// <summary>The day it is where the person is.</summary>
    public async Task<LocalDate> Today() => Instant.FromDateTimeOffset(at.Time.GetUtcNow()).InZone(await Zone()).Date;

    public Task<WorkNames> Names() => WorkNames.Load(this);

    public Task<Answer<T>> Get<T>(string path, params (string Name, object? Value)[] query) =>
        server.Get<T>(Query.Of(path, query), cancellationToken);

    public Task<Answer<T>> Post<T>(string path, object body, long? version = null) =>
        server.Post<T>(path, body, version, cancellationToken);

    /// <summary>Prints the server's JSON as it came where that is wanted, and else what <paramref name="show"/> makes of it.</summary>
    public async Task Show<T>(Answer<T> answer, Func<T, Task> show)
    {
        if (isJson) Screen.Say(answer.Text);
        else await show(answer.Value);
    }

    /// <inheritdoc cref="Show{T}(Answer{T}, Func{T, Task})"/>
    public void Show<T>(Answer<T> answer, Action<T> show)
    {
        if (isJson) Screen.Say(answer.Text);
        else show(answer.Value);
    }

    /// <summary>Goes on only if a person says so, now or by <c>--yes</c>.</summary>
    public void Confirm(string question, bool isConfirmed)
    {
        if (isConfirmed) return;
        if (!at.CanAsk) throw Stop.Usage("Nothing was done, for nobody can be asked here. Say --yes to go on without being asked.");
        at.Error.Write($"{question} [y/N] ");
        if (at.In.ReadLine()?.Trim() is not ("y" or "Y" or "yes")) throw Stop.Usage("Nothing was done.");
    }
}

/// <param name="TimeZone">IANA name.</param>
/// <param name="Scopes">What the token may do; null for all that the role may.</param>
internal sealed record Me(string? Name, string Role, string TimeZone, IReadOnlyList<string>? Scopes = null)
{
    /// <summary>Whoever it is, and as what.</summary>
    public string Described => Scopes is null ? $"{Name} ({Role})" : $"{Name} ({Role}; only {string.Join(", ", Scopes)})";
}

using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Billing.Api.Tests.Fuzz;

/// <summary>Reads all that is logged, and keeps the lines in which a secret stands.</summary>
public sealed class SecretWatch : ILoggerProvider, ILogger
{
    private readonly ConcurrentDictionary<string, bool> _secrets = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _lines = new();
    private SearchValues<string> _search = SearchValues.Create([], StringComparison.Ordinal);
    private long _count;

    /// <summary>Lines with a secret in them: there must be none.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>How many lines were read.</summary>
    public long Count => Interlocked.Read(ref _count);

    public IReadOnlyCollection<string> Secrets => [.. _secrets.Keys];

    public void Watch(params IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            Assert.True(secret.Length >= 20, $"'{secret}' is too short to be told from other words.");
            _secrets[secret] = true;
        }
        _search = SearchValues.Create([.. _secrets.Keys], StringComparison.Ordinal);
    }

    public bool IsIn(string text) => text.AsSpan().ContainsAny(_search);

    /// <summary>Those that stand in the bytes of a file, as UTF-8 or as UTF-16.</summary>
    public IEnumerable<string> FoundIn(byte[] bytes) => _secrets.Keys.Where(secret =>
        bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) >= 0
        || bytes.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes(secret)) >= 0);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Interlocked.Increment(ref _count);
        var line = $"{formatter(state, exception)} {exception}";
        if (IsIn(line)) _lines.Enqueue(line);
    }

    public void Dispose() { }
}

using System.Globalization;
using System.Text.Json;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;

namespace Billing.EventStore.Exporting;

/// <summary>A line of an exported file; whatever is wrong with it is said with its number.</summary>
internal sealed class ExportLine : IDisposable
{
    private readonly string path;
    private readonly JsonDocument document;

    private ExportLine(string path, long number, JsonDocument document, string kind) =>
        (this.path, Number, this.document, Kind) = (path, number, document, kind);

    /// <summary>1 for the first.</summary>
    public long Number { get; }

    public string Kind { get; }

    /// <exception cref="EventStoreException">It is no JSON object that says what kind of line it is.</exception>
    public static ExportLine Parse(string path, long number, string text)
    {
        try
        {
            var document = JsonDocument.Parse(text);
            return new ExportLine(path, number, document, document.RootElement.GetProperty("kind").GetString() ?? "");
        }
        catch (Exception e) when (BookExport.IsOfBadLine(e))
        {
            throw Fault(path, number, $"it is torn, or no line of an export: {e.Message}");
        }
    }

    /// <exception cref="EventStoreException">The line does not hold what is read from it.</exception>
    public T Read<T>(Func<JsonElement, T> read)
    {
        try
        {
            return read(document.RootElement);
        }
        catch (Exception e) when (BookExport.IsOfBadLine(e))
        {
            throw Fault(e.Message);
        }
    }

    public EventStoreException Fault(string why) => Fault(path, Number, why);

    public void Dispose() => document.Dispose();

    private static EventStoreException Fault(string path, long number, string why) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {number} of {path}: {why}"));
}

using System.Text.Json;
using Billing.Cli.Running;
using Billing.Cli.Shown;
using NodaTime;

namespace Billing.Cli.Invoicing;

/// <param name="Number">Null for a draft.</param>
internal sealed record InvoiceView(
    Guid InvoiceId, Guid ClientId, string Kind, string Status, string? Number, LocalDate? IssuedOn, LocalDate? DueOn, Money? Total,
    Money? Open, LocalDate? Through, long Version);

/// <param name="Preview">Of a draft.</param>
internal sealed record InvoiceDetail(InvoiceView Invoice, IReadOnlyList<LineView> Lines, PreviewView? Preview);

internal sealed record LineView(int LineNumber, string? Description, long? QuantitySeconds, Money? PerHour, Money Amount);

/// <param name="Due">What retainers do not pay.</param>
/// <param name="Refusal">Why it could not be finalised as it is; null if it could.</param>
internal sealed record PreviewView(Money? Total, Money? RetainerApplied, Money? Due, string? Refusal);

/// <summary>What a dry run answers.</summary>
/// <param name="WouldWrite">Null where nothing would be written.</param>
internal sealed record DryRun(IReadOnlyList<WouldBe>? WouldWrite)
{
    /// <summary>The event of this name, whatever its version.</summary>
    /// <exception cref="Stop">It would not be written: another did it in the meantime.</exception>
    public WouldBe Event(string name) => WouldWrite?.SingleOrDefault(e => e.Type.StartsWith($"{name}.v", StringComparison.Ordinal))
        ?? throw new Stop(ExitCode.Refused, "It is done already: nothing would be written.");
}

/// <param name="Confidential">Names and texts, which are stored apart.</param>
internal sealed record WouldBe(string Type, JsonElement Data, JsonElement? Confidential);

using System.Diagnostics;
using System.Globalization;
using static Billing.Domain.Invoicing.NumberingEvent;

namespace Billing.Domain.Invoicing;

/// <summary>
/// One series of invoice numbers, such as <c>INV-2026</c>. A number is given in the same append that finalises its
/// invoice, against the version that was read: so there is no gap and no double. What was given stays taken, also after
/// a void.
/// </summary>
public static class Numbering
{
    public static readonly StreamType<NumberingState, NumberingEvent> Stream =
        new("numbering", new NumberingState(0), Evolve);

    /// <summary>The series an invoice belongs to: the practice's prefix and the year of issue. It is the stream's id
    /// too.</summary>
    public static string Series(string prefix, int year) =>
        $"{prefix}-{year.ToString("D4", CultureInfo.InvariantCulture)}";

    /// <summary>Never refused. Whether the invoice has a number already is its own stream's to know.</summary>
    public static NumberGiven Decide(NumberingState state, GiveNumber command)
    {
        var sequence = state.LastSequence + 1;
        var digits = sequence.ToString("D4", CultureInfo.InvariantCulture);
        return new NumberGiven(sequence, $"{command.Series}-{digits}", command.InvoiceId);
    }

    public static NumberingState Evolve(NumberingState state, NumberingEvent @event) => @event switch
    {
        NumberGiven e => new NumberingState(e.Sequence),
        _ => throw new UnreachableException(),
    };
}

/// <param name="Series">As <see cref="Numbering.Series"/> says it.</param>
/// <param name="InvoiceId">The document that it is for: an invoice or a credit note.</param>
public sealed record GiveNumber(string Series, Guid InvoiceId);

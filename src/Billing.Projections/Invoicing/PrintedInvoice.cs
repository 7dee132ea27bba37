using System.Globalization;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Projections.Invoicing;

/// <summary>
/// An invoice as it is printed: the finalised facts and nothing that happened since, so that its PDF is the same bytes
/// forever. Whether it was paid is said where it is asked for, not on the document.
/// </summary>
public static class PrintedInvoice
{
    private const string Erased = "(erased)";

    /// <param name="paymentUrl">Where this invoice can be paid; null where the reader has no link.</param>
    /// <param name="isVoided">Marks the document; a voided invoice asks for nothing.</param>
    public static InvoiceModel Of(InvoiceEvent.InvoiceFinalized facts, string? paymentUrl = null, bool isVoided = false)
    {
        var currency = Currency.Of(facts.Currency);
        var due = facts.TotalMinor - facts.RetainerAppliedMinor;
        return new InvoiceModel
        {
            Seller = PartyOf(facts.Texts?.Seller),
            Client = PartyOf(facts.Texts?.Client),
            Number = facts.Number,
            IssuedOn = facts.IssuedOn,
            DueOn = facts.DueOn,
            StatusMark = isVoided ? "VOID" : null,
            Lines = Lines(facts, currency),
            Subtotal = new Money(facts.TotalMinor, currency),
            Total = new Money(facts.TotalMinor, currency),
            RetainerApplied = facts.RetainerAppliedMinor == 0 ? null : new Money(facts.RetainerAppliedMinor, currency),
            BalanceDue = new Money(isVoided ? 0 : due, currency),
            RetainerBalanceAfter = facts.RetainerBalanceAfterMinor is { } left ? new Money(left, currency) : null,
            Notes = facts.Texts?.Note,
            RoundingRule = facts.Lines.Any(line => line.Kind == LineKind.Time) ? RuleInWords(facts.Rounding) : null,
            PaymentUrl = isVoided || due == 0 ? null : paymentUrl,
        };
    }

    /// <summary>The rounding policy as it is printed on the invoice.</summary>
    public static string RuleInWords(RoundingPolicy policy)
    {
        if (policy.IncrementSeconds == 0)
            return "Time is billed to the second. Each line's amount is its time at its hourly rate, rounded once, half up.";
        var increment = policy.IncrementSeconds % 60 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{policy.IncrementSeconds / 60} min")
            : string.Create(CultureInfo.InvariantCulture, $"{policy.IncrementSeconds} s");
        var what = policy.Scope == RoundingPolicy.PerEntry ? "each entry" : "each line's time";
        var direction = policy.Direction switch
        {
            RoundingPolicy.Up => "up to the next",
            RoundingPolicy.Down => "down to the last",
            _ => "to the nearest",
        };
        return $"The time of {what} is rounded {direction} full {increment}; exact multiples stay as they are. "
            + "The entries behind the lines show the time as it was worked.";
    }

    private static List<InvoiceLineModel> Lines(InvoiceEvent.InvoiceFinalized facts, Currency currency)
    {
        var note = 0;
        var lines = new List<InvoiceLineModel>();
        foreach (var line in facts.Lines)
        {
            var hours = new List<WorkedHoursModel>();
            foreach (var hour in line.Hours)
            {
                hours.Add(new WorkedHoursModel(
                    hour.WorkedOn, facts.Texts?.AssistantNames.GetValueOrDefault(hour.AssistantId) ?? Erased,
                    facts.Texts?.HourNotes[note] ?? "", hour.WorkedSeconds));
                note++;
            }
            var description = facts.Texts?.LineDescriptions[line.LineNumber - 1] ?? Erased;
            lines.Add(new InvoiceLineModel(
                line.Kind == LineKind.Deposit ? DepositText(description) : description, Quantity(line),
                line.PerHourMinor is { } rate ? PrintedText.Of(new Money(rate, currency)) : "",
                new Money(line.AmountMinor, currency), hours));
        }
        return lines;
    }

    private static string DepositText(string retainer) => retainer.Length == 0 ? "Retainer deposit" : $"Retainer deposit: {retainer}";

    private static string Quantity(InvoiceLine line) =>
        line.QuantitySeconds is { } seconds ? $"{PrintedText.OfDuration(seconds)} h" : "1";

    private static Party PartyOf(PartyTexts? party) =>
        party is null ? new Party(Erased, []) : new Party(party.Name, party.AddressLines, party.TaxId);
}

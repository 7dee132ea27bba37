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
            RoundingRule = RulesInWords(facts),
            PaymentUrl = isVoided || due == 0 ? null : paymentUrl,
        };
    }

    /// <summary>Every rule that time on the invoice was billed by; null where it bills none.</summary>
    private static string? RulesInWords(InvoiceEvent.InvoiceFinalized facts)
    {
        var charged = facts.Lines.Where(line => line.Kind == LineKind.Time && line.PerHourMinor != 0).ToList();
        var common = charged.Where(line => line.Rounding is null && line.MinimumSeconds is null).ToList();
        var rules = common.Count > 0 || charged.Count == 0 ? [RuleInWords(facts.Rounding)] : new List<string>();
        rules.AddRange(charged.Except(common)
            .Select(line => (
                Name: facts.Texts?.LineDescriptions[line.LineNumber - 1].Split(',')[0] ?? Erased,
                Rule: RuleInWords(line.Rounding ?? facts.Rounding), Minimum: MinimumInWords(line.MinimumSeconds)))
            .Distinct()
            .Select(rule => $"{rule.Name}: {rule.Minimum}{rule.Rule}"));
        return facts.Lines.Any(line => line.Kind == LineKind.Time) ? string.Join(' ', rules) : null;
    }

    private static string MinimumInWords(int? seconds) => seconds is { } least
        ? $"Each entry is billed as {PrintedText.OfDuration(least)} h at least. "
        : "";

    /// <summary>The rounding policy as it is printed on the invoice.</summary>
    public static string RuleInWords(RoundingPolicy policy)
    {
        if (policy.IncrementSeconds == 0)
            return "Time is billed to the second. Each line's amount is its time at its hourly rate, rounded once, half up.";
        var increment = policy.IncrementSeconds % 60 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{policy.IncrementSeconds / 60} min")
            : string.Create(CultureInfo.InvariantCulture, $"{policy.IncrementSeconds} s");
        var what = policy.Scope switch
        {
            RoundingPolicy.PerEntry => "each entry",
            RoundingPolicy.PerLine => "each line's time",
            _ => "the whole invoice",
        };
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
                UnitPrice(line, currency),
                new Money(line.AmountMinor, currency), hours));
        }
        return lines;
    }

    private static string UnitPrice(InvoiceLine line, Currency currency) => line.PerHourMinor switch
    {
        null => "",
        0 => "no charge",
        { } rate => PrintedText.OfPrice(new Money(rate, currency), line.SurchargeTenThousandths ?? 0),
    };

    private static string DepositText(string retainer) => retainer.Length == 0 ? "Retainer deposit" : $"Retainer deposit: {retainer}";

    private static string Quantity(InvoiceLine line) =>
        line.QuantitySeconds is { } seconds ? $"{PrintedText.OfDuration(seconds)} h" : "1";

    private static Party PartyOf(PartyTexts? party) =>
        party is null ? new Party(Erased, []) : new Party(party.Name, party.AddressLines, party.TaxId);
}

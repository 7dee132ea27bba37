using System.Globalization;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Access;
using Billing.Projections.Documents;
using NodaTime;

namespace Billing.Projections.Invoicing;

/// <summary>
/// An invoice as it is printed: the finalised facts and nothing that happened since, so that its PDF is the same bytes
/// forever. Whether it was paid is said where it is asked for, not on the document.
/// </summary>
public static class PrintedInvoice
{
    /// <summary>Stands where a text was erased.</summary>
    public const string Erased = "(erased)";

    /// <param name="paymentUrl">Where this invoice can be paid; null where the reader has no link.</param>
    /// <param name="isVoided">Marks the document; a voided invoice asks for nothing.</param>
    public static InvoiceModel Of(InvoiceEvent.InvoiceFinalized facts, string? paymentUrl = null, bool isVoided = false)
    {
        var currency = Currency.Of(facts.Currency);
        var language = DocumentLanguage.Of(facts.Language);
        var due = facts.DueMinor();
        var taxes = new PrintedTax(facts.Tax, language, currency);
        var fromRetainer = facts.RetainerAppliedMinor - (facts.Deposits ?? []).Sum(deposit => deposit.NetMinor + deposit.TaxMinor);
        return new InvoiceModel
        {
            Language = language,
            Style = StyleOf(facts),
            Words = DocumentWords.Of("invoice", language),
            Seller = PartyOf(facts.Texts?.Seller),
            Client = PartyOf(facts.Texts?.Client),
            Number = facts.Number,
            IssuedOn = facts.IssuedOn,
            DueOn = facts.DueOn,
            Instalments = [.. (facts.Instalments ?? []).Select(part => (part.DueOn, new Money(part.AmountMinor, currency)))],
            StatusMark = isVoided ? language.Word("void") : null,
            PurchaseOrder = facts.PurchaseOrder,
            Performed = facts.Tax is null || facts.Kind == InvoiceKind.Deposit ? null : Performed(facts.Lines, facts.IssuedOn),
            Lines = [.. Lines(facts).Where((_, i) => facts.Lines[i].Kind != LineKind.Tax)],
            Subtotal = new Money(facts.TotalMinor - (taxes.AreIncluded ? 0 : facts.TaxMinor()), currency),
            Taxes = taxes.Of(facts.Tax?.Parts ?? []),
            AmountsIncludeTax = taxes.AreIncluded,
            TaxTexts = taxes.Texts(facts.Tax?.Parts ?? []),
            Total = new Money(facts.TotalMinor, currency),
            Deposits = taxes.Deducted(facts.Deposits ?? []),
            RetainerApplied = fromRetainer == 0 ? null : new Money(fromRetainer, currency),
            CreditApplied = facts.CreditAppliedMinor is { } credit ? new Money(credit, currency) : null,
            BalanceDue = new Money(isVoided ? 0 : due, currency),
            RetainerBalanceAfter = facts.RetainerBalanceAfterMinor is { } left ? new Money(left, currency) : null,
            Notes = facts.Texts?.Note,
            RoundingRule = RulesInWords(facts, language),
            PaymentUrl = isVoided || due == 0 ? null : paymentUrl,
        };
    }

    /// <summary>As it was frozen: documents that follow from an invoice look like it.</summary>
    public static DocumentStyle StyleOf(InvoiceEvent.InvoiceFinalized facts) =>
        PrintedLook.Of(facts.Look, PartyOf(facts.Texts?.Seller).Name, DocumentLanguage.Of(facts.Language));

    /// <summary>The first and the last day of the work on some lines; the day of issue where there is none.</summary>
    public static (LocalDate From, LocalDate Through) Performed(IEnumerable<InvoiceLine> lines, LocalDate issuedOn)
    {
        var days = lines.SelectMany(line => line.Hours).Select(hour => hour.WorkedOn).DefaultIfEmpty(issuedOn).ToList();
        return (days.Min(), days.Max());
    }

    /// <summary>Every rule that time on the invoice was billed by; null where it bills none.</summary>
    private static string? RulesInWords(InvoiceEvent.InvoiceFinalized facts, DocumentLanguage language)
    {
        var charged = facts.Lines.Where(line => line.Kind == LineKind.Time && line.PerHourMinor != 0).ToList();
        var common = charged.Where(line => line.Rounding is null && line.MinimumSeconds is null).ToList();
        var rules = common.Count > 0 || charged.Count == 0 ? [RuleInWords(facts.Rounding, language)] : new List<string>();
        rules.AddRange(charged.Except(common)
            .Select(line => (
                Name: facts.Texts?.LineDescriptions[line.LineNumber - 1].Split(',')[0] ?? Erased,
                Rule: RuleInWords(line.Rounding ?? facts.Rounding, language), Minimum: MinimumInWords(line.MinimumSeconds, language)))
            .Distinct()
            .Select(rule => $"{rule.Name}: {rule.Minimum}{rule.Rule}"));
        return facts.Lines.Any(line => line.Kind == LineKind.Time) ? string.Join(' ', rules) : null;
    }

    private static string MinimumInWords(int? seconds, DocumentLanguage language) => seconds is { } least
        ? language.Word("minimum", ("time", PrintedText.OfDuration(least)))
        : "";

    /// <summary>The rounding policy as it is printed on the invoice.</summary>
    /// <param name="language">Null for the default.</param>
    public static string RuleInWords(RoundingPolicy policy, DocumentLanguage? language = null)
    {
        language ??= DocumentLanguage.Of(null);
        if (policy.IncrementSeconds == 0) return language.Word("rounding-exact");
        var increment = policy.IncrementSeconds % 60 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{policy.IncrementSeconds / 60} min")
            : string.Create(CultureInfo.InvariantCulture, $"{policy.IncrementSeconds} s");
        return language.Word(
            "rounding-rule", ("what", language.Word($"rounding-{policy.Scope}")),
            ("direction", language.Word($"rounding-{policy.Direction}")), ("increment", increment),
            ("half", policy.Direction == RoundingPolicy.Nearest ? language.Word("rounding-half") : ""));
    }

    /// <summary>Every line as it is printed, those of tax too, by its place on the invoice.</summary>
    internal static List<InvoiceLineModel> Lines(InvoiceEvent.InvoiceFinalized facts)
    {
        var (currency, language) = (Currency.Of(facts.Currency), DocumentLanguage.Of(facts.Language));
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
            lines.Add(new InvoiceLineModel(
                Description(facts, line, language), Quantity(line), UnitPrice(line, currency, language),
                new Money(line.InclusiveMinor ?? line.AmountMinor, currency), hours));
        }
        return lines;
    }

    private static string Description(InvoiceEvent.InvoiceFinalized facts, InvoiceLine line, DocumentLanguage language)
    {
        var text = facts.Texts?.LineDescriptions[line.LineNumber - 1] ?? Erased;
        return line.Kind switch
        {
            LineKind.Deposit => text.Length == 0 ? language.Word("deposit") : $"{language.Word("deposit")}: {text}",
            LineKind.Discount when line.DiscountBasisPoints is { } share => $"{language.Word("discount")} {language.Rate(share * 10)}",
            LineKind.Discount => language.Word("discount"),
            _ => text,
        };
    }

    private static string UnitPrice(InvoiceLine line, Currency currency, DocumentLanguage language) => line.PerHourMinor switch
    {
        null => "",
        0 => language.Word("no-charge"),
        { } rate => language.Price(new Money(rate, currency), line.SurchargeTenThousandths ?? 0),
    };

    private static string Quantity(InvoiceLine line) => line switch
    {
        { QuantitySeconds: { } seconds } => $"{PrintedText.OfDuration(seconds)} h",
        { Kind: LineKind.Discount } => "",
        _ => "1",
    };

    internal static Party PartyOf(PartyTexts? party) => party is null
        ? new Party(Erased, [])
        : new Party(party.Name, party.AddressLines, party.TaxId, party.VatId, party.TaxNumber);
}

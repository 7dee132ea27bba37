using Billing.Domain.Engagements;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>Agreed amounts as lines of an invoice, after its time and expenses and in the order in which they were said.</summary>
internal static class AgreedFees
{
    /// <summary>As many as a quote has lines.</summary>
    public const int Most = 100;

    public static IReadOnlyList<DescribedLine> Lines(InvoiceEvent.InvoiceDrafted draft) =>
        [.. (draft.Fees ?? []).Select((fee, i) => Line(fee, draft.FeeDescriptions?[i] ?? ""))];

    public static IReadOnlyList<DescribedLine> Lines(IReadOnlyList<FeeWish> fees) =>
        [.. fees.Select(fee => Line(Of(fee), fee.Description))];

    public static AgreedFee Of(FeeWish fee) => new(fee.Amount.Minor, fee.EngagementId);

    /// <summary>The fees of an invoice as they are frozen, to bill them anew; null for none.</summary>
    public static IReadOnlyList<AgreedFee>? Of(InvoiceEvent.InvoiceFinalized invoice) => FeesOf(invoice) is { Count: > 0 } lines
        ? [.. lines.Select(line => new AgreedFee(line.InclusiveMinor ?? line.AmountMinor, line.EngagementId))]
        : null;

    /// <summary>One for each of them; null where there are none, or their texts were erased.</summary>
    public static IReadOnlyList<string>? DescriptionsOf(InvoiceEvent.InvoiceFinalized invoice) =>
        FeesOf(invoice) is { Count: > 0 } lines && invoice.Texts is { } texts
            ? [.. lines.Select(line => texts.LineDescriptions[line.LineNumber - 1])]
            : null;

    /// <summary>Whether a draft's fees are those of a wish, to know a retry by.</summary>
    public static bool AreSame(InvoiceEvent.InvoiceDrafted draft, IReadOnlyList<FeeWish> fees) =>
        (draft.Fees ?? []).SequenceEqual(fees.Select(Of))
        && (draft.FeeDescriptions is null || draft.FeeDescriptions.SequenceEqual(fees.Select(fee => fee.Description)));

    /// <summary>Refuses: <c>amount-not-positive</c>, <c>amount-too-large</c>, <c>currency-mismatch</c>, what
    /// <see cref="Wording.RefuseName"/> refuses.</summary>
    public static Rejection? Refuse(IReadOnlyList<FeeWish> fees, Currency currency)
    {
        for (var i = 0; i < fees.Count; i++)
        {
            var (fee, field) = (fees[i], FormattableString.Invariant($"/fees/{i}"));
            if (Wording.RefuseName(fee.Description, $"{field}/description") is { } refusal) return refusal;
            if (!fee.Amount.IsPositive) return Invalid("amount-not-positive", "The amount must be more than zero.", $"{field}/amount");
            if (fee.Amount.Minor > Drafting.MaxDepositMinor)
                return Invalid("amount-too-large", "That is too much for one line.", $"{field}/amount");
            if (fee.Amount.Currency != currency)
                return Invalid("currency-mismatch", $"This client is billed in {currency}.", $"{field}/amount/currency");
        }
        return null;
    }

    /// <summary>Of an invoice's draft. Refuses what <see cref="Refuse(IReadOnlyList{FeeWish}, Currency)"/> does, and
    /// <c>too-many-fees</c>, <c>engagement-unknown</c>, <c>engagement-of-other-client</c>.</summary>
    public static Rejection? Refuse(IReadOnlyList<FeeWish> fees, BillingSources sources)
    {
        if (sources.Client.Details is not { } client) return null;
        if (fees.Count > Most) return Invalid("too-many-fees", $"There are at most {Most} fees.", "/fees");
        for (var i = 0; i < fees.Count; i++)
        {
            if (fees[i].EngagementId is not { } id) continue;
            var field = FormattableString.Invariant($"/fees/{i}/engagementId");
            if (sources.Engagements.GetValueOrDefault(id)?.Terms is not { } terms)
                return Engagement.NoSuchEngagement with { Field = field };
            if (terms.ClientId != client.ClientId)
                return new Rejection("engagement-of-other-client", "The fee's engagement is with another client. Leave it out.", field);
        }
        return Refuse(fees, client.Currency);
    }

    private static List<InvoiceLine> FeesOf(InvoiceEvent.InvoiceFinalized invoice) =>
        [.. invoice.Lines.Where(line => line.Kind == LineKind.Fee)];

    private static DescribedLine Line(AgreedFee fee, string description) => new(
        new InvoiceLine(0, LineKind.Fee, fee.EngagementId, null, null, fee.AmountMinor, [], null), description, []);

    private static Rejection Invalid(string code, string detail, string field) => new(code, detail, field, RejectionKind.Invalid);
}

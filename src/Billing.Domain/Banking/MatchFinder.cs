using Billing.Domain.Values;

namespace Billing.Domain.Banking;

/// <summary>
/// Looks for the invoices that an incoming amount might pay. It only proposes: nothing counts as paid before somebody says so.
/// </summary>
public static class MatchFinder
{
    private const int MostProposals = 5;

    /// <summary>The likeliest first; none where nothing speaks for any.</summary>
    public static IReadOnlyList<MatchProposal> Find(Money amount, string? payer, string? text, IEnumerable<OpenInvoice> invoices)
    {
        var open = invoices.Where(invoice => invoice.Open.Currency == amount.Currency && invoice.Open.IsPositive).ToList();
        var single = open.Select(invoice => (Invoice: invoice, Reasons: ReasonsFor(invoice, amount, payer, text)))
            .Where(found => found.Reasons.Count > 0)
            .Select(found => (
                Rank: RankOf(found.Reasons), found.Invoice.IssuedOn,
                Proposal: new MatchProposal([found.Invoice.InvoiceId], ConfidenceOf(found.Reasons), found.Reasons)));
        var whole = open.GroupBy(invoice => invoice.ClientId)
            .Where(client => client.Count() > 1 && Money.Sum(client.Select(i => i.Open), amount.Currency) == amount)
            .Select(client => (
                Invoices: client.OrderBy(i => i.IssuedOn).ThenBy(i => i.InvoiceId).ToList(), Reasons: ReasonsForAll(client, payer)))
            .Select(found => (
                Rank: RankOf(found.Reasons), found.Invoices[0].IssuedOn,
                Proposal: new MatchProposal(
                    [.. found.Invoices.Select(i => i.InvoiceId)], ConfidenceOf(found.Reasons), found.Reasons)));
        return
        [
            .. single.Concat(whole).OrderByDescending(found => found.Rank).ThenBy(found => found.IssuedOn)
                .ThenBy(found => found.Proposal.InvoiceIds[0]).Select(found => found.Proposal).Take(MostProposals),
        ];
    }

    private static List<string> ReasonsFor(OpenInvoice invoice, Money amount, string? payer, string? text)
    {
        var reasons = new List<string>();
        if (PaymentText.Names(text, invoice.Number) || PaymentText.Names(payer, invoice.Number)) reasons.Add(MatchReason.NumberInText);
        if (invoice.Open == amount) reasons.Add(MatchReason.AmountIsOpen);
        if (PaymentText.IsSameName(payer, invoice.ClientName)) reasons.Add(MatchReason.PayerIsClient);
        return reasons;
    }

    private static List<string> ReasonsForAll(IEnumerable<OpenInvoice> client, string? payer)
    {
        var reasons = new List<string> { MatchReason.AmountIsAllOpen };
        if (PaymentText.IsSameName(payer, client.First().ClientName)) reasons.Add(MatchReason.PayerIsClient);
        return reasons;
    }

    private static string ConfidenceOf(List<string> reasons) => RankOf(reasons) switch
    {
        >= 6 => MatchConfidence.Certain,
        >= 3 => MatchConfidence.Likely,
        _ => MatchConfidence.Possible,
    };

    /// <summary>A number outweighs the payer's name, and with the right amount nothing is left to doubt.</summary>
    private static int RankOf(List<string> reasons) => reasons.Sum(reason => reason switch
    {
        MatchReason.NumberInText => 4,
        MatchReason.AmountIsOpen or MatchReason.AmountIsAllOpen => 2,
        _ => 1,
    });
}

using Billing.Domain.Taxes;

namespace Billing.Projections.Tests.Given;

/// <summary>Estimates by another projection, reminders and links.</summary>
internal sealed partial class RandomHistory
{
    /// <summary>A chance of its own, so that the rest of a history stays as it is.</summary>
    private readonly Random filing = new(17);

    private void KeepTaxPolicy(string taxYear)
    {
        var (stream, link) = (TaxPolicy.Stream.Name(Ids.Of(1, 1)), New(22));
        Add(taxYear, new TaxYearEvent.EstimateGiven(New(23), "us-federal-2026.1", Day, events.Count, "own number", 9, 8, 7, Day, Now)
        {
            ProjectionCode = "own-number",
            OwnNetProfitMinor = filing.Next(9_999_999),
        });
        Add(stream, new TaxPolicyEvent.TaxRemindersSet(filing.Next(2) == 0 ? null : 7, "maya@juniper.example", Now));
        Add(stream, new TaxPolicyEvent.TaxLinkMade(
            link, TaxLinkKind.All[filing.Next(2)], Convert.ToHexStringLower(link.ToByteArray()), Now));
        if (filing.Next(2) == 0) Add(stream, new TaxPolicyEvent.TaxLinkRevoked(link, Now));
    }
}

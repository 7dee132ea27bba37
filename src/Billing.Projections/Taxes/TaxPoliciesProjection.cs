using Billing.Domain.Taxes;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Taxes;

/// <summary>Which practices are reminded; to whom is read from the stream.</summary>
internal sealed class TaxPolicyRow : Row
{
    public static readonly Shape<TaxPolicyRow> Shape = new Shape<TaxPolicyRow>("tax_policies", "book", "practice_id")
        .OptionalNumber("days_before", row => ref row.DaysBefore);

    public long? DaysBefore;
}

internal sealed class TaxLinkRow : Row
{
    public static readonly Shape<TaxLinkRow> Shape = new Shape<TaxLinkRow>("tax_links", "book", "link_id")
        .Text("opens", row => ref row.Opens)
        .Text("token_hash", row => ref row.TokenHash)
        .Instant("made_at", row => ref row.MadeAt)
        .OptionalInstant("revoked_at", row => ref row.RevokedAt)
        .Index("by_token", "(token_hash)");

    public string Opens = "";
    public string TokenHash = "";
    public Instant MadeAt;
    public Instant? RevokedAt;
}

internal sealed class TaxPoliciesProjection : Projection
{
    private readonly Table<IdKey, TaxPolicyRow> policies = new(TaxPolicyRow.Shape);
    private readonly Table<IdKey, TaxLinkRow> links = new(TaxLinkRow.Shape);

    public TaxPoliciesProjection()
    {
        On<TaxPolicyEvent.TaxRemindersSet>((fact, e) =>
            policies.ChangeOrAdd(new IdKey(fact.Book, fact.StreamId)).DaysBefore = e.DaysBefore);
        On<TaxPolicyEvent.TaxLinkMade>((fact, e) =>
        {
            var row = links.Add(new IdKey(fact.Book, e.LinkId));
            row.Opens = e.Opens;
            row.TokenHash = e.TokenHash;
            row.MadeAt = e.MadeAt;
        });
        On<TaxPolicyEvent.TaxLinkRevoked>((fact, e) =>
        {
            if (links.Change(new IdKey(fact.Book, e.LinkId)) is { } row) row.RevokedAt = e.RevokedAt;
        });
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [policies, links];
}

using Billing.Domain.Access;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;

namespace Billing.Projections.Access;

internal sealed class AccessProjection : Projection
{
    private readonly Table<BookKey, BusinessRow> businesses = new(BusinessRow.Shape);
    private readonly Table<IdKey, MemberRow> members = new(MemberRow.Shape);
    private readonly Table<IdKey, AccessTokenRow> tokens = new(AccessTokenRow.Shape);
    private readonly Table<IdKey, LinkedIdentityRow> identities = new(LinkedIdentityRow.Shape);

    public AccessProjection()
    {
        On<BusinessEvent.BusinessOpened>(Apply);
        On<BusinessEvent.BusinessDescribed>(Apply);
        On<BusinessEvent.BusinessMoved>(Apply);
        On<BusinessEvent.InvoicingPolicySet>(Apply);
        On<BusinessEvent.TimekeepingPolicySet>(Apply);
        On<BusinessEvent.PeriodLocked>(Apply);
        On<BusinessEvent.MemberAdded>(Apply);
        On<BusinessEvent.MemberMoved>(Apply);
        On<BusinessEvent.MemberLeft>(Apply);
        On<BusinessEvent.AccessTokenIssued>(Apply);
        On<BusinessEvent.AccessTokenRevoked>(Apply);
        On<BusinessEvent.IdentityLinked>(Apply);
        On<BusinessEvent.IdentityUnlinked>(Apply);
        // What is charged is read from the stream; only its version shows here.
        On<BusinessEvent.BusinessRateCardSet>((fact, _) => Business(fact));
        On<BusinessEvent.AssistantCostSet>((fact, _) => Business(fact));
        On<BusinessEvent.PracticeSurchargesSet>((fact, _) => Business(fact));
        On<BusinessEvent.LateFeePolicySet>((fact, _) => Business(fact));
        On<BusinessEvent.SalesTaxPolicySet>((fact, _) => Business(fact));
        On<BusinessEvent.EInvoicingSet>((fact, _) => Business(fact));
        On<BusinessEvent.AccentColourChosen>((fact, _) => Business(fact));
        On<BusinessEvent.LogoPlaced>((fact, _) => Business(fact));
        On<BusinessEvent.LogoTakenOff>((fact, _) => Business(fact));
        On<BusinessEvent.RatesShown>((fact, e) => ShowRates(fact, e.MemberId, seesRates: true));
        On<BusinessEvent.RatesHidden>((fact, e) => ShowRates(fact, e.MemberId, seesRates: false));
    }

    public override int Version => 6;

    public override IReadOnlyList<Table> Tables => [businesses, members, tokens, identities];

    private void Apply(Fact fact, BusinessEvent.BusinessOpened e)
    {
        var row = businesses.Add(new BookKey(fact.Book));
        row.BusinessId = e.BusinessId;
        row.Name = e.Name;
        row.TimeZone = e.TimeZone;
        row.Currency = e.Currency;
        row.OpenedAt = e.OpenedAt;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, BusinessEvent.BusinessDescribed e)
    {
        if (Business(fact) is not { } row) return;
        row.Name = e.Name;
        row.AddressLines = ListText.OfOptional(e.AddressLines);
        row.Email = e.Email;
        row.TaxId = e.TaxId;
    }

    private void Apply(Fact fact, BusinessEvent.BusinessMoved e)
    {
        if (Business(fact) is { } row) row.TimeZone = e.TimeZone;
    }

    private void Apply(Fact fact, BusinessEvent.InvoicingPolicySet e)
    {
        if (Business(fact) is not { } row) return;
        row.NumberPrefix = e.NumberPrefix;
        row.CreditNotePrefix = e.CreditNotePrefix;
        row.AppliesCredit = e.AppliesCredit ?? false;
        row.PaymentTermsDays = e.PaymentTermsDays;
        row.RoundingIncrementSeconds = e.Rounding.IncrementSeconds;
        row.RoundingDirection = e.Rounding.Direction;
        row.RoundingScope = e.Rounding.Scope;
    }

    private void Apply(Fact fact, BusinessEvent.TimekeepingPolicySet e)
    {
        if (Business(fact) is not { } row) return;
        row.WhileRunning = e.WhileRunning;
        row.ForgottenAfterSeconds = e.ForgottenAfterSeconds;
        row.CapSeconds = e.CapSeconds;
        row.WhenForgotten = e.WhenForgotten;
    }

    private void Apply(Fact fact, BusinessEvent.PeriodLocked e)
    {
        if (Business(fact) is not { } row) return;
        row.LockedThrough = e.Through;
        row.LockReason = e.Reason;
    }

    private void Apply(Fact fact, BusinessEvent.MemberAdded e)
    {
        Business(fact);
        var row = members.Add(new IdKey(fact.Book, e.MemberId));
        row.Name = e.Name;
        row.Role = e.Role;
        row.TimeZone = e.TimeZone;
        row.AddedAt = e.AddedAt;
    }

    private void Apply(Fact fact, BusinessEvent.MemberMoved e)
    {
        Business(fact);
        if (members.Change(new IdKey(fact.Book, e.MemberId)) is { } row) row.TimeZone = e.TimeZone;
    }

    private void Apply(Fact fact, BusinessEvent.MemberLeft e)
    {
        Business(fact);
        if (members.Change(new IdKey(fact.Book, e.MemberId)) is { } row) row.LeftAt = e.LeftAt;
    }

    private void ShowRates(Fact fact, Guid memberId, bool seesRates)
    {
        Business(fact);
        if (members.Change(new IdKey(fact.Book, memberId)) is { } row) row.SeesRates = seesRates;
    }

    private void Apply(Fact fact, BusinessEvent.AccessTokenIssued e)
    {
        Business(fact);
        var row = tokens.Add(new IdKey(fact.Book, e.TokenId));
        row.MemberId = e.MemberId;
        row.TokenHash = e.TokenHash;
        row.Label = e.Label;
        row.IssuedAt = e.IssuedAt;
        row.ExpiresAt = e.ExpiresAt;
        row.Scopes = e.Scopes;
    }

    private void Apply(Fact fact, BusinessEvent.AccessTokenRevoked e)
    {
        Business(fact);
        if (tokens.Change(new IdKey(fact.Book, e.TokenId)) is { } row) row.RevokedAt = e.RevokedAt;
    }

    private void Apply(Fact fact, BusinessEvent.IdentityLinked e)
    {
        Business(fact);
        var row = identities.Add(new IdKey(fact.Book, e.LinkId));
        row.MemberId = e.MemberId;
        row.IdentityHash = e.IdentityHash;
        row.Issuer = e.Issuer;
        row.Subject = e.Subject;
        row.LinkedAt = e.LinkedAt;
    }

    private void Apply(Fact fact, BusinessEvent.IdentityUnlinked e)
    {
        Business(fact);
        if (identities.Change(new IdKey(fact.Book, e.LinkId)) is { } row) row.UnlinkedAt = e.UnlinkedAt;
    }

    /// <summary>Every event of the stream moves its version on.</summary>
    private BusinessRow? Business(Fact fact)
    {
        var row = businesses.Change(new BookKey(fact.Book));
        if (row is not null) row.Version = fact.Version;
        return row;
    }
}

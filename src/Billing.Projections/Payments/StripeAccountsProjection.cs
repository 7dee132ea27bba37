using Billing.Domain.Payments;
using Billing.Projections.Rows;
using Billing.Projections.Running;

namespace Billing.Projections.Payments;

/// <summary>Whose an account at Stripe is. How it stands is read from the practice's own stream.</summary>
internal sealed class StripeAccountRow : Row
{
    public static readonly Shape<StripeAccountRow> Shape = new Shape<StripeAccountRow>("stripe_accounts", "book", "account_id")
        .Flag("is_revoked", row => ref row.IsRevoked)
        .Index("by_account", "(account_id)");

    public bool IsRevoked;
}

internal sealed class StripeAccountsProjection : Projection
{
    private readonly Table<NameKey, StripeAccountRow> accounts = new(StripeAccountRow.Shape);

    public StripeAccountsProjection()
    {
        On<StripeAccountEvent.StripeAccountConnected>((fact, e) => accounts.ChangeOrAdd(new NameKey(fact.Book, e.AccountId)));
        On<StripeAccountEvent.StripeAccountReviewed>((fact, e) => Change(fact, e.AccountId, isRevoked: false));
        On<StripeAccountEvent.StripeAccountRevoked>((fact, e) => Change(fact, e.AccountId, isRevoked: true));
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [accounts];

    private void Change(Fact fact, string accountId, bool isRevoked) =>
        accounts.ChangeOrAdd(new NameKey(fact.Book, accountId)).IsRevoked = isRevoked;
}

using Billing.Domain.Payments;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Payments;

/// <summary>Whose invoices are worth a look. What holds is decided on the client's own stream.</summary>
internal sealed class CollectionRow : Row
{
    public static readonly Shape<CollectionRow> Shape = new Shape<CollectionRow>("collections", "book", "client_id")
        .OptionalText("customer_id", row => ref row.CustomerId)
        .Flag("is_off", row => ref row.IsOff)
        .OptionalText("collects_on", row => ref row.CollectsOn)
        .OptionalInstant("agreed_since", row => ref row.AgreedSince)
        .Number("kept_methods", row => ref row.KeptMethods)
        .Index("by_customer", "(customer_id) WHERE customer_id IS NOT NULL");

    public string? CustomerId;
    public bool IsOff;

    /// <summary>As the client agreed last; null while no agreement stands.</summary>
    public string? CollectsOn;
    public Instant? AgreedSince;

    /// <summary>How many methods Stripe keeps.</summary>
    public long KeptMethods;
}

internal sealed class CollectionsProjection : Projection
{
    private readonly Table<IdKey, CollectionRow> collections = new(CollectionRow.Shape);

    public CollectionsProjection()
    {
        On<CollectionEvent.CollectionOffered>((fact, _) => Change(fact, row => row.IsOff = false));
        On<CollectionEvent.CollectionTurnedOff>((fact, _) => Change(fact, row => row.IsOff = true));
        On<CollectionEvent.StripeCustomerMade>((fact, e) => Change(fact, row => row.CustomerId = e.CustomerId));
        On<CollectionEvent.CollectionAgreed>((fact, e) => Change(fact, row =>
        {
            row.CollectsOn = e.CollectsOn;
            row.AgreedSince ??= e.AgreedAt;
        }));
        On<CollectionEvent.CollectionWithdrawn>((fact, _) => Change(fact, row => (row.CollectsOn, row.AgreedSince) = (null, null)));
        On<CollectionEvent.PaymentMethodSaved>((fact, _) => Change(fact, row => row.KeptMethods++));
        On<CollectionEvent.PaymentMethodGone>((fact, _) => Change(fact, row => row.KeptMethods--));
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [collections];

    private void Change(Fact fact, Action<CollectionRow> change)
    {
        var key = new IdKey(fact.Book, fact.StreamId);
        change(collections.Change(key) ?? collections.Add(key));
    }
}

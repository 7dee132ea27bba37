using Billing.Domain.Payments;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Payments;

internal sealed class PayoutRow : Row
{
    public static readonly Shape<PayoutRow> Shape = new Shape<PayoutRow>("payouts", "book", "payout_id")
        .Text("stripe_payout_id", row => ref row.StripePayoutId)
        .Number("amount_minor", row => ref row.AmountMinor)
        .Number("other_minor", row => ref row.OtherMinor)
        .Text("currency", row => ref row.Currency)
        .Date("arrived_on", row => ref row.ArrivedOn)
        .Number("part_count", row => ref row.PartCount)
        .OptionalDate("failed_on", row => ref row.FailedOn)
        .OptionalText("failure", row => ref row.Failure);

    public string StripePayoutId = "";
    public long AmountMinor;
    public long OtherMinor;
    public string Currency = "";
    public LocalDate ArrivedOn;
    public long PartCount;
    public LocalDate? FailedOn;
    public string? Failure;
}

internal sealed class PayoutsProjection : Projection
{
    private readonly Table<IdKey, PayoutRow> payouts = new(PayoutRow.Shape);

    public PayoutsProjection()
    {
        On<PayoutEvent.PayoutArrived>(Apply);
        On<PayoutEvent.PayoutFailed>(Apply);
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [payouts];

    private void Apply(Fact fact, PayoutEvent.PayoutArrived e)
    {
        var row = payouts.Add(new IdKey(fact.Book, e.PayoutId));
        row.StripePayoutId = e.StripePayoutId;
        row.AmountMinor = e.AmountMinor;
        row.OtherMinor = e.OtherMinor;
        row.Currency = e.Currency;
        row.ArrivedOn = e.ArrivedOn;
        row.PartCount = e.Parts.Count;
    }

    private void Apply(Fact fact, PayoutEvent.PayoutFailed e)
    {
        if (payouts.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        row.FailedOn = e.FailedOn;
        row.Failure = e.Reason;
    }
}

using Billing.Domain.SalesTax;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.SalesTax;

internal sealed class SalesTaxPaymentRow : Row
{
    public static readonly Shape<SalesTaxPaymentRow> Shape = new Shape<SalesTaxPaymentRow>("sales_tax_payments", "book", "payment_id")
        .Number("amount_minor", row => ref row.AmountMinor)
        .Text("currency", row => ref row.Currency)
        .Date("paid_on", row => ref row.PaidOn)
        .Text("period", row => ref row.Period)
        .OptionalText("reference", row => ref row.Reference)
        .Number("version", row => ref row.Version);

    /// <summary>Below zero for what the office paid.</summary>
    public long AmountMinor;

    public string Currency = "";
    public LocalDate PaidOn;
    public string Period = "";
    public string? Reference;
    public long Version;
}

internal sealed class SalesTaxPaymentsProjection : Projection
{
    private readonly Table<IdKey, SalesTaxPaymentRow> payments = new(SalesTaxPaymentRow.Shape);

    public SalesTaxPaymentsProjection()
    {
        On<SalesTaxPaymentEvent.SalesTaxPaymentRecorded>((fact, e) =>
        {
            var row = payments.Add(new IdKey(fact.Book, e.PaymentId));
            row.Currency = e.Currency;
            Say(row, fact, e.AmountMinor, e.PaidOn, e.Period, e.Reference);
        });
        On<SalesTaxPaymentEvent.SalesTaxPaymentCorrected>((fact, e) =>
        {
            if (payments.Change(new IdKey(fact.Book, fact.StreamId)) is { } row)
                Say(row, fact, e.AmountMinor, e.PaidOn, e.Period, e.Reference);
        });
        On<SalesTaxPaymentEvent.SalesTaxPaymentRemoved>((fact, _) => payments.Remove(new IdKey(fact.Book, fact.StreamId)));
    }

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [payments];

    private static void Say(
        SalesTaxPaymentRow row, Fact fact, long amountMinor, LocalDate paidOn, string period, string? reference)
    {
        row.AmountMinor = amountMinor;
        row.PaidOn = paidOn;
        row.Period = period;
        row.Reference = reference;
        row.Version = fact.Version;
    }
}

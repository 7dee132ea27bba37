using Billing.Domain.Retainers;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Retainers;

internal sealed class RetainerRow : Row
{
    public static readonly Shape<RetainerRow> Shape = new Shape<RetainerRow>("retainers", "book", "retainer_id")
        .Id("client_id", row => ref row.ClientId)
        .Text("currency", row => ref row.Currency)
        .OptionalText("name", row => ref row.Name)
        .Text("engagement_ids", row => ref row.EngagementIds)
        .Number("funded_minor", row => ref row.FundedMinor)
        .Number("drawn_minor", row => ref row.DrawnMinor)
        .Number("refunded_minor", row => ref row.RefundedMinor)
        .Number("tax_left_minor", row => ref row.TaxLeftMinor)
        .Number("refund_due_minor", row => ref row.RefundDueMinor)
        .Text("kind", row => ref row.Kind)
        .Flag("automatic", row => ref row.Automatic)
        .OptionalDate("last_day", row => ref row.LastDay)
        .Instant("agreed_at", row => ref row.AgreedAt)
        .Number("version", row => ref row.Version);

    public Guid ClientId;
    public string Currency = "";
    public string? Name;
    public string EngagementIds = "";
    public long FundedMinor;
    public long DrawnMinor;
    public long RefundedMinor;
    public long TaxLeftMinor;

    /// <summary>Of what was refunded: what did not go out yet.</summary>
    public long RefundDueMinor;

    public string Kind = RetainerKind.PrepaidMoney;
    public bool Automatic;
    public LocalDate? LastDay;
    public Instant AgreedAt;
    public long Version;
}

internal sealed class RetainerLotRow : Row
{
    public static readonly Shape<RetainerLotRow> Shape = new Shape<RetainerLotRow>("retainer_lots", "book", "lot_id")
        .Id("retainer_id", row => ref row.RetainerId)
        .Id("invoice_id", row => ref row.InvoiceId)
        .Id("payment_id", row => ref row.PaymentId)
        .Date("funded_on", row => ref row.FundedOn)
        .Number("funded_minor", row => ref row.FundedMinor)
        .Number("drawn_minor", row => ref row.DrawnMinor)
        .Number("refunded_minor", row => ref row.RefundedMinor)
        .Number("tax_left_minor", row => ref row.TaxLeftMinor)
        .Index("by_retainer", "(book, retainer_id)");

    public Guid RetainerId;
    public Guid InvoiceId;
    public Guid PaymentId;
    public LocalDate FundedOn;
    public long FundedMinor;
    public long DrawnMinor;
    public long RefundedMinor;

    /// <summary>Sales tax that was charged with what is left.</summary>
    public long TaxLeftMinor;
}

internal sealed class RetainersProjection : Projection
{
    private readonly Table<IdKey, RetainerRow> retainers = new(RetainerRow.Shape);
    private readonly Table<IdKey, RetainerLotRow> lots = new(RetainerLotRow.Shape);

    public RetainersProjection()
    {
        On<RetainerEvent.RetainerAgreed>(Apply);
        On<RetainerEvent.RetainerFunded>(Apply);
        On<RetainerEvent.RetainerDrawn>((fact, e) => Move(fact, e.AmountMinor, e.Lots, sign: 1));
        On<RetainerEvent.RetainerDrawReversed>((fact, e) => Move(fact, e.AmountMinor, e.Lots, sign: -1));
        On<RetainerEvent.RetainerTermsSet>(Apply);
        On<RetainerEvent.RetainerHoursBought>((fact, _) => Retainer(fact));
        On<RetainerEvent.RetainerRenewed>((fact, _) => Retainer(fact));
        On<RetainerEvent.RetainerOverageApproved>((fact, _) => Retainer(fact));
        On<RetainerEvent.RetainerTopUpRequested>((fact, _) => Retainer(fact));
        On<RetainerEvent.RetainerFeeRequested>((fact, _) => Retainer(fact));
        On<RetainerEvent.RetainerRefunded>(Apply);
        On<RetainerEvent.RetainerRefundSettled>(Apply);
        On<RetainerEvent.RetainerFundingTakenBack>(Apply);
        On<RetainerEvent.RetainerHoursDrawn>((fact, _) => Retainer(fact));
        On<RetainerEvent.RetainerHoursReversed>((fact, _) => Retainer(fact));
        On<RetainerEvent.RetainerClosed>(Apply);
    }

    public override int Version => 4;

    public override IReadOnlyList<Table> Tables => [retainers, lots];

    private void Apply(Fact fact, RetainerEvent.RetainerAgreed e)
    {
        var row = retainers.Add(new IdKey(fact.Book, e.RetainerId));
        row.ClientId = e.ClientId;
        row.Currency = e.Currency;
        row.Name = e.Name;
        row.EngagementIds = ListText.Of(e.EngagementIds);
        row.AgreedAt = e.AgreedAt;
        row.Version = fact.Version;
    }

    private void Apply(Fact fact, RetainerEvent.RetainerFunded e)
    {
        if (Retainer(fact) is not { } retainer) return;
        retainer.FundedMinor += e.AmountMinor;
        retainer.TaxLeftMinor += e.Tax?.TaxMinor ?? 0;
        var lot = lots.Add(new IdKey(fact.Book, e.LotId));
        lot.RetainerId = fact.StreamId;
        lot.InvoiceId = e.InvoiceId;
        lot.PaymentId = e.PaymentId;
        lot.FundedOn = e.FundedOn;
        lot.FundedMinor = e.AmountMinor;
        lot.TaxLeftMinor = e.Tax?.TaxMinor ?? 0;
    }

    /// <summary>What was agreed last; from when on it holds is the account's to know.</summary>
    private void Apply(Fact fact, RetainerEvent.RetainerTermsSet e)
    {
        if (Retainer(fact) is not { } retainer) return;
        retainer.Kind = e.Terms.Kind;
        retainer.Automatic = e.Terms.Automatic;
    }

    private void Apply(Fact fact, RetainerEvent.RetainerRefunded e)
    {
        if (Retainer(fact) is not { } retainer) return;
        foreach (var refund in e.Lots)
        {
            retainer.RefundedMinor += refund.AmountMinor;
            retainer.RefundDueMinor += refund.AmountMinor;
            if (lots.Change(new IdKey(fact.Book, refund.LotId)) is { } lot) lot.RefundedMinor += refund.AmountMinor;
        }
    }

    private void Apply(Fact fact, RetainerEvent.RetainerRefundSettled e)
    {
        if (Retainer(fact) is { } retainer) retainer.RefundDueMinor -= e.Deposits.Sum(deposit => deposit.AmountMinor);
    }

    private void Apply(Fact fact, RetainerEvent.RetainerFundingTakenBack e)
    {
        if (Retainer(fact) is not { } retainer) return;
        foreach (var taken in e.Lots)
        {
            retainer.RefundedMinor += taken.AmountMinor;
            retainer.TaxLeftMinor -= taken.TaxMinor ?? 0;
            if (lots.Change(new IdKey(fact.Book, taken.LotId)) is not { } lot) continue;
            lot.RefundedMinor += taken.AmountMinor;
            lot.TaxLeftMinor -= taken.TaxMinor ?? 0;
        }
    }

    private void Apply(Fact fact, RetainerEvent.RetainerClosed e)
    {
        if (Retainer(fact) is { } retainer) retainer.LastDay = e.LastDay;
    }

    private void Move(Fact fact, long amountMinor, IReadOnlyList<LotDraw> draws, int sign)
    {
        if (Retainer(fact) is not { } retainer) return;
        retainer.DrawnMinor += sign * amountMinor;
        foreach (var draw in draws)
        {
            retainer.TaxLeftMinor -= sign * (draw.TaxMinor ?? 0);
            if (lots.Change(new IdKey(fact.Book, draw.LotId)) is not { } lot) continue;
            lot.DrawnMinor += sign * draw.AmountMinor;
            lot.TaxLeftMinor -= sign * (draw.TaxMinor ?? 0);
        }
    }

    private RetainerRow? Retainer(Fact fact)
    {
        var row = retainers.Change(new IdKey(fact.Book, fact.StreamId));
        if (row is not null) row.Version = fact.Version;
        return row;
    }
}

using Billing.Api.Retainers;
using Billing.Domain.Quotes;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Exchange.Tables;

/// <summary>Retainers with what was paid in and given back and their periods, and quotes.</summary>
internal static class AgreementTables
{
    public static IEnumerable<CsvTable> Retainers(BookNames names)
    {
        var table = new CsvTable(
            "retainers", "retainer_id", "name", "client_id", "client", "kind", "currency", "funded", "balance", "agreed_at", "last_day");
        var lots = new CsvTable(
            "retainer_lots", "lot_id", "retainer_id", "funded_on", "funded", "left", "tax_left", "currency", "invoice_id", "invoice_number",
            "payment_id");
        var refunds = new CsvTable(
            "retainer_refunds", "refund_id", "retainer_id", "refunded_on", "amount", "currency", "settled_on", "method", "reference");
        foreach (var retainer in names.Book.Retainers.OrderBy(retainer => retainer.Key).Select(retainer => retainer.Value)
            .OfType<RetainerState.Agreed>())
        {
            table.Add(
                retainer.RetainerId, retainer.Name, retainer.ClientId, names.Client(retainer.ClientId),
                retainer.Terms[^1].Terms.Kind, retainer.Currency.Code, In(retainer.Lots.Sum(lot => lot.FundedMinor)),
                In(retainer.BalanceMinor), retainer.AgreedAt, retainer.LastDay);
            foreach (var lot in retainer.Lots)
            {
                lots.Add(
                    lot.LotId, retainer.RetainerId, lot.FundedOn, In(lot.FundedMinor), In(lot.LeftMinor),
                    In(lot.TaxLeftMinor), retainer.Currency.Code, lot.InvoiceId, names.InvoiceNumber(lot.InvoiceId),
                    lot.PaymentId);
            }
            foreach (var refund in RetainerRefundView.Of(retainer))
            {
                refunds.Add(
                    refund.RefundId, retainer.RetainerId, refund.RefundedOn, refund.Amount, retainer.Currency.Code, refund.SettledOn,
                    refund.Method, refund.Reference);
            }
            Money In(long minor) => new(minor, retainer.Currency);
        }
        return [table, lots, refunds];
    }

    /// <param name="retainers">As they stand on the day of the export.</param>
    public static CsvTable Periods(IEnumerable<RetainerOnDay> retainers)
    {
        var table = new CsvTable(
            "retainer_periods", "retainer_id", "from", "through", "counts", "brought_forward", "granted", "used", "used_from_lots",
            "billed", "carried", "stopped", "expired", "refunded", "carried_forward", "fee", "cost", "currency");
        foreach (var retainer in retainers)
        {
            foreach (var period in retainer.Account.Periods.Select(period => PeriodView.Of(period, retainer.State.Currency)))
            {
                table.Add(
                    retainer.State.RetainerId, period.From, period.Through,
                    period.Used.Seconds is null ? "money" : "seconds", In(period.BroughtForward), In(period.Granted), In(period.Used),
                    In(period.UsedFromLots), In(period.Billed), In(period.Carried), In(period.Stopped), In(period.Expired),
                    In(period.Refunded), period.CarriedForward is { } forward ? In(forward) : default, period.Fee,
                    period.Cost, retainer.State.Currency.Code);
            }
        }
        return table;
    }

    /// <param name="quotes">In the order of their ids.</param>
    public static IEnumerable<CsvTable> Quotes(BookNames names, IReadOnlyDictionary<Guid, QuoteState> quotes, LocalDate day)
    {
        var table = new CsvTable(
            "quotes", "quote_id", "number", "revision", "status", "client_id", "client", "title", "currency", "total", "valid_until",
            "sent_on", "accepted_on", "accepted_total", "declined_on", "became_engagement_id", "became_invoice_id");
        var lines = new CsvTable(
            "quote_lines", "quote_id", "line", "description", "quantity", "unit_price", "amount", "currency", "is_optional");
        foreach (var (id, quote) in quotes)
        {
            var currency = quote.Currency;
            table.Add(
                id, quote.Sent?.Number, quote.Revision, quote.StatusOn(day), quote.Drafted?.ClientId,
                names.Client(quote.Drafted?.ClientId), quote.Content.Title, currency.Code, In(quote.Content.TotalMinor),
                quote.Content.ValidUntil, quote.Sent?.SentOn, quote.Accepted?.AcceptedOn, In(quote.Accepted?.TotalMinor),
                quote.Declined?.DeclinedOn, quote.Turned?.EngagementId, quote.Turned?.InvoiceId);
            foreach (var (line, description) in quote.Content.Described)
            {
                lines.Add(
                    id, line.LineNumber, description, Cell.Decimal(line.QuantityThousandths / 1000m, 3), In(line.UnitPriceMinor),
                    In(line.AmountMinor), currency.Code, line.IsOptional);
            }
            Money? In(long? minor) => BookNames.Amount(minor, currency);
        }
        return [table, lines];
    }

    private static Cell In(Quantity quantity) => quantity.Seconds is { } seconds ? seconds : quantity.Amount;
}

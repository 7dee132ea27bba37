using System.Text.Json.Nodes;

namespace Billing.StripeStandIn.Objects;

/// <summary>
/// What a charge or refund did to the account's balance. The stand-in settles in the currency paid, so there is
/// never an exchange rate.
/// </summary>
internal static class BalanceTransactionShape
{
    private const long TwoDaysSeconds = 2 * 86_400;

    /// <param name="source">The charge or refund.</param>
    /// <param name="type">Stripe's <c>type</c>: <c>charge</c>, <c>payment</c>, <c>refund</c> and so on.</param>
    /// <param name="amountMinor">Gross; negative where money leaves.</param>
    /// <param name="feeMinor">Taken by Stripe; net is amount minus fee.</param>
    /// <param name="nowUnix">Of the booking.</param>
    public static JsonObject New(JsonObject source, string type, long amountMinor, long feeMinor, long nowUnix)
    {
        var currency = source.Text("currency");
        var fees = new JsonArray();
        if (feeMinor != 0) fees.Add(ProcessingFee(feeMinor, currency, type));
        return new JsonObject
        {
            ["id"] = StripeId.BalanceTransaction(),
            ["object"] = "balance_transaction",
            ["amount"] = amountMinor,
            ["available_on"] = nowUnix + TwoDaysSeconds,
            ["balance_type"] = "payments",
            ["created"] = nowUnix,
            ["currency"] = currency,
            ["description"] = source.TextOrNull("description"),
            ["exchange_rate"] = null,
            ["fee"] = feeMinor,
            ["fee_details"] = fees,
            ["net"] = amountMinor - feeMinor,
            ["reporting_category"] = type switch
            {
                "payment" => "charge",
                "payment_refund" => "refund",
                "payout_failure" => "payout_reversal",
                _ => type,
            },
            ["source"] = source.Id(),
            ["status"] = "pending",
            ["type"] = type,
        };
    }

    private static JsonObject ProcessingFee(long feeMinor, string currency, string type) => new()
    {
        ["amount"] = feeMinor,
        ["application"] = null,
        ["currency"] = currency,
        ["description"] = type == "adjustment" ? "Dispute fee" : "Stripe processing fees",
        ["type"] = "stripe_fee",
    };
}

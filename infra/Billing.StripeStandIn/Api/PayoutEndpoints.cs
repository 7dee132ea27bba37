using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary><c>/v1/payouts</c> and the list of balance transactions, to read.</summary>
internal static class PayoutEndpoints
{
    private const string Path = "/v1/payouts", Booked = "/v1/balance_transactions";

    public static IEnumerable<ApiEndpoint> All =>
    [
        new("GET", Path, "payout", ListParameters, List),
        new("GET", $"{Path}/{{id}}", "payout", [Parameter.Expand], Get),
        new("GET", Booked, "balance_transaction", BookedParameters, Transactions),
    ];

    private static IReadOnlyList<Parameter> ListParameters =>
    [
        .. Parameter.Paging, Parameter.Created, new Parameter.Choice("status", "pending", "paid", "failed", "canceled"),
        new Parameter.NotSimulated("arrival_date"), new Parameter.NotSimulated("destination"),
    ];

    private static IReadOnlyList<Parameter> BookedParameters =>
    [
        .. Parameter.Paging, Parameter.Created, new Parameter.Text("payout"), new Parameter.Text("source"), new Parameter.Text("type"),
        new Parameter.CurrencyCode("currency"),
    ];

    private static Answer Get(ApiRequest request) => request.Account.Find("payout", request.Id) is { } payout
        ? Expansion.Expand(request.Account, payout, request.Form)
        : StripeError.NoSuch("payout", request.Id);

    private static Answer List(ApiRequest request)
    {
        var payouts = request.Account.All("payout").Reverse()
            .Where(payout => Lists.MadeWithin(request.Form, payout))
            .Where(payout => Lists.Fits(request.Form, payout, "status"))
            .ToList();
        return Lists.Page(request, payouts, Path);
    }

    private static Answer Transactions(ApiRequest request)
    {
        var form = request.Form;
        if (form.Text("payout") is { } payoutId && request.Account.Find("payout", payoutId) is null)
            return StripeError.NoSuch("payout", payoutId, "payout");
        var booked = request.Account.All("balance_transaction").Reverse()
            .Where(transaction => Lists.MadeWithin(form, transaction))
            .Where(transaction => Lists.Fits(form, transaction, "source"))
            .Where(transaction => Lists.Fits(form, transaction, "type"))
            .Where(transaction => Lists.Fits(form, transaction, "currency"))
            .Where(transaction => form.Text("payout") is not { } id
                || request.Account.IsPaidOutBy(transaction["id"]!.GetValue<string>(), id))
            .ToList();
        return Lists.Page(request, booked, Booked);
    }
}

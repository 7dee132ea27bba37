using System.Text.Json.Nodes;
using Billing.StripeStandIn.Control;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;
using Microsoft.AspNetCore.Http;

namespace Billing.StripeStandIn.Pages;

/// <summary>
/// The payer's side: <c>GET /pay/{session}</c> shows the page, its buttons post back to the same address. A
/// payment ends in a redirect (303) to the session's success URL. Works without script.
/// </summary>
internal sealed class CheckoutPages(Sandbox sandbox, CheckoutControl checkout)
{
    public const string Path = "/pay/";

    public async Task Handle(HttpContext http)
    {
        var id = http.Request.Path.ToString()[Path.Length..];
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        if (http.Request.Method == "POST") await Act(http, id);
        else await Show(http, id, notice: null, status: 200);
    }

    private async Task Act(HttpContext http, string id)
    {
        using var reader = new StreamReader(http.Request.Body);
        var form = FormNode.Read(await reader.ReadToEndAsync(http.RequestAborted));
        var action = form.Text("action") ?? "";
        if (checkout.Try(id, (account, session) => Step(action, account, session, form.Text("email"))) is { } error)
        {
            await Show(http, id, error.Message, error.Status == 404 ? 404 : 409);
            return;
        }
        switch (action)
        {
            case "pay" or "bank":
                http.Response.StatusCode = StatusCodes.Status303SeeOther;
                http.Response.Headers.Location = SuccessUrl(id);
                break;
            case "decline":
                await Show(http, id, "Your card was declined. Try another way to pay.", 402);
                break;
            default:
                await Show(http, id, notice: null, status: 200);
                break;
        }
    }

    private StripeError? Step(string action, StripeAccount account, JsonObject session, string? email) =>
        action switch
        {
            "pay" => CheckoutFlow.Pay(sandbox, account, session, email),
            "decline" => CheckoutFlow.Decline(sandbox, account, session, email),
            "bank" => CheckoutFlow.PayByBank(sandbox, account, session, email),
            "settle" => CheckoutFlow.SettleBank(sandbox, account, session),
            "fail" => CheckoutFlow.FailBank(sandbox, account, session),
            _ => StripeError.Invalid("The page has no such button."),
        };

    private string SuccessUrl(string id)
    {
        lock (sandbox.Gate)
        {
            var session = sandbox.Holder("checkout.session", id)!.Find(id)!;
            return session.Text("success_url").Replace("{CHECKOUT_SESSION_ID}", id, StringComparison.Ordinal);
        }
    }

    private Task Show(HttpContext http, string id, string? notice, int status)
    {
        string page;
        lock (sandbox.Gate)
        {
            sandbox.CatchUp();
            if (sandbox.Holder("checkout.session", id) is not { } account)
            {
                status = 404;
                page = CheckoutPage.Missing();
            }
            else
            {
                var session = account.Find(id)!;
                if (session.Text("status") == "expired") status = status == 200 ? 410 : status;
                page = CheckoutPage.Show(session, account.Checkout(id).LineItems, IsPending(account, session), notice);
            }
        }
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(page, http.RequestAborted);
    }

    private static bool IsPending(StripeAccount account, JsonObject session) =>
        session.TextOrNull("payment_intent") is { } id && account.Find(id)!.Text("status") == "processing";
}

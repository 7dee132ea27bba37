using System.Globalization;
using System.Text.Json.Nodes;
using Billing.StripeStandIn.Webhooks;
using Billing.StripeStandIn.Wire;
using Microsoft.AspNetCore.Http;

namespace Billing.StripeStandIn.Control;

/// <summary>
/// The controls over HTTP: <c>POST /_control/{name}</c> with a form, under the same bearer key as the API, and
/// <c>GET /_control/webhooks</c> for the deliveries. For scripts and for tests in another process.
/// </summary>
internal sealed class ControlEndpoints(
    string apiKey, CheckoutControl checkout, ConnectControl connect, WebhookControl webhooks, FaultControl faults)
{
    public async Task Handle(HttpContext http)
    {
        if (http.Request.Headers.Authorization != $"Bearer {apiKey}")
        {
            await Write(http, 401, Problem("Send the API key as a bearer token."));
            return;
        }
        var name = http.Request.Path.ToString()["/_control/".Length..];
        if (http.Request.Method == "GET" && name == "webhooks")
        {
            await Write(http, 200, Deliveries());
            return;
        }
        using var reader = new StreamReader(http.Request.Body);
        var form = FormNode.Read(await reader.ReadToEndAsync(http.RequestAborted));
        var (status, body) = http.Request.Method == "POST" ? Do(name, form) : (405, Problem("POST a control."));
        await Write(http, status, body);
    }

    private (int Status, JsonNode Body) Do(string name, FormNode form)
    {
        try
        {
            return Run(name, form)
                ? (200, new JsonObject { ["done"] = name })
                : (404, Problem($"There is no control {name}."));
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or ArgumentException or FormatException)
        {
            // The in-process controls throw where the state or an argument doesn't fit.
            return (409, Problem(refusal.Message));
        }
    }

    private bool Run(string name, FormNode form)
    {
        Action? control = name switch
        {
            "sessions/pay" => () => checkout.Pay(Id(form), form.Text("email")),
            "sessions/decline" => () => checkout.Decline(Id(form), form.Text("email")),
            "sessions/pay-by-bank" => () => checkout.PayByBank(Id(form), form.Text("email")),
            "sessions/settle-bank" => () => checkout.SettleBank(Id(form)),
            "sessions/fail-bank" => () => checkout.FailBank(Id(form)),
            "sessions/expire" => () => checkout.Expire(Id(form)),
            "sessions/release-balance-transaction" => () => checkout.ReleaseBalanceTransaction(Id(form)),
            "sessions/hold-balance-transactions" => () => checkout.HoldBalanceTransactions = form.Text("on") != "false",
            "refunds/settle" => () => checkout.SettleRefund(Id(form)),
            "refunds/fail" => () => checkout.FailRefund(Id(form), form.Text("reason") ?? "expired_or_canceled_card"),
            "sessions/refund" => () => checkout.Refund(Id(form), form.Text("amount") is null ? null : Whole(form, "amount", 0)),
            "sessions/dispute" => () => checkout.Dispute(
                Id(form), form.Text("reason") ?? "fraudulent", form.Text("inquiry") == "true"),
            "disputes/answer" => () => checkout.AnswerDispute(Id(form)),
            "disputes/close" => () => checkout.CloseDispute(Id(form), form.Text("won") == "true"),
            "payouts/start" => () => checkout.StartPayout(form.Text("currency") ?? "usd", form.Text("account")),
            "accounts/submit" => () => connect.Submit(
                Id(form), form.Text("charges") != "false", form.Text("payouts") != "false", form.Values("due")),
            "accounts/restrict" => () => connect.Restrict(Id(form), form.Values("due")),
            "accounts/revoke" => () => connect.Revoke(Id(form)),
            "accounts/give-back" => () => connect.GiveBack(Id(form)),
            "payouts/arrive" => () => checkout.ArrivePayout(Id(form)),
            "payouts/fail" => () => checkout.FailPayout(Id(form)),
            "faults/next" => () => faults.Next(
                Enum.Parse<FaultKind>(Needed(form, "kind")), Whole(form, "times", 1), form.Text("method"),
                form.Text("path"), TimeSpan.FromMilliseconds(Whole(form, "delay_ms", 1000))),
            "faults/clear" => faults.Clear,
            _ => WebhookControls(name, form),
        };
        control?.Invoke();
        return control is not null;
    }

    private Action? WebhookControls(string name, FormNode form)
    {
        var type = form.Text("type");
        var times = Whole(form, "times", 1);
        return name switch
        {
            "webhooks/endpoint" => () => webhooks.AddEndpoint(
                new Uri(Needed(form, "url")), form.Values("secrets"), form.Text("connect") == "true"),
            "webhooks/secrets" => () => webhooks.RollSecrets(form.Text("connect") == "true", form.Values("secrets")),
            "webhooks/version" => () => webhooks.ApiVersion = Needed(form, "version"),
            "webhooks/drop" => () => webhooks.Drop(type, times),
            "webhooks/duplicate" => () => webhooks.Duplicate(type, times, Whole(form, "copies", 2)),
            "webhooks/delay" => () => webhooks.Delay(
                TimeSpan.FromMilliseconds(Whole(form, "delay_ms", 1000)), type, times),
            "webhooks/hold" => webhooks.Hold,
            "webhooks/release" => () => Release(form),
            "webhooks/resend" => () => webhooks.Resend(Id(form)),
            _ => null,
        };
    }

    private void Release(FormNode form)
    {
        if (form.Values("ids") is { Count: > 0 } ids) webhooks.Release(ids);
        else webhooks.Release(newestFirst: form.Text("newest_first") == "true");
    }

    private JsonArray Deliveries() =>
    [
        .. webhooks.Deliveries.Select(delivery => new JsonObject
        {
            ["event"] = delivery.EventId,
            ["type"] = delivery.EventType,
            ["url"] = delivery.Url.ToString(),
            ["status"] = delivery.Status.ToString(),
            ["attempts"] = delivery.Attempts,
            ["last_answer"] = delivery.LastAnswer,
        }),
    ];

    private static string Id(FormNode form) => Needed(form, "id");

    private static string Needed(FormNode form, string name) =>
        form.Text(name) ?? throw new ArgumentException($"This control needs {name}.");

    private static int Whole(FormNode form, string name, int otherwise) =>
        form.Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static JsonObject Problem(string detail) => new() { ["detail"] = detail };

    private static Task Write(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Answer.Text(body), http.RequestAborted);
    }
}

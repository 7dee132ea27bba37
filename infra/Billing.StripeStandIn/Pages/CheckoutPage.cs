using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Pages;

/// <summary>The checkout page as HTML. Everything that was sent to us is encoded.</summary>
internal static class CheckoutPage
{
    public static string Missing() => Frame(
        "Not found",
        $"""
         <section class="card state">
           {State("No such checkout", "The link is wrong, or the sandbox was restarted.")}
         </section>
         """);

    /// <param name="session">The session.</param>
    /// <param name="lineItems">What is sold.</param>
    /// <param name="pending">Whether its bank debit is on the way.</param>
    /// <param name="notice">Something to say above the buttons.</param>
    public static string Show(
        JsonObject session, IReadOnlyList<JsonObject> lineItems, bool pending, string? notice)
    {
        var total = StripeCurrency.Print(session.Text("currency"), session.Whole("amount_total"));
        var message = notice is null ? "" : $"""<p class="notice" role="alert">{Encode(notice)}</p>""";
        var sum = session.Text("status") == "open" ? "Total due" : "Total";
        var action = (session.Text("status"), pending) switch
        {
            ("open", _) => Buttons(session, total),
            ("complete", true) => Pending(),
            ("complete", false) when session.Text("payment_status") == "paid" =>
                State("Paid", "Thank you. Nothing is left to do."),
            ("complete", false) => State("Not paid", "The bank debit failed. Ask for a new link to pay."),
            _ => State("Expired", "This checkout is over and can't be paid any more. Ask for a new link to pay."),
        };
        return Frame(
            $"Pay {total}",
            $"""
             <section class="card">
               <h1>{Encode(total)}</h1>
               <ul class="items">{string.Concat(lineItems.Select(Item))}</ul>
               <p class="sum"><span>{sum}</span><span>{Encode(total)}</span></p>
             </section>
             <section class="card">
               {message}
               {action}
             </section>
             """);
    }

    private static string Item(JsonObject item)
    {
        var amount = StripeCurrency.Print(item.Text("currency"), item.Whole("amount_total"));
        var quantity = item.Whole("quantity");
        var times = quantity == 1 ? "" : FormattableString.Invariant($"<small>Quantity {quantity}</small>");
        return $"<li><span>{Encode(item.Text("description"))}{times}</span><span>{Encode(amount)}</span></li>";
    }

    private static string Buttons(JsonObject session, string total)
    {
        var email = (session["customer_details"] as JsonObject)?.TextOrNull("email");
        var field = email is null
            ? """
              <label for="email">Email</label>
              <input id="email" name="email" type="email" autocomplete="email" required>
              """
            : $"""<p class="payer">{Encode(email)}</p>""";
        var note = (session["custom_text"]?["submit"] as JsonObject)?.Text("message");
        var card = PaymentMethods.Offers(session, PaymentMethods.Card)
            ? $"""
               <button class="primary" name="action" value="pay">Pay {Encode(total)}</button>
               <p class="hint">Test card 4242 4242 4242 4242</p>
               """
            : "";
        var bank = PaymentMethods.BankDebit(session) is null
            ? ""
            : """<button name="action" value="bank">Pay by bank</button>""";
        var decline = card.Length == 0 ? "" : """<button name="action" value="decline">Decline the card</button>""";
        return $"""
            <form method="post">
              {field}
              {(note is null ? "" : $"<p>{Encode(note)}</p>")}
              {card}
              <div class="row">{bank}{decline}</div>
            </form>
            {Cancel(session)}
            """;
    }

    private static string Cancel(JsonObject session) => session.TextOrNull("cancel_url") is { } url
        ? $"""<p class="cancel"><a href="{Encode(url)}">Cancel and go back</a></p>"""
        : "";

    private static string Pending() =>
        """
        <h2>Bank debit on its way</h2>
        <p>A real one takes up to four business days. Here you decide how it ends.</p>
        <form method="post">
          <div class="row">
            <button name="action" value="settle">Let it settle</button>
            <button name="action" value="fail">Let it fail</button>
          </div>
        </form>
        """;

    private static string State(string title, string text) => $"<h2>{title}</h2><p>{text}</p>";

    private static string Frame(string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title)} (sandbox)</title>
        <style>{CheckoutStyle.Css}</style>
        </head>
        <body>
        <header><strong>Sandbox, no money moves</strong><span>This page stands in for Stripe Checkout.</span></header>
        <main>{body}</main>
        </body>
        </html>
        """;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

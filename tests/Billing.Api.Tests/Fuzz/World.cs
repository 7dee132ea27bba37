using System.Text;
using Billing.Api.Payments;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Billing.Api.Tests.Fuzz;

/// <summary>Good requests that there are only in a <see cref="World"/>, by method and pattern.</summary>
internal sealed record WorldRequests(IReadOnlyDictionary<string, GoodFile> Files, IReadOnlyDictionary<string, GoodRequest> Commands);

/// <summary>What random requests do not come to by themselves: a client who paid online and agreed to be charged, and so on.</summary>
internal static class World
{
    public const string StripeWebhook = "POST /v1/stripe/webhook";

    /// <param name="known">Is told what was answered.</param>
    public static async Task<WorldRequests> Prepare(ApiServer server, Practice practice, Known known)
    {
        var session = await PayOnline(server, practice, known);
        await PayAhead(practice);
        await KeepCredit(practice);
        var refunded = await GiveBack(practice);
        var open = await practice.Invoice("2026-01-09", hours: 2, issuedOn: "2026-02-01");
        // What was invoiced costs something else by now.
        await practice.Post($"/v1/engagements/{practice.EngagementId}:set-rate",
            """{"perHour":{"amount":"50.00","currency":"USD"},"validFrom":"2026-01-01"}""");
        foreach (var path in new[] { "/v1/proposals", "/v1/invoices", $"/v1/invoices/{practice.InvoiceId}/proposal" })
            known.Learn(path, (await practice.Get(path)).ToJsonString());
        var notice = $$$"""{"id":"evt_{{{Guid.NewGuid():N}}}","object":"event","type":"checkout.session.completed","data":{"object":{"object":"checkout.session","id":"{{{session}}}"} } }""";
        return new WorldRequests(
            new Dictionary<string, GoodFile>
            {
                [StripeWebhook] = new(StripeWebhook.Split(' ')[1], Encoding.UTF8.GetBytes(notice), "application/json"),
            },
            new Dictionary<string, GoodRequest> { ["POST /v1/invoices/{id:guid}:collect"] = new($"/v1/invoices/{open}:collect", "{}"), ["POST /v1/retainers/{id:guid}:settle-refund"] = refunded });
    }

    /// <returns>The session at Stripe.</returns>
    private static async Task<string> PayOnline(ApiServer server, Practice practice, Known known)
    {
        var client = await PayingClient.Of(server, practice, await practice.Invoice("2026-01-07", hours: 3, issuedOn: "2026-02-01"));
        // Offered as random requests mostly offer it: another offer would end the agreement.
        await practice.Post($"/v1/clients/{practice.ClientId}/collection:offer", """{"collectsOn":"finalized"}""");
        var session = PayingClient.SessionOf(await client.AgreeAndOpenCheckoutRaw("2026-11/finalized"));
        server.StandIn!.Checkout.Pay(session);
        known.Learn("/v1/payments", (await client.PaymentThatIs("succeeded")).ToJsonString());
        // A notice of it that was tried in vain to the end.
        var inbox = server.Services.GetRequiredService<StripeInbox>();
        var letter = new StripeNotice($"evt_{Guid.NewGuid():N}", "checkout.session.completed", session, null);
        inbox.Take(letter, SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(1));
        inbox.PutOff(letter with { Attempts = 99 }, "Stripe is away.", Instant.FromUtc(2026, 1, 1, 0, 0));
        known.Learn("/v1/stripe/dead-letters", $$"""{"eventId":"{{letter.EventId}}"}""");
        return session;
    }

    /// <summary>50.00 more than was due came in, of which 5.00 pay the practice's open invoice.</summary>
    private static async Task KeepCredit(Practice practice)
    {
        await practice.Pay(await practice.Invoice("2026-01-08", issuedOn: "2026-02-01"), "90.00", "2026-02-20");
        await practice.Post($"/v1/invoices/{practice.InvoiceId}:apply-credit", """{"amount":{"amount":"5.00","currency":"USD"}}""");
    }

    /// <summary>A retainer of 80.00 was paid, and refunded before anything of it was used.</summary>
    /// <returns>What settles that refund.</returns>
    private static async Task<GoodRequest> GiveBack(Practice practice)
    {
        var retainer = (await practice.Post("/v1/retainers", $$"""{"clientId":"{{practice.ClientId}}","name":"Autumn"}""")).Id;
        var deposit = (await practice.Post(
            $"/v1/retainers/{retainer}:request-deposit",
            $$$"""{"clientId":"{{{practice.ClientId}}}","amount":{"amount":"80.00","currency":"USD"}}""")).Id;
        await practice.Post($"/v1/invoices/{deposit}:finalize", """{"issuedOn":"2026-03-05"}""");
        await practice.Pay(deposit, "80.00", "2026-03-06");
        var refund = (await practice.Post($"/v1/retainers/{retainer}:refund", """{"refundedOn":"2026-03-07"}""")).Json["refundId"];
        return new GoodRequest($"/v1/retainers/{retainer}:settle-refund", $$"""{"refundId":"{{refund}}","method":"transfer"}""");
    }

    /// <summary>Fills the evergreen retainer with 500.00.</summary>
    public static async Task PayAhead(Practice practice)
    {
        var topUp = (await practice.Post($"/v1/retainers/{practice.EvergreenId}:request-top-up", "{}")).Id;
        await practice.Post($"/v1/invoices/{topUp}:finalize", """{"issuedOn":"2026-03-05"}""");
        await practice.Pay(topUp, "500.00", "2026-03-06");
    }
}

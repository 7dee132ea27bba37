using System.Text;
using System.Text.Json;
using Billing.Api.Hosting;
using Billing.Api.Http;
using NodaTime;
using Stripe;

namespace Billing.Api.Payments;

/// <summary>
/// Takes Stripe's notices: checks the signature over the raw bytes, keeps the notice, answers 200. The work is done later
/// from the inbox.
/// </summary>
public static class StripeWebhook
{
    private const int MaxBodyBytes = 1024 * 1024;
    private const int ToleranceSeconds = 300;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapStripeWebhook(this IEndpointRouteBuilder v1)
    {
        var signed = PublicEndpoint.Because("Stripe signs what it sends");
        v1.MapPost("/stripe/webhook", (Delegate)HandleOwn).WithMetadata(signed);
        v1.MapPost("/stripe/connect-webhook", (Delegate)HandleConnected).WithMetadata(signed);
    }

    private static Task<IResult> HandleOwn(HttpContext http, BillingOptions options) =>
        Handle(http, options.Stripe.IsConfigured, options.Stripe.WebhookSecrets, isConnect: false);

    private static Task<IResult> HandleConnected(HttpContext http, BillingOptions options) =>
        Handle(http, options.Stripe.Platform, options.Stripe.ConnectWebhookSecrets, isConnect: true);

    /// <param name="isConnect">Whether it is the endpoint for connected accounts.</param>
    private static async Task<IResult> Handle(HttpContext http, bool isConfigured, IEnumerable<string> secrets, bool isConnect)
    {
        if (!isConfigured)
            return Problem.Of(404, "stripe-not-configured", "This server takes no payments by Stripe.").AsResult();
        var (bytes, tooLarge) = await RequestBody.Read(http.Request, MaxBodyBytes, http.RequestAborted);
        if (tooLarge) return Problem.Of(413, "body-too-large", $"The body is over {MaxBodyBytes} bytes.").AsResult();
        var now = http.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();
        var (notice, refusal) = Open(bytes, http.Request.Headers["Stripe-Signature"].ToString(), secrets, now);
        if (notice is null) return refusal!.AsResult();
        if (isConnect && notice.Account is null)
        {
            return Problem.Of(
                400, "event-malformed", "The event names no account. Only an endpoint for connected accounts sends here.").AsResult();
        }
        // An endpoint for connected accounts that move real money is told of their play money too.
        var isLive = http.RequestServices.GetRequiredService<BillingOptions>().Stripe.IsLive;
        if (isConnect && notice.IsLive is { } told && isLive is { } ours && told != ours) return Results.Ok();
        http.RequestServices.GetRequiredService<StripeInbox>().Take(notice, now);
        return Results.Ok();
    }

    /// <summary>The notice in a request, or what is wrong with it.</summary>
    internal static (StripeNotice? Notice, Problem? Refusal) Open(
        byte[] bytes, string signature, IEnumerable<string> secrets, Instant now)
    {
        if (!TryDecode(bytes, out var body) || !IsSigned(body, signature, secrets, now))
        {
            return (null, Problem.Of(
                400, "signature-invalid", "The Stripe-Signature does not fit the body and any of our webhook secrets."));
        }
        return Read(body) is { } notice
            ? (notice, null)
            : (null, Problem.Of(400, "event-malformed", "The body is signed, but is no Stripe event with an id and a type."));
    }

    private static bool TryDecode(byte[] bytes, out string body)
    {
        try
        {
            body = StrictUtf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            body = "";
            return false;
        }
    }

    private static bool IsSigned(string body, string signature, IEnumerable<string> secrets, Instant now)
    {
        if (signature.Length is 0 or > 4096) return false;
        foreach (var secret in secrets)
        {
            try
            {
                EventUtility.ValidateSignature(body, signature, secret, ToleranceSeconds, now.ToUnixTimeSeconds());
                return true;
            }
            catch (StripeException)
            {
                // Another secret may fit: while one is rolled, both are good.
            }
        }
        return false;
    }

    private static StripeNotice? Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (Text(root, "id") is not { } id || Text(root, "type") is not { } type) return null;
            var subject = root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object &&
                data.TryGetProperty("object", out var found) && found.ValueKind == JsonValueKind.Object
                    ? found
                    : default;
            var kind = Text(subject, "object");
            return new StripeNotice(
                id, type,
                kind == "checkout.session" ? Text(subject, "id") : null,
                kind == "payment_intent" ? Text(subject, "id") : Text(subject, "payment_intent"),
                PayoutId: kind == "payout" ? Text(subject, "id") : null, CustomerId: CustomerOf(kind, subject, data),
                Account: Text(root, "account"))
            {
                IsLive = IsLive(root),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is what half a surrogate pair gives.
            return null;
        }
    }

    private static bool? IsLive(JsonElement root) =>
        root.TryGetProperty("livemode", out var told) && told.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? told.ValueKind == JsonValueKind.True
            : null;

    /// <summary>A method that was taken away names its customer among what it was before.</summary>
    private static string? CustomerOf(string? kind, JsonElement subject, JsonElement data) => kind switch
    {
        "customer" => Text(subject, "id"),
        "payment_method" => Text(subject, "customer")
            ?? (data.TryGetProperty("previous_attributes", out var before) ? Text(before, "customer") : null),
        _ => null,
    };

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) &&
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 255 } text
            ? text
            : null;
}

namespace Billing.Api.Tests.Access;

/// <content>Who needs no token of a practice.</content>
public sealed partial class RoleTableTests
{
    /// <summary>Endpoints that take no practice's token, and why that is right.</summary>
    private static readonly Dictionary<string, string> Public = new(StringComparer.Ordinal)
    {
        ["GET /health"] = "it tells nothing of anyone's books",
        ["POST /v1/businesses"] = "it takes the operator's own token, which is no practice's",
        ["POST /v1/server/mail-reports"] = "it takes the operator's own token, which is no practice's",
        ["POST /v1/stripe/webhook"] = "Stripe signs what it sends",
        ["POST /v1/stripe/connect-webhook"] = "Stripe signs what it sends",
        ["GET /stripe-account/back"] = "it tells nothing of anyone's books",
        ["GET /stripe-account/again"] = "it tells nothing of anyone's books",
        ["GET /v1/stripe/dead-letters"] = "it takes the operator's own token, which is no practice's",
        ["POST /v1/stripe/dead-letters/{eventId}:replay"] = "it takes the operator's own token, which is no practice's",
        ["GET /i/{secret}"] = "the link's 256 random bits are the key to this one invoice",
        ["POST /i/{secret}/collection/withdraw"] = "the link's 256 random bits are the key to this one invoice",
        ["POST /i/{secret}/pay"] = "the link's 256 random bits are the key to this one invoice",
        ["GET /i/{secret}/invoice.pdf"] = "the link's 256 random bits are the key to this one invoice",
        ["GET /i/{secret}/credit-notes/{number}"] = "the link's 256 random bits are the key to this one invoice",
        ["GET /i/{secret}/credit-notes/{number}/credit-note.pdf"] = "the link's 256 random bits are the key to this one invoice",
        ["GET /q/{secret}"] = "the link's 256 random bits are the key to this one quote",
        ["GET /q/{secret}/quote.pdf"] = "the link's 256 random bits are the key to this one quote",
        ["POST /q/{secret}/accept"] = "the link's 256 random bits are the key to this one quote",
        ["POST /q/{secret}/decline"] = "the link's 256 random bits are the key to this one quote",
        ["GET /paid"] = "it tells nothing of anyone's books",
        ["GET /openapi/v1.json"] = "it is the same for everyone",
        ["GET /billing.css"] = "it is the same for everyone",
    };
}

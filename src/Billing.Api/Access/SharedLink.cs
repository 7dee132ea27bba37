using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Api.Limits;
using Billing.EventStore.Port;
using Billing.Projections.Invoicing;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Access;

/// <summary>A link that somebody bears: what it opens, and a session on the book that it opens it in.</summary>
internal sealed record SharedLink(ShareGrant Grant, BookSession Session)
{
    private static readonly object SecretKey = new();

    /// <returns>Null where there is no such link, or it was revoked as far as the read models know.</returns>
    /// <param name="find">By the hash of a secret.</param>
    public static async ValueTask<SharedLink?> Open(HttpContext http, string secret, Func<string, ShareGrant?> find)
    {
        if (secret.Length is < 20 or > 100) return null;
        var services = http.RequestServices;
        var store = services.GetRequiredService<IEventStore>();
        var hash = Secrets.HashOf(secret);
        var grant = find(hash);
        if (grant is null)
        {
            // The link may have been made a moment ago.
            var head = await store.HeadPosition(http.RequestAborted);
            await services.GetRequiredService<ProjectionRunner>().WaitFor(head, TimeSpan.FromSeconds(2), http.RequestAborted);
            grant = find(hash);
        }
        services.GetRequiredService<RateLimits>().NoteTry(http, hash, grant is not null);
        if (grant is null or { IsRevoked: true }) return null;
        var now = services.GetRequiredService<IClock>().GetCurrentInstant();
        var context = new CommandContext(grant.Book, $"share:{grant.LinkId:D}", now, Guid.Empty);
        return new SharedLink(
            grant, new BookSession(store, services.GetRequiredService<StateCache>(), context, http.RequestAborted));
    }

    public static IResult Unknown() => Problem.Of(
        404, "link-unknown", "This link does not exist or was withdrawn. Ask whoever sent it for a new one.").AsResult();

    /// <summary>Makes the secret of a new link, which the answer of this request shows and nothing else.</summary>
    /// <returns>Its hash.</returns>
    public static string NewSecret(HttpContext http)
    {
        var secret = Secrets.NewLinkSecret();
        http.Items[SecretKey] = secret;
        return Secrets.HashOf(secret);
    }

    /// <summary>The address of the link that this request made; null where an earlier one did.</summary>
    /// <param name="folder">Where its page is, such as <c>/i</c>.</param>
    public static Uri? NewAddress(HttpContext http, string folder, CommandResult.Done done) =>
        !done.Replayed && http.Items[SecretKey] is string secret ? PublicAddress.Of(http, $"{folder}/{secret}") : null;
}

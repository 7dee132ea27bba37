using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.Payments;
using NodaTime;
using Stripe;

namespace Billing.Api.Payments;

/// <param name="CollectsOn">due, or finalized for charging each invoice on the day on which it is finalised.</param>
public sealed record OfferCollectionBody([property: Text(20)] string CollectsOn = CollectsOn.Due);

/// <summary>What a client agreed to have collected, and from what.</summary>
/// <param name="Status">not-agreed, agreed (nothing is saved yet), active, method-gone, withdrawn or off.</param>
/// <param name="Offered">What the client can agree to now: due or finalized.</param>
/// <param name="Agreement">What holds now; null where nothing does.</param>
/// <param name="Method">The last that was saved; null where none was.</param>
/// <param name="Agreements">Every agreement there was, the oldest first.</param>
public sealed record CollectionView(
    Guid ClientId, string Status, string Offered, AgreementView? Agreement, SavedMethodView? Method,
    IReadOnlyList<AgreementView> Agreements, long Version);

/// <param name="TextVersion">Of the text that the client agreed to.</param>
/// <param name="Language">In which it was shown.</param>
/// <param name="How">share-page: by the client, on the page of an invoice.</param>
/// <param name="PaymentId">The attempt that was begun with the same click.</param>
public sealed record AgreementView(
    string CollectsOn, string TextVersion, string Language, string How, Instant AgreedAt, Instant? WithdrawnAt, Guid PaymentId);

/// <param name="Kind">Stripe's type, such as card or us_bank_account.</param>
/// <param name="Gone">detached, customer-deleted or forgotten; null while it can be charged.</param>
public sealed record SavedMethodView(
    string Kind, string? Brand, string? LastFour, int? ExpiresMonth, int? ExpiresYear, Instant SavedAt, string? Gone);

/// <param name="PaymentId">The attempt; its end is read with the payment.</param>
public sealed record CollectedInvoice(Guid InvoiceId, Guid? PaymentId);

public static class CollectionEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapCollections(this IEndpointRouteBuilder v1)
    {
        v1.Query<CollectionView>("/clients/{id:guid}/collection", Keepers, Show);

        v1.Command<OfferCollectionBody>("/clients/{id:guid}/collection:offer", Role.Owner, call => new OfferCollectionCommand(
                call.Context, call.RouteId(), new OfferCollection(call.Body.CollectsOn, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/clients/{id:guid}/collection:turn-off", Role.Owner, call => new TurnCollectionOffCommand(
                call.Context, call.RouteId(), new TurnCollectionOff(call.Now)),
            (_, done) => Answers.Changed(done));

        v1.MapPost("/invoices/{id:guid}:collect", (Delegate)Collect)
            .WithMetadata(new AllowedRoles(Keepers))
            .Accepts<NoBody>(System.Net.Mime.MediaTypeNames.Application.Json)
            .Produces<CollectedInvoice>();
    }

    /// <summary>Charges what is due now rather than with the next round. It goes no further than the client agreed.</summary>
    private static async Task<IResult> Collect(HttpContext http, Guid id, CollectionDesk desk)
    {
        var (caller, problem) = await Admission.Admit(http, Keepers);
        if (caller is null) return problem!.AsResult();
        Rejection? refusal;
        try
        {
            refusal = await desk.Collect(caller.Book, caller.Actor, id, http.RequestAborted);
        }
        catch (Exception e) when (e is StripeException or HttpRequestException or TaskCanceledException)
        {
            refusal = new Rejection(
                "stripe-unreachable", "Stripe did not answer as expected. The attempt is in the books and goes on by itself.");
        }
        var query = new QueryCall(http, caller);
        await query.NoteWrites();
        if (refusal is not null) return Problem.Of(refusal).AsResult();
        var invoice = await query.Session().Load(Domain.Invoicing.Invoice.Stream, id);
        Guid? paymentId = invoice.Issued is { Collections: [.., var last] } ? last : null;
        return Results.Json(new CollectedInvoice(id, paymentId), ApiJson.Options);
    }

    private static async ValueTask<QueryAnswer<CollectionView>> Show(QueryCall call)
    {
        var session = call.Session();
        var clientId = call.RouteId();
        if ((await session.Load(Domain.Clients.Client.Stream, clientId)).Details is null) return Problem.NotFound("client");
        var collection = await session.Load(Collection.Stream, clientId);
        var version = session.VersionOf(Collection.Stream.Name(clientId));
        var account = (await call.Service<PracticeAccounts>().Of(session)).Account;
        var view = new CollectionView(
            clientId, collection.StatusIn(account), collection.Offered, collection.Agreement is { } agreement ? ViewOf(agreement) : null,
            collection.LastMethod is { } method ? ViewOf(method) : null, [.. collection.Consents.Select(ViewOf)], version);
        return new QueryAnswer<CollectionView>(view, null, version);
    }

    private static AgreementView ViewOf(Consent consent) => new(
        consent.CollectsOn, consent.TextVersion, consent.Language, consent.How, consent.AgreedAt, consent.WithdrawnAt,
        consent.PaymentId);

    private static SavedMethodView ViewOf(SavedMethod method) => new(
        method.Kind, method.Brand, method.LastFour, method.ExpiresMonth, method.ExpiresYear, method.SavedAt, method.Gone);
}

using System.Net.Mime;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Payments;
using Stripe;

namespace Billing.Api.Payments;

/// <param name="Amount">At most what is left of the payment; left out, all of it, or what the credit note owes.</param>
/// <param name="CreditNoteId">The credit note of the payment's invoice that it settles. Without one, what the client paid too much
/// goes back first, and the rest is due again on the invoice.</param>
public sealed record RefundPaymentBody(
    Money? Amount = null, Guid? CreditNoteId = null, [property: Text(PaymentReceipt.MaxReferenceLength)] string? Reason = null,
    Guid? Id = null);

/// <param name="Status">made, or attempted where Stripe did not answer yet; it is asked again by itself.</param>
public sealed record RefundedPayment(
    Guid Id, long Version, long? Position, Guid RefundId, string Status, Money Amount, string? StripeRefundId)
    : Receipt(Id, Version, Position);

public static class RefundEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapRefunds(this IEndpointRouteBuilder v1)
    {
        v1.MapPost("/payments/{id:guid}:refund", (Delegate)Refund)
            .WithMetadata(new AllowedRoles(Keepers), new TakesCommand())
            .Accepts<RefundPaymentBody>(MediaTypeNames.Application.Json)
            .Produces<RefundedPayment>();

        v1.Query<ListView<RefundView>>("/payments/{id:guid}/refunds", Keepers, call => new(
            Lists.All(call.Service<PaymentQueries>().Refunds(call.Book, call.RouteId()))), AsOf.Known);

        v1.Query<ListView<PayoutView>>("/payouts", Keepers, call => new(
            Lists.All(call.Service<PayoutQueries>().Payouts(call.Book))), AsOf.Known);

        v1.Query<ListView<DisputeView>>("/disputes", Keepers, call => new(
            Lists.All(call.Service<PaymentQueries>().Disputes(call.Book))), AsOf.Known);
    }

    /// <summary>The wish is in the books before Stripe is asked, so that an answer that is lost loses no money and doubles none.</summary>
    private static async Task<IResult> Refund(HttpContext http, Guid id, BillingOptions options, CommandBus bus, RefundDesk desk)
    {
        var (call, problem) = await EndpointMapping.Read<RefundPaymentBody>(http, Keepers);
        if (call is null) return problem!.AsResult();
        if (!options.Stripe.IsConfigured)
        {
            return Problem.Of(new Rejection(
                "online-payment-not-configured", "This practice takes no payments online, so none can be refunded.")).AsResult();
        }
        var wish = new AttemptRefund(
            id, call.IdOrNew(call.Body.Id), call.Body.Amount, call.Body.CreditNoteId, call.Body.Reason, call.Now);
        var attempted = await bus.Send(call.Context, () => new AttemptRefundCommand(call.Context, wish), http.RequestAborted);
        if (attempted is not CommandResult.Done done)
            return EndpointMapping.Render(http, attempted!, _ => throw new System.Diagnostics.UnreachableException());

        var refundId = done.Find<PaymentEvent.RefundAttempted>()?.RefundId ?? wish.RefundId;
        try
        {
            await desk.CarryOut(call.Caller.Book, id, http.RequestAborted);
        }
        catch (Exception e) when (e is StripeException or HttpRequestException or TaskCanceledException or IOException)
        {
            // The attempt is in the books and is carried out by the next look.
        }
        var query = new QueryCall(http, call.Caller);
        await query.NoteWrites();
        var session = query.Session();
        var payment = (PaymentState.Online)await session.Load(Payment.Stream, id);
        var attempt = payment.Back.Attempts[refundId];
        if (attempt.Refusal is { } why)
            return Problem.Of(new Rejection("refund-refused", $"Stripe refunded nothing: {why}")).AsResult();
        var now = done with { Version = session.VersionOf(Payment.Stream.Name(id)) };
        return EndpointMapping.Render(http, now, _ => new Answer(new RefundedPayment(
            id, now.Version, Answers.Position(done), refundId,
            attempt.StripeRefundId is null ? RefundStatus.Attempted : RefundStatus.Made,
            new Money(attempt.AmountMinor, payment.Amount.Currency), attempt.StripeRefundId)));
    }
}

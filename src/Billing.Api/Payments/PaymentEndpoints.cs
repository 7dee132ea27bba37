using System.Net.Mime;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Payments;

/// <param name="Amount">All that came; what exceeds the open balance is kept as the client's credit.</param>
/// <param name="Method">cash, cheque, transfer or other.</param>
public sealed record RecordPaymentBody(
    Guid InvoiceId, Money Amount, string Method, LocalDate ReceivedOn, [property: Text(200)] string? Reference = null,
    Guid? Id = null);

/// <param name="Applied">What went onto the invoice.</param>
/// <param name="Credit">What exceeded its open balance.</param>
public sealed record RecordedPayment(Guid Id, long Version, long? Position, Money? Applied, Money? Credit)
    : Receipt(Id, Version, Position);

public static class PaymentEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapPaymentCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<RecordPaymentBody>("/payments", Keepers, call => new RecordPaymentCommand(call.Context, new RecordPayment(
                call.IdOrNew(call.Body.Id), call.Body.InvoiceId, call.Body.Amount, call.Body.Method, call.Body.ReceivedOn,
                call.Body.Reference, call.Now)),
            (_, done) =>
            {
                var recorded = done.Find<PaymentEvent.PaymentRecorded>();
                var id = Answers.IdOf(done);
                return new Answer(new RecordedPayment(
                    id, done.Version, Answers.Position(done), In(recorded, recorded?.AppliedMinor), In(recorded, recorded?.CreditMinor)),
                    $"/v1/payments/{id:D}");
            });

        v1.MapPost("/invoices/{id:guid}:checkout", (Delegate)Checkout)
            .WithMetadata(new AllowedRoles(Keepers), new QueryParameters("part"))
            .Accepts<NoBody>(MediaTypeNames.Application.Json)
            .Produces<CheckoutAddress>();
    }

    /// <summary>A checkout address for the open balance, or with <c>part=due</c> for what is due of it, or else its next instalment. It
    /// is good for a day at most: in mails use the share link.</summary>
    private static async Task<IResult> Checkout(HttpContext http, Guid id, CheckoutDesk desk)
    {
        var (caller, problem) = await Admission.Admit(http, Keepers);
        if (caller is null) return problem!.AsResult();
        var call = new QueryCall(http, caller);
        var onlyDueOn = call.OneOf("part", ["due", "all"]) == "due" ? PracticeDay.Of(call) : (LocalDate?)null;
        if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors).AsResult();
        var back = PublicAddress.Of(http, "/paid");
        var outcome = await desk.Open(caller.Book, caller.Actor, id, onlyDueOn, consent: null, back, back, http.RequestAborted);
        await call.NoteWrites();
        return outcome.Match(url => Results.Json(new CheckoutAddress(url), ApiJson.Options), rejection => Problem.Of(rejection).AsResult());
    }

    private static Money? In(PaymentEvent.PaymentRecorded? recorded, long? minor) =>
        recorded is null || minor is null ? null : new Money(minor.Value, Currency.Of(recorded.Currency));
}

public sealed record CheckoutAddress(Uri Url);

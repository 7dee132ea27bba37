using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Api.Invoicing;

/// <param name="Amount">Left out, as much as is open and there is.</param>
/// <param name="SourceInvoiceId">The invoice whose credit is used; left out, the oldest first.</param>
/// <param name="CreditNoteId">Only what this credit note of that invoice left to the client.</param>
/// <param name="AppliedOn">Left out, today in the practice's zone.</param>
public sealed record ApplyCreditBody(
    Money? Amount = null, Guid? SourceInvoiceId = null, Guid? CreditNoteId = null, LocalDate? AppliedOn = null, Guid? Id = null);

/// <param name="Amount">Left out, all that was applied.</param>
/// <param name="TakenOffOn">Left out, today in the practice's zone.</param>
public sealed record TakeCreditOffBody(Money? Amount = null, LocalDate? TakenOffOn = null);

/// <param name="Applied">What the client's credit pays of the invoice by this; null where it was done before.</param>
public sealed record AppliedCreditAnswer(Guid Id, long Version, long? Position, Money? Applied) : Receipt(Id, Version, Position);

/// <summary>Credit of a client: what there is, and invoices that it pays.</summary>
public static class CreditEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapClientCredit(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<ClientCreditView>>("/clients/{id:guid}/credit", Keepers, call => new(Lists.All(
            call.Service<ClientCreditQueries>().OfClient(call.Book, call.RouteId()))), AsOf.Known);

        v1.Command<ApplyCreditBody>("/invoices/{id:guid}:apply-credit", Keepers, Apply,
            (call, done) => new Answer(Applied(call.RouteId(), done)), afterAllWrites: _ => true);

        v1.Command<TakeCreditOffBody>("/invoices/{id:guid}:take-credit-off", Keepers, call => new TakeCreditOffCommand(
                call.Context, new TakeCreditOff(
                    call.RouteId(), call.Body.Amount, call.Body.TakenOffOn ?? PracticeDay.Of(call), call.Now)),
            (_, done) => Answers.Changed(done));
    }

    private static ApplyCreditCommand? Apply(CommandCall<ApplyCreditBody> call)
    {
        var body = call.Body;
        if (body is { CreditNoteId: not null, SourceInvoiceId: null })
        {
            call.Refuse("/sourceInvoiceId", "required", "Say which invoice the credit note is of.");
            return null;
        }
        var source = body.SourceInvoiceId is { } invoice ? new CreditSource(invoice, body.CreditNoteId) : null;
        var holders = source is null
            ? call.Http.RequestServices.GetRequiredService<ClientCreditQueries>().HoldersFor(call.Caller.Book, call.RouteId())
            : [source.InvoiceId];
        return new ApplyCreditCommand(
            call.Context, new ApplyCredit(
                call.RouteId(), call.IdOrNew(body.Id), body.Amount, source, body.AppliedOn ?? PracticeDay.Of(call), call.Now),
            holders);
    }

    private static AppliedCreditAnswer Applied(Guid id, CommandResult.Done done)
    {
        var applied = done.Events.OfType<InvoiceEvent.ClientCreditApplied>().ToList();
        return new AppliedCreditAnswer(
            id, done.Version, Answers.Position(done),
            applied.Count == 0 ? null : new Money(applied.Sum(part => part.AmountMinor), Currency.Of(applied[0].Currency)));
    }
}

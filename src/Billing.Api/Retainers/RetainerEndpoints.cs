using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Invoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.Values;

namespace Billing.Api.Retainers;

/// <param name="EngagementIds">Whose work may draw on it; left out, all of the client's.</param>
public sealed record AgreeRetainerBody(
    Guid ClientId, [property: Text(200)] string Name, IReadOnlyList<Guid>? EngagementIds = null,
    Guid? Id = null);

/// <param name="ClientId">The retainer's client.</param>
/// <param name="InvoiceId">Id of the deposit invoice that is drafted.</param>
public sealed record RequestDepositBody(
    Guid ClientId, Money Amount, Guid? InvoiceId = null, [property: Text(Wording.NoteMaxLength)] string? Note = null);

public static class RetainerEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapRetainerCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<AgreeRetainerBody>("/retainers", Keepers, call => new AgreeRetainerCommand(call.Context, new AgreeRetainer(
                call.IdOrNew(call.Body.Id), call.Body.ClientId, call.Body.Name, call.Body.EngagementIds ?? [],
                call.Now)),
            (_, done) => Answers.Created(done, "/v1/retainers"));

        v1.Command<RequestDepositBody>("/retainers/{id:guid}:request-deposit", Keepers, call => new DraftDepositCommand(
                call.Context, new DraftDeposit(
                    call.IdOrNew(call.Body.InvoiceId), call.Body.ClientId, call.RouteId(), call.Body.Amount, call.Body.Note,
                    call.Now)),
            (_, done) => Answers.Created(done, "/v1/invoices"));
    }
}

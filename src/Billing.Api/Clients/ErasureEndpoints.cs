using System.ComponentModel.DataAnnotations;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Clients;
using NodaTime;

namespace Billing.Api.Clients;

/// <param name="KeepYears">
/// For how many years after the last one names and texts of issued documents are kept; left out, or less than the law asks for, it is
/// what the law asks for.
/// </param>
public sealed record EraseClientBody([property: Range(0, DocumentRetention.MostYears)] int? KeepYears = null);

/// <summary>What stands in the way of erasing a client.</summary>
public sealed record ErasureHindrance(string Code, string Detail);

/// <summary>What erasing a client would come to now.</summary>
/// <param name="Hindrances">Empty where it can be done.</param>
/// <param name="Documents">Invoices, credit notes, payments and expenses whose texts stay for a time; amounts and numbers stay for
/// good.</param>
/// <param name="DocumentsUntil">The last day on which they stay; null where there are none.</param>
/// <param name="PlainEvents">Events of the practice from before there were keys. What they say of the client is no longer shown as the
/// client's, but stays in the books.</param>
public sealed record ErasureView(
    IReadOnlyList<ErasureHindrance> Hindrances, int Documents, LocalDate? DocumentsUntil, int LeastYears, int PlainEvents);

public static class ErasureEndpoints
{
    public static void MapErasing(this IEndpointRouteBuilder v1)
    {
        v1.Command<EraseClientBody>("/clients/{id:guid}:erase", Role.Owner, call => new EraseClientCommand(
                call.Context, call.RouteId(), call.Body.KeepYears),
            (_, done) => Answers.Changed(done), _ => true);

        v1.Query<ErasureView>("/clients/{id:guid}/erasure", Role.Owner, async call =>
            await call.Service<ErasureSurvey>().Of(call.Book, call.RouteId(), call.Aborted) is { } facts
                ? ViewOf(facts)
                : Problem.NotFound("client"));
    }

    private static ErasureView ViewOf(ErasureFacts facts) => new(
        [.. facts.Unfinished.Refusals.Select(refusal => new ErasureHindrance(refusal.Code, refusal.Detail))],
        facts.Documents, facts.DocumentsUntil(null), facts.LeastYears, facts.PlainEvents);
}

using System.ComponentModel.DataAnnotations;
using Billing.Api.Access;
using Billing.Api.Engagements;
using Billing.Api.Http;
using Billing.Domain.Clients;
using Billing.Domain.Values;

namespace Billing.Api.Clients;

public sealed record AddClientBody(
    [property: Text(200)] string Name,
    Currency Currency,
    Guid? Id = null,
    [property: Text(Wording.EmailMaxLength)] string? Email = null,
    [property: Text(200)] IReadOnlyList<string>? AddressLines = null,
    [property: Range(0, 365)] int? PaymentTermsDays = null);

public sealed record DescribeClientBody(
    [property: Text(200)] string Name,
    [property: Text(Wording.EmailMaxLength)] string? Email = null,
    [property: Text(200)] IReadOnlyList<string>? AddressLines = null);

public sealed record AgreePaymentTermsBody([property: Range(0, 365)] int? PaymentTermsDays = null);

/// <param name="Language">en or de; left out, the default, which is en.</param>
public sealed record SetClientLanguageBody([property: Text(10)] string? Language = null);

public static class ClientEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapClientCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<AddClientBody>("/clients", Keepers, call => new AddClientCommand(call.Context, new AddClient(
                call.IdOrNew(call.Body.Id), call.Body.Name, call.Body.Email, call.Body.AddressLines ?? [], call.Body.Currency.Code,
                call.Body.PaymentTermsDays, call.Now)),
            (_, done) => Answers.Created(done, "/v1/clients"));

        v1.Command<DescribeClientBody>("/clients/{id:guid}:describe", Keepers, call => new DescribeClientCommand(
                call.Context, call.RouteId(),
                new DescribeClient(call.Body.Name, call.Body.Email, call.Body.AddressLines ?? [], call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<AgreePaymentTermsBody>("/clients/{id:guid}:agree-terms", Keepers, call => new AgreePaymentTermsCommand(
                call.Context, call.RouteId(), new AgreePaymentTerms(call.Body.PaymentTermsDays, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<SetRateCardBody>("/clients/{id:guid}:set-rate", Role.Owner, call => new SetClientRateCommand(
                call.Context, call.RouteId(), call.Body.WishOf(call.IdOrNew(call.Body.CardId), call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<SetClientLanguageBody>("/clients/{id:guid}:set-language", Keepers, call => new SetClientLanguageCommand(
                call.Context, call.RouteId(), new SetClientLanguage(call.Body.Language, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/clients/{id:guid}:archive", Keepers, call => new ArchiveClientCommand(
                call.Context, call.RouteId(), new ArchiveClient(call.Now)),
            (_, done) => Answers.Changed(done));
    }
}

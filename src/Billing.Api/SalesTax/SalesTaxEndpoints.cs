using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.SalesTax;

namespace Billing.Api.SalesTax;

/// <param name="Category">S, Z, E, AE, G or O.</param>
/// <param name="HundredThousandths">The rate: 19000 is 19 %, 8875 is 8.875 %; 0 in every category but S.</param>
/// <param name="Reason">The legal text for it; left out, the usual one of the document's language.</param>
public sealed record TaxTreatmentBody(
    [property: Text(2)] string Category, int HundredThousandths = 0,
    [property: Text(TaxTreatment.ReasonMaxLength)] string? Reason = null)
{
    public TaxTreatment ToWish() => new(Category, HundredThousandths, Reason);
}

/// <param name="EngagementId">What is for one engagement's work.</param>
/// <param name="ExpenseCategory">Or for expenses of one category.</param>
public sealed record TaxExceptionBody(
    TaxTreatmentBody Treatment, Guid? EngagementId = null, [property: Text(60)] string? ExpenseCategory = null);

/// <param name="Name">What the tax is called on documents; left out, the usual word of their language.</param>
/// <param name="PricesInclude">Whether prices have the tax in them.</param>
/// <param name="Default">How everything is taxed of which nothing else is said; left out, no tax is charged any more.</param>
/// <param name="Basis">issued or received: when the tax is owed to the office; left out, when it is invoiced.</param>
/// <param name="TaxesDeposits">Whether deposits bear the tax when they are received, rather than only the invoices that they pay.</param>
public sealed record SetSalesTaxBody(
    TaxTreatmentBody? Default = null, bool PricesInclude = false, IReadOnlyList<TaxExceptionBody>? Exceptions = null,
    [property: Text(SalesTaxPolicy.NameMaxLength)] string? Name = null, [property: Text(VatIds.MaxLength)] string? VatId = null,
    [property: Text(VatIds.MaxLength)] string? TaxNumber = null, bool TaxesDeposits = false,
    [property: Text(20)] string? Basis = null);

/// <param name="Treatment">The client's own; left out, the practice's.</param>
/// <param name="PricesInclude">Left out, as the practice has it.</param>
public sealed record AgreeClientTaxBody(
    TaxTreatmentBody? Treatment = null, bool? PricesInclude = null, [property: Text(VatIds.MaxLength)] string? VatId = null);

/// <param name="Default">Null where no tax is charged.</param>
public sealed record SalesTaxView(
    string? Name, bool PricesInclude, TaxTreatment? Default, IReadOnlyList<TaxException> Exceptions, string? VatId, string? TaxNumber,
    bool TaxesDeposits, string Basis);

/// <param name="Treatment">Null follows the practice, as does <paramref name="PricesInclude"/>.</param>
/// <param name="Holds">By what an invoice of the client would be taxed now.</param>
public sealed record ClientTaxView(TaxTreatment? Treatment, bool? PricesInclude, string? VatId, TaxRules Holds);

public static class SalesTaxEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapSalesTax(this IEndpointRouteBuilder v1)
    {
        v1.Command<SetSalesTaxBody>("/business:set-sales-tax", Role.Owner, call => new SetSalesTaxPolicyCommand(
                call.Context, new SetSalesTaxPolicy(PolicyOf(call.Body), call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<AgreeClientTaxBody>("/clients/{id:guid}:agree-tax", Keepers, call => new AgreeClientTaxCommand(
                call.Context, call.RouteId(), new AgreeClientTax(
                    new ClientTax(call.Body.Treatment?.ToWish(), call.Body.PricesInclude, call.Body.VatId), call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Query<SalesTaxView>("/sales-tax", Keepers, async call =>
        {
            var business = await call.Session().Practice();
            var policy = business.SalesTax;
            return new QueryAnswer<SalesTaxView>(
                new SalesTaxView(
                    policy?.Name, policy?.PricesInclude ?? false, policy?.Default, policy?.Exceptions ?? [], policy?.VatId,
                    policy?.TaxNumber, policy?.TaxesDeposits ?? false, policy?.Basis ?? SalesTaxBasis.Issued),
                null);
        }, AsOf.Known);

        v1.Query<ClientTaxView>("/clients/{id:guid}/tax", Keepers, OfClient, AsOf.Known);
        v1.MapSalesTaxPayments();
    }

    private static SalesTaxPolicy? PolicyOf(SetSalesTaxBody body) => body.Default is { } treatment
        ? new SalesTaxPolicy(
            body.Name, body.PricesInclude, treatment.ToWish(),
            [
                .. (body.Exceptions ?? []).Select(exception =>
                    new TaxException(exception.EngagementId, exception.ExpenseCategory, exception.Treatment.ToWish())),
            ],
            body.VatId, body.TaxNumber)
        {
            TaxesDeposits = body.TaxesDeposits,
            Basis = body.Basis ?? SalesTaxBasis.Issued,
        }
        : null;

    private static async ValueTask<QueryAnswer<ClientTaxView>> OfClient(QueryCall call)
    {
        var session = call.Session();
        var business = await session.Practice();
        if ((await session.Load(Client.Stream, call.RouteId())).Details is not { } client) return Problem.NotFound("client");
        return new(
            new ClientTaxView(
                client.Tax.Treatment, client.Tax.PricesInclude, client.Tax.VatId, TaxRules.Of(business.SalesTax, client.Tax)),
            null);
    }
}

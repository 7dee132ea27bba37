using Billing.Api.Taxes.Germany;
using Billing.Api.Taxes.UsStates;

namespace Billing.Api.Taxes;

/// <summary>All addresses of this subject that take a token.</summary>
public static class TaxRoutes
{
    public static void MapTaxes(this IEndpointRouteBuilder v1)
    {
        v1.MapTaxCommands();
        v1.MapTaxQueries();
        v1.MapWhatIf();
        v1.MapHomeOffice();
        v1.MapTaxReports();
        v1.MapTaxPolicy();
        v1.MapStates();
        v1.MapGermany();
    }
}

using Billing.Api.Taxes.Germany;
using Billing.Api.Taxes.UsStates;

namespace Billing.Api.Taxes;

/// <summary>The tax offices besides the federal one.</summary>
public static class TaxOffices
{
    public static void MapTaxOffices(this IEndpointRouteBuilder v1)
    {
        v1.MapStates();
        v1.MapGermany();
    }
}

namespace Billing.Api.Tests.Access;

/// <summary>The rows of <see cref="RoleTable"/> for the taxes of the states and of Germany.</summary>
internal static class TaxOffices
{
    /// <summary>Who may use an endpoint: o owner, a assistant, b bookkeeper.</summary>
    internal static Dictionary<string, string> Roles { get; } = new(StringComparer.Ordinal)
    {
        ["GET /v1/tax-years/{year:int}/states"] = "ob",
        ["GET /v1/tax-years/{year:int}/states/{state}"] = "ob",
        ["GET /v1/tax-years/{year:int}/states/{state}/estimate"] = "ob",
        ["POST /v1/tax-years/{year:int}/states/{state}:set-filing"] = "o",
        ["POST /v1/tax-years/{year:int}/states/{state}/payments"] = "ob",
        ["POST /v1/tax-years/{year:int}/states/{state}/payments/{id:guid}:remove"] = "ob",
        ["GET /v1/tax-years/{year:int}/germany"] = "ob",
        ["GET /v1/tax-years/{year:int}/germany/estimate"] = "ob",
        ["GET /v1/tax-years/{year:int}/germany/profit"] = "ob",
        ["GET /v1/tax-years/{year:int}/germany/vat"] = "ob",
        ["POST /v1/tax-years/{year:int}/germany:set-profile"] = "o",
        ["POST /v1/tax-years/{year:int}/germany/payments"] = "ob",
        ["POST /v1/tax-years/{year:int}/germany/payments/{id:guid}:remove"] = "ob",
    };
}

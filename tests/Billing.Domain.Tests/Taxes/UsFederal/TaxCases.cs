using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>Short ways to say a tax case.</summary>
internal static class TaxCases
{
    public static TaxParameters Figures(int year) =>
        TaxParameterLibrary.TryForYear(year, out var p, out var rejection)
            ? p
            : throw new InvalidOperationException(rejection.Detail);

    public static FilingStatus Status(string code) =>
        FilingStatuses.TryParse(code, out var status) ? status : throw new ArgumentException(code);

    public static Household Household(string status, decimal netProfit) => new()
    {
        Status = Status(status),
        Taxpayer = new TaxPerson { NetProfit = netProfit },
    };

    public static AnnualTax Annual(int year, Household household) =>
        AnnualTax.Compute(Figures(year), new Worksheet(), household);

    public static decimal TotalExact(int year, Household household) => Annual(year, household).Total.Exact;
}

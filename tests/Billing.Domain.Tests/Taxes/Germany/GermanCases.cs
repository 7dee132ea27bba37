using System.Text.Json;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Germany;
using Billing.Domain.Tests.Taxes.UsFederal;
using Billing.Domain.Values;

namespace Billing.Domain.Tests.Taxes.Germany;

/// <summary>Short ways to say a German case.</summary>
internal static class GermanCases
{
    public static GermanTaxParameters Law(int year) =>
        GermanTaxLibrary.TryForYear(year, out var p, out var rejection) ? p : throw new InvalidOperationException(rejection.Detail);

    public static Money Eur(long cents) => new(cents, Currency.Eur);

    public static TaxLine Amount(Worksheet sheet, decimal amount) => sheet.Add("given", "Given", null, amount, "given");

    public static decimal IncomeTax(int year, decimal taxable, bool isJoint = false)
    {
        var sheet = new Worksheet(money: TaxUnit.Euros);
        return GermanTariff.IncomeTax(Law(year).IncomeTax, sheet, Amount(sheet, taxable), isJoint).Exact;
    }

    public static decimal Solidarity(int year, decimal incomeTax, bool isJoint = false)
    {
        var sheet = new Worksheet(money: TaxUnit.Euros);
        return GermanTariff.Solidarity(Law(year).Solidarity, sheet, Amount(sheet, incomeTax), isJoint).Exact;
    }

    public static void WorkingHolds(int year, IReadOnlyList<TaxLine> lines)
    {
        var file = JsonDocument.Parse(ParameterFile.Text($"german-tax-parameters/de-{year}.json")).RootElement;
        WorkingCheck.Holds(_ => file, lines);
    }
}

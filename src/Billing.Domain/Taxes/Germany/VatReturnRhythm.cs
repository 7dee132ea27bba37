using Billing.Domain.SalesTax;
using NodaTime;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.Germany;

/// <summary>How often advance returns of VAT (Voranmeldungen) are due, and when (section 18 UStG, sections 46 to 48 UStDV).</summary>
/// <param name="Every">One of <see cref="SalesTaxReturnLength"/>; the year where only the annual return is due.</param>
/// <param name="HasExtension">Whether each is due a month later (Dauerfristverlängerung).</param>
/// <param name="SpecialPrepayment">
/// A monthly filer's special prepayment for the extension, an eleventh of last year's, in euros; null where none is due.
/// </param>
/// <param name="Reason">Why, in words.</param>
public sealed record VatReturnRhythm(string Every, bool HasExtension, decimal? SpecialPrepayment, string Reason)
{
    private const int Eleventh = 11;

    /// <param name="lastYearsVat">Last year's VAT after input tax, in euros; null where it is not known.</param>
    public static VatReturnRhythm Of(VatReturnParameters p, bool isSmallBusiness, decimal? lastYearsVat, bool hasExtension)
    {
        if (isSmallBusiness)
        {
            return new VatReturnRhythm(
                SalesTaxReturnLength.Year, false, null,
                "A small business (section 19 UStG) charges no VAT and hands in no advance returns.");
        }
        return lastYearsVat switch
        {
            null => new VatReturnRhythm(
                SalesTaxReturnLength.Quarter, hasExtension, null,
                "Last year's VAT is not known: the quarter is the rule. Whoever begins hands in by the quarter to the end of 2026."),
            _ when lastYearsVat > p.MonthlyOver.Value => new VatReturnRhythm(
                SalesTaxReturnLength.Month, hasExtension,
                hasExtension ? Math.Round(lastYearsVat.Value / Eleventh, 0, MidpointRounding.ToZero) : null,
                $"Last year's VAT of {Euros(lastYearsVat.Value)} was over {Euros(p.MonthlyOver.Value)}: each month."),
            _ when lastYearsVat <= p.NoneUpTo.Value => new VatReturnRhythm(
                SalesTaxReturnLength.Year, false, null,
                $"Last year's VAT of {Euros(lastYearsVat.Value)} was not over {Euros(p.NoneUpTo.Value)}: the office frees from advance "
                + "returns unless it was asked not to."),
            _ => new VatReturnRhythm(
                SalesTaxReturnLength.Quarter, hasExtension, null,
                $"Last year's VAT of {Euros(lastYearsVat.Value)} lay between {Euros(p.NoneUpTo.Value)} and {Euros(p.MonthlyOver.Value)}: "
                + "each quarter."),
        };
    }

    /// <summary>The day until which the return of a period is handed in and paid.</summary>
    public LocalDate DueOn(VatReturnParameters p, SalesTaxPeriod period) => GermanCalendar.NextWorkingDay(
        new LocalDate(period.Through.Year, period.Through.Month, 1).PlusMonths(HasExtension ? 2 : 1).PlusDays((int)p.DueDay.Value - 1));
}

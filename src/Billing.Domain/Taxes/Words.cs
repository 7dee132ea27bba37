using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Billing.Domain.Taxes;

/// <summary>How figures stand in sentences; the same in every culture.</summary>
internal static class Words
{
    /// <summary><c>$12,345.60</c></summary>
    public static string Dollars(decimal amount) =>
        "$" + Cents.Round(amount).ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary><c>$12,346</c>, rounded up.</summary>
    public static string WholeDollars(decimal amount) =>
        "$" + Cents.UpToDollar(amount).ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary><c>12,345.60 euros</c></summary>
    public static string Euros(decimal amount) => Cents.Round(amount).ToString("#,##0.00", CultureInfo.InvariantCulture) + " euros";

    /// <summary><c>110 %</c></summary>
    public static string Percent(decimal share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary><c>2026-06-15</c></summary>
    public static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);
}

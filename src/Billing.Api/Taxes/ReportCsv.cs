using System.Globalization;
using Billing.Api.Exchange.Tables;
using Billing.Domain.Taxes;
using CsvHelper;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Taxes;

/// <summary>The report as a table for spreadsheets: dates, payments, and every line of the working, each row with its part.</summary>
public static class ReportCsv
{
    public static byte[] Of(TaxReport report)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, leaveOpen: true))
        using (var csv = new CsvWriter(writer, CsvTable.Form))
        {
            Row(csv, "part", "code", "label", "form line", "date", "amount", "unit", "formula", "confirmation");
            foreach (var i in report.Estimated.Estimate.ChosenPlan.Instalments)
            {
                var code = i.Due.Number.ToString(CultureInfo.InvariantCulture);
                Row(csv, "instalment", code, "Required", null, Day(i.Due.DeadlineOn), Dollars(i.Required), "USD", null, null);
                Row(csv, "instalment", code, "Remaining", null, Day(i.Due.DeadlineOn), Dollars(i.Remaining), "USD", null, null);
            }
            foreach (var payment in report.Model.Payments)
            {
                Row(
                    csv, "payment", null, payment.Label, null, Day(payment.PaidOn), payment.Amount.ToDecimalString(), "USD", null,
                    InertText.Of(payment.Confirmation));
            }
            foreach (var line in report.Estimated.Estimate.Lines)
            {
                var view = LineView.Of(line);
                Row(csv, "line", line.Code, line.Label, line.FormLine, null, view.Amount, view.Unit, line.Formula, null);
            }
        }
        return bytes.ToArray();
    }

    private static void Row(CsvWriter csv, params ReadOnlySpan<string?> fields)
    {
        foreach (var field in fields) csv.WriteField(field);
        csv.NextRecord();
    }

    private static string Dollars(decimal amount) => Cents.ToMoney(amount).ToDecimalString();

    private static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);
}

using System.Globalization;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Expenses;
using NodaTime.Text;

namespace Billing.Api.Expenses.Pages;

/// <summary>
/// An expense that was written down is corrected on the form it was written on. What that form does not ask for stays as it is: parts
/// of the amount, its business share, its vehicle, the engagement.
/// </summary>
internal static class ExpenseCorrection
{
    public static string PathOf(Guid expenseId) => $"{ExpensePages.Path}/{expenseId:D}/correct";

    /// <summary>Null where it is not there, is a trip, or stands on an invoice.</summary>
    public static ExpenseView? Find(QueryCall call, Guid expenseId) =>
        OwnExpenses.Find(call, expenseId) is { IsTrip: false, InvoiceId: null } expense ? expense : null;

    /// <summary>The form as it stands in the books.</summary>
    public static IReadOnlyDictionary<string, string> FieldsOf(ExpenseView expense, DocumentLanguage language) =>
        new Dictionary<string, string>
        {
            ["version"] = VersionOf(expense),
            ["amount"] = language.Number(expense.Amount.ToDecimal(), $"F{expense.Amount.Currency.Decimals}"),
            ["currency"] = expense.Amount.Currency.Code,
            ["paid-on"] = LocalDatePattern.Iso.Format(expense.PaidOn),
            ["payee"] = expense.Payee ?? "",
            ["category"] = expense.Category,
            ["note"] = expense.Note ?? "",
            ["client"] = $"{expense.ClientId:D}",
            ["rebill"] = expense.Rebill ? "on" : "",
            ["mark-up"] = expense.Particulars.MarkUp?.BasisPoints is { } points ? language.Number(points / 100m, "0.##") : "",
            ["exchange-rate"] = expense.Particulars.InBooks?.Rate ?? "",
        };

    public static async ValueTask<PageRefusal?> Send(PageForm form, QueryCall call)
    {
        var expenseId = call.RouteId();
        if (await call.WaitForOwnWrites() is { } behind) return PageRefusal.Of(behind);
        if (Find(call, expenseId) is not { } before) return PageRefusal.EntryGone;
        var (said, fault) = ExpensePages.Body(form, expenseId);
        if (said is null) return fault;
        return await form.Send(
            "", Completed(said, before, OwnExpenses.OnlyOf(call.Caller) is not null),
            correction => ExpenseEndpoints.Correct(correction, expenseId),
            () => Find(call, expenseId) is { } now && form.Text("version") == VersionOf(now) ? null : PageRefusal.ChangedMeanwhile);
    }

    private static string VersionOf(ExpenseView expense) => expense.Version.ToString(CultureInfo.InvariantCulture);

    private static ExpenseBody Completed(ExpenseBody said, ExpenseView before, bool isAssistant)
    {
        var (currency, more) = (said.Amount.Currency, before.Particulars);
        // What the practice alone may say, the books keep by themselves.
        if (isAssistant) more = more with { BusinessShareBasisPoints = null, VehicleId = null };
        var isFixed = more.MarkUp?.FixedMinor is not null && said is { Rebill: true, MarkUp: null };
        return said with
        {
            Id = null,
            EngagementId = said.ClientId == before.ClientId ? before.EngagementId : null,
            Tax = more.TaxMinor is { } tax ? new Money(tax, currency) : null,
            Tip = more.TipMinor is { } tip ? new Money(tip, currency) : null,
            BusinessShareBasisPoints = more.BusinessShareBasisPoints,
            VehicleId = more.VehicleId,
            MarkUp = isFixed ? new MarkUpBody(Amount: new Money(more.MarkUp!.FixedMinor!.Value, currency)) : said.MarkUp,
        };
    }
}

using Billing.Domain.Retainers;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Retainers;

/// <summary>How each retainer stands at the end of a day by what was invoiced; quantities are hours where it counts hours.</summary>
public static class RetainerAccountsReport
{
    public const string Name = "retainer-accounts";

    public static Report Of(PracticeBook book, LocalDate from, LocalDate to, Guid? client = null) => new(
        Name, from, to,
        [
            .. book.Retainers.Values.OfType<RetainerState.Agreed>().Where(retainer => retainer.ClientId.IsOf(client))
                .OrderBy(retainer => retainer.ClientId).ThenBy(retainer => retainer.RetainerId)
                .Select(retainer => Row(retainer, to)),
        ]);

    private static ReportRow Row(RetainerState.Agreed retainer, LocalDate day)
    {
        var account = RetainerFacts.Account(retainer, day);
        var unit = retainer.CountsHours ? FigureUnit.Seconds : FigureUnit.Minor;
        Thing[] of = [new(ThingKind.Retainer, retainer.RetainerId)];
        return AmountRow.Of(retainer.RetainerId, retainer.Name, retainer.Currency,
        [
            Quantity("broughtForward", account.Current?.BroughtForward ?? 0, "Carried into the period that runs from the one before."),
            Quantity("granted", account.Current?.Granted ?? 0, "What the period that runs grants."),
            Quantity("used", account.Current?.Used ?? 0, "What invoices used of it in the period that runs."),
            Quantity("left", account.Balance, "What every lot has left that has not expired, less what is carried as owed."),
            AmountRow.Amount("received", account.ReceivedMinor, "What was paid in, less what was paid back.", of),
            AmountRow.Amount("earned", account.EarnedMinor(day), "What was used, expired, or earned with time.", of),
            AmountRow.Amount("unearned", account.UnearnedMinor(day), "Received − earned, and not below nothing.", of),
        ]);

        Figure Quantity(string column, long quantity, string formula) => new(column, unit, quantity, formula, of);
    }
}

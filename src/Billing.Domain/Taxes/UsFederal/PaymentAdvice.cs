using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>What to do next, in words.</summary>
internal static class PaymentAdvice
{
    public static string Text(TaxCalendar calendar, InstalmentPlan plan, decimal balance, LocalDate asOf) =>
        plan.Next is { } next ? BeforeFourth(plan, next) : AfterFourth(calendar, plan, balance, asOf);

    private static string BeforeFourth(InstalmentPlan plan, DueDate next) => (plan.OverdueNow, plan.DueNext) switch
    {
        (0, 0) => $"Nothing is to be paid by {Words.Day(next.DeadlineOn)}.",
        (0, _) => $"Pay {Words.WholeDollars(plan.CatchUp)} by {Words.Day(next.DeadlineOn)}.",
        (_, 0) => $"Pay {Words.WholeDollars(plan.OverdueNow)} now: earlier instalments were missed by {Words.Dollars(plan.OverdueNow)}. "
            + $"Nothing more is to be paid by {Words.Day(next.DeadlineOn)}.",
        _ => $"Pay {Words.WholeDollars(plan.CatchUp)} by {Words.Day(next.DeadlineOn)}, {Words.Dollars(plan.OverdueNow)} of it at once: so much was "
            + "missed at earlier instalments, and interest runs until it is paid.",
    };

    private static string AfterFourth(TaxCalendar calendar, InstalmentPlan plan, decimal balance, LocalDate asOf)
    {
        var missed = plan.OverdueNow == 0
            ? "All four instalments are covered."
            : $"The instalments were missed by {Words.Dollars(plan.OverdueNow)}: pay it now, interest runs until it is paid."
              + (asOf > calendar.FileInsteadOfFourthOn ? "" :
                $" Filing and paying all tax by {Words.Day(calendar.FileInsteadOfFourthOn)} makes up for the fourth.");
        return balance switch
        {
            > 0 => $"{missed} {Words.Dollars(balance)} in all is expected to be due with the return by {Words.Day(calendar.ReturnDueOn)}.",
            < 0 => $"{missed} {Words.Dollars(-balance)} is expected back with the return.",
            _ => missed,
        };
    }
}

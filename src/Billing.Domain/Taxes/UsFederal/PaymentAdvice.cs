using NodaTime;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>What to do next, in words.</summary>
internal static class PaymentAdvice
{
    public static string Text(TaxCalendar calendar, InstalmentPlan plan, decimal balance, LocalDate asOf) =>
        plan.Next is { } next ? BeforeFourth(plan, next) : AfterFourth(calendar, plan, balance, asOf);

    internal static string BeforeFourth(InstalmentPlan plan, DueDate next) => (plan.OverdueNow, plan.DueNext) switch
    {
        (0, 0) => $"Nothing is to be paid by {Day(next.DeadlineOn)}.",
        (0, _) => $"Pay {WholeDollars(plan.CatchUp)} by {Day(next.DeadlineOn)}.",
        (_, 0) => $"Pay {WholeDollars(plan.OverdueNow)} now: {Dollars(plan.OverdueNow)} of earlier instalments was "
            + $"missed. Nothing more is to be paid by {Day(next.DeadlineOn)}.",
        _ => $"Pay {WholeDollars(plan.CatchUp)} by {Day(next.DeadlineOn)}, {Dollars(plan.OverdueNow)} of it at once: "
            + "so much was missed at earlier instalments, and interest runs until it is paid.",
    };

    private static string AfterFourth(TaxCalendar calendar, InstalmentPlan plan, decimal balance, LocalDate asOf)
    {
        var missed = plan.OverdueNow == 0
            ? "All four instalments are covered."
            : $"The instalments were missed by {Dollars(plan.OverdueNow)}: pay it now, interest runs until it is paid."
              + (asOf > calendar.FileInsteadOfFourthOn ? "" :
                $" Filing and paying all tax by {Day(calendar.FileInsteadOfFourthOn)} makes up for the fourth.");
        return balance switch
        {
            > 0 => $"{missed} {Dollars(balance)} in all is expected to be due with the return by "
                + $"{Day(calendar.ReturnDueOn)}.",
            < 0 => $"{missed} {Dollars(-balance)} is expected back with the return.",
            _ => missed,
        };
    }
}

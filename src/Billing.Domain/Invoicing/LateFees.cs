using Billing.Domain.Access;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Invoicing;

/// <summary>The late fees of an invoice that are due on a day and not charged yet: reckoned from the policy of that day and what is open
/// then, of each instalment from its own day on; each period is rounded once, half away from zero.</summary>
public static class LateFees
{
    private const int DaysOfYear = 365, BasisPoints = 10_000;

    /// <summary>A client who has not paid for ten years is another matter.</summary>
    private const int MostPeriods = 120;

    /// <summary>Nothing for what is paid, for deposits, for late fees themselves, and where the policy is in another
    /// currency.</summary>
    public static IReadOnlyList<LateFeePeriod> Due(InvoiceState state, LateFeePolicy? policy, LocalDate day)
    {
        if (policy is null || state is not InvoiceState.Finalized { Invoice: var invoice } || !Bears(invoice, policy)) return [];
        var left = (policy.Cap?.Minor ?? long.MaxValue) - invoice.LateFees.Values.Sum(fee => fee.AmountMinor);
        var due = new List<LateFeePeriod>();
        foreach (var part in invoice.Instalments().Where(part => part.OpenMinor > 0))
        {
            var first = part.DueOn.PlusDays(policy.GraceDays);
            var last = policy.Per == LateFeePolicy.Once ? 1 : MostPeriods;
            for (var number = ChargedThrough(invoice, part) + 1; number <= last && left > 0; number++)
            {
                var (from, until) = (first.PlusMonths(number - 1), first.PlusMonths(number));
                if (policy.Kind == LateFeePolicy.Proportional ? day < until : day <= from) break;
                var minor = Math.Min(left, MinorOf(policy, part.OpenMinor, Period.DaysBetween(from, until)));
                if (minor == 0) continue;
                due.Add(new LateFeePeriod(number, from.PlusDays(1), minor)
                {
                    Instalment = invoice.Facts.Instalments is null ? null : part.Number,
                });
                left -= minor;
            }
        }
        return due;
    }

    private static int ChargedThrough(IssuedInvoice invoice, DueInstalment part) => invoice.LateFees.Values
        .Select(fee => invoice.Facts.Instalments is null
            ? fee.ThroughPeriod
            : fee.Instalments?.FirstOrDefault(charged => charged.Number == part.Number)?.ThroughPeriod ?? 0)
        .DefaultIfEmpty(0).Max();

    private static bool Bears(IssuedInvoice invoice, LateFeePolicy policy) =>
        invoice.BalanceMinor > 0 && invoice.Facts.Kind == InvoiceKind.Work
        && invoice.Facts.Lines.All(line => line.Kind != LineKind.LateFee)
        && (policy.Amount ?? policy.Cap) is var money && (money is null || money.Value.Currency == invoice.Currency);

    private static long MinorOf(LateFeePolicy policy, long openMinor, int days) => policy.Kind switch
    {
        LateFeePolicy.Flat => policy.Amount!.Value.Minor,
        LateFeePolicy.Percentage => Rounding.DivideHalfAwayFromZero((Int128)openMinor * policy.BasisPoints!.Value, BasisPoints),
        _ => Rounding.DivideHalfAwayFromZero((Int128)openMinor * policy.BasisPoints!.Value * days, BasisPoints * DaysOfYear),
    };
}

/// <param name="Number">Counted from 1.</param>
/// <param name="From">Its first day.</param>
public sealed record LateFeePeriod(int Number, LocalDate From, long AmountMinor)
{
    /// <summary>The instalment that is late; null where the invoice is due all at once.</summary>
    public int? Instalment { get; init; }
}

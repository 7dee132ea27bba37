using Billing.Domain.Taxes.Parameters;
using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>Money that counts towards the instalments from a day on, in US dollars.</summary>
public sealed record TaxCredit(LocalDate On, decimal Amount);

/// <summary>One piece of an instalment that was paid late, or not at all.</summary>
/// <param name="Instalment">1 to 4.</param>
/// <param name="Amount">How much was late, in US dollars.</param>
/// <param name="From">The statutory due date.</param>
/// <param name="Through">The day it was paid, or the last day counted.</param>
/// <param name="Penalty">Its interest, not rounded.</param>
public sealed record LatePiece(int Instalment, decimal Amount, LocalDate From, LocalDate Through, decimal Penalty);

/// <summary>
/// The addition to tax for paying instalments late (section 6654, Form 2210), as far as it has run.
/// </summary>
/// <param name="Amount">Rounded to the cent.</param>
/// <param name="Pieces">What it consists of.</param>
/// <param name="AssumesUnpublishedRate">
/// True where days are counted whose rate was not published: they take the last one.
/// </param>
public sealed record UnderpaymentPenalty(decimal Amount, IReadOnlyList<LatePiece> Pieces, bool AssumesUnpublishedRate)
{
    /// <summary>
    /// Simple interest on each late piece from its statutory due date to the day it was paid, at most to 15 April
    /// after the year. Credits go to the earliest unpaid instalment, whatever their voucher says (section
    /// 6654(b)(3)).
    /// </summary>
    /// <param name="rates">Rates by calendar quarter.</param>
    /// <param name="calendar">The due dates.</param>
    /// <param name="required">The four required amounts.</param>
    /// <param name="credits">Withholding by quarter, payments and the overpayment applied, in any order.</param>
    /// <param name="asOf">The day up to which it has run.</param>
    public static UnderpaymentPenalty Compute(
        IReadOnlyList<DatedRate> rates, TaxCalendar calendar, IReadOnlyList<decimal> required,
        IEnumerable<TaxCredit> credits, LocalDate asOf)
    {
        var end = LocalDate.Min(asOf, new LocalDate(calendar.Year + 1, 4, 15));
        var pieces = new List<LatePiece>();
        var assumed = false;
        var unpaid = required.ToArray();
        foreach (var credit in credits.Where(credit => credit.On <= end).OrderBy(credit => credit.On))
        {
            var left = credit.Amount;
            for (var i = 0; i < unpaid.Length && left > 0; i++)
            {
                var piece = Math.Min(unpaid[i], left);
                unpaid[i] -= piece;
                left -= piece;
                Late(i, piece, credit.On);
            }
        }
        for (var i = 0; i < unpaid.Length; i++) Late(i, unpaid[i], end);
        return new UnderpaymentPenalty(Cents.Round(pieces.Sum(piece => piece.Penalty)), pieces, assumed);

        void Late(int i, decimal amount, LocalDate paidOn)
        {
            var due = calendar.Instalments[i];
            if (amount == 0 || paidOn <= due.DeadlineOn) return;
            var (interest, unpublished) = Interest(rates, amount, due.StatutoryOn, paidOn);
            assumed |= unpublished;
            pieces.Add(new LatePiece(due.Number, amount, due.StatutoryOn, paidOn, interest));
        }
    }

    /// <summary>The day of the due date does not count, the day of the payment does.</summary>
    private static (decimal Interest, bool Unpublished) Interest(
        IReadOnlyList<DatedRate> rates, decimal amount, LocalDate due, LocalDate paidOn)
    {
        var (interest, last, unpublished) = (0m, 0m, false);
        foreach (var period in rates)
        {
            var rate = period.Rate ?? last;
            last = rate;
            var from = LocalDate.Max(due, period.From.PlusDays(-1));
            var days = Period.DaysBetween(from, LocalDate.Min(paidOn, period.To));
            if (days <= 0) continue;
            unpublished |= period.Rate is null;
            interest += amount * days / CalendarSystem.Iso.GetDaysInYear(period.From.Year) * rate;
        }
        return (interest, unpublished);
    }
}

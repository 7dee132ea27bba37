using System.Collections.Immutable;
using NodaTime;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>Where an instalment stands.</summary>
public enum InstalmentState
{
    /// <summary>Nothing is left to pay of it.</summary>
    Covered,

    /// <summary>Something is left, and its deadline is over.</summary>
    Overdue,

    /// <summary>The next one to pay.</summary>
    Next,

    /// <summary>A later one.</summary>
    Later,
}

/// <summary>One of the four instalments; whole cents of US dollars.</summary>
/// <param name="Due">Its dates.</param>
/// <param name="Required">
/// What has to be paid by then for this quarter, withholding included (Form 2210 line 10).
/// </param>
/// <param name="Withheld">The quarter of the year's withholding that counts as paid on the due date.</param>
/// <param name="Remaining">What is still to be paid of it; payments go to the earliest unpaid one.</param>
/// <param name="State">Where it stands on the day of the estimate.</param>
public sealed record Instalment(
    DueDate Due, decimal Required, decimal Withheld, decimal Remaining, InstalmentState State)
{
    /// <summary>What withholding, payments and an overpayment applied have covered.</summary>
    public decimal Covered => Required - Remaining;
}

/// <summary>The four instalments and what of them is to be paid now; whole cents of US dollars.</summary>
/// <param name="Method">How the required amounts were found: <see cref="Regular"/> or <see cref="Annualized"/>.</param>
/// <param name="Instalments">The four.</param>
/// <param name="Credited">Payments to date and the overpayment applied, without withholding.</param>
/// <param name="Next">The next due date; null after the fourth deadline.</param>
/// <param name="OverdueNow">Missed at earlier deadlines: pay at once, it accrues interest.</param>
/// <param name="DueNext">What comes on top for the next due date.</param>
public sealed record InstalmentPlan(
    string Method,
    ImmutableArray<Instalment> Instalments,
    decimal Credited,
    DueDate? Next,
    decimal OverdueNow,
    decimal DueNext)
{
    /// <summary>A quarter of the year's required payment each time.</summary>
    public const string Regular = "regular";

    /// <summary>By Schedule AI.</summary>
    public const string Annualized = "annualized";

    /// <summary>
    /// What has to be paid by the next due date in all; after the fourth, what is missing of the year.
    /// </summary>
    public decimal CatchUp => OverdueNow + DueNext;

    /// <summary>The same in whole dollars, rounded up: what to send.</summary>
    public decimal RecommendedPayment => Cents.UpToDollar(CatchUp);

    /// <param name="method">How the required amounts were found.</param>
    /// <param name="calendar">The due dates.</param>
    /// <param name="required">The four required amounts, in whole cents.</param>
    /// <param name="withholding">Of the whole year.</param>
    /// <param name="credited">Payments to date and the overpayment applied.</param>
    /// <param name="asOf">The day of the estimate.</param>
    public static InstalmentPlan Of(
        string method, TaxCalendar calendar, IReadOnlyList<decimal> required, decimal withholding, decimal credited,
        LocalDate asOf)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(required.Count, calendar.Instalments.Length);
        var withheld = Cents.Quarters(withholding);
        var next = calendar.Next(asOf);
        var instalments = ImmutableArray.CreateBuilder<Instalment>(required.Count);
        var (open, toPay) = (-credited, 0m);
        for (var i = 0; i < required.Count; i++)
        {
            open += required[i] - withheld[i];
            var remaining = Math.Max(0, open - toPay);
            toPay += remaining;
            var due = calendar.Instalments[i];
            instalments.Add(new Instalment(due, required[i], withheld[i], remaining, State(due, remaining, next)));
        }
        var all = instalments.MoveToImmutable();
        return new InstalmentPlan(
            method, all, credited, next, Left(all, InstalmentState.Overdue), Left(all, InstalmentState.Next));

        static decimal Left(ImmutableArray<Instalment> all, InstalmentState state) =>
            all.Where(instalment => instalment.State == state).Sum(instalment => instalment.Remaining);
    }

    private static InstalmentState State(DueDate due, decimal remaining, DueDate? next) =>
        remaining == 0 ? InstalmentState.Covered
        : next is null || due.Number < next.Number ? InstalmentState.Overdue
        : due.Number == next.Number ? InstalmentState.Next
        : InstalmentState.Later;
}

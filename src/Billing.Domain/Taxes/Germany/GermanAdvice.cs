using System.Globalization;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.Germany;

/// <summary>What to do next and what is not provided for, in words.</summary>
internal static class GermanAdvice
{
    public static string Text(PrepaymentParameters p, GermanPrepayments plan, bool isSet, decimal balance)
    {
        var pay = (plan.Next, plan.OverdueNow, plan.DueNext) switch
        {
            (null, 0, _) => "All dates of the year are over and paid.",
            (null, _, _) => $"{Euros(plan.OverdueNow)} of prepayments was missed: pay it now.",
            ({ } next, 0, 0) => $"Nothing is to be paid by {Day(next.DueOn)}.",
            ({ } next, 0, _) => $"Pay {Euros(plan.DueNext)} by {Day(next.DueOn)}.",
            ({ } next, _, _) =>
                $"Pay {Euros(plan.OverdueNow)} now, which was missed, and {Euros(plan.DueNext)} by {Day(next.DueOn)}.",
        };
        return $"{pay} {Adjustment(p, plan, isSet)} {Balance(balance)}";
    }

    private static string Adjustment(PrepaymentParameters p, GermanPrepayments plan, bool isSet)
    {
        var months = p.AdjustableMonths.Value.ToString("0", CultureInfo.InvariantCulture);
        var suggested = plan.Dates.LastOrDefault(date => date.Suggested != date.Set)?.Suggested ?? 0;
        return plan.Adjustment switch
        {
            GermanAdjustment.Raise when plan.Next is null =>
                $"The last prepayment may still be raised, for {months} months after the year.",
            GermanAdjustment.Raise when !isSet =>
                $"No prepayments are set: the office would set {Euros(suggested)} at each date to come. Put it aside.",
            GermanAdjustment.Raise =>
                $"What is set is too little: {Euros(suggested)} at each date to come would fit, which the office may set.",
            GermanAdjustment.Lower =>
                $"What is set is too much: ask the office for {Euros(suggested)} at each date to come (adjustment, Anpassung).",
            _ => isSet ? "What is set fits." : "No prepayments are set, nor would any be.",
        };
    }

    private static string Balance(decimal balance) => balance switch
    {
        > 0 => $"{Euros(balance)} in all is expected to be due with the assessment, less what is still prepaid.",
        < 0 => $"{Euros(-balance)} is expected back with the assessment.",
        _ => "Nothing is expected to be due with the assessment.",
    };

    public static IReadOnlyList<string> Limits(GermanTaxParameters p, GermanPerson person, decimal profit) =>
    [
        "Special expenses and allowances count as you state them; their own limits are not worked out. Child allowances are left out.",
        "Expenses count with the VAT in them, which the form has on a line of its own; the profit is the same except for meals.",
        "What is paid within ten days of the turn of the year counts on its day: section 11 EStG may put it into the other year.",
        "Dates move past weekends and holidays of all of Germany; a state's own holiday moves them further.",
        .. person.IsTrade && profit > p.TradeTaxFreeUpTo.Value
            ? (string[])
            [
                $"A trade pays trade tax on profit above {Euros(p.TradeTaxFreeUpTo.Value)}, an unverified figure. It is not worked out.",
            ]
            : [],
        .. person.Church == ChurchTaxPlace.None ? (string[])[] : ["The rates of church tax are unverified."],
    ];
}

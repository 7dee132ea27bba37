using Billing.Api.Retainers;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Api.Invoicing.Share;

/// <summary>A retainer as its client sees it today, the work that is not billed yet included.</summary>
/// <param name="Days">Of the period; null where there are no periods.</param>
/// <param name="Used">Of the period, or of all that was there.</param>
/// <param name="Available">What there was to use; null where it is a flat fee.</param>
/// <param name="Left">Null where it is a flat fee.</param>
/// <param name="Owed">What was used ahead of the next period.</param>
/// <param name="Parts">What is left by the day until which it can be used, where there is one.</param>
public sealed record SharedRetainer(
    string Name, string? Days, string Used, string? Available, string? Left, string? Owed, IReadOnlyList<string> Parts)
{
    /// <summary>Null where nothing of it is running today.</summary>
    public static SharedRetainer? Of(RetainerOnDay retainer, DocumentLanguage language)
    {
        if (retainer.Account.Current is not { } period) return null;
        var (terms, balance) = (period.Period.Terms, retainer.Account.Balance);
        var isFlat = terms.Kind == RetainerKind.FlatFee;
        var days = terms.Period is not null && period.Period.EndExclusive is { } end
            ? language.Word("page-period", ("from", language.Day(period.Period.From)), ("through", language.Day(end.PlusDays(-1))))
            : null;
        return new SharedRetainer(
            retainer.State.Name ?? language.Word("page-retainer"), days, In(period.Used), isFlat ? null : In(period.Available),
            isFlat ? null : In(Math.Max(0, balance)), balance < 0 ? In(-balance) : null,
            [
                .. retainer.Account.Lots
                    .Where(lot => !isFlat && lot is { IsOver: false, Left: > 0, LastDay: not null })
                    .OrderBy(lot => lot.LastDay)
                    .Select(lot => language.Word("page-until", ("left", In(lot.Left)), ("day", language.Day(lot.LastDay!.Value)))),
            ]);

        string In(long quantity) => terms.CountsHours()
            ? $"{PrintedText.OfDuration(quantity)} h"
            : language.Amount(new Money(quantity, retainer.State.Currency));
    }
}

using Billing.Api.Commands;
using Billing.Api.Retainers;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Api.Invoicing.Share;

/// <summary>A retainer as its client sees it today, the work that is not billed yet included.</summary>
/// <param name="Now">The period that runs.</param>
/// <param name="Left">Null where it is a flat fee.</param>
/// <param name="Owed">What was used ahead of the next period.</param>
/// <param name="Parts">What is left by the day until which it can be used, where there is one.</param>
/// <param name="Past">Periods that are over, the newest first.</param>
/// <param name="Uses">Of the running period, or of all there was; the newest first.</param>
public sealed record SharedRetainer(
    string Name, SharedPeriod Now, string? Left, string? Owed, IReadOnlyList<string> Parts, IReadOnlyList<SharedPeriod> Past,
    IReadOnlyList<SharedUse> Uses)
{
    private const int MostPast = 12;

    /// <summary>Those of a client that run on a day.</summary>
    /// <param name="desk">Which knows how they stand.</param>
    /// <param name="session">On the client's book.</param>
    /// <param name="clientId">Whose they are.</param>
    /// <param name="day">In the practice's zone.</param>
    /// <param name="language">In which they are written.</param>
    /// <param name="issued">The client's invoices, by whose numbers draws are named.</param>
    public static async ValueTask<IReadOnlyList<SharedRetainer>> OfClient(
        RetainerDesk desk, BookSession session, Guid clientId, LocalDate day, DocumentLanguage language, IReadOnlyList<InvoiceView> issued)
    {
        var retainers = await desk.OfClient(session, clientId, day);
        var numbers = issued.ToDictionary(invoice => invoice.InvoiceId, invoice => invoice.Number!);
        return [.. retainers.Select(retainer => Of(retainer, language, numbers)).OfType<SharedRetainer>()];
    }

    /// <param name="numbers">Of the client's invoices, by id.</param>
    /// <returns>Null where nothing of it is running today.</returns>
    private static SharedRetainer? Of(RetainerOnDay retainer, DocumentLanguage language, IReadOnlyDictionary<Guid, string> numbers)
    {
        if (retainer.Account.Current is not { } period) return null;
        var (account, balance, currency) = (retainer.Account, retainer.Account.Balance, retainer.State.Currency);
        var terms = period.Period.Terms;
        var isFlat = terms.Kind == RetainerKind.FlatFee;
        return new SharedRetainer(
            retainer.State.Name ?? language.Word("page-retainer"), PeriodOf(period), isFlat ? null : In(Math.Max(0, balance)),
            balance < 0 ? In(-balance) : null,
            [
                .. account.Lots
                    .Where(lot => !isFlat && lot is { IsOver: false, Left: > 0, LastDay: not null })
                    .OrderBy(lot => lot.LastDay)
                    .Select(lot => language.Word("page-until", ("left", In(lot.Left)), ("day", language.Day(lot.LastDay!.Value)))),
            ],
            [.. account.Ended.Reverse().Take(MostPast).Select(PeriodOf)],
            [
                .. account.Uses.Where(use => use.Day >= period.Period.From && use.How != UseOf.PaidOff)
                    .GroupBy(use => (use.Day, Invoice: use.InvoiceId is { } id ? numbers.GetValueOrDefault(id) : null))
                    .OrderByDescending(day => day.Key.Day).ThenByDescending(day => day.Key.Invoice, StringComparer.Ordinal)
                    .Select(day => new SharedUse(day.Key.Day, day.Key.Invoice, In(day.Sum(use => use.Quantity)))),
            ]);

        SharedPeriod PeriodOf(PeriodAccount one) => new(
            one.Period.Terms.Period is not null && one.Period.EndExclusive is { } end
                ? language.Word("page-period", ("from", language.Day(one.Period.From)), ("through", language.Day(end.PlusDays(-1))))
                : null,
            In(one.Used), isFlat ? null : In(one.Available), isFlat || one.Available <= 0 ? null : (decimal)one.Used / one.Available);

        string In(long quantity) => terms.CountsHours()
            ? $"{PrintedText.OfDuration(quantity)} h"
            : language.Amount(new Money(quantity, currency));
    }
}

/// <param name="Days">Null where there are no periods.</param>
/// <param name="Available">What there was to use; null where it is a flat fee.</param>
/// <param name="Share">Used of available, more than 1 where it was exceeded; null where there was nothing to use up.</param>
public sealed record SharedPeriod(string? Days, string Used, string? Available, decimal? Share);

/// <param name="Invoice">Number of the invoice that drew it; null for what no invoice bills yet.</param>
public sealed record SharedUse(LocalDate Day, string? Invoice, string Quantity);

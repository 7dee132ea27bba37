using Billing.Domain.RecurringInvoices;
using Billing.Domain.Values;
using Billing.Projections.RecurringInvoices;
using NodaTime;

namespace Billing.Api.RecurringInvoices;

/// <param name="Next">The periods to come, as they would be invoiced now.</param>
/// <param name="Past">What became of each period so far, in their order.</param>
public sealed record RecurringInvoiceDetail(
    RecurringInvoiceView RecurringInvoice, RecurringTermsView Terms, IReadOnlyList<NextPeriod> Next, IReadOnlyList<PastPeriod> Past)
{
    /// <param name="language">The client's; null for the default.</param>
    /// <param name="most">How many periods to come are shown.</param>
    public static RecurringInvoiceDetail Of(RecurringInvoiceView view, RecurringInvoiceState state, string? language, int most) => new(
        view, RecurringTermsView.Of(state.Terms!),
        [.. state.ToCome.Take(most).Select(period => NextPeriod.Of(state.Terms!, period, PeriodWords.Of(period, language)))],
        [
            .. state.Done.Select(done => new PastPeriod(
                done.From, done.EndExclusive.PlusDays(-1), done.InvoiceId, done.FeeInvoiceId, done.Skipped, done.At)),
        ]);
}

/// <param name="LastDay">Of the last period; null for no end.</param>
/// <param name="Count">How many periods there are; null for no end.</param>
/// <param name="InAdvance">Whether a period is invoiced on its first day, or on the day after its last.</param>
public sealed record RecurringTermsView(
    Guid? EngagementId, CycleBody Cycle, LocalDate FirstDay, LocalDate? LastDay, int? Count, bool InAdvance, bool BillsTime,
    bool BillsExpenses, Guid? FeeRetainerId, IReadOnlyList<RecurringFeeBody> Fees, string? Note)
{
    public static RecurringTermsView Of(RecurringInvoiceEvent.RecurringInvoiceSet terms)
    {
        var currency = Currency.Of(terms.Currency);
        var cycle = terms.Cycle;
        return new RecurringTermsView(
            terms.EngagementId,
            new CycleBody(
                cycle.Rule, cycle.Every, cycle.DaysOfMonth.Count == 0 ? null : cycle.DaysOfMonth,
                cycle.Dates.Count == 0 ? null : cycle.Dates, cycle.Anchor),
            terms.FirstDay, terms.LastDay, terms.Count, terms.InAdvance, terms.BillsTime, terms.BillsExpenses, terms.FeeRetainerId,
            [
                .. terms.Fees.Select((fee, i) => new RecurringFeeBody(
                    terms.FeeDescriptions?[i] ?? "", new Money(fee.AmountMinor, currency))),
            ],
            terms.Note);
    }
}

/// <param name="RunsOn">The day on which it is invoiced.</param>
/// <param name="WorkThrough">The last day of the work that it sweeps up.</param>
/// <param name="InvoiceId">The id that its invoice will have.</param>
/// <param name="Fees">With the placeholders filled.</param>
public sealed record NextPeriod(
    int Number, LocalDate From, LocalDate Through, LocalDate RunsOn, LocalDate WorkThrough, Guid InvoiceId,
    IReadOnlyList<RecurringFeeBody> Fees, string? Note)
{
    public static NextPeriod Of(RecurringInvoiceEvent.RecurringInvoiceSet terms, RecurringPeriod period, PeriodWords words) => new(
        period.Number, period.From, period.Through, period.RunsOn, period.WorkThrough,
        RunPeriodCommandHandler.InvoiceId(terms.RecurringId, period.From),
        [
            .. RecurringTermsView.Of(terms).Fees
                .Select(fee => fee with { Description = PeriodText.Fill(fee.Description, words.ValueOf) }),
        ],
        terms.Note is { } note ? PeriodText.Fill(note, words.ValueOf) : null);
}

/// <param name="Skipped">empty, by-hand or paused; null where it was invoiced.</param>
public sealed record PastPeriod(
    LocalDate From, LocalDate Through, Guid? InvoiceId, Guid? FeeInvoiceId, string? Skipped, Instant At);

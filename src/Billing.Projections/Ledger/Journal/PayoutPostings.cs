using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Reports;

namespace Billing.Projections.Ledger.Journal;

/// <summary>What payouts post: money goes from the processor to the bank, and back where the bank did not take it.</summary>
internal static class PayoutPostings
{
    public static IEnumerable<JournalTransaction> Of(PayoutState state)
    {
        if (state is not PayoutState.Arrived { Facts: var facts } payout) yield break;
        var amount = new Money(facts.AmountMinor, Currency.Of(facts.Currency));
        Thing[] of = [new(ThingKind.Payout, facts.PayoutId)];
        yield return new JournalTransaction(
            facts.ArrivedOn, "payout-arrived", facts.StripePayoutId, null, of,
            PracticeJournal.NotZero([new(Accounts.Bank, amount), new(Accounts.Processor, -amount)]));
        if (payout.Failed is { } failed)
        {
            yield return new JournalTransaction(
                failed.FailedOn, "payout-failed", facts.StripePayoutId, null, of,
                PracticeJournal.NotZero([new(Accounts.Bank, -amount), new(Accounts.Processor, amount)]));
        }
    }
}

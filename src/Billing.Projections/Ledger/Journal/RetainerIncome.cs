using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>
/// What retainers that count hours have earned of what was paid into them: as their hours are used or expire, a flat fee day by
/// day. Money that invoices draw is earned with the invoice, and no matter of this. And what of either kind is to be given back.
/// </summary>
internal static class RetainerIncome
{
    public const string Refunded = "retainer-refunded";

    /// <summary>What was left is the client's again, and due to them: that it went out is not the retainer's to say.</summary>
    public static IEnumerable<JournalTransaction> RefundsOf(RetainerState.Agreed retainer) =>
        from refund in retainer.Refunds
        let amount = Money.Sum(refund.Lots.Select(lot => new Money(lot.AmountMinor, retainer.Currency)), retainer.Currency)
        select new JournalTransaction(
            refund.RefundedOn, Refunded, retainer.Terms[^1].Terms.Kind, retainer.ClientId,
            [new Thing(ThingKind.Retainer, retainer.RetainerId)],
            PracticeJournal.NotZero([new(Accounts.Unearned, amount), new(Accounts.RefundsPayable, -amount)]));

    /// <summary>In minor units, from the beginning through a day; never more than was paid in.</summary>
    public static long EarnedMinor(RetainerState.Agreed retainer, LocalDate through)
    {
        if (!retainer.CountsHours || retainer.Lots.IsEmpty) return 0;
        var account = RetainerFacts.Account(retainer, through);
        return account.ReceivedMinor - account.UnearnedMinor(through);
    }

    /// <summary>Posted at the end of each month up to a day.</summary>
    public static IEnumerable<JournalTransaction> Of(RetainerState.Agreed retainer, LocalDate through)
    {
        if (!retainer.CountsHours || retainer.Lots.IsEmpty) yield break;
        var before = 0L;
        var end = retainer.Lots.Min(lot => lot.FundedOn).With(DateAdjusters.EndOfMonth);
        for (; end <= through; end = end.PlusDays(1).With(DateAdjusters.EndOfMonth))
        {
            var earned = EarnedMinor(retainer, end);
            if (earned != before)
            {
                var amount = new Money(earned - before, retainer.Currency);
                yield return new JournalTransaction(
                    end, "retainer-earned", retainer.Terms[^1].Terms.Kind, retainer.ClientId,
                    [new Thing(ThingKind.Retainer, retainer.RetainerId)],
                    [new(Accounts.Unearned, amount), new(Accounts.Services, -amount)]);
            }
            before = earned;
        }
    }
}

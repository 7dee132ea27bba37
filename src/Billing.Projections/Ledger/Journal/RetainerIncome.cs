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
    /// <summary>What was left is the client's again, and due to them until it has gone out.</summary>
    public static IEnumerable<JournalTransaction> RefundsOf(RetainerState.Agreed retainer)
    {
        foreach (var refund in retainer.Refunds)
        {
            var amount = Money.Sum(refund.Lots.Select(lot => new Money(lot.AmountMinor, retainer.Currency)), retainer.Currency);
            yield return Refund(JournalKind.RetainerRefunded, refund.RefundedOn, Accounts.Unearned, Accounts.RefundsPayable, amount);
            if (retainer.Settlements.TryGetValue(refund.RefundId, out var settled))
                yield return Refund(JournalKind.RetainerRefundSettled, settled.SettledOn, Accounts.RefundsPayable, Accounts.Bank, amount);
        }

        JournalTransaction Refund(string kind, LocalDate on, string debit, string credit, Money amount) => new(
            on, kind, retainer.Terms[^1].Terms.Kind, retainer.ClientId, [new Thing(ThingKind.Retainer, retainer.RetainerId)],
            PracticeJournal.NotZero([new(debit, amount), new(credit, -amount)]));
    }

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

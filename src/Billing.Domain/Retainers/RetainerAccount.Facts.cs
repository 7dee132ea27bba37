using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <content>What each kind of fact does.</content>
public sealed partial record RetainerAccount
{
    private RetainerAccount Fund(RetainerFact.Funded e)
    {
        var account = this with { ReceivedMinor = ReceivedMinor + e.AmountMinor };
        return account.CountsHours(e.Day) ? account : account.Grant(e.LotId, e.Day, null, null, e.AmountMinor, e.AmountMinor);
    }

    private RetainerAccount Buy(RetainerFact.Bought e)
    {
        var account = Current is { } current
            ? this with { Current = current with { FeeMinor = current.FeeMinor + e.PriceMinor } }
            : this;
        var lastDay = TermsOn(e.Day).Block?.ExpiryDays is { } days ? e.Day.PlusDays(days) : (LocalDate?)null;
        return account.Grant(e.LotId, e.Day, null, lastDay, e.Seconds, e.PriceMinor);
    }

    /// <summary>What has expired stays so; nothing is made to end sooner.</summary>
    private RetainerAccount Renew(RetainerFact.Renewed e)
    {
        if (TermsOn(e.Day).Block?.RenewalDays is not { } days) return this;
        var lastDay = e.Day.PlusDays(days);
        return this with
        {
            Lots = Lots.ConvertAll(lot => !lot.IsOver && lot.LastDay < lastDay ? lot with { LastDay = lastDay } : lot),
        };
    }

    /// <summary>In all; null for all that there is.</summary>
    private long? ApprovedIn(RetainerPeriod period)
    {
        var approvals = Approvals.FindAll(approval => period.From <= approval.Day && !(approval.Day >= period.EndExclusive));
        return approvals.Exists(approval => approval.Quantity is null)
            ? null
            : PeriodAccount.Bounded(approvals.Aggregate((Int128)0, (sum, approval) => sum + approval.Quantity!.Value));
    }

    private RetainerAccount Draw(RetainerFact.Drawn e)
    {
        var use = new RetainerUse(e.Day, null, e.InvoiceId, e.LotId, e.Quantity, e.How, e.ValueMinor)
        {
            SurchargeMinor = e.SurchargeMinor,
        };
        var account = (this with { Uses = Uses.Add(use) }).WithSurcharge(use);
        if (e.LotId is not { } lotId) return account.Exceed(use);
        var reserved = account.Reserved.GetValueOrDefault(lotId) - e.Quantity;
        account = account with { Reserved = account.Reserved.SetItem(lotId, reserved) };
        if (account.Lots.Find(lot => lot.LotId == lotId) is { } drawn)
            return account.UseUp(drawn with { Reserved = reserved }, drawn, e.Quantity);
        return account with
        {
            Early = account.Early.SetItem(lotId, account.Early.GetValueOrDefault(lotId) + e.Quantity),
            Current = account.Current is { } current
                ? current with { UsedFromLots = current.UsedFromLots + e.Quantity }
                : null,
        };
    }

    /// <summary>Work on a day outside all periods is none of the retainer's.</summary>
    private RetainerAccount Work(RetainerFact.Worked e)
    {
        if (Current is null) return this;
        var (account, whole) = (this, CountsHours(e.Day) ? e.Seconds : e.ValueMinor);
        var left = whole;
        foreach (var lot in account.InOrderOfUse())
        {
            if (left == 0) break;
            var taken = Math.Min(left, lot.Free);
            account = account.UseUp(e, lot, taken, whole);
            left -= taken;
        }
        if (left > 0 && account.Current!.Period.Terms.Kind == RetainerKind.FlatFee)
        {
            var lot = account.Lots.Find(granted => granted.PeriodFrom == account.Current.Period.From)!;
            return account.UseUp(e, lot, left, whole);
        }
        return left > 0 && e.MayExceed ? account.GoBeyond(e, left, whole) : account;
    }

    /// <summary>A refund takes back what is free; the money's way out is not the account's.</summary>
    private RetainerAccount Refund(RetainerFact.Refunded e)
    {
        if (Lots.Find(lot => lot.LotId == e.LotId) is not { } lot) return this;
        var quantity = Math.Min(e.Quantity, lot.Free);
        var account = WithLot(lot, lot with { Refunded = lot.Refunded + quantity });
        return account with
        {
            ReceivedMinor = ReceivedMinor - e.AmountMinor,
            Current = Current is { } current ? current with { Refunded = current.Refunded + quantity } : null,
        };
    }

    private IEnumerable<LotAccount> InOrderOfUse()
    {
        var usable = Lots.Where(lot => lot.IsUsable);
        var period = Current!.Period;
        var byAge = period.Terms.OrderOfUse == OrderOfUse.BaseFirst
            ? usable.OrderBy(lot => lot.PeriodFrom == period.From ? 0 : 1).ThenBy(lot => lot.GrantedOn)
            : usable.OrderBy(lot => lot.GrantedOn);
        return [.. byAge.ThenBy(lot => lot.LotId)];
    }

    private RetainerAccount UseUp(RetainerFact.Worked e, LotAccount lot, long taken, long whole)
    {
        var use = new RetainerUse(e.Day, e.WorkId, null, lot.LotId, taken, UseOf.Lot, Share(e.ValueMinor, taken, whole))
        {
            SurchargeMinor = Share(e.CoveredSurchargeMinor, taken, whole),
        };
        return (this with { Uses = Uses.Add(use) }).WithSurcharge(use).UseUp(lot, lot, taken);
    }

    /// <summary>What a flat fee grants is whatever is done.</summary>
    private RetainerAccount UseUp(LotAccount lot, LotAccount known, long taken)
    {
        var current = Current;
        var grown = current is { Period.Terms.Kind: RetainerKind.FlatFee } && lot.PeriodFrom == current.Period.From ? taken : 0;
        return WithLot(known, lot with { Granted = lot.Granted + grown, Used = lot.Used + taken }) with
        {
            Current = current is null
                ? null
                : current with { UsedFromLots = current.UsedFromLots + taken, Granted = current.Granted + grown },
        };
    }

    /// <summary>First up to the cap, by the rule; what is beyond that waits.</summary>
    private RetainerAccount GoBeyond(RetainerFact.Worked e, long quantity, long whole)
    {
        var current = Current!;
        var room = current.Limit() is { } limit ? Math.Max(0, limit - (current.Used - current.Stopped)) : long.MaxValue;
        var within = Math.Min(room, quantity);
        var how = current.Period.Terms.Overage.Rule == OverageRule.Carry ? UseOf.Carried : UseOf.Billed;
        var account = this;
        foreach (var (part, name) in new[] { (within, how), (quantity - within, UseOf.Stopped) })
        {
            if (part == 0) continue;
            var use = new RetainerUse(e.Day, e.WorkId, null, null, part, name, Share(e.ValueMinor, part, whole))
            {
                SurchargeMinor = name == UseOf.Billed ? Share(e.BeyondSurchargeMinor, part, whole) : 0,
            };
            account = (account with { Uses = account.Uses.Add(use) }).WithSurcharge(use).Exceed(use);
        }
        return account;
    }

    private RetainerAccount Exceed(RetainerUse use)
    {
        var account = use.How == UseOf.Carried ? this with { Owed = Owed.Add(use) } : this;
        if (Current is not { } current) return account;
        return account with
        {
            Current = use.How switch
            {
                UseOf.Carried => current with { Carried = current.Carried + use.Quantity },
                UseOf.Stopped => current with { Stopped = current.Stopped + use.Quantity },
                _ => current with
                {
                    Billed = current.Billed + use.Quantity,
                    BilledValueMinor = current.BilledValueMinor + use.ValueMinor,
                },
            },
        };
    }

    private RetainerAccount WithLot(LotAccount lot, LotAccount changed) => this with { Lots = Lots.Replace(lot, changed) };

    private RetainerAccount WithSurcharge(RetainerUse use) => Current is not { } current || use.SurchargeMinor == 0
        ? this
        : this with { Current = current with { SurchargeMinor = current.SurchargeMinor + use.SurchargeMinor } };

    private static long Share(long minor, long part, long whole) =>
        whole == 0 ? 0 : Rounding.DivideHalfAwayFromZero((Int128)minor * part, whole);

    private bool CountsHours(LocalDate day) => TermsOn(day).CountsHours();

    private RetainerTerms TermsOn(LocalDate day) => RetainerPeriods.On(Terms, day);
}

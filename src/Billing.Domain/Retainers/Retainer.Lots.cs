using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using static Billing.Domain.Retainers.RetainerEvent;

namespace Billing.Domain.Retainers;

/// <content>Hours bought, renewed, approved and used; money asked for.</content>
public static partial class Retainer
{
    /// <summary>The deposit that asks for the price, if it costs anything, is drafted in the same append. Refuses:
    /// <c>retainer-unknown</c>, <c>not-an-hour-block</c>, <c>lot-differs</c>, <c>currency-mismatch</c>,
    /// <c>terms-out-of-range</c>, <c>retainer-day-implausible</c>, <c>retainer-closed</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, BuyHours command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (agreed.Terms.FindLast(dated => dated.From <= command.BoughtOn)?.Terms is not { Kind: RetainerKind.HourBlock } terms)
            return new Rejection("not-an-hour-block", "Hours are bought where a block of hours was agreed on.");
        var (seconds, price) = (command.Seconds ?? terms.IncludedSeconds!.Value, command.Price?.Minor ?? terms.FeeMinor ?? 0);
        if (agreed.Bought.Find(lot => lot.LotId == command.LotId) is { } known)
        {
            return (known.Seconds, known.PriceMinor, known.BoughtOn) == (seconds, price, command.BoughtOn)
                ? Decision<RetainerEvent>.AlreadyDone
                : new Rejection("lot-differs", "A block with this id was bought already, with other figures.");
        }
        if (command.Price is { } paid && paid.Currency != agreed.Currency)
            return Invalid("currency-mismatch", $"This client is billed in {agreed.Currency}.", "/price/currency");
        if (seconds is < RetainerTermsCheck.MinIncludedSeconds or > RetainerTermsCheck.MaxQuantity)
            return Invalid("terms-out-of-range", $"A block has {RetainerTermsCheck.MinIncludedSeconds} s at least.", "/seconds");
        if (price is < 0 or > RetainerTermsCheck.MaxQuantity)
            return Invalid("terms-out-of-range", "A block costs nothing or more.", "/price/amount");
        return RefuseDay(agreed, command.BoughtOn, command.At, "/boughtOn") is { } refusal
            ? refusal
            : new RetainerHoursBought(command.LotId, seconds, price, command.BoughtOn)
            {
                InvoiceId = price > 0 ? command.InvoiceId : null,
                // Without a deposit nothing tells when it is paid.
                HoursCount = price > 0 && command.InvoiceId is not null ? terms.Block?.HoursCount : null,
            };
    }

    /// <summary>Refuses: <c>retainer-unknown</c>, <c>not-renewable</c>, <c>nothing-to-renew</c>,
    /// <c>retainer-day-implausible</c>, <c>retainer-closed</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, RenewRetainer command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (agreed.Renewals.Exists(renewal => renewal.RenewalId == command.RenewalId)) return Decision<RetainerEvent>.AlreadyDone;
        if (RefuseDay(agreed, command.RenewedOn, command.At, "/renewedOn") is { } refusal) return refusal;
        if (agreed.Terms.FindLast(dated => dated.From <= command.RenewedOn)?.Terms.Block?.RenewalDays is null)
            return new Rejection("not-renewable", "The terms say nothing of a renewal. Set others, or buy another block.");
        var account = RetainerFacts.Account(agreed, command.RenewedOn);
        return account.Lots.Exists(lot => lot is { IsOver: false, LastDay: not null, Left: > 0 })
            ? new RetainerRenewed(command.RenewalId, command.RenewedOn)
            : new Rejection("nothing-to-renew", "Nothing is left that could last longer; what has expired stays so.");
    }

    /// <summary>Refuses: <c>retainer-unknown</c>, <c>nothing-to-approve</c>, <c>amount-not-positive</c>,
    /// <c>approval-out-of-range</c>, <c>retainer-day-implausible</c>, <c>retainer-closed</c> and what
    /// <see cref="Wording.RefuseNote"/> refuses.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, ApproveOverage command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (agreed.Approvals.Find(approval => approval.ApprovalId == command.ApprovalId) is { } known)
        {
            return (known.ApprovedOn, known.Quantity, known.PeriodDay) == (command.ApprovedOn, command.Quantity, command.PeriodDay)
                ? Decision<RetainerEvent>.AlreadyDone
                : new Rejection("id-taken", "Another approval has this id; take a new id.", "/id");
        }
        if (command.Quantity <= 0) return Invalid("amount-not-positive", "Approve more than nothing.", "/seconds");
        if (command.Quantity is { } more && ApprovedInAll(agreed) + more > RetainerTermsCheck.MaxQuantity)
        {
            return Invalid(
                "approval-out-of-range",
                $"All approvals of a retainer are {RetainerTermsCheck.MaxQuantity} at most. Leave it out to approve all of a period.",
                "/seconds");
        }
        if (Wording.RefuseNote(command.Note, "/note") is { } unfit) return unfit;
        var (day, field) = command.PeriodDay is { } named ? (named, "/periodDay") : (command.ApprovedOn, "/approvedOn");
        if (RefuseDay(agreed, day, command.At, field) is { } refusal) return refusal;
        if (IsToCome(command.ApprovedOn, command.At))
            return Invalid("retainer-day-implausible", "Nothing was approved in the future.", "/approvedOn");
        var terms = RetainerPeriods.At(agreed.Terms, agreed.LastDay, day)!.Terms;
        return terms.Overage.Rule == OverageRule.Refuse || terms.Caps?.HardPercent is not null
            ? new RetainerOverageApproved(command.ApprovalId, command.ApprovedOn, command.Quantity, command.Note, command.At)
            {
                PeriodDay = command.PeriodDay,
            }
            : new Rejection("nothing-to-approve", "Nothing of this retainer is stopped, so that nothing waits for approval.");
    }

    /// <summary>The deposit is drafted in the same append. Refuses: <c>retainer-unknown</c>, <c>not-evergreen</c>,
    /// <c>top-up-not-due</c>, <c>top-up-open</c>, <c>retainer-closed</c>.</summary>
    /// <param name="before">The invoice that was asked for last; none where there was none.</param>
    public static Decision<RetainerEvent> Decide(RetainerState state, RequestTopUp command, InvoiceState before)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (agreed.TopUps.Exists(topUp => topUp.InvoiceId == command.InvoiceId)) return Decision<RetainerEvent>.AlreadyDone;
        if (agreed.LastDay is not null) return Closed;
        if (agreed.Terms[^1].Terms.Evergreen is null)
            return new Rejection("not-evergreen", "Only an evergreen retainer is filled up. Ask for a deposit instead.");
        if (before is InvoiceState.DepositDraft || before.OpenMinor > 0)
        {
            return new Rejection("top-up-open",
                "A top-up was asked for and is not paid yet. Money counts once it is paid; remind the client, or void it.");
        }
        return RetainerFacts.Account(agreed, command.RequestedOn).TopUpDueMinor() is > 0 and var due
            ? new RetainerTopUpRequested(command.InvoiceId, due, command.RequestedOn)
            : new Rejection("top-up-not-due", "The retainer is not below its floor, or was filled up in this period.");
    }

    /// <summary>The deposit is drafted in the same append. Refuses: <c>retainer-unknown</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, RequestFees command) => state is RetainerState.Agreed
        ? new RetainerFeeRequested(
            command.InvoiceId, [.. command.Fees.Select(fee => fee.From)], command.Fees.Sum(fee => fee.Minor), command.At)
        : Unknown(command.RetainerId);

    private static Int128 ApprovedInAll(RetainerState.Agreed agreed) =>
        agreed.Approvals.Aggregate((Int128)0, (sum, approval) => sum + (approval.Quantity ?? 0));

    /// <summary>Refuses: <c>retainer-unknown</c>, <c>draw-differs</c>, <c>draw-reversed</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, DrawHours command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (agreed.HoursDraws.TryGetValue(command.InvoiceId, out var draw))
        {
            return draw.Uses.SequenceEqual(command.Uses)
                ? Decision<RetainerEvent>.AlreadyDone
                : new Rejection("draw-differs", "This invoice has drawn on the retainer already, with other hours.");
        }
        return agreed.ReversedInvoiceIds.Contains(command.InvoiceId)
            ? new Rejection("draw-reversed", "This invoice was voided and what it drew was put back.")
            : new RetainerHoursDrawn(command.InvoiceId, command.Uses, command.DrawnOn);
    }

    /// <summary>The hours go back and are drawn again. Refuses: <c>retainer-unknown</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, RedrawHours command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        var drawn = agreed.HoursDraws.GetValueOrDefault(command.InvoiceId)?.Uses ?? [];
        if (drawn.SequenceEqual(command.Uses)) return Decision<RetainerEvent>.AlreadyDone;
        var events = new List<RetainerEvent>();
        if (drawn.Count > 0)
            events.Add(new RetainerHoursReversed(command.InvoiceId, drawn.Sum(use => use.Seconds), command.RedrawnOn));
        if (command.Uses.Count > 0) events.Add(new RetainerHoursDrawn(command.InvoiceId, command.Uses, command.RedrawnOn));
        return events.ToArray();
    }
}

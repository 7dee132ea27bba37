using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using static Billing.Domain.Retainers.RetainerEvent;

namespace Billing.Domain.Retainers;

/// <summary>
/// One retainer. Money is funded by paid deposits and drawn down by invoices, oldest lot first; what hours there are and
/// what they were used for is reckoned by <see cref="RetainerAccount"/>.
/// </summary>
public static partial class Retainer
{
    public static readonly StreamType<RetainerState, RetainerEvent> Stream =
        new("retainer", new RetainerState.NotAgreed(), Evolve);

    public static RetainerState Evolve(RetainerState state, RetainerEvent @event) => (state, @event) switch
    {
        (_, RetainerAgreed e) => new RetainerState.Agreed(
            e.RetainerId, e.ClientId, Currency.Of(e.Currency), e.Name, e.EngagementIds, [],
            ImmutableDictionary<Guid, RetainerDraw>.Empty, [])
        {
            AgreedAt = e.AgreedAt,
        },
        (RetainerState.Agreed s, RetainerFunded e) => s with { Lots = InOrder(s.Lots, e), AwaitsTopUp = false },
        (RetainerState.Agreed s, RetainerDrawn e) => s with
        {
            Lots = Moved(s.Lots, e.Lots, sign: -1),
            Draws = s.Draws.SetItem(e.InvoiceId, new RetainerDraw(e.AmountMinor, e.Lots, e.DrawnOn)),
        },
        (RetainerState.Agreed s, RetainerDrawReversed e) => s with
        {
            Lots = Moved(s.Lots, e.Lots, sign: 1),
            Draws = s.Draws.Remove(e.InvoiceId),
            ReversedInvoiceIds = s.ReversedInvoiceIds.Add(e.InvoiceId),
        },
        (RetainerState.Agreed s, _) => EvolveAgreed(s, @event),
        _ => throw new UnreachableException($"{@event.GetType().Name} on a retainer that nobody agreed on."),
    };

    private static RetainerState.Agreed EvolveAgreed(RetainerState.Agreed state, RetainerEvent @event) => @event switch
    {
        RetainerTermsSet e => state with { OwnTerms = state.OwnTerms.Add(new DatedTerms(e.From, e.Terms)) },
        RetainerHoursBought e => state with
        {
            Bought = state.Bought.Add(new BoughtHours(
                e.LotId, e.Seconds, e.PriceMinor, e.BoughtOn, e.InvoiceId, e.HoursCount == HoursCount.OncePaid)),
        },
        RetainerRenewed e => state with { Renewals = state.Renewals.Add(e) },
        RetainerOverageApproved e => state with { Approvals = state.Approvals.Add(e) },
        RetainerTopUpRequested e => state with { TopUps = state.TopUps.Add(e), AwaitsTopUp = true },
        RetainerFeeRequested e => state with { FeesRequested = state.FeesRequested.Union(e.PeriodsFrom) },
        RetainerRefunded e => state with
        {
            Refunds = state.Refunds.Add(e),
            Lots = Moved(state.Lots, [.. e.Lots.Select(lot => new LotDraw(lot.LotId, lot.Quantity))], sign: -1),
        },
        RetainerRefundSettled e => state with { Settlements = state.Settlements.SetItem(e.RefundId, e) },
        RetainerFundingTakenBack e => state with
        {
            TakenBack = state.TakenBack.Add(e),
            Lots = Moved(state.Lots, e.Lots, sign: -1),
        },
        RetainerHoursDrawn e => state with
        {
            HoursDraws = state.HoursDraws.SetItem(e.InvoiceId, new HoursDraw(e.Uses, e.DrawnOn)),
            ReversedInvoiceIds = state.ReversedInvoiceIds.Remove(e.InvoiceId),
        },
        RetainerHoursReversed e => state with
        {
            HoursDraws = state.HoursDraws.Remove(e.InvoiceId),
            ReversedInvoiceIds = state.ReversedInvoiceIds.Add(e.InvoiceId),
        },
        RetainerClosed e => state with { LastDay = e.LastDay },
        _ => throw new UnreachableException($"{@event.GetType().Name} on a retainer."),
    };

    /// <summary>Refuses: <c>id-taken</c>, <c>client-unknown</c>, <c>client-archived</c>, <c>engagement-repeated</c>,
    /// <c>engagement-of-other-client</c> and what <see cref="Wording.RefuseName"/> and <see cref="RetainerTermsCheck"/>
    /// refuse.</summary>
    /// <param name="client">The client that the command names.</param>
    /// <param name="engagements">Those that the command names, by id.</param>
    public static Decision<RetainerEvent> Decide(
        RetainerState state, AgreeRetainer command, ClientState client,
        IReadOnlyDictionary<Guid, EngagementState> engagements)
    {
        if (state is RetainerState.Agreed agreed)
        {
            return agreed.ClientId == command.ClientId && agreed.Name == command.Name
                && agreed.EngagementIds.SequenceEqual(command.EngagementIds)
                && agreed.OwnTerms.FirstOrDefault()?.From == command.Terms?.From
                ? Decision<RetainerEvent>.AlreadyDone
                : new Rejection("id-taken", "There is a retainer with this id already; take a new id.", "/id");
        }
        if (Wording.RefuseName(command.Name, "/name") is { } refusal) return refusal;
        if (client.Details is not { } details) return Client.NoSuchClient with { Field = "/clientId" };
        if (client is ClientState.Archived)
            return new Rejection("client-archived", "Nothing new is agreed with an archived client.", "/clientId");
        if (command.EngagementIds.Distinct().Count() != command.EngagementIds.Count)
            return Invalid("engagement-repeated", "An engagement is named twice. Name each once.", "/engagementIds");
        if (command.EngagementIds.Any(id => engagements[id].Terms?.ClientId != command.ClientId))
        {
            return new Rejection(
                "engagement-of-other-client", "An engagement in it is not this client's.", "/engagementIds");
        }
        if (command.Terms is { } wished && RetainerTermsCheck.Refuse(wished, details.Currency) is { } unfit) return unfit;
        var agreement = new RetainerAgreed(
            command.RetainerId, command.ClientId, details.Currency.Code, command.Name, [.. command.EngagementIds],
            command.At);
        return command.Terms is { } terms
            ? new RetainerEvent[] { agreement, new RetainerTermsSet(terms.From, terms.Terms, command.At) }
            : agreement;
    }

    /// <summary>Refuses: <c>retainer-unknown</c>, <c>amount-not-positive</c>, <c>lot-differs</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, FundRetainer command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (command.AmountMinor <= 0) return NotPositive();
        if (agreed.Lots.Find(lot => lot.LotId == command.LotId) is { } lot)
        {
            return lot.FundedMinor == command.AmountMinor && lot.InvoiceId == command.InvoiceId
                ? Decision<RetainerEvent>.AlreadyDone
                : new Rejection("lot-differs", "This payment has funded the retainer already, with other figures.");
        }
        return new RetainerFunded(
            command.LotId, command.InvoiceId, command.PaymentId, command.AmountMinor, command.FundedOn, command.Tax);
    }

    /// <summary>From the lots of the invoice, the oldest first. Refuses: <c>retainer-unknown</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, TakeFundingBack command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (agreed.TakenBack.Exists(taken => taken.MovementId == command.MovementId)) return Decision<RetainerEvent>.AlreadyDone;
        var lots = agreed.Lots.Where(lot => lot.InvoiceId == command.InvoiceId).Select(lot => lot with
        {
            LeftMinor = lot.FundedMinor - agreed.TakenBack.SelectMany(taken => taken.Lots)
                .Where(taken => taken.LotId == lot.LotId).Sum(taken => taken.AmountMinor),
        });
        var draws = OldestFirst(lots, command.AmountMinor);
        if (command.TaxMinor is { } tax && draws.Count > 0)
        {
            var taxes = LargestRemainder.Split(tax, [.. draws.Select(draw => draw.AmountMinor)]);
            draws = [.. draws.Zip(taxes, (draw, minor) => draw with { TaxMinor = minor })];
        }
        return new RetainerFundingTakenBack(command.MovementId, draws, command.TakenBackOn);
    }

    /// <summary>Refuses: <c>retainer-unknown</c>, <c>id-taken</c>, <c>amount-not-positive</c>, <c>deposit-used</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, CreditFunding command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        var lots = agreed.Lots.FindAll(lot => lot.InvoiceId == command.InvoiceId);
        if (agreed.TakenBack.Find(taken => taken.MovementId == command.CreditNoteId) is { } known)
        {
            return known.Lots.All(draw => lots.Exists(lot => lot.LotId == draw.LotId))
                ? Decision<RetainerEvent>.AlreadyDone
                : new Rejection("id-taken", "A credit note of another deposit of this retainer has this id. Choose a new one.", "/id");
        }
        if (command.AmountMinor <= 0) return NotPositive();
        var left = LeftOf(agreed, command.InvoiceId);
        return command.AmountMinor > left
            ? new Rejection("deposit-used", $"Only {new Money(left, agreed.Currency)} of this deposit is left in the retainer.", "/amount")
            : new RetainerFundingTakenBack(command.CreditNoteId, OldestFirst(lots, command.AmountMinor), command.CreditedOn);
    }

    /// <summary>What is left of one deposit, in minor units.</summary>
    internal static long LeftOf(RetainerState.Agreed agreed, Guid invoiceId) =>
        agreed.Lots.Where(lot => lot.InvoiceId == invoiceId).Sum(lot => Math.Max(0, lot.LeftMinor));

    /// <summary>Refuses: <c>retainer-unknown</c>, <c>amount-not-positive</c>, <c>draw-differs</c>,
    /// <c>draw-reversed</c>, <c>retainer-too-small</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, DrawRetainer command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (command.AmountMinor <= 0) return NotPositive();
        if (agreed.Draws.TryGetValue(command.InvoiceId, out var draw))
        {
            return draw.AmountMinor == command.AmountMinor
                ? Decision<RetainerEvent>.AlreadyDone
                : new Rejection("draw-differs", "This invoice has drawn on the retainer already, with another amount.");
        }
        if (agreed.ReversedInvoiceIds.Contains(command.InvoiceId))
            return new Rejection("draw-reversed", "This invoice was voided and what it drew was put back.");
        if (command.AmountMinor > agreed.BalanceMinor)
        {
            var balance = new Money(agreed.BalanceMinor, agreed.Currency);
            return new Rejection("retainer-too-small", $"The retainer holds {balance}, which is less than was asked for.");
        }
        return new RetainerDrawn(
            command.InvoiceId, command.AmountMinor, OldestFirst(agreed.Lots, command.AmountMinor), command.DrawnOn);
    }

    /// <summary>Refuses: <c>retainer-unknown</c>, <c>nothing-drawn</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, ReverseDraw command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (agreed.ReversedInvoiceIds.Contains(command.InvoiceId)) return Decision<RetainerEvent>.AlreadyDone;
        if (agreed.HoursDraws.TryGetValue(command.InvoiceId, out var hours))
        {
            return new RetainerHoursReversed(
                command.InvoiceId, hours.Uses.Sum(use => use.Seconds), command.ReversedOn);
        }
        return agreed.Draws.TryGetValue(command.InvoiceId, out var draw)
            ? new RetainerDrawReversed(command.InvoiceId, draw.AmountMinor, draw.Lots, command.ReversedOn)
            : new Rejection("nothing-drawn", "This invoice has drawn nothing from the retainer.");
    }

    internal static List<LotDraw> OldestFirst(IEnumerable<RetainerLot> lots, long amountMinor)
    {
        var draws = new List<LotDraw>();
        foreach (var lot in lots)
        {
            if (amountMinor == 0) break;
            var taken = Math.Min(lot.LeftMinor, amountMinor);
            if (taken <= 0) continue;
            draws.Add(new LotDraw(lot.LotId, taken, lot.TaxIn(taken)));
            amountMinor -= taken;
        }
        return draws;
    }

    private static ImmutableList<RetainerLot> Moved(
        ImmutableList<RetainerLot> lots, IReadOnlyList<LotDraw> draws, int sign) => lots.ConvertAll(lot =>
        {
            var moved = draws.Where(draw => draw.LotId == lot.LotId).ToList();
            return lot with
            {
                LeftMinor = lot.LeftMinor + (sign * moved.Sum(draw => draw.AmountMinor)),
                TaxLeftMinor = lot.TaxLeftMinor + (sign * moved.Sum(draw => draw.TaxMinor ?? 0)),
            };
        });

    /// <summary>Sorting is stable, so lots of one day stay as they came.</summary>
    private static ImmutableList<RetainerLot> InOrder(ImmutableList<RetainerLot> lots, RetainerFunded e) =>
        [
            .. lots.Add(new RetainerLot(e.LotId, e.InvoiceId, e.PaymentId, e.AmountMinor, e.AmountMinor, e.FundedOn)
            {
                Tax = e.Tax,
                TaxLeftMinor = e.Tax?.TaxMinor ?? 0,
            }).OrderBy(lot => lot.FundedOn),
        ];

    internal static Rejection Unknown(Guid retainerId) =>
        new("retainer-unknown", $"There is no retainer {retainerId:D}.", Kind: RejectionKind.NotFound);

    private static Rejection NotPositive() =>
        Invalid("amount-not-positive", "The amount must be more than zero.", "/amount");

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}

using System.Diagnostics;
using Billing.Domain.Access;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.SalesTax.SalesTaxPaymentEvent;

namespace Billing.Domain.SalesTax;

/// <summary>One payment to the tax office, or refund by it.</summary>
public static class SalesTaxPayment
{
    public static readonly StreamType<SalesTaxPaymentState, SalesTaxPaymentEvent> Stream =
        new("salestaxpayment", new SalesTaxPaymentState.NotRecorded(), Evolve);

    private const int MaxReferenceLength = 200;

    public static SalesTaxPaymentState Evolve(SalesTaxPaymentState state, SalesTaxPaymentEvent @event) => (state, @event) switch
    {
        (_, SalesTaxPaymentRecorded e) => new SalesTaxPaymentState.Recorded(e),
        (SalesTaxPaymentState.Recorded s, SalesTaxPaymentCorrected e) => new SalesTaxPaymentState.Recorded(s.Facts with
        {
            AmountMinor = e.AmountMinor,
            PaidOn = e.PaidOn,
            Period = e.Period,
            Reference = e.Reference,
        }),
        (SalesTaxPaymentState.Recorded s, SalesTaxPaymentRemoved) => new SalesTaxPaymentState.Removed(s.Facts),
        _ => throw new UnreachableException($"{@event.GetType().Name} of a payment that is not recorded."),
    };

    /// <summary>Refuses: <c>id-taken</c>, <c>period-locked</c> and what is wrong with the figures: <c>amount-not-positive</c>,
    /// <c>amount-too-large</c>, <c>sales-tax-period-malformed</c>, <c>paid-on-implausible</c>, and what
    /// <see cref="Wording.RefuseLine"/> refuses.</summary>
    public static Decision<SalesTaxPaymentEvent> Decide(
        SalesTaxPaymentState state, RecordSalesTaxPayment command, BusinessState business)
    {
        var figures = command.Figures;
        if (state is not SalesTaxPaymentState.NotRecorded)
        {
            return state is SalesTaxPaymentState.Recorded { Facts: var known } && known.Currency == figures.Amount.Currency.Code
                && IsSame(known, figures)
                ? Decision<SalesTaxPaymentEvent>.AlreadyDone
                : new Rejection("id-taken", "Another payment has this id. Choose a new one.", "/id");
        }
        return Refuse(figures, business, command.At) ?? (Decision<SalesTaxPaymentEvent>)new SalesTaxPaymentRecorded(
            command.PaymentId, figures.SignedMinor, figures.Amount.Currency.Code, figures.PaidOn, figures.Period, figures.Reference,
            command.At);
    }

    /// <summary>Refuses: <c>sales-tax-payment-unknown</c>, <c>sales-tax-payment-removed</c>, <c>currency-mismatch</c> and what recording
    /// it refuses.</summary>
    public static Decision<SalesTaxPaymentEvent> Decide(
        SalesTaxPaymentState state, CorrectSalesTaxPayment command, BusinessState business)
    {
        if (RefuseState(state, business, out var known) is { } refusal) return refusal;
        var figures = command.Figures;
        if (figures.Amount.Currency.Code != known.Currency)
        {
            return new Rejection("currency-mismatch",
                $"The payment was recorded in {known.Currency}. Remove it and record another.", "/amount/currency", RejectionKind.Invalid);
        }
        if (IsSame(known, figures)) return Decision<SalesTaxPaymentEvent>.AlreadyDone;
        return Refuse(figures, business, command.At) ?? (Decision<SalesTaxPaymentEvent>)new SalesTaxPaymentCorrected(
            figures.SignedMinor, figures.PaidOn, figures.Period, figures.Reference, command.At);
    }

    /// <summary>Refuses: <c>sales-tax-payment-unknown</c>, <c>period-locked</c>, what <see cref="Wording.RefuseName"/> refuses.</summary>
    public static Decision<SalesTaxPaymentEvent> Decide(
        SalesTaxPaymentState state, RemoveSalesTaxPayment command, BusinessState business)
    {
        if (state is SalesTaxPaymentState.Removed) return Decision<SalesTaxPaymentEvent>.AlreadyDone;
        if (RefuseState(state, business, out _) is { } refusal) return refusal;
        return Wording.RefuseName(command.Reason, "/reason") is { } unfit
            ? unfit
            : new SalesTaxPaymentRemoved(command.Reason, command.At);
    }

    private static Rejection? RefuseState(SalesTaxPaymentState state, BusinessState business, out SalesTaxPaymentRecorded known)
    {
        known = (state as SalesTaxPaymentState.Recorded)?.Facts!;
        return state switch
        {
            SalesTaxPaymentState.Recorded => PeriodLock.Refuse(business, known.PaidOn, null),
            SalesTaxPaymentState.Removed => new Rejection("sales-tax-payment-removed", "The payment was removed. Record another."),
            _ => new Rejection("sales-tax-payment-unknown", "There is no such payment to the tax office.", Kind: RejectionKind.NotFound),
        };
    }

    private static Rejection? Refuse(SalesTaxPaymentFigures figures, BusinessState business, Instant at)
    {
        if (!figures.Amount.IsPositive)
        {
            return Invalid("amount-not-positive", "The amount must be more than zero; say of a refund that it is one.", "/amount");
        }
        if (figures.Amount.Minor > Invoicing.Drafting.MaxDepositMinor)
            return Invalid("amount-too-large", "That is too much for one payment.", "/amount");
        if (!SalesTaxPeriod.TryParse(figures.Period, out var period))
        {
            return Invalid("sales-tax-period-malformed",
                "A period is a month such as 2026-03, a quarter such as 2026-Q1 or a year such as 2026.", "/period");
        }
        // Somewhere on earth it is a day later than in UTC. Prepayments of a period are made within it.
        if (figures.PaidOn > at.InUtc().Date.PlusDays(1) || figures.PaidOn < period.From.PlusYears(-1))
        {
            return Invalid("paid-on-implausible",
                "The day of payment lies in the future, or more than a year before its period.", "/paidOn");
        }
        return Wording.RefuseLine(figures.Reference, MaxReferenceLength, "/reference")
            ?? PeriodLock.Refuse(business, figures.PaidOn, "/paidOn");
    }

    private static bool IsSame(SalesTaxPaymentRecorded known, SalesTaxPaymentFigures figures) =>
        (known.AmountMinor, known.PaidOn, known.Period, known.Reference)
        == (figures.SignedMinor, figures.PaidOn, figures.Period, figures.Reference);

    private static Rejection Invalid(string code, string detail, string field) => new(code, detail, field, RejectionKind.Invalid);
}

public abstract record SalesTaxPaymentState
{
    private SalesTaxPaymentState() { }

    public sealed record NotRecorded : SalesTaxPaymentState;

    /// <param name="Facts">As they stand after corrections.</param>
    public sealed record Recorded(SalesTaxPaymentRecorded Facts) : SalesTaxPaymentState;

    public sealed record Removed(SalesTaxPaymentRecorded Facts) : SalesTaxPaymentState;
}

/// <param name="Amount">More than zero.</param>
/// <param name="IsRefund">Whether the office paid it.</param>
/// <param name="Period">As <see cref="SalesTaxPeriod"/> reads it.</param>
public sealed record SalesTaxPaymentFigures(Money Amount, bool IsRefund, LocalDate PaidOn, string Period, string? Reference)
{
    internal long SignedMinor => IsRefund ? -Amount.Minor : Amount.Minor;
}

/// <summary>Writes down that sales tax was paid to the office, or by it.</summary>
public sealed record RecordSalesTaxPayment(Guid PaymentId, SalesTaxPaymentFigures Figures, Instant At);

/// <summary>Says in full what was paid.</summary>
public sealed record CorrectSalesTaxPayment(Guid PaymentId, SalesTaxPaymentFigures Figures, Instant At);

public sealed record RemoveSalesTaxPayment(Guid PaymentId, string Reason, Instant At);

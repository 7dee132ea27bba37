using System.Diagnostics;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Payments.PayoutEvent;

namespace Billing.Domain.Payments;

/// <summary>One payout of the processor to the bank.</summary>
public static class Payout
{
    public static readonly StreamType<PayoutState, PayoutEvent> Stream = new("payout", new PayoutState.NotHeardOf(), Evolve);

    public static PayoutState Evolve(PayoutState state, PayoutEvent @event) => (state, @event) switch
    {
        (_, PayoutArrived e) => new PayoutState.Arrived(e, Failed: null),
        (PayoutState.Arrived s, PayoutFailed e) => s with { Failed = e },
        _ => throw new UnreachableException($"{@event.GetType().Name} of a payout that did not arrive."),
    };

    /// <summary>The id under which the books know one of Stripe's.</summary>
    public static Guid IdOf(string stripePayoutId) => MoneyBack.MovementId(stripePayoutId, "payout");

    /// <summary>Refuses: <c>payout-differs</c> where its transactions do not add up to it.</summary>
    public static Decision<PayoutEvent> Decide(PayoutState state, TellPayout command)
    {
        if (command.SumMinor != command.WholeMinor)
        {
            return new Rejection("payout-differs",
                $"The transactions of {command.StripePayoutId} come to {new Money(command.SumMinor, command.Amount.Currency)}, but "
                + $"{new Money(command.WholeMinor, command.Amount.Currency)} was paid out.");
        }
        if (state is PayoutState.Arrived known)
        {
            return command.Failure is { } failure && known.Failed is null
                ? new PayoutFailed(failure.Reason, failure.FailedOn, command.At)
                : Decision<PayoutEvent>.AlreadyDone;
        }
        var arrived = new PayoutArrived(
            IdOf(command.StripePayoutId), command.StripePayoutId, command.Amount.Minor, command.Amount.Currency.Code, command.ArrivedOn,
            command.Parts, command.Amount.Minor - command.Parts.Sum(part => part.NetMinor), command.At);
        return command.Failure is { } late
            ? new PayoutEvent[] { arrived, new PayoutFailed(late.Reason, late.FailedOn, command.At) }
            : arrived;
    }
}

public abstract record PayoutState
{
    private PayoutState() { }

    public sealed record NotHeardOf : PayoutState;

    /// <param name="Failed">Null while it did not.</param>
    public sealed record Arrived(PayoutArrived Facts, PayoutFailed? Failed) : PayoutState;
}

/// <summary>What Stripe says of one payout now, however often and in whatever order.</summary>
/// <param name="Amount">What of it is this practice's.</param>
/// <param name="WholeMinor">All of it, other practices' parts too.</param>
/// <param name="SumMinor">What all of its transactions add up to.</param>
/// <param name="Failure">Null where it did not fail.</param>
public sealed record TellPayout(
    string StripePayoutId, Money Amount, long WholeMinor, long SumMinor, LocalDate ArrivedOn, IReadOnlyList<PayoutPart> Parts,
    PayoutFailure? Failure, Instant At);

public sealed record PayoutFailure(string Reason, LocalDate FailedOn);

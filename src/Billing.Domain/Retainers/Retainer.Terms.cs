using NodaTime;
using static Billing.Domain.Retainers.RetainerEvent;

namespace Billing.Domain.Retainers;

/// <content>Changing what was agreed, and ending it.</content>
public static partial class Retainer
{
    /// <summary>Terms are not edited: others follow on them from a day on, which no invoice has drawn beyond.
    /// Refuses: <c>retainer-unknown</c>, <c>retainer-closed</c>, <c>terms-in-the-past</c>, <c>terms-other-unit</c>,
    /// <c>terms-mid-period</c> and what <see cref="RetainerTermsCheck"/> refuses.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, SetRetainerTerms command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        var (from, terms) = (command.Terms.From, command.Terms.Terms);
        if (RetainerTermsCheck.Refuse(command.Terms, agreed.Currency) is { } refusal) return refusal;
        if (agreed.OwnTerms.LastOrDefault() is { } last && last.From == from && Same(last.Terms, terms))
            return Decision<RetainerEvent>.AlreadyDone;
        if (agreed.LastDay is not null) return Closed;
        if (from <= agreed.Terms[^1].From || from <= RetainerFacts.LastDrawn(agreed))
        {
            return new Rejection("terms-in-the-past",
                "Terms follow on those before, and on the last day that an invoice has drawn for. Name a later first day.",
                "/terms/from");
        }
        if (terms.CountsHours() != agreed.CountsHours)
        {
            return new Rejection("terms-other-unit",
                "A retainer counts either hours or money for good. Close this one and agree on another.", "/terms/kind");
        }
        if (agreed.Terms[^1].Terms.Period is { Prorated: false } period && !RetainerPeriods.BeginsOn(period, from))
        {
            return new Rejection("terms-mid-period",
                "These periods are not prorated, so that other terms begin where one of them ends.", "/terms/from");
        }
        return new RetainerTermsSet(from, terms, command.At);
    }

    /// <summary>Refuses: <c>retainer-unknown</c>, <c>retainer-closed</c>, <c>last-day-implausible</c>,
    /// <c>retainer-not-empty</c>.</summary>
    public static Decision<RetainerEvent> Decide(RetainerState state, CloseRetainer command)
    {
        if (state is not RetainerState.Agreed agreed) return Unknown(command.RetainerId);
        if (agreed.LastDay is { } closed) return closed == command.LastDay ? Decision<RetainerEvent>.AlreadyDone : Closed;
        if (command.LastDay < agreed.Terms[^1].From || command.LastDay < RetainerFacts.LastDrawn(agreed))
        {
            return new Rejection("last-day-implausible",
                "The last day comes after its terms have begun, and not before a day that an invoice has drawn for.", "/lastDay");
        }
        if (!agreed.CountsHours && agreed.BalanceMinor > 0)
        {
            return new Rejection("retainer-not-empty",
                "The client's money is still in it. Bill work against it or refund the rest first.");
        }
        return new RetainerClosed(command.LastDay, command.At);
    }

    internal static Rejection Closed { get; } =
        new("retainer-closed", "The retainer is closed. Agree on another one.");

    /// <summary>Records compare lists by reference, so the one list in terms is compared by itself.</summary>
    private static bool Same(RetainerTerms left, RetainerTerms right) =>
        left with { Cycle = null } == right with { Cycle = null }
        && left.Cycle?.Rule == right.Cycle?.Rule && left.Cycle?.Weeks == right.Cycle?.Weeks
        && (left.Cycle?.Days ?? []).SequenceEqual(right.Cycle?.Days ?? []);

    /// <summary>Somewhere on earth it is a day later than in UTC.</summary>
    private static bool IsToCome(LocalDate day, Instant at) => day > at.InUtc().Date.PlusDays(1);

    private static Rejection? RefuseDay(RetainerState.Agreed agreed, LocalDate day, Instant at, string field) =>
        IsToCome(day, at) || day < agreed.Terms[0].From
            ? Invalid("retainer-day-implausible", "The day lies in the future, or before the retainer's first day.", field)
            : agreed.LastDay < day ? Closed : null;
}

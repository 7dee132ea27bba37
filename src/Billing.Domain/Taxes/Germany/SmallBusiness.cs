using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.Germany;

/// <summary>Where a small business (Kleinunternehmer, section 19 UStG) stands.</summary>
public enum SmallBusinessStanding
{
    /// <summary>It is none: VAT is charged.</summary>
    NotClaimed,

    /// <summary>Far from any limit.</summary>
    Fits,

    /// <summary>Four fifths of a limit are reached.</summary>
    Near,

    /// <summary>This year is free still, the next one is not.</summary>
    EndsWithTheYear,

    /// <summary>A limit is crossed: VAT is to be charged.</summary>
    Over,
}

/// <param name="Turnover">Received this year without VAT, in euros.</param>
/// <param name="PriorTurnover">Last year's; null where it is not known.</param>
/// <param name="Message">What it means, in words.</param>
public sealed record SmallBusiness(
    SmallBusinessStanding Standing, decimal Turnover, decimal? PriorTurnover, decimal PriorYearUpTo, decimal CurrentYearUpTo,
    string Message)
{
    private const decimal NearShare = 0.8m;

    public static SmallBusiness Watch(SmallBusinessParameters p, bool isClaimed, decimal turnover, decimal? priorTurnover)
    {
        var (next, now) = (p.PriorYearUpTo.Value, p.CurrentYearUpTo.Value);
        var (standing, message) = (isClaimed, priorTurnover, turnover) switch
        {
            (false, _, _) => (SmallBusinessStanding.NotClaimed, "VAT is charged: the limits of small businesses do not matter."),
            (_, { } prior, _) when prior > next => (
                SmallBusinessStanding.Over,
                $"Last year's turnover of {Euros(prior)} was over {Euros(next)}: VAT is to be charged all of this year."),
            (_, _, var t) when t > now => (
                SmallBusinessStanding.Over,
                p.EndsAtOnce.Value
                    ? $"This year's turnover of {Euros(t)} is over {Euros(now)}: what crossed the limit, and everything since, bears VAT."
                    : $"This year's turnover of {Euros(t)} is over {Euros(now)}: where that was to be expected in January, VAT is due."),
            (_, _, var t) when t > now * NearShare => (
                SmallBusinessStanding.Near,
                $"This year's turnover of {Euros(t)} nears {Euros(now)}: "
                + (p.EndsAtOnce.Value ? "what crosses it bears VAT at once." : "VAT was due where that was to be expected.")),
            (_, _, var t) when t > next => (
                SmallBusinessStanding.EndsWithTheYear,
                $"This year's turnover of {Euros(t)} is over {Euros(next)}: from January on VAT is to be charged."),
            (_, _, var t) when t > next * NearShare => (
                SmallBusinessStanding.Near,
                $"This year's turnover of {Euros(t)} nears {Euros(next)}: above it, VAT is to be charged from January on."),
            _ => (SmallBusinessStanding.Fits, $"This year's turnover of {Euros(turnover)} is well below {Euros(next)}."),
        };
        return new SmallBusiness(standing, turnover, priorTurnover, next, now, message);
    }
}

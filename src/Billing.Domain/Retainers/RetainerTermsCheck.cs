using Billing.Domain.Values;

namespace Billing.Domain.Retainers;

/// <summary>Which terms make sense, whatever the books say.</summary>
public static class RetainerTermsCheck
{
    /// <summary>Ten billion of most currencies, and ten thousand years of work: more is a slip of the pen.</summary>
    public const long MaxQuantity = 1_000_000_000_000;

    /// <summary>Shorter ones are a slip of the pen too.</summary>
    public const long MinIncludedSeconds = 60;

    public const int MaxDays = 3660;
    public const int MaxPercent = 1000;
    public const int MaxEvery = 60;
    public const int MaxOwnDays = 400;

    private const string Field = "/terms";

    /// <summary>Refuses: <c>currency-mismatch</c>, <c>terms-unknown-word</c>, <c>terms-incomplete</c>,
    /// <c>terms-not-for-kind</c>, <c>terms-out-of-range</c>.</summary>
    public static Rejection? Refuse(AgreedTerms wished, Currency currency)
    {
        if (wished.Currency is { } other && other != currency)
            return Invalid("currency-mismatch", $"This client is billed in {currency}, so the amounts of the terms are too.", "");
        var terms = wished.Terms;
        return RefuseWords(terms) ?? RefuseMissing(terms) ?? RefuseMisplaced(terms) ?? RefuseAmounts(terms) ?? RefuseTimes(terms);
    }

    private static Rejection? RefuseWords(RetainerTerms terms)
    {
        return Unknown(terms.Kind, RetainerKind.All, "/kind")
            ?? Unknown(terms.Unused.Rule, UnusedRule.All, "/unused/rule")
            ?? Unknown(terms.OrderOfUse, OrderOfUse.All, "/orderOfUse")
            ?? Unknown(terms.Overage.Rule, OverageRule.All, "/overage/rule")
            ?? Unknown(terms.Period?.Unit, [PeriodTerms.Week, PeriodTerms.Month], "/period/unit")
            ?? Unknown(terms.Evergreen?.Trigger, [EvergreenTerms.Threshold, EvergreenTerms.Interval], "/evergreen/trigger")
            ?? Unknown(terms.Evergreen?.RequestMode, RequestMode.All, "/evergreen/requestMode")
            ?? Unknown(terms.Block?.HoursCount, HoursCount.All, "/block/hoursCount")
            ?? Unknown(terms.Block?.RequestMode, RequestMode.All, "/block/requestMode")
            ?? Unknown(terms.Cycle?.Rule, CycleRule.All, "/cycle/rule");

        static Rejection? Unknown(string? word, IReadOnlyList<string> known, string at) => word is null || known.Contains(word)
            ? null
            : Invalid("terms-unknown-word", $"This is one of {string.Join(", ", known)}.", at);
    }

    private static Rejection? RefuseMissing(RetainerTerms terms)
    {
        var (hasPeriod, hasHours) = (terms.Period is not null, terms.IncludedSeconds is not null);
        return terms.Kind switch
        {
            RetainerKind.HoursPerPeriod when !hasPeriod => Missing("/period"),
            RetainerKind.HoursPerPeriod or RetainerKind.HourBlock when !hasHours => Missing("/includedSeconds"),
            RetainerKind.HoursPerPeriod or RetainerKind.HourBlock when terms.FeeMinor is null => Missing("/fee"),
            RetainerKind.FlatFee when !hasPeriod => Missing("/period"),
            RetainerKind.FlatFee when terms.FeeMinor is null => Missing("/fee"),
            RetainerKind.Tiers when !hasPeriod => Missing("/period"),
            RetainerKind.Tiers when !hasHours => Missing("/includedSeconds"),
            RetainerKind.Tiers when terms.CoveredPerHourMinor is null => Missing("/coveredPerHour"),
            RetainerKind.Evergreen when terms.Evergreen is null => Missing("/evergreen"),
            RetainerKind.Evergreen when terms.Evergreen.Trigger == EvergreenTerms.Interval && !hasPeriod => Missing("/period"),
            _ => terms.Cycle switch
            {
                { Rule: CycleRule.Weeks, Weeks: null } => Missing("/cycle/weeks"),
                { Rule: CycleRule.Weeks or CycleRule.OwnDays, Days.Count: 0 } => Missing("/cycle/days"),
                _ => null,
            },
        };

        static Rejection Missing(string at) => Invalid("terms-incomplete", "Terms of this kind need this.", at);
    }

    private static Rejection? RefuseMisplaced(RetainerTerms terms)
    {
        var (isBlock, isTiers) = (terms.Kind == RetainerKind.HourBlock, terms.Kind == RetainerKind.Tiers);
        var isGranted = terms.Kind is RetainerKind.HoursPerPeriod or RetainerKind.HourBlock or RetainerKind.Tiers;
        return Misplaced(terms.Block is not null && !isBlock, "/block")
            ?? Misplaced(isBlock && terms.Period is not null, "/period")
            ?? Misplaced(terms.Evergreen is not null && terms.Kind != RetainerKind.Evergreen, "/evergreen")
            ?? Misplaced(terms.CoveredPerHourMinor is not null && !isTiers, "/coveredPerHour")
            ?? Misplaced(terms.FeeMinor is not null && (isTiers || !terms.CountsHours()), "/fee")
            ?? Misplaced(terms.IncludedSeconds is not null && !isGranted, "/includedSeconds")
            ?? Misplaced(isTiers && terms.Unused.Rule == UnusedRule.RollOver, "/unused/rule")
            ?? Misplaced(!isGranted && terms.Overage.Rule != OverageRule.Bill, "/overage/rule")
            ?? Misplaced(!isGranted && terms.Caps is not null, "/caps");

        static Rejection? Misplaced(bool isThere, string at) =>
            isThere ? Invalid("terms-not-for-kind", "Terms of this kind do not have this. Leave it out.", at) : null;
    }

    private static Rejection? RefuseAmounts(RetainerTerms terms)
    {
        var evergreen = terms.Evergreen;
        return OutOfRange(terms.FeeMinor, 0, MaxQuantity, "/fee")
            ?? OutOfRange(terms.IncludedSeconds, MinIncludedSeconds, MaxQuantity, "/includedSeconds")
            ?? OutOfRange(terms.CoveredPerHourMinor, 0, MaxQuantity, "/coveredPerHour")
            ?? OutOfRange(terms.Overage.PerHourMinor, 0, MaxQuantity, "/overage/perHour")
            ?? OutOfRange(terms.Unused.MaxCarried, 0, MaxQuantity, "/unused/maxCarried")
            ?? OutOfRange(evergreen?.FloorMinor, 0, MaxQuantity, "/evergreen/floor")
            ?? OutOfRange(evergreen?.TargetMinor, Math.Max(1, evergreen?.FloorMinor ?? 0), MaxQuantity, "/evergreen/target")
            ?? OutOfRange(evergreen?.FixedMinor, 1, MaxQuantity, "/evergreen/fixed")
            ?? OutOfRange(evergreen?.CapMinor, 1, MaxQuantity, "/evergreen/cap");
    }

    private static Rejection? RefuseTimes(RetainerTerms terms) =>
        OutOfRange(terms.Period?.Every, 1, MaxEvery, "/period/every")
            ?? OutOfRange(terms.Unused.Periods, 0, MaxEvery, "/unused/periods")
            ?? OutOfRange(terms.Caps?.HardPercent, 100, MaxPercent, "/caps/hardPercent")
            ?? OutOfRange(terms.Caps?.SoftPercent, 1, terms.Caps?.HardPercent ?? MaxPercent, "/caps/softPercent")
            ?? OutOfRange(terms.Block?.ExpiryDays, 0, MaxDays, "/block/expiryDays")
            ?? OutOfRange(terms.Block?.RenewalDays, 1, MaxDays, "/block/renewalDays")
            ?? OutOfRange(terms.Block?.RebillAtPercent, 1, 100, "/block/rebillAtPercent")
            ?? OutOfRange(terms.RefundDays, 0, MaxDays, "/refundDays")
            ?? OutOfRange(terms.Priority, 0, 1000, "/priority")
            ?? OutOfRange(terms.Cycle?.Weeks, 1, MaxEvery, "/cycle/weeks")
            ?? OutOfRange(terms.Cycle?.Days.Count, 0, MaxOwnDays, "/cycle/days");

    private static Rejection? OutOfRange(long? value, long least, long most, string at) => value < least || value > most
        ? Invalid("terms-out-of-range", $"This is {least} to {most}.", at)
        : null;

    private static Rejection Invalid(string code, string detail, string at) =>
        new(code, detail, Field + at, RejectionKind.Invalid);
}

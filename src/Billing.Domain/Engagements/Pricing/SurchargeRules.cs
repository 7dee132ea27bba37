using Billing.Domain.Values;

namespace Billing.Domain.Engagements.Pricing;

/// <summary>What a set of surcharges may say. Each rule answers null where it is fine.</summary>
public static class SurchargeRules
{
    public const int RulesMax = 20;

    /// <summary>Ten times the rate on top of it; more is a slip of the pen.</summary>
    public const int BasisPointsMax = 100_000;

    private const int MinutesOfDay = 24 * 60;
    private const int WeekSeconds = 7 * 24 * 3600;
    private const int DatesMax = 400;

    /// <param name="currency">The engagement's; null for the practice's set, which may serve clients of several.</param>
    public static Rejection? Refuse(IReadOnlyList<SurchargeRule> rules, string combine, Currency? currency)
    {
        if (combine is not (SurchargeSet.Highest or SurchargeSet.Sum))
            return Invalid("combine-unknown", "Several surcharges at once combine as highest or sum.", "/combine");
        if (rules.Count > RulesMax) return Invalid("surcharges-too-many", $"A set has at most {RulesMax} rules.", "/rules");
        return rules.Select((rule, i) => Refuse(rule, $"/rules/{i}", currency)).FirstOrDefault(refusal => refusal is not null);
    }

    private static Rejection? Refuse(SurchargeRule rule, string field, Currency? currency)
    {
        if (!SurchargeRule.Kinds.Contains(rule.Kind))
        {
            return Invalid(
                "surcharge-unknown", $"A surcharge is one of {string.Join(", ", SurchargeRule.Kinds)}.", $"{field}/kind");
        }
        if (rule.Zone is not (null or SurchargeRule.PracticeZone or SurchargeRule.AssistantZone))
            return Invalid("surcharge-zone-unknown", "The clock is the practice's or the assistant's.", $"{field}/zone");
        return Wording.RefuseLine(rule.Name, CardRules.TaskMaxLength, $"{field}/name")
            ?? RefuseAmount(rule, field, currency) ?? RefuseWhen(rule, field);
    }

    private static Rejection? RefuseAmount(SurchargeRule rule, string field, Currency? currency)
    {
        if (rule.BasisPoints is null == rule.PerHourMinor is null)
        {
            return Invalid(
                "surcharge-amount-unclear", "A surcharge is either a part of the rate or an amount an hour: say one of the two.",
                $"{field}/basisPoints");
        }
        if (rule.BasisPoints is <= 0 or > BasisPointsMax)
        {
            return Invalid(
                "surcharge-out-of-range", $"A surcharge is 1 to {BasisPointsMax} hundredths of a percent.", $"{field}/basisPoints");
        }
        if (rule.PerHourMinor is not { } minor) return null;
        if (Currency.Refuse(rule.Currency, $"{field}/perHour/currency") is { } unknown) return unknown;
        if (currency is not null && rule.Currency != currency.Code)
            return Invalid("currency-mismatch", $"This engagement is billed in {currency}.", $"{field}/perHour/currency");
        return minor <= 0 || minor > CardRules.PerHourMax * Currency.Of(rule.Currency!).MinorPerMajor
            ? Invalid("surcharge-out-of-range", $"It adds more than 0 and at most {CardRules.PerHourMax}.", $"{field}/perHour/amount")
            : null;
    }

    private static Rejection? RefuseWhen(SurchargeRule rule, string field) => rule.Kind switch
    {
        SurchargeRule.Evening => IsMinute(rule.FromMinute) && IsMinute(rule.ToMinute) && rule.FromMinute != rule.ToMinute
            ? null
            : Incomplete("An evening is from one minute of the day to another, each 0 to 1439.", $"{field}/fromMinute"),
        SurchargeRule.Weekend => rule.DaysOfWeek is { Count: > 0 and <= 7 } days && days.All(day => day is >= 1 and <= 7)
            ? null
            : Incomplete("A weekend has days, 1 for Monday to 7 for Sunday.", $"{field}/daysOfWeek"),
        SurchargeRule.Holiday => rule.Dates is { Count: > 0 and <= DatesMax }
            ? null
            : Incomplete($"Holidays are a list of 1 to {DatesMax} days.", $"{field}/dates"),
        SurchargeRule.Overtime => rule.OverSeconds is >= 0 and < WeekSeconds
            && rule.Per is SurchargeRule.PerDay or SurchargeRule.PerWeek
            && rule.Of is SurchargeRule.OfEngagement or SurchargeRule.OfAll
            ? null
            : Incomplete(
                "Overtime is what is worked over some seconds of a day or week, of the engagement or of all work.",
                $"{field}/overSeconds"),
        _ => null,
    };

    private static bool IsMinute(int? minute) => minute is >= 0 and < MinutesOfDay;

    private static Rejection Incomplete(string detail, string field) => Invalid("surcharge-incomplete", detail, field);

    private static Rejection Invalid(string code, string detail, string field) => CardRules.Invalid(code, detail, field);
}

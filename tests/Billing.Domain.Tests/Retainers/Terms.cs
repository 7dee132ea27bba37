using Billing.Domain.Retainers;
using NodaTime;

namespace Billing.Domain.Tests.Retainers;

/// <summary>Given: terms of a retainer, in the words of a policy.</summary>
internal static class Terms
{
    public const long Hour = 3600;

    public static readonly LocalDate January1 = new(2026, 1, 1);

    public static RetainerTerms Monthly(long hours, long feeMinor = 0) => RetainerTerms.Plain(RetainerKind.HoursPerPeriod) with
    {
        IncludedSeconds = hours * Hour,
        FeeMinor = feeMinor,
        Period = new PeriodTerms(PeriodTerms.Month, 1, January1, Prorated: false),
    };

    public static RetainerTerms Block(long hours, long feeMinor, int? expiryDays = null, int? renewalDays = null) =>
        RetainerTerms.Plain(RetainerKind.HourBlock) with
        {
            IncludedSeconds = hours * Hour,
            FeeMinor = feeMinor,
            Block = new BlockTerms(expiryDays, renewalDays, null),
        };

    public static RetainerTerms RollingOver(this RetainerTerms terms, int? periods, long? maxCarried = null) =>
        terms with { Unused = new UnusedTerms(UnusedRule.RollOver, periods, maxCarried) };

    public static RetainerTerms BaseFirst(this RetainerTerms terms) => terms with { OrderOfUse = OrderOfUse.BaseFirst };

    public static RetainerTerms Beyond(this RetainerTerms terms, string rule, long? perHourMinor = null) =>
        terms with { Overage = new OverageTerms(rule, perHourMinor) };

    public static RetainerTerms Capped(this RetainerTerms terms, int? soft, int? hard) =>
        terms with { Caps = new CapTerms(soft, hard) };

    public static RetainerAccount Reckon(this RetainerTerms terms, LocalDate through, params IReadOnlyList<RetainerFact> facts) =>
        RetainerAccount.Reckon(Id(1), [new DatedTerms(January1, terms)], null, facts, through);

    /// <summary>Work of so many hours in the middle of each month from January on.</summary>
    public static RetainerFact[] WorkedByMonth(params long[] hours) =>
        [.. hours.Select((worked, i) => Worked(January1.PlusMonths(i).PlusDays(14), worked * Hour, i))];

    public static RetainerFact.Worked Worked(LocalDate day, long seconds, int id = 0, long perHourMinor = 50_00) =>
        new(day, Id(1000 + id), seconds, seconds * perHourMinor / Hour);

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}

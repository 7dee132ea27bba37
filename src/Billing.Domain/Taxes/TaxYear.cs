using System.Diagnostics;
using System.Globalization;
using Billing.Domain.Taxes.UsStates;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Taxes.TaxYearEvent;

namespace Billing.Domain.Taxes;

/// <summary>One tax year of a practice in one jurisdiction: the filer's profile, payments made, estimates
/// given.</summary>
public static partial class TaxYear
{
    public const string UsFederal = "us-federal";
    public const string Germany = "de";
    public const int FirstYear = 2000;
    public const int LastYear = 2099;
    public const int MaxConfirmationLength = 200;

    /// <summary>Above any payment a person makes, and so far below overflow that sums are safe: a billion dollars, in
    /// cents.</summary>
    public const long MaxAmountMinor = 100_000_000_000;

    public static readonly StreamType<TaxYearState, TaxYearEvent> Stream = new("tax-year", TaxYearState.Empty, Evolve);

    /// <summary>The text that identifies the stream, such as <c>2026-us-federal</c>.</summary>
    public static string Id(int year, string jurisdiction) =>
        $"{year.ToString("D4", CultureInfo.InvariantCulture)}-{jurisdiction}";

    public static TaxYearState Evolve(TaxYearState state, TaxYearEvent @event) => @event switch
    {
        FilingProfileSet e => state with { Profile = e.Profile },
        HomeOfficeSet e => state with { HomeOffice = e.Office },
        StateFilingSet e => state with { StateFiling = e.Filing },
        GermanProfileSet e => state with { GermanProfile = e.Profile },
        EstimatedTaxPaid e => state with
        {
            Payments = state.Payments.SetItem(e.PaymentId, new EstimatedTaxPayment(e.Quarter, e.AmountMinor, e.PaidOn)),
        },
        EstimatedTaxPaymentRemoved e => state with
        {
            Payments = state.Payments.Remove(e.PaymentId),
            RemovedPaymentIds = state.RemovedPaymentIds.Add(e.PaymentId),
        },
        EstimateGiven e => state with { EstimateIds = state.EstimateIds.Add(e.EstimateId) },
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>tax-year-unknown</c>, <c>jurisdiction-unknown</c> and what
    /// <see cref="TaxYearProfile.Refusal(FiledProfile)"/> refuses.</summary>
    public static Decision<TaxYearEvent> Decide(TaxYearState state, SetFilingProfile command)
    {
        if (Unknown(command.Year, command.Jurisdiction) is { } unknown) return unknown;
        if (TaxYearProfile.Refusal(command.Profile) is { } refusal) return refusal;
        return state.Profile == command.Profile
            ? Decision<TaxYearEvent>.AlreadyDone
            : new FilingProfileSet(command.Year, command.Jurisdiction, command.Profile, command.At);
    }

    /// <summary>Refuses: <c>tax-year-unknown</c>, <c>jurisdiction-unknown</c>, <c>quarter-unknown</c>,
    /// <c>amount-not-positive</c>, <c>amount-too-large</c>, <c>paid-on-implausible</c>,
    /// <c>estimated-payment-removed</c>, <c>id-taken</c>, and what <see cref="Wording.RefuseLine"/> refuses.</summary>
    public static Decision<TaxYearEvent> Decide(TaxYearState state, RecordEstimatedPayment command)
    {
        if (UnknownOffice(command.Year, command.Jurisdiction) is { } unknown) return unknown;
        if (Implausible(command) is { } implausible) return implausible;
        if (state.RemovedPaymentIds.Contains(command.PaymentId))
            return new Rejection("estimated-payment-removed", "This payment was removed. Record it under a new id.");
        if (state.Payments.TryGetValue(command.PaymentId, out var known))
        {
            return known == new EstimatedTaxPayment(command.Quarter, command.AmountMinor, command.PaidOn)
                ? Decision<TaxYearEvent>.AlreadyDone
                : new Rejection("id-taken", "Another payment has this id. Choose a new one.");
        }
        return new EstimatedTaxPaid(
            command.PaymentId, command.Quarter, command.AmountMinor, command.PaidOn, command.Confirmation, command.At);
    }

    /// <summary>Refuses: <c>tax-year-unknown</c>, <c>jurisdiction-unknown</c>,
    /// <c>estimated-payment-unknown</c>.</summary>
    public static Decision<TaxYearEvent> Decide(TaxYearState state, RemoveEstimatedPayment command)
    {
        if (UnknownOffice(command.Year, command.Jurisdiction) is { } unknown) return unknown;
        if (state.RemovedPaymentIds.Contains(command.PaymentId)) return Decision<TaxYearEvent>.AlreadyDone;
        return state.Payments.ContainsKey(command.PaymentId)
            ? new EstimatedTaxPaymentRemoved(command.PaymentId, command.At)
            : new Rejection(
                "estimated-payment-unknown", $"There is no estimated payment {command.PaymentId:D} in this tax year.",
                Kind: RejectionKind.NotFound);
    }

    /// <summary>Refuses: <c>tax-year-unknown</c>, <c>jurisdiction-unknown</c>.</summary>
    public static Decision<TaxYearEvent> Decide(TaxYearState state, GiveEstimate command)
    {
        if (Unknown(command.Year, command.Jurisdiction) is { } unknown) return unknown;
        return state.EstimateIds.Contains(command.EstimateId)
            ? Decision<TaxYearEvent>.AlreadyDone
            : new EstimateGiven(
                command.EstimateId, command.ParameterVersion, command.AsOf, command.BookPlace, command.Projection,
                command.TotalTaxMinor, command.RequiredAnnualPaymentMinor, command.NextPaymentMinor, command.NextDueOn,
                command.At)
            {
                ProjectionCode = command.ProjectionCode,
                OwnNetProfitMinor = command.OwnNetProfitMinor,
            };
    }

    private static Rejection? Unknown(int year, string jurisdiction) =>
        UnknownYear(year) ?? (jurisdiction == UsFederal ? null : UnknownJurisdiction($"This is said of {UsFederal} only."));

    /// <summary>Whom tax is paid to during the year.</summary>
    private static Rejection? UnknownOffice(int year, string jurisdiction) =>
        UnknownYear(year) ?? (jurisdiction is UsFederal or Germany || UsState.IsJurisdiction(jurisdiction)
            ? null
            : UnknownJurisdiction($"A jurisdiction is {UsFederal}, a state's such as us-ca, or {Germany}."));

    /// <summary>What a jurisdiction's amounts are counted in.</summary>
    public static Currency CurrencyOf(string jurisdiction) => jurisdiction == Germany ? Currency.Eur : Currency.Usd;

    /// <summary>Null for a year that tax years are kept of; refuses <c>tax-year-unknown</c>.</summary>
    public static Rejection? UnknownYear(int year) => year is < FirstYear or > LastYear
        ? Invalid("tax-year-unknown", $"The tax year lies between {FirstYear} and {LastYear}.", "/year")
        : null;

    private static Rejection UnknownJurisdiction(string detail) => Invalid("jurisdiction-unknown", detail, "/jurisdiction");

    private static Rejection? Implausible(RecordEstimatedPayment command)
    {
        if (command.Quarter is < 1 or > 4)
            return Invalid("quarter-unknown", "The instalment is 1, 2, 3 or 4.", "/quarter");
        if (command.AmountMinor <= 0)
            return Invalid("amount-not-positive", "The amount must be more than zero.", "/amount");
        if (command.AmountMinor > MaxAmountMinor)
            return Invalid("amount-too-large", "The amount is above a billion dollars.", "/amount");
        if (Wording.RefuseLine(command.Confirmation, MaxConfirmationLength, "/confirmation") is { } unfit) return unfit;
        // Late payments still count towards the year; by the end of the next one the return is due, extension included.
        var (first, last) = (new LocalDate(command.Year, 1, 1), new LocalDate(command.Year + 1, 12, 31));
        return command.PaidOn < first || command.PaidOn > last
            ? Invalid("paid-on-implausible",
                $"A payment for {command.Year} is made between January {first.Year} and December {last.Year}.", "/paidOn")
            : null;
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}

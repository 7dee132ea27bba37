using Billing.Domain.Values;

namespace Billing.Domain.Access;

/// <summary>What clients are charged who pay late, as data.</summary>
/// <param name="Kind">flat, percentage, proportional or none.</param>
/// <param name="Amount">Of a flat fee, for each period.</param>
/// <param name="BasisPoints">Of a percentage: of what is open, for each period. Of a proportional fee: of what is open, for a year
/// of 365 days.</param>
/// <param name="GraceDays">So many days after the due day the first period begins.</param>
/// <param name="Per">once or month. A proportional fee is by the month, when the month has passed.</param>
/// <param name="Cap">All fees of one invoice come to so much at most; null for no cap.</param>
public sealed record LateFeePolicy(string Kind, Money? Amount, int? BasisPoints, int GraceDays, string Per, Money? Cap)
{
    public const string Flat = "flat";
    public const string Percentage = "percentage";
    public const string Proportional = "proportional";

    /// <summary>Nothing is charged.</summary>
    public const string NoFee = "none";

    public const string Once = "once";
    public const string PerMonth = "month";

    private const int GraceMaxDays = 365, BasisPointsMax = 10_000;

    /// <summary>Null where it can be charged.</summary>
    internal Rejection? RefuseUnfit(Currency currency)
    {
        if (Kind is not (Flat or Percentage or Proportional or NoFee))
            return Invalid("late-fee-kind-unknown", $"A late fee is {Flat}, {Percentage}, {Proportional} or {NoFee}.", "/kind");
        if (Per is not (Once or PerMonth) || (Kind == Proportional && Per != PerMonth))
        {
            return Invalid(
                "late-fee-period-unknown", $"A late fee is for {Once} or for each {PerMonth}; a proportional one for each month.", "/per");
        }
        if (GraceDays is < 0 or > GraceMaxDays)
            return Invalid("late-fee-out-of-range", $"Grace is 0 to {GraceMaxDays} days.", "/graceDays");
        if ((Amount is { } amount && amount.Currency != currency) || (Cap is { } cap && cap.Currency != currency))
        {
            return Invalid(
                "currency-mismatch", $"The practice keeps its books in {currency}; say its late fee in it.", "/amount/currency");
        }
        var isFlat = Kind == Flat;
        if (Kind != NoFee && (isFlat != Amount is { IsPositive: true } || isFlat != BasisPoints is null))
        {
            return Invalid(
                "late-fee-out-of-range", "A flat fee has an amount of more than zero, the others have basis points instead.", "/amount");
        }
        return BasisPoints is < 1 or > BasisPointsMax || Cap is { IsPositive: false }
            ? Invalid("late-fee-out-of-range", $"A share is 1 to {BasisPointsMax} basis points, a cap more than zero.", "/basisPoints")
            : null;
    }

    private static Rejection Invalid(string code, string detail, string field) => new(code, detail, field, RejectionKind.Invalid);
}

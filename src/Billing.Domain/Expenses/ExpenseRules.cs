using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Expenses;

/// <summary>What an expense must be, whether it is recorded or corrected.</summary>
internal static class ExpenseRules
{
    /// <summary>Ten times the amount; a higher mark-up is a slip of the pen.</summary>
    public const int MarkUpMaxBasisPoints = 100_000;

    /// <summary>Allowances by the day are no amounts that were paid; they are left out.</summary>
    private const string PerDiem = "per-diem";

    private const string Depreciation = "depreciation";

    /// <summary>Earlier dates are slips of the pen, and would put the expense into a tax year nobody looks at.</summary>
    private static readonly LocalDate EarliestDay = new(2000, 1, 1);

    public static Rejection? Refuse(ExpenseFacts facts, ExpenseSurroundings around) =>
        RefuseAmount(facts.Amount) ?? RefuseDay(facts.PaidOn, around, "/paidOn")
        ?? RefuseCategory(facts.Category, around.KnownCategories)
        ?? Wording.RefuseLine(facts.Payee, Wording.NameMaxLength, "/payee") ?? Wording.RefuseNote(facts.Note, "/note")
        ?? RefuseWhose(facts.ClientId, facts.EngagementId, facts.Rebill, around) ?? RefuseCurrency(facts, around.Client)
        ?? RefuseParts(facts) ?? RefuseMarkUp(facts) ?? RefuseExchange(facts, around.Books) ?? RefuseVehicleCost(facts, around);

    public static Rejection? RefuseDay(LocalDate day, ExpenseSurroundings around, string field)
    {
        if (day < EarliestDay) return Invalid("date-out-of-range", "Expenses are kept from 2000-01-01 on.", field);
        return day > around.Today
            ? new Rejection("in-the-future", "An expense is written down when it is paid, not before.", field)
            : PeriodLock.Refuse(around.Business, day, field);
    }

    /// <summary>The client and engagement that it names, and that what is rebilled has one.</summary>
    public static Rejection? RefuseWhose(Guid? clientId, Guid? engagementId, bool rebill, ExpenseSurroundings around)
    {
        if (clientId is null)
        {
            return rebill || engagementId is not null
                ? Invalid("client-missing", "What is rebilled, or is for an engagement, needs its client.", "/clientId")
                : null;
        }
        if (around.Client.Details is not { } details) return Client.NoSuchClient with { Field = "/clientId" };
        if (details.ClientId != clientId) throw new ArgumentException("This is the state of another client.", nameof(around));
        if (engagementId is null) return null;
        if (around.Engagement.Terms is not { } terms) return Engagement.NoSuchEngagement with { Field = "/engagementId" };
        if (terms.EngagementId != engagementId)
            throw new ArgumentException("This is the state of another engagement.", nameof(around));
        return terms.ClientId == clientId
            ? null
            : new Rejection("engagement-of-another-client", "This engagement is with another client.", "/engagementId");
    }

    public static Rejection? RefuseVehicle(Guid vehicleId, VehicleState vehicle)
    {
        if (vehicle is not VehicleState.Kept kept) return Vehicle.NoSuchVehicle with { Field = "/vehicleId" };
        return kept.VehicleId == vehicleId
            ? null
            : throw new ArgumentException("This is the state of another vehicle.", nameof(vehicle));
    }

    private static Rejection? RefuseAmount(Money amount) => amount.IsPositive
        ? null
        : Invalid("amount-not-positive", "An expense is more than 0.", "/amount/amount");

    private static Rejection? RefuseCategory(string category, IReadOnlySet<string> known)
    {
        if (category == PerDiem)
        {
            return Invalid(
                "per-diem-not-kept", "Per-diem allowances are left out; record the meals and lodging that were paid.", "/category");
        }
        return known.Contains(category)
            ? null
            : Invalid("category-unknown", "This is no category of expenses; see the list of categories.", "/category");
    }

    private static Rejection? RefuseCurrency(ExpenseFacts facts, ClientState client) =>
        facts.Rebill && client.Details is { } details && facts.Amount.Currency != details.Currency
            ? new Rejection(
                "currency-mismatch",
                $"This client is billed in {details.Currency}; record what was paid in that currency, or do not rebill it.",
                "/amount/currency")
            : null;

    /// <summary>Sales tax and tip are parts of the amount, and the business share is a part of it too.</summary>
    private static Rejection? RefuseParts(ExpenseFacts facts)
    {
        foreach (var (part, field) in new[] { (facts.Tax, "/tax"), (facts.Tip, "/tip") })
        {
            if (part is not { } money) continue;
            if (money.Currency != facts.Amount.Currency)
                return Invalid("currency-mismatch", $"The amount is in {facts.Amount.Currency}, and so is a part of it.", field);
            if (money.IsNegative) return Invalid("part-out-of-range", "A part of an amount is no less than 0.", field);
        }
        if ((Int128)(facts.Tax?.Minor ?? 0) + (facts.Tip?.Minor ?? 0) > facts.Amount.Minor)
            return Invalid("part-out-of-range", "Sales tax and tip are within the amount, so they are no more than it.", "/tax");
        return facts.BusinessShareBasisPoints is <= 0 or > ExpenseAmounts.Whole
            ? Invalid(
                "business-share-out-of-range",
                "The business share is 1 to 10000 basis points; what is not for the business at all is no expense of it.",
                "/businessShareBasisPoints")
            : null;
    }

    private static Rejection? RefuseMarkUp(ExpenseFacts facts)
    {
        if (facts.MarkUp is not { } markUp) return null;
        if (!facts.Rebill) return Invalid("mark-up-without-rebill", "Only what is rebilled is marked up.", "/markUp");
        if (markUp.BasisPoints is null == markUp.FixedMinor is null)
            return Invalid("mark-up-malformed", "A mark-up is either basis points or an amount.", "/markUp");
        return markUp.BasisPoints is < 0 or > MarkUpMaxBasisPoints
            || markUp.FixedMinor is { } minor && (minor < 0 || (Int128)minor > (Int128)facts.Amount.Minor * (MarkUpMaxBasisPoints / 10_000))
            ? Invalid("mark-up-out-of-range", "A mark-up is no less than 0 and at most ten times the amount.", "/markUp")
            : null;
    }

    private static Rejection? RefuseExchange(ExpenseFacts facts, Currency books)
    {
        if (facts.ExchangeRate is not { } rate) return null;
        if (facts.Amount.Currency == books)
            return Invalid("exchange-rate-needless", $"The books are in {books} too; leave the rate out.", "/exchangeRate");
        return ExpenseAmounts.TryConvert(facts.Amount, rate, books, out var converted) && converted.IsPositive
            ? null
            : Invalid(
                "exchange-rate-malformed",
                $"The rate is what one {facts.Amount.Currency} costs in {books}, as decimal text with at most 12 places.",
                "/exchangeRate");
    }

    private static Rejection? RefuseVehicleCost(ExpenseFacts facts, ExpenseSurroundings around)
    {
        if (facts.VehicleId is not { } vehicleId) return null;
        if (RefuseVehicle(vehicleId, around.Vehicle) is { } refusal) return refusal;
        if (facts.BusinessShareBasisPoints is not null)
        {
            return Invalid(
                "business-share-twice", "A vehicle's business share follows from its trips; leave the share out.",
                "/businessShareBasisPoints");
        }
        return facts.Category is Expense.VehicleCategory or Depreciation
            ? null
            : Invalid(
                "vehicle-cost-category", $"Running costs of a vehicle are of {Expense.VehicleCategory} or {Depreciation}.", "/category");
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}

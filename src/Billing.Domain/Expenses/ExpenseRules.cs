using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Expenses;

/// <summary>What an expense must be, whether it is recorded or corrected.</summary>
internal static class ExpenseRules
{
    /// <summary>Earlier dates are slips of the pen, and would put the expense into a tax year nobody looks at.</summary>
    private static readonly LocalDate EarliestDay = new(2000, 1, 1);

    public static Rejection? Refuse(ExpenseFacts facts, ExpenseSurroundings around) =>
        RefuseAmount(facts.Amount) ?? RefuseDay(facts.PaidOn, around.Today)
        ?? RefuseCategory(facts.Category, around.KnownCategories)
        ?? Wording.RefuseLine(facts.Payee, Wording.NameMaxLength, "/payee") ?? Wording.RefuseNote(facts.Note, "/note")
        ?? RefuseClient(facts, around.Client) ?? RefuseEngagement(facts, around.Engagement);

    private static Rejection? RefuseAmount(Money amount) => amount.IsPositive
        ? null
        : Invalid("amount-not-positive", "An expense is more than 0.", "/amount/amount");

    private static Rejection? RefuseDay(LocalDate paidOn, LocalDate today)
    {
        if (paidOn < EarliestDay) return Invalid("date-out-of-range", "Expenses are kept from 2000-01-01 on.", "/paidOn");
        return paidOn > today
            ? new Rejection("in-the-future", "An expense is written down when it is paid, not before.", "/paidOn")
            : null;
    }

    private static Rejection? RefuseCategory(string category, IReadOnlySet<string> known) => known.Contains(category)
        ? null
        : Invalid("category-unknown", "This is no category of expenses; see the list of categories.", "/category");

    private static Rejection? RefuseClient(ExpenseFacts facts, ClientState client)
    {
        if (facts.ClientId is null)
        {
            return facts.Rebill || facts.EngagementId is not null
                ? Invalid("client-missing", "What is rebilled, or is for an engagement, needs its client.", "/clientId")
                : null;
        }
        if (client.Details is not { } details) return Client.NoSuchClient with { Field = "/clientId" };
        if (details.ClientId != facts.ClientId)
            throw new ArgumentException("This is the state of another client.", nameof(client));
        return facts.Rebill && facts.Amount.Currency != details.Currency
            ? new Rejection(
                "currency-mismatch",
                $"This client is billed in {details.Currency}; record what was paid in that currency, or do not rebill it.",
                "/amount/currency")
            : null;
    }

    private static Rejection? RefuseEngagement(ExpenseFacts facts, EngagementState engagement)
    {
        if (facts.EngagementId is null) return null;
        if (engagement.Terms is not { } terms) return Engagement.NoSuchEngagement with { Field = "/engagementId" };
        if (terms.EngagementId != facts.EngagementId)
            throw new ArgumentException("This is the state of another engagement.", nameof(engagement));
        return terms.ClientId == facts.ClientId
            ? null
            : new Rejection("engagement-of-another-client", "This engagement is with another client.", "/engagementId");
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}

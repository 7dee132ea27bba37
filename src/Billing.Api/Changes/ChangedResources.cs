using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Taxes;
using Billing.Domain.TimeTracking;

namespace Billing.Api.Changes;

/// <param name="Resource">Such as <c>invoice</c>.</param>
/// <param name="Route">Of the endpoint that shows it, which also says who may see it.</param>
/// <param name="Kind">As <see cref="ChangeKind"/> has it.</param>
/// <param name="Query">What belongs to its address besides.</param>
internal sealed record Touched(string Resource, string Route, string? Id, string Kind, string Query = "");

/// <summary>Which resources an event touches. Those that have an endpoint are named, and nothing else.</summary>
internal static class ChangedResources
{
    public const string Timesheets = "timesheet", Expenses = "expense";
    private const string TaxYears = "tax-year";

    /// <summary>Streams that no endpoint shows as such: what they mean is seen in the resources of the same append.</summary>
    public static readonly IReadOnlySet<string> Unseen = new HashSet<string>(StringComparer.Ordinal)
    {
        "numbering", "offline-entry", "expense-policy",
    };

    /// <summary>Of each category the resource that its stream is.</summary>
    private static readonly Dictionary<string, (string Resource, string Route)> Whole = new(StringComparer.Ordinal)
    {
        ["business"] = ("business", "/v1/business"),
        ["client"] = ("client", "/v1/clients/{id:guid}"),
        ["engagement"] = ("engagement", "/v1/engagements/{id:guid}"),
        ["budget"] = ("budget", "/v1/engagements/{id:guid}/budget"),
        [Expenses] = ("expense", "/v1/expenses/{id:guid}"),
        ["recurring-expense"] = ("recurring-expense", "/v1/recurring-expenses"),
        ["vehicle"] = ("vehicle", "/v1/vehicles"),
        ["invoice"] = ("invoice", "/v1/invoices/{id:guid}"),
        ["bankline"] = ("bank-line", "/v1/bank-lines/{id:guid}"),
        ["mail"] = ("mail", "/v1/mails/{id:guid}"),
        ["mail-policy"] = ("mail-policy", "/v1/mail-policy"),
        ["quote"] = ("quote", "/v1/quotes/{id:guid}"),
        ["recurring-invoice"] = ("recurring-invoice", "/v1/recurring-invoices/{id:guid}"),
        ["collection"] = ("collection", "/v1/clients/{id:guid}/collection"),
        ["payment"] = ("payment", "/v1/payments/{id:guid}"),
        ["payout"] = ("payout", "/v1/payouts"),
        ["retainer"] = ("retainer", "/v1/retainers/{id:guid}"),
        ["salestaxpayment"] = ("sales-tax-payment", "/v1/sales-tax/payments"),
        ["stripe-account"] = ("stripe-account", "/v1/stripe-account"),
        ["tax-policy"] = ("tax-policy", "/v1/tax-policy"),
    };

    private static readonly HashSet<string> OneOfAPractice =
        new(["business", "mail-policy", "stripe-account", "tax-policy"], StringComparer.Ordinal);

    private static readonly string[] Categories =
        [.. Whole.Keys.Concat(Unseen).Append(Timesheets).Append(TaxYears).OrderByDescending(name => name.Length)];

    /// <summary>Every resource that changes are told of.</summary>
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(
        [
            .. Whole.Values.Select(whole => whole.Resource), "trip", "time-entry", "timer", "week", "member", "token", "identity",
            "business-rates", "look", "sales-tax", "e-invoicing", "client-rates", "client-tax", "client-e-invoicing",
            "engagement-rates", "credit-notes", "receipts", "tax-year", "tax-year-germany", "tax-year-state", "estimate",
        ], StringComparer.Ordinal);

    /// <summary>Every route that whole streams lead to.</summary>
    public static IEnumerable<string> Routes => Whole.Values.Select(whole => whole.Route);

    /// <param name="isFirst">Whether the stream begins with the event.</param>
    /// <param name="isTrip">Of what a stream of expenses is, its first event alone says.</param>
    public static IReadOnlyList<Touched> Of(string category, string id, bool isFirst, bool isTrip, object @event)
    {
        var kind = isFirst ? ChangeKind.Created : ChangeKind.Changed;
        return category switch
        {
            _ when Unseen.Contains(category) => [],
            Timesheets => [.. TouchedTime.Of((TimesheetEvent)@event, id)],
            TaxYears => [.. TaxYear(id, kind, (TaxYearEvent)@event)],
            _ => [OfStream(category, id, kind, isTrip, @event), .. Besides(id, @event)],
        };
    }

    /// <summary>A stream's name as its category and the id behind it.</summary>
    public static (string Category, string Id) Split(string stream)
    {
        var category = Array.Find(Categories, name => stream.Length > name.Length && stream[name.Length] == '-'
            && stream.StartsWith(name, StringComparison.Ordinal));
        return category is null
            ? throw new InvalidOperationException($"The stream {stream} is of no category that changes are told of.")
            : (category, stream[(category.Length + 1)..]);
    }

    private static Touched OfStream(string category, string id, string kind, bool isTrip, object @event)
    {
        var (resource, route) = isTrip ? ("trip", "/v1/trips/{id:guid}") : Whole[category];
        var isGone = @event is ExpenseEvent.ExpenseRemoved or BudgetEvent.BudgetDropped or SalesTaxPaymentEvent.SalesTaxPaymentRemoved;
        return new Touched(resource, route, OneOfAPractice.Contains(category) ? null : id, isGone ? ChangeKind.Removed : kind);
    }

    /// <summary>What lies beside the stream's own resource and is shown by an endpoint of its own.</summary>
    private static IEnumerable<Touched> Besides(string id, object @event) => @event switch
    {
        BusinessEvent.MemberAdded e => [new("member", "/v1/members", $"{e.MemberId:D}", ChangeKind.Created)],
        BusinessEvent.MemberMoved e => [new("member", "/v1/members", $"{e.MemberId:D}", ChangeKind.Changed)],
        BusinessEvent.MemberLeft e => [new("member", "/v1/members", $"{e.MemberId:D}", ChangeKind.Changed)],
        BusinessEvent.RatesShown e => [new("member", "/v1/members", $"{e.MemberId:D}", ChangeKind.Changed)],
        BusinessEvent.RatesHidden e => [new("member", "/v1/members", $"{e.MemberId:D}", ChangeKind.Changed)],
        BusinessEvent.AccessTokenIssued e => [new("token", "/v1/tokens", $"{e.TokenId:D}", ChangeKind.Created)],
        BusinessEvent.AccessTokenRevoked e => [new("token", "/v1/tokens", $"{e.TokenId:D}", ChangeKind.Changed)],
        BusinessEvent.IdentityLinked e => [new("identity", "/v1/identities", $"{e.LinkId:D}", ChangeKind.Created)],
        BusinessEvent.IdentityUnlinked e => [new("identity", "/v1/identities", $"{e.LinkId:D}", ChangeKind.Changed)],
        BusinessEvent.BusinessRateCardSet or BusinessEvent.AssistantCostSet or BusinessEvent.PracticeSurchargesSet =>
            [new("business-rates", "/v1/business/rates", null, ChangeKind.Changed)],
        BusinessEvent.AccentColourChosen or BusinessEvent.LogoPlaced or BusinessEvent.LogoTakenOff =>
            [new("look", "/v1/business/look", null, ChangeKind.Changed)],
        BusinessEvent.SalesTaxPolicySet => [new("sales-tax", "/v1/sales-tax", null, ChangeKind.Changed)],
        BusinessEvent.EInvoicingSet => [new("e-invoicing", "/v1/e-invoicing", null, ChangeKind.Changed)],
        ClientEvent.ClientRateCardSet => [new("client-rates", "/v1/clients/{id:guid}/rates", id, ChangeKind.Changed)],
        ClientEvent.ClientTaxAgreed => [new("client-tax", "/v1/clients/{id:guid}/tax", id, ChangeKind.Changed)],
        ClientEvent.EInvoicingAgreed => [new("client-e-invoicing", "/v1/clients/{id:guid}/e-invoicing", id, ChangeKind.Changed)],
        EngagementEvent.EngagementAgreed or EngagementEvent.EngagementEnded => [],
        EngagementEvent => [new("engagement-rates", "/v1/engagements/{id:guid}/rates", id, ChangeKind.Changed)],
        InvoiceEvent.CreditNoteIssued => [new("credit-notes", "/v1/invoices/{id:guid}/credit-notes", id, ChangeKind.Changed)],
        ExpenseEvent.ReceiptAttached or ExpenseEvent.ReceiptRemoved =>
            [new("receipts", "/v1/expenses/{id:guid}/receipts", id, ChangeKind.Changed)],
        _ => [],
    };

    /// <param name="id">Such as <c>2026-us-federal</c>.</param>
    private static IEnumerable<Touched> TaxYear(string id, string kind, TaxYearEvent @event)
    {
        var (year, jurisdiction) = (id[..4], id[5..]);
        yield return jurisdiction switch
        {
            Domain.Taxes.TaxYear.UsFederal => new Touched("tax-year", "/v1/tax-years/{year:int}", year, kind),
            Domain.Taxes.TaxYear.Germany => new Touched("tax-year-germany", "/v1/tax-years/{year:int}/germany", year, kind),
            var state => new Touched("tax-year-state", "/v1/tax-years/{year:int}/states/{state}", $"{year}/{state["us-".Length..]}", kind),
        };
        if (@event is TaxYearEvent.EstimateGiven e)
            yield return new("estimate", "/v1/tax-years/{year:int}/estimates/{id:guid}", $"{year}/{e.EstimateId:D}", ChangeKind.Created);
    }
}

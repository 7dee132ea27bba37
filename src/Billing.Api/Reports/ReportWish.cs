using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Payments;
using Billing.Projections.Reports;
using Billing.Projections.Retainers;
using Billing.Projections.SalesTax;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Reports;

/// <summary>Which report somebody asks for.</summary>
/// <param name="From">The first day that is asked for.</param>
/// <param name="To">The last one.</param>
/// <param name="Report">It, or why there is none over this book.</param>
internal sealed record ReportWish(
    LocalDate From, LocalDate To, Func<PracticeBook, (Report? Report, Rejection? Refused)> Report)
{
    private static readonly string[] Hours = [WorkReport.Name, UtilisationReport.Name];

    /// <summary>Of amounts that other endpoints give, so that these can be explained; each can be cut by client.</summary>
    private static readonly Dictionary<string, Func<PracticeBook, LocalDate, LocalDate, Guid?, Report>> ByClient =
        new(StringComparer.Ordinal)
        {
            [InvoicesReport.Name] = InvoicesReport.Of,
            [PaymentsReport.Name] = PaymentsReport.Of,
            [ReceivablesReport.Name] = ReceivablesReport.Of,
            [StatementsReport.Name] = StatementsReport.Of,
            [ClientCreditReport.Name] = ClientCreditReport.Of,
            [RetainerAccountsReport.Name] = RetainerAccountsReport.Of,
        };

    internal static IReadOnlyList<string> Names { get; } =
    [
        .. Hours, EffectiveRateReport.Name, LedgerBalances.TrialBalance, LedgerBalances.ProfitAndLoss, LedgerBalances.BalanceSheet,
        TwoClocks.Name, BudgetReport.Name, SalesTaxReturn.Name, InformationReturnsReport.Name, .. ByClient.Keys,
    ];

    /// <summary>Null where something cannot be used; the call then says what.</summary>
    public static ReportWish? Of(QueryCall call)
    {
        var today = PracticeDay.Of(call);
        var from = call.Date("from") ?? new LocalDate(today.Year, 1, 1);
        var to = call.Date("to") ?? today;
        if (to < from) call.Refuse("to", "out-of-bounds", "to lies before from.");
        var by = call.OneOf("by", [.. ReportGrouping.All.Keys]) ?? ReportGrouping.Client.Word;
        var isAssistant = call.Caller.Role == Role.Assistant;
        if (!Names.Contains(Name(call)) || Filter(call) is not { } filter) return null;
        if (!IsOwn(call, filter) || (isAssistant && !Hours.Contains(Name(call)))) return null;
        if (Name(call) == InformationReturnsReport.Name) return OfInformationReturns(call, from, to);
        return new ReportWish(from, to, book => (Named(book), null));

        Report Named(PracticeBook book) => Name(call) switch
        {
            WorkReport.Name => WorkReport.Of(
                book, from, to, ReportGrouping.All[by], filter, withMoney: call.Caller.SeesRates, withCost: !isAssistant),
            UtilisationReport.Name => UtilisationReport.Of(book, from, to, filter),
            LedgerBalances.TrialBalance => LedgerBalances.TrialBalanceOf(book, from, to),
            LedgerBalances.ProfitAndLoss => LedgerBalances.ProfitAndLossOf(book, from, to),
            LedgerBalances.BalanceSheet => LedgerBalances.BalanceSheetOf(book, from, to),
            TwoClocks.Name => TwoClocks.Of(book, from, to),
            BudgetReport.Name => BudgetReport.Of(book, from, to, filter),
            SalesTaxReturn.Name => SalesTaxReturn.Of(book, from, to),
            var name when ByClient.TryGetValue(name, out var of) => of(book, from, to, filter.ClientId),
            _ => EffectiveRateReport.Of(book, from, to, filter.ClientId),
        };
    }

    /// <summary>Thresholds are those of a year, so that it is always a whole one.</summary>
    private static ReportWish? OfInformationReturns(QueryCall call, LocalDate from, LocalDate to)
    {
        if (from.Year != to.Year) call.Refuse("from", "out-of-bounds", "from lies in another year than to; these returns are of one year.");
        if (call.Errors.Count > 0) return null;
        return new ReportWish(from, to, book => InformationReturnsReport.TryOf(book, to.Year, out var report, out var refused)
            ? (report, null)
            : (null, refused with { Field = null }));
    }

    /// <summary>By what the rows of a report can be cut; an assistant's are their own. Null where the call is refused.</summary>
    private static WorkFilter? Filter(QueryCall call)
    {
        var filter = Cut(call);
        string[] takes = Name(call) switch
        {
            WorkReport.Name or UtilisationReport.Name => ["client", "engagement", "assistant"],
            BudgetReport.Name => ["client", "engagement"],
            EffectiveRateReport.Name => ["client"],
            var name when ByClient.ContainsKey(name) => ["client"],
            _ => [],
        };
        (string, Guid?)[] said = [("client", filter.ClientId), ("engagement", filter.EngagementId), ("assistant", filter.AssistantId)];
        foreach (var (name, id) in said)
        {
            if (id is not null && !takes.Contains(name))
                call.Refuse(name, "malformed", $"The rows of this report cannot be cut by {name}. Leave it out.");
        }
        return call.Errors.Count > 0 ? null : filter;
    }

    /// <summary>The work that is asked for; where an assistant names nobody, their own.</summary>
    internal static WorkFilter Cut(QueryCall call)
    {
        var filter = new WorkFilter(call.Id("client"), call.Id("engagement"), call.Id("assistant"));
        return call.Caller.Role == Role.Assistant ? filter with { AssistantId = filter.AssistantId ?? call.Caller.MemberId } : filter;
    }

    internal static bool IsOwn(QueryCall call, WorkFilter filter) =>
        call.Caller.Role != Role.Assistant || filter.AssistantId == call.Caller.MemberId;

    internal static Problem NotOwn { get; } =
        Problem.Of(403, "not-own-time", "An assistant sees their own hours only, and not what they bring in.");

    /// <summary>Why there is no such report for this caller.</summary>
    public static Problem Refusal(QueryCall call)
    {
        if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors);
        return Names.Contains(Name(call))
            ? NotOwn
            : Problem.NotFound($"report; there are {string.Join(", ", Names)}");
    }

    private static string Name(QueryCall call) => (string)call.Http.Request.RouteValues["report"]!;
}

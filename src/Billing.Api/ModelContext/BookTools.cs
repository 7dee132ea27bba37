using System.ComponentModel;
using System.Text.Json.Nodes;
using Billing.Api.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Billing.Api.ModelContext.ToolDesk;

namespace Billing.Api.ModelContext;

/// <summary>What the books say: nothing here writes.</summary>
[McpServerToolType]
internal sealed class BookTools(ToolDesk desk)
{
    /// <summary>Of an estimate, what a person wants to know first; its whole working is asked for line by line.</summary>
    private static readonly string[] OfAnEstimate =
        ["year", "asOf", "advice", "next", "required", "instalments", "adjustment", "prepayments", "nextDueOn", "dueNext", "overdueNow"];

    [McpServerTool(Name = "list_unbilled", ReadOnly = true, OpenWorld = false)]
    [Description("What waits to be billed, by client.")]
    public async Task<CallToolResult> Unbilled([Description("Last day, such as 2026-05-31; left out, today.")] string? through = null) =>
        Result(await desk.Get("/v1/unbilled", ("through", through)));

    [McpServerTool(Name = "list_receivables", ReadOnly = true, OpenWorld = false)]
    [Description("What clients owe, by how long it is due.")]
    public async Task<CallToolResult> Receivables([Description("As of this day; left out, today.")] string? day = null) =>
        Result(await desk.Get("/v1/receivables", ("day", day)));

    [McpServerTool(Name = "list_invoices", ReadOnly = true, OpenWorld = false)]
    [Description("Invoices and drafts.")]
    public async Task<CallToolResult> Invoices(
        Guid? clientId = null,
        [Description("draft, finalized, sent, viewed, partly-paid, paid, overdue, credited, written-off, voided or discarded.")]
        string? status = null,
        [Description("Where the list goes on: next of the page before.")] Guid? cursor = null) => Result(await desk.Get(
            "/v1/invoices", ("client", clientId?.ToString("D")), ("status", status), ("cursor", cursor?.ToString("D")), ("limit", "100")));

    [McpServerTool(Name = "show_invoice", ReadOnly = true, OpenWorld = false)]
    [Description("An invoice with its lines; of a draft, what it would come to.")]
    public async Task<CallToolResult> Invoice(Guid invoiceId) => Result(await desk.Get("/v1/invoices/{id:guid}", Id(invoiceId)));

    [McpServerTool(Name = "next_tax_payment", ReadOnly = true, OpenWorld = false)]
    [Description("Estimated tax: what to pay next, by when and why. The last instalment of a year is due in January of the next.")]
    public async Task<CallToolResult> NextTax(int year)
    {
        var business = await desk.Get("/v1/business");
        if (!business.IsSuccess) return Result(business);
        var pattern = (string?)business.Json["currency"] == "EUR"
            ? "/v1/tax-years/{year:int}/germany/estimate"
            : "/v1/tax-years/{year:int}/estimate";
        var estimate = await desk.Get(pattern, new Dictionary<string, object> { ["year"] = year });
        if (!estimate.IsSuccess) return Result(estimate);
        var all = estimate.Json;
        var first = new JsonObject(OfAnEstimate.Where(all.ContainsKey).Select(name => KeyValuePair.Create(name, all[name]?.DeepClone())));
        return Result(estimate with { Text = first.ToJsonString(ApiJson.Options) });
    }

    [McpServerTool(Name = "explain_tax_line", ReadOnly = true, OpenWorld = false)]
    [Description("How a line of the federal estimate came about: its formula, its inputs, the events behind it.")]
    public async Task<CallToolResult> TaxLine(int year, [Description("Such as schedule-c.receipts.")] string code) => Result(await desk.Get(
        "/v1/tax-years/{year:int}/estimate/lines/{code}", new Dictionary<string, object> { ["year"] = year, ["code"] = code }));

    [McpServerTool(Name = "show_report", ReadOnly = true, OpenWorld = false)]
    [Description("A report over a span of days; its rows have the keys, and its figures the names, that explain_report_figure takes.")]
    public async Task<CallToolResult> Report(string report, string? from = null, string? to = null, string? by = null) => Result(
        await desk.Get(
            "/v1/reports/{report}", new Dictionary<string, object> { ["report"] = report }, ("from", from), ("to", to), ("by", by)));

    [McpServerTool(Name = "explain_report_figure", ReadOnly = true, OpenWorld = false)]
    [Description("How a figure of a report came about.")]
    public async Task<CallToolResult> Figure(
        string report, string row, string column, string? from = null, string? to = null, string? by = null) => Result(await desk.Get(
            "/v1/reports/{report}/explain", new Dictionary<string, object> { ["report"] = report },
            ("row", row), ("column", column), ("from", from), ("to", to), ("by", by)));
}

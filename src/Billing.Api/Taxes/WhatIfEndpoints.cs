using System.ComponentModel.DataAnnotations;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Taxes;

/// <summary>What is being weighed. The rest of the year goes like the days so far, unless netProfit says otherwise.</summary>
/// <param name="AsOf">The day of the estimate; left out, today in the practice's zone.</param>
/// <param name="NetProfit">The whole year's profit without the changes, where the run rate is no good guess.</param>
public sealed record WhatIfBody(
    [property: MinLength(1), MaxLength(50)] IReadOnlyList<WhatIfChangeBody> Changes, LocalDate? AsOf = null, Money? NetProfit = null);

/// <param name="Kind">income, expense, deferral or contribution.</param>
/// <param name="Amount">US dollars, not negative; of a monthly income, each month's.</param>
/// <param name="On">Of income and expense, the day; of a deferral, the day it was thought to be paid.</param>
/// <param name="MonthlyUntil">Of income: the same amount month after month, at the latest on this day.</param>
/// <param name="Category">Of an expense: as expenses are recorded.</param>
/// <param name="To">Of a deferral: the day it is paid instead, also after the year.</param>
/// <param name="Plan">Of a contribution: sep, simple or solo-401k.</param>
public sealed record WhatIfChangeBody(
    string Kind, Money Amount, LocalDate? On = null, LocalDate? MonthlyUntil = null, string? Category = null, LocalDate? To = null,
    string? Plan = null);

/// <summary>A plan worked through both methods and all quarters, apart from the books.</summary>
/// <param name="Reason">What the year's tax would differ in, and by which taxes.</param>
/// <param name="Tax">The year's tax with the changes, less what it is without.</param>
/// <param name="Lines">Every line of the year that would differ.</param>
public sealed record WhatIfView(
    string ParametersVersion, string Reason, Money Tax, WhatIfSideView Before, WhatIfSideView After,
    IReadOnlyList<DifferenceView> Lines);

/// <summary>The year without the changes, or with them.</summary>
public sealed record WhatIfSideView(string Advice, EstimateTotals Totals, IReadOnlyList<MethodView> Methods);

/// <param name="Before">As text; null where there is no such line.</param>
public sealed record DifferenceView(string Code, string Label, string? FormLine, string Unit, string? Before, string? After)
{
    public static DifferenceView Of(LineDifference d) => new(
        d.Code, d.Label, d.FormLine, LineView.UnitOf(d.Unit), d.Before is { } before ? LineView.Text(before, d.Unit) : null,
        d.After is { } after ? LineView.Text(after, d.Unit) : null);
}

public static class WhatIfEndpoints
{
    public static void MapWhatIf(this IEndpointRouteBuilder v1) => v1.Ask<WhatIfBody, WhatIfView>(
        "/tax-years/{year:int}:what-if", Role.Owner | Role.Bookkeeper, (call, body) => new(Answer(call, body)));

    private static QueryAnswer<WhatIfView> Answer(QueryCall call, CommandCall<WhatIfBody> body)
    {
        List<WhatIf> changes = [.. body.Body.Changes.Select((change, i) => Change(body, change, $"/changes/{i}")).OfType<WhatIf>()];
        var netProfit = body.Body.NetProfit is null ? null : (long?)TaxEndpoints.Dollars(body, body.Body.NetProfit, "/netProfit");
        if (!body.IsUsable) return Problem.BadRequest(body.Errors);
        var projection = netProfit is { } cents
            ? new ProjectionChoice(ProjectionChoice.OwnNumber, cents / 100m)
            : ProjectionChoice.Default;
        var wish = new EstimateWish(TaxQueryEndpoints.Year(call), body.Body.AsOf ?? PracticeDay.Of(call), projection);
        if (!call.Service<EstimateDesk>().TryWeigh(call.Book, wish, changes, out var before, out var after, out var rejection))
            return Problem.Of(rejection);
        var comparison = EstimateComparison.Of(before.Lines, after.Lines);
        return new WhatIfView(
            after.ParametersVersion, comparison.Reason, Cents.ToMoney(after.Annual.Total.Amount - before.Annual.Total.Amount),
            Side(before), Side(after), [.. comparison.Lines.Select(DifferenceView.Of)]);
    }

    private static WhatIfSideView Side(TaxEstimate estimate) =>
        new(estimate.Advice, EstimateTotals.Of(estimate), MethodView.BothOf(estimate));

    private static WhatIf? Change(CommandCall<WhatIfBody> body, WhatIfChangeBody change, string pointer)
    {
        var amount = TaxEndpoints.Dollars(body, change.Amount, $"{pointer}/amount") / 100m;
        switch (change.Kind)
        {
            case "income" when change.On is { } on:
                return new WhatIf.Income(amount, on, change.MonthlyUntil);
            case "expense" when change is { On: { } on, Category: { } category }:
                return new WhatIf.Expense(amount, category, on);
            case "deferral" when change is { On: { } from, To: { } to }:
                return new WhatIf.Deferral(amount, from, to);
            case "contribution" when PlanOf(change.Plan) is { } plan:
                return new WhatIf.Contribution(plan, amount);
            case "income" or "expense" or "deferral" or "contribution":
                body.Refuse(pointer, "what-if-incomplete",
                    "An income needs on; an expense on and category; a deferral on and to; a contribution plan: sep, simple or solo-401k.");
                return null;
            default:
                body.Refuse($"{pointer}/kind", "what-if-unknown", "The kind is income, expense, deferral or contribution.");
                return null;
        }
    }

    private static PlanKind? PlanOf(string? plan) => plan switch
    {
        "sep" => PlanKind.Sep,
        "simple" => PlanKind.Simple,
        "solo-401k" => PlanKind.Solo401k,
        _ => null,
    };
}

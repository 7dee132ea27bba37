using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Invoicing;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Values;
using Billing.Projections.Paging;
using Billing.Projections.RecurringInvoices;
using NodaTime;

namespace Billing.Api.RecurringInvoices;

/// <param name="Rule">monthly, semi-monthly, weeks, days or own-days.</param>
/// <param name="Every">So many months, weeks or days lie between two; every second week is fortnightly.</param>
/// <param name="DaysOfMonth">Monthly one, the first period's unless given; semi-monthly two, the 1st and the 15th unless given. 29 to
/// 31 mean the last day of a month that has no such day.</param>
/// <param name="Dates">Of own days: those on which a period begins, or the last one ends.</param>
/// <param name="Anchor">The day that weeks and days, or whose month months, are counted from; the first period's unless given.</param>
public sealed record CycleBody(
    [property: Text(20)] string Rule, int Every = 1, IReadOnlyList<int>? DaysOfMonth = null, IReadOnlyList<LocalDate>? Dates = null,
    LocalDate? Anchor = null)
{
    public BillingCycle ToCycle() => new(Rule, Every, DaysOfMonth ?? [], Dates ?? [], Anchor);
}

/// <param name="Description">With placeholders for the period, such as <c>Website care {month} {year}</c>.</param>
public sealed record RecurringFeeBody([property: Text(200)] string Description, Money Amount);

/// <param name="EngagementId">Whose work is billed; left out, all of the client's.</param>
/// <param name="FirstDay">Of the first period.</param>
/// <param name="LastDay">Of the last period; left out, it goes on.</param>
/// <param name="Count">How many periods there are; left out, it goes on.</param>
/// <param name="InAdvance">Whether a period is invoiced on its first day instead of the day after its last.</param>
/// <param name="FeeRetainerId">The retainer whose fee is asked for, by a deposit of its own.</param>
/// <param name="Note">With placeholders for the period.</param>
/// <param name="Mode">How far its invoices are taken: draft, finalize or send.</param>
public sealed record RecurringInvoiceBody(
    Guid ClientId, [property: Text(200)] string Name, CycleBody Cycle, LocalDate FirstDay, [property: Text(20)] string Mode,
    Guid? EngagementId = null, LocalDate? LastDay = null, int? Count = null, bool InAdvance = false, bool BillsTime = true,
    bool BillsExpenses = true, Guid? FeeRetainerId = null, IReadOnlyList<RecurringFeeBody>? Fees = null,
    [property: Text(Wording.NoteMaxLength)] string? Note = null, Guid? Id = null);

/// <param name="From">First day of the next period, which is the one to skip.</param>
public sealed record SkipPeriodBody(LocalDate From);

/// <param name="CatchUp">Whether the periods whose day came meanwhile are invoiced after all.</param>
public sealed record ResumeRecurringInvoiceBody(bool CatchUp = false);

public static class RecurringInvoiceEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;
    private const int UsualPreview = 12;

    public static void MapRecurringInvoices(this IEndpointRouteBuilder v1)
    {
        v1.Command<RecurringInvoiceBody>("/recurring-invoices", Keepers,
            call => Set(call, call.IdOrNew(call.Body.Id), isNew: true), (_, done) => Answers.Created(done, "/v1/recurring-invoices"));

        v1.Command<RecurringInvoiceBody>("/recurring-invoices/{id:guid}:change", Keepers,
            call => Set(call, call.RouteId(), isNew: false), (_, done) => Answers.Changed(done));

        v1.Command<SkipPeriodBody>("/recurring-invoices/{id:guid}:skip", Keepers, call => new ChangeRecurringInvoiceCommand(
                call.Context, call.RouteId(), state => RecurringInvoice.Decide(state, new SkipPeriod(call.Body.From, call.Now))),
            (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/recurring-invoices/{id:guid}:pause", Keepers, call => new ChangeRecurringInvoiceCommand(
                call.Context, call.RouteId(), state => RecurringInvoice.Decide(state, new PauseRecurringInvoice(call.Now))),
            (_, done) => Answers.Changed(done));

        v1.Command<ResumeRecurringInvoiceBody>("/recurring-invoices/{id:guid}:resume", Keepers, call => new ResumeRecurringInvoiceCommand(
                call.Context, call.RouteId(), new ResumeRecurringInvoice(call.Body.CatchUp, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/recurring-invoices/{id:guid}:end", Keepers, call => new ChangeRecurringInvoiceCommand(
                call.Context, call.RouteId(), state => RecurringInvoice.Decide(state, new EndRecurringInvoice(call.Now))),
            (_, done) => Answers.Changed(done));

        v1.RunMany<RanPeriod>("/recurring-invoices:run-due", Keepers, (call, newContext) => call.Service<RecurringDesk>()
            .RunDue(call.Book, PublicAddress.Of(call.Http, "/"), newContext, call.Aborted));

        v1.Query<ListView<RecurringInvoiceView>>("/recurring-invoices", Keepers, call => new(call.Paged(
            call.Service<RecurringInvoiceQueries>().RecurringInvoices(call.Book, call.Id("client"), call.Page()))),
            "client", "cursor", "limit");

        v1.Query<ListView<RecurringInvoiceView>>("/recurring-invoices/due", Keepers, call => new(Lists.All(
            call.Service<RecurringInvoiceQueries>().Due(call.Book, call.Date("day") ?? PracticeDay.Of(call)))), "day");

        v1.Query<RecurringInvoiceDetail>("/recurring-invoices/{id:guid}", Keepers, Detail, "limit");
    }

    private static async ValueTask<QueryAnswer<RecurringInvoiceDetail>> Detail(QueryCall call)
    {
        if (call.Service<RecurringInvoiceQueries>().RecurringInvoice(call.Book, call.RouteId()) is not { } view)
            return Problem.NotFound("recurring invoice");
        var most = call.Number("limit", 1, PageRequest.MostItems) ?? UsualPreview;
        var session = call.Session();
        var state = await session.Load(RecurringInvoice.Stream, view.RecurringId);
        var client = await session.Load(Domain.Clients.Client.Stream, view.ClientId);
        return new(RecurringInvoiceDetail.Of(view, state, client.Details?.Language, most), null, view.Version);
    }

    private static SetRecurringInvoiceCommand Set(CommandCall<RecurringInvoiceBody> call, Guid id, bool isNew)
    {
        var body = call.Body;
        return new SetRecurringInvoiceCommand(call.Context, new SetRecurringInvoice(
            id, body.ClientId, body.EngagementId, body.Name, body.Cycle.ToCycle(), body.FirstDay, body.LastDay, body.Count, body.InAdvance,
            body.BillsTime, body.BillsExpenses, body.FeeRetainerId,
            [.. (body.Fees ?? []).Select(fee => new FeeWish(fee.Description, fee.Amount, body.EngagementId))], body.Note, body.Mode,
            isNew, call.Now));
    }
}

using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Expenses;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Projections.Documents;
using Billing.Projections.EInvoicing;
using Billing.Projections.Invoicing;
using Billing.Projections.Mailing;
using Billing.Projections.Payments;
using Billing.Projections.Retainers;

namespace Billing.Api.Invoicing;

public static class InvoiceQueryEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    /// <summary>What is open beyond its due day, in whichever status it is.</summary>
    private const string Overdue = "overdue";

    public static void MapInvoiceQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<InvoiceView>>("/invoices", Keepers, call =>
        {
            var today = PracticeDay.Of(call);
            var status = call.OneOf("status", [.. InvoiceStatus.All, Overdue]);
            var filter = status == Overdue
                ? new InvoiceFilter(call.Id("client"), OverdueOn: today)
                : new InvoiceFilter(call.Id("client"), status);
            var page = call.Service<InvoiceQueries>().Invoices(call.Book, filter, call.Page());
            // What an invoice selects is long and asked for one by one.
            return new(call.Paged(page with
            {
                Items = [.. page.Items.Select(view => view.AsOf(today) with { Time = [], ExpenseIds = [] })],
            }));
        }, "client", "status", "cursor", "limit", AsOf.Known);

        v1.Query<InvoiceDetail>("/invoices/{id:guid}", Keepers, Detail, AsOf.Known);

        v1.Query<ListView<PaymentView>>("/invoices/{id:guid}/payments", Keepers, call => new(
            Lists.All(call.Service<PaymentQueries>().OfInvoice(call.Book, call.RouteId()))), AsOf.Known);

        v1.Query<PaymentView>("/payments/{id:guid}", Keepers, call => new(Lists.One(
            call.Service<PaymentQueries>().Payment(call.Book, call.RouteId()), "payment", view => view.Version)), AsOf.Known);

        v1.Query<ListView<ShareLinkView>>("/invoices/{id:guid}/links", Keepers, call => new(
            Lists.All(call.Service<InvoiceQueries>().Links(call.Book, call.RouteId()))));

        v1.MapGet("/invoices/{id:guid}/pdf", (Delegate)Pdf)
            .WithMetadata(new AllowedRoles(Keepers))
            .Produces(200, contentType: "application/pdf");

        v1.Query<ListView<UnbilledTotalView>>("/unbilled", Keepers, call => new(Lists.All(
            call.Service<UnbilledQueries>().Totals(call.Book, call.Date("through") ?? PracticeDay.Of(call)))), "through", AsOf.Known);

        v1.Query("/clients/{id:guid}/unbilled", Keepers, OneMoment.CaughtUp<PreviewView>(Unbilled), "through", "retainer", AsOf.Known);
    }

    private static ValueTask<QueryAnswer<InvoiceDetail>> Detail(QueryCall call) => call.Detail(
        "invoice", Invoice.Stream, () => call.Service<InvoiceQueries>().Invoice(call.Book, call.RouteId()), view => view.Version,
        (view, state, session) => DetailOf(call, view.AsOf(PracticeDay.Of(call)), state, session));

    private static async ValueTask<InvoiceDetail> DetailOf(QueryCall call, InvoiceView view, InvoiceState state, BookSession session)
    {
        if (state.Issued is { } issued)
        {
            var lines = LineDetail.Of(issued.Facts.Lines, issued.Facts.Texts?.LineDescriptions, issued.Currency);
            return new InvoiceDetail(view, lines, null)
            {
                Taxes = TaxDetail.Of(issued.Facts.Tax, issued.Currency),
                Deposits = DepositDetail.Of(issued.Facts.Deposits, issued.Currency),
                Discounts = issued.Facts.Discounts ?? [],
                Credit = CreditDetail.Of(issued),
                Mails = call.Service<MailQueries>().OfInvoice(call.Book, view.InvoiceId),
            };
        }
        if (state is not (InvoiceState.WorkDraft or InvoiceState.DepositDraft)) return new InvoiceDetail(view, [], null);
        var sources = await InvoiceSources.Load(session, state);
        var preview = PreviewView.Of(InvoiceComputation.Compute(state, sources), view.Open.Currency) with
        {
            Warnings = await ExpenseWarnings.Of(session, sources),
        };
        return new InvoiceDetail(view, preview.Lines, preview)
        {
            Taxes = preview.Taxes,
            Discounts = (state as InvoiceState.WorkDraft)?.Facts.Discounts ?? [],
            PlannedInstalments = PlannedInstalment.Of(state, view.Open.Currency),
        };
    }

    /// <summary>What an invoice over everything that waits would say now.</summary>
    internal static async ValueTask<QueryAnswer<PreviewView>> Unbilled(QueryCall call)
    {
        var client = call.RouteId();
        var through = call.Date("through") ?? PracticeDay.Of(call);
        IReadOnlyList<Guid> automatic = call.Service<RetainerQueries>().Automatic(call.Book, client);
        var retainers = call.Id("retainer") is { } named ? [.. automatic.Prepend(named).Distinct()] : automatic;
        var session = call.Session();
        var (sources, computation) = await call.Service<UnbilledWork>().Compute(session, client, through, retainers);
        if (sources.Client.Details is not { } details) return Problem.NotFound("client");
        return PreviewView.Of(computation, details.Currency) with
        {
            Warnings = await ExpenseWarnings.Of(session, sources),
        };
    }

    private static async Task<IResult> Pdf(HttpContext http, Guid id, IDocumentRenderer renderer)
    {
        var (caller, problem) = await Admission.Admit(http, Keepers);
        if (caller is null) return problem!.AsResult();
        var state = await new QueryCall(http, caller).Session().Load(Invoice.Stream, id);
        return state.Issued is null ? WithoutDocument(state).AsResult() : File(state, renderer);
    }

    /// <summary>Why there is no document of what is not finalised.</summary>
    internal static Problem WithoutDocument(InvoiceState state) => state is InvoiceState.NotDrafted
        ? Problem.NotFound("invoice")
        : Problem.Of(new Rejection("invoice-not-finalized", "A draft has no document yet. Finalise it first."));

    /// <param name="state">Of a finalised invoice.</param>
    /// <param name="renderer">Of documents.</param>
    /// <param name="paymentUrl">Where its reader can pay it; null for nowhere.</param>
    internal static IResult File(InvoiceState state, IDocumentRenderer renderer, string? paymentUrl = null)
    {
        var model = EInvoice.Printed(state.Issued!.Facts, paymentUrl, state is InvoiceState.Voided);
        return Results.File(renderer.Render(model).Pdf, "application/pdf", $"{model.Number}.pdf");
    }
}

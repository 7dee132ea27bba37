using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Api.Reports;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger.Journal;
using NodaTime;

namespace Billing.Api.Ledger;

/// <summary>What a client owes and why, as JSON and as the document that is sent to the client.</summary>
public static class StatementEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;
    private static readonly string[] Parameters = ["from", "to", AsOf.KnownInBook];

    /// <summary>Before it no practice invoiced with this program.</summary>
    private const int EarliestYear = 2000;

    public static void MapStatements(this IEndpointRouteBuilder v1)
    {
        v1.Query<ClientStatement>("/clients/{id:guid}/statement", Keepers, async call =>
        {
            var (from, to) = Days(call);
            if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors);
            var statement = await BookReading.Ask(call, book => ClientStatement.Of(book, call.RouteId(), from, to));
            if (statement is null) return Problem.NotFound("client");
            return statement;
        }, Parameters);

        v1.File("/clients/{id:guid}/statement/pdf", Keepers, "application/pdf", Parameters, Pdf);
    }

    private static async Task<IResult> Pdf(QueryCall call)
    {
        var (from, to) = Days(call);
        if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors).AsResult();
        var model = await BookReading.Ask(call, book => PrintedStatement.Of(book, call.RouteId(), from, to));
        return model is null ? Problem.NotFound("client").AsResult() : File(model, call.Service<IDocumentRenderer>());
    }

    internal static IResult File(StatementModel model, IDocumentRenderer renderer) => Results.File(
        renderer.Render(model).Pdf, "application/pdf", FormattableString.Invariant($"statement-{model.Through:uuuu-MM-dd}.pdf"));

    /// <summary>A calendar year, the running one so far; null for one of which there is no statement.</summary>
    internal static (LocalDate From, LocalDate Through)? YearOf(int year, LocalDate today) => year >= EarliestYear && year <= today.Year
        ? (new LocalDate(year, 1, 1), year == today.Year ? today : new LocalDate(year, 12, 31))
        : null;

    /// <summary>The years of which a client has a statement, the newest first: this one, and each in which something was issued.</summary>
    internal static IEnumerable<int> YearsOf(IEnumerable<InvoiceView> issued, LocalDate today) => issued
        .Select(invoice => invoice.IssuedOn!.Value.Year).Append(today.Year)
        .Where(year => YearOf(year, today) is not null).Distinct().OrderDescending();

    /// <summary>The year so far, unless days are given.</summary>
    private static (LocalDate From, LocalDate Through) Days(QueryCall call)
    {
        var through = call.Date("to") ?? PracticeDay.Of(call);
        var from = call.Date("from") ?? new LocalDate(through.Year, 1, 1);
        if (through < from) call.Refuse("to", "out-of-bounds", "to lies before from.");
        return (from, through);
    }
}

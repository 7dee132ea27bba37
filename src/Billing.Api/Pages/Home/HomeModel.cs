using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Retainers;
using Billing.Api.Taxes;
using Billing.Domain.Invoicing;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Access;
using Billing.Projections.Clients;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger;
using Billing.Projections.Paging;
using Billing.Projections.Retainers;
using NodaTime;

namespace Billing.Api.Pages.Home;

/// <summary>How a practice stands today, as its contractor wants to know first: each figure with the rows it is made of.</summary>
/// <param name="IsNew">Whether there is no client yet.</param>
/// <param name="Tax">Null where nobody can say, such as for a practice that is not kept in dollars.</param>
public sealed record HomeModel(
    string Practice, LocalDate Today, bool IsNew, IReadOnlyList<UnbilledRow> Unbilled, IReadOnlyList<OwedRow> Owed,
    IReadOnlyList<CashMonthView> Cash, IReadOnlyList<LowRetainerRow> LowRetainers, IReadOnlyList<DraftRow> Drafts, TaxNext? Tax)
{
    private const int MostRows = 500;

    public static async Task<HomeModel> Of(QueryCall call)
    {
        var today = PracticeDay.Of(call);
        var business = call.Service<AccessQueries>().Business(call.Book);
        var clients = call.Service<ClientQueries>().Clients(call.Book, new PageRequest(null, MostRows), withArchived: true).Items
            .ToDictionary(client => client.ClientId, client => client.Name ?? "–");
        return new HomeModel(
            business?.Name ?? "–", today, clients.Count == 0,
            [
                .. call.Service<UnbilledQueries>().Totals(call.Book, today)
                    .Select(total => new UnbilledRow(Name(total.ClientId), total)).OrderByDescending(row => row.Total.DurationSeconds),
            ],
            [
                .. call.Service<LedgerQueries>().Receivables(call.Book, today)
                    .Select(owed => new OwedRow(Name(owed.ClientId), owed)).OrderByDescending(row => row.Owed.Open.Minor),
            ],
            call.Service<LedgerQueries>().CashByMonth(call.Book, new LocalDate(today.Year, 1, 1), today.PlusDays(1)),
            await LowRetainersOf(call, today, Name),
            [
                .. call.Service<InvoiceQueries>()
                    .Invoices(call.Book, new InvoiceFilter(Status: InvoiceStatus.Draft), new PageRequest(null, MostRows)).Items
                    .Select(draft => new DraftRow(Name(draft.ClientId), draft)),
            ],
            TaxOf(call, today));

        string Name(Guid client) => clients.GetValueOrDefault(client, "–");
    }

    private static async Task<IReadOnlyList<LowRetainerRow>> LowRetainersOf(QueryCall call, LocalDate today, Func<Guid, string> name)
    {
        var rows = new List<LowRetainerRow>();
        var (desk, session) = (call.Service<RetainerDesk>(), call.Session());
        var views = call.Service<RetainerQueries>().Retainers(call.Book).ToDictionary(view => view.RetainerId);
        foreach (var client in views.Values.Select(view => view.ClientId).Distinct().Order())
        {
            foreach (var retainer in await desk.OfClient(session, client, today))
            {
                var standing = retainer.Standing();
                if (standing.Warnings.Count > 0)
                {
                    var known = views.GetValueOrDefault(retainer.State.RetainerId);
                    rows.Add(new LowRetainerRow(name(client), known?.Name, standing.Left, standing.Warnings));
                }
            }
        }
        return rows;
    }

    private static TaxNext? TaxOf(QueryCall call, LocalDate today)
    {
        if (!call.Service<EstimateDesk>().TryEstimate(
            call.Book, new EstimateWish(TaxDates.Next(today).Year, today, ProjectionChoice.Default), out var estimated, out _)) return null;
        var plan = estimated.Estimate.ChosenPlan;
        return new TaxNext(
            plan.Next?.DeadlineOn, Domain.Taxes.Cents.ToMoney(plan.RecommendedPayment), estimated.Estimate.Advice, estimated.HasProfile);
    }
}

public sealed record UnbilledRow(string Client, UnbilledTotalView Total);

public sealed record OwedRow(string Client, ReceivableView Owed)
{
    /// <summary>What of it is past its day.</summary>
    public Money Overdue => Owed.Open - Owed.NotYetDue;
}

/// <param name="Warnings">Each one of the retainer's warnings.</param>
public sealed record LowRetainerRow(string Client, string? Retainer, Quantity Left, IReadOnlyList<string> Warnings);

public sealed record DraftRow(string Client, InvoiceView Draft);

/// <param name="DueOn">Null after the fourth date of the year.</param>
public sealed record TaxNext(LocalDate? DueOn, Money Amount, string Advice, bool HasProfile);

using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Retainers;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Access;
using Billing.Projections.Clients;
using Billing.Projections.Documents;
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
    IReadOnlyList<CashMonthView> Cash, IReadOnlyList<RetainerRow> Retainers, IReadOnlyList<DraftRow> Drafts, TaxNext? Tax)
{
    /// <summary>Cash and tax month by month; null where nobody can say what the tax is.</summary>
    public BarChartModel? Year { get; init; }

    /// <summary>Of the year so far, the most first.</summary>
    public required IReadOnlyList<ClientHours> Hours { get; init; }

    private const int MostRows = 500;

    public static async Task<HomeModel> Of(QueryCall call, PageWords words)
    {
        var today = PracticeDay.Of(call);
        var business = call.Service<AccessQueries>().Business(call.Book);
        var clients = call.Service<ClientQueries>().Clients(call.Book, new PageRequest(null, MostRows), withArchived: true).Items
            .ToDictionary(client => client.ClientId);
        var (tax, year) = HomeCharts.TaxOf(call, today, words);
        return new HomeModel(
            business?.Name ?? "–", today, clients.Count == 0,
            [
                .. call.Service<UnbilledQueries>().Totals(call.Book, today)
                    .Select(total => new UnbilledRow(Name(total.ClientId), clients.GetValueOrDefault(total.ClientId)?.Currency, total))
                    .OrderByDescending(row => row.Total.DurationSeconds),
            ],
            [
                .. call.Service<LedgerQueries>().Receivables(call.Book, today)
                    .Select(owed => new OwedRow(Name(owed.ClientId), owed)).OrderByDescending(row => row.Owed.Open.Minor),
            ],
            call.Service<LedgerQueries>().CashByMonth(call.Book, new LocalDate(today.Year, 1, 1), today.PlusDays(1)),
            await RetainersOf(call, today, Name),
            [
                .. call.Service<InvoiceQueries>()
                    .Invoices(call.Book, new InvoiceFilter(Status: InvoiceStatus.Draft), new PageRequest(null, MostRows)).Items
                    .Select(draft => new DraftRow(Name(draft.ClientId), draft)),
            ],
            tax)
        {
            Year = year,
            Hours = await HomeCharts.HoursOf(call, today),
        };

        string Name(Guid client) => clients.GetValueOrDefault(client) is { } known ? known.Name ?? words["erased"] : "–";
    }

    /// <summary>What runs, and what has something to be looked at; that first.</summary>
    private static async Task<IReadOnlyList<RetainerRow>> RetainersOf(QueryCall call, LocalDate today, Func<Guid, string> name)
    {
        var rows = new List<RetainerRow>();
        var (desk, session) = (call.Service<RetainerDesk>(), call.Session());
        foreach (var client in call.Service<RetainerQueries>().Retainers(call.Book).Select(view => view.ClientId).Distinct().Order())
        {
            foreach (var retainer in await desk.OfClient(session, client, today))
            {
                var standing = retainer.Standing();
                if (standing.Warnings.Count > 0 || standing.Period is not null)
                    rows.Add(new RetainerRow(client, name(client), retainer.State.Name, standing));
            }
        }
        return [.. rows.OrderByDescending(row => row.Standing.Warnings.Count > 0).ThenBy(row => row.Client, StringComparer.Ordinal)];
    }
}

/// <param name="Currency">The client's; null where the client is not known any more.</param>
public sealed record UnbilledRow(string Client, Currency? Currency, UnbilledTotalView Total);

public sealed record OwedRow(string Client, ReceivableView Owed)
{
    /// <summary>By age: not due, and up to 30, 60, 90 and more days late.</summary>
    public IReadOnlyList<Money> Ages => [Owed.NotYetDue, Owed.Days0To30, Owed.Days31To60, Owed.Days61To90, Owed.Over90Days];

    /// <summary>What of it is past its day.</summary>
    public Money Overdue => Owed.Open - Owed.NotYetDue;
}

public sealed record RetainerRow(Guid ClientId, string Client, string? Retainer, StandingView Standing)
{
    /// <summary>Used of what the period has, by the time or the money that it counts; null where there is nothing to use up.</summary>
    public decimal? Share => Standing.Period is { Used: var used, Available: var available }
        ? (used.Seconds, available.Seconds) switch
        {
            ({ } seconds, > 0 and { } most) => (decimal)seconds / most,
            _ when available.Amount is { IsPositive: true } amount => (decimal)used.Amount!.Value.Minor / amount.Minor,
            _ => null,
        }
        : null;
}

public sealed record DraftRow(string Client, InvoiceView Draft);

/// <param name="DueOn">Null after the fourth date of the year.</param>
public sealed record TaxNext(LocalDate? DueOn, Money Amount, string Headline, bool HasProfile, int Year);

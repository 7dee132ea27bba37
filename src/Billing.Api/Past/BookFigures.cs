using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Api.Invoicing;
using Billing.Api.Retainers;
using Billing.Api.Taxes;
using Billing.Domain.Invoicing;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger;
using Billing.Projections.Retainers;
using NodaTime;

namespace Billing.Api.Past;

/// <summary>How a practice stands on a day, figure by figure and currency by currency, as the queries of each subject have it.</summary>
internal sealed class BookFigures
{
    public const string Unbilled = "unbilled";
    public const string Receivables = "receivables";
    public const string CashReceived = "cash-received";
    public const string SalesTaxReceived = "sales-tax-received";
    public const string Spent = "spent";
    public const string Unearned = "unearned";
    public const string ClientCredit = "client-credit";
    public const string TaxOfYear = "tax-of-year";
    public const string NextTaxPayment = "next-tax-payment";

    private readonly Dictionary<(string Figure, Currency Currency), long?> minor = [];

    private BookFigures() { }

    public static IReadOnlyList<string> Names { get; } =
        [Unbilled, Receivables, CashReceived, SalesTaxReceived, Spent, Unearned, ClientCredit, TaxOfYear, NextTaxPayment];

    /// <param name="services">Over the book as it is, or as it would be.</param>
    /// <param name="session">Of the same book.</param>
    /// <param name="today">The day up to which unbilled work counts, and of the estimate.</param>
    /// <param name="taxYear">Of the estimate.</param>
    public static async Task<BookFigures> Of(IServiceProvider services, BookSession session, LocalDate today, int taxYear)
    {
        var (figures, book) = (new BookFigures(), session.Context.Book);
        var ledger = services.GetRequiredService<LedgerQueries>();
        var (first, end) = (Days.First, Days.Last.PlusDays(1));
        await figures.AddUnbilled(services, session, today);
        figures.Add(Receivables, ledger.Receivables(book, today).Select(client => client.Open));
        figures.Add(CashReceived, ledger.CashReceived(book, first, end));
        figures.Add(SalesTaxReceived, ledger.SalesTaxReceived(book, first, end));
        figures.Add(Spent, ledger.ExpensesByCategory(book, first, end).Select(category => category.Total));
        var unearned = await services.GetRequiredService<RetainerDesk>().Unearned(session, today);
        figures.Add(Unearned, unearned.Select(client => client.Unearned));
        figures.Add(ClientCredit, services.GetRequiredService<ClientCreditQueries>().InHand(book));
        if (services.GetRequiredService<EstimateDesk>().TryEstimate(
            book, new EstimateWish(taxYear, today, ProjectionChoice.Default), out var estimated, out _))
        {
            figures.Add(TaxOfYear, [Cents.ToMoney(estimated.Estimate.Annual.Total.Amount)]);
            figures.Add(NextTaxPayment, [Cents.ToMoney(estimated.Estimate.ChosenPlan.CatchUp)]);
        }
        return figures;
    }

    /// <summary>What is another figure after than before.</summary>
    public static IReadOnlyList<EffectFigureView> Changes(BookFigures before, BookFigures after) =>
    [
        .. before.minor.Keys.Union(after.minor.Keys)
            .OrderBy(key => Names.ToList().IndexOf(key.Figure)).ThenBy(key => key.Currency.Code, StringComparer.Ordinal)
            .Select(key => (key, Before: before.minor.GetValueOrDefault(key, 0), After: after.minor.GetValueOrDefault(key, 0)))
            .Where(change => change.Before != change.After)
            .Select(change => new EffectFigureView(
                change.key.Figure, In(change.Before, change.key.Currency), In(change.After, change.key.Currency),
                In(change.After - change.Before, change.key.Currency))),
    ];

    private static Money? In(long? minor, Currency currency) => minor is { } known ? new Money(known, currency) : null;

    /// <summary>Of each client what an invoice over all that waits would come to, its sales tax included.</summary>
    private async Task AddUnbilled(IServiceProvider services, BookSession session, LocalDate today)
    {
        var (book, work) = (session.Context.Book, services.GetRequiredService<UnbilledWork>());
        foreach (var client in services.GetRequiredService<UnbilledQueries>().Totals(book, today).Select(total => total.ClientId))
        {
            var automatic = services.GetRequiredService<RetainerQueries>().Automatic(book, client);
            var (sources, computation) = await work.Compute(session, client, today, automatic);
            if (sources.Client.Details is not { } details) continue;
            if (computation is InvoiceComputation.Computed computed) Add(Unbilled, [new Money(computed.TotalMinor, details.Currency)]);
            else minor[(Unbilled, details.Currency)] = null;
        }
    }

    /// <summary>What cannot be said for a part cannot be said for the whole.</summary>
    private void Add(string figure, IEnumerable<Money> amounts)
    {
        foreach (var amount in amounts)
            minor[(figure, amount.Currency)] = minor.GetValueOrDefault((figure, amount.Currency), 0) + amount.Minor;
    }
}

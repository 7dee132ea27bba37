using System.Net.Mime;
using System.Text;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Api.Reports;
using Billing.Domain.Access;
using Billing.Domain.Values;
using Billing.Projections.Ledger.Journal;
using NodaTime;

namespace Billing.Api.Ledger;

/// <summary>The journal, as JSON and as the texts that hledger and Beancount read.</summary>
public static class JournalEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    private static readonly string[] Parameters = ["from", "to", AsOf.KnownInBook];

    public static void MapJournal(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<TransactionView>>("/journal", Keepers, async call =>
        {
            var (journal, _) = await Read(call);
            return Lists.All<TransactionView>([.. journal.Select(TransactionView.Of)]);
        }, Parameters);

        MapText(v1, "/journal.hledger", (journal, _) => PlainText.Hledger(journal));
        MapText(v1, "/journal.beancount", (journal, practice) => PlainText.Beancount(
            journal, practice?.Name ?? "", practice?.Currency ?? Currency.Usd));
    }

    private static void MapText(
        IEndpointRouteBuilder v1, string pattern, Func<IReadOnlyList<JournalTransaction>, BusinessState.Open?, string> write) =>
        v1.File(pattern, Keepers, MediaTypeNames.Text.Plain, Parameters, async call =>
        {
            var (journal, practice) = await Read(call);
            return Results.Text(write(journal, practice), MediaTypeNames.Text.Plain, Encoding.UTF8);
        });

    /// <summary>What is posted between two days, both included; from the beginning until today unless they are given.</summary>
    private static async Task<(IReadOnlyList<JournalTransaction>, BusinessState.Open?)> Read(QueryCall call)
    {
        var (from, to) = (call.Date("from") ?? LocalDate.MinIsoValue, call.Date("to") ?? PracticeDay.Of(call));
        if (to < from) call.Refuse("to", "out-of-bounds", "to lies before from.");
        if (call.Errors.Count > 0) return ([], null);
        return await BookReading.Ask(call, book => (
            (IReadOnlyList<JournalTransaction>)[.. PracticeJournal.Of(book, to).Where(t => from <= t.Date && t.Date <= to)],
            book.Business));
    }
}

/// <summary>One business fact as double entry; its postings sum to zero in each currency.</summary>
/// <param name="Kind">Such as <c>invoice-issued</c>, <c>payment-received</c> or <c>expense-paid</c>.</param>
/// <param name="Source">What it is about.</param>
public sealed record TransactionView(
    LocalDate Date, string Kind, string Text, Guid? ClientId, SourceView Source, IReadOnlyList<PostingView> Postings)
{
    public static TransactionView Of(JournalTransaction transaction) => new(
        transaction.Date, transaction.Kind, transaction.Text, transaction.ClientId,
        new SourceView(transaction.Of[0].Kind, transaction.Of[0].Id),
        [.. transaction.Postings.Select(posting => new PostingView(posting.Account, posting.Amount))]);
}

/// <param name="Kind">Such as <c>invoice</c>, <c>payment</c> or <c>expense</c>.</param>
public sealed record SourceView(string Kind, Guid Id);

/// <param name="Amount">Positive for a debit, negative for a credit.</param>
public sealed record PostingView(string Account, Money Amount);

using System.Globalization;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Reports;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>
/// What the books say in the end: every account, money and fees by day, the invoice, and what became of each payment. What a client
/// pays while a refund is not heard of is first their credit and then due no more, or the other way round: that is one end.
/// </summary>
internal static class Books
{
    private static readonly LocalDate End = new(2027, 1, 1);

    public static async Task<PracticeBook> Fold(ChaosWorld world)
    {
        var book = new PracticeBook();
        foreach (var stored in await world.Store.ReadBook(world.Book, 0, int.MaxValue, ChaosWorld.Cancellation)) book.Add(stored);
        return book;
    }

    public static string Text(ChaosWorld world, PracticeBook book, CollectionState collection)
    {
        var accounts = PracticeJournal.Of(book, End)
            .SelectMany(fact => fact.Postings.Select(posting => (Date: IsOfItsDay(posting.Account) ? fact.Date : End, posting)))
            .GroupBy(p => (p.Date, p.posting.Account))
            .Select(day => (day.Key, Sum: day.Sum(p => p.posting.Amount.Minor))).Where(day => day.Sum != 0)
            .OrderBy(day => day.Key.Date).ThenBy(day => day.Key.Account, StringComparer.Ordinal)
            .Select(day => string.Create(CultureInfo.InvariantCulture, $"{day.Key.Date:uuuu-MM-dd} {day.Key.Account} {day.Sum}"));
        var invoice = book.Invoices[world.InvoiceId];
        var payments = book.Payments.Values.OfType<PaymentState.Online>().Where(p => p.Stage is PaymentStage.Succeeded).Select(Text);
        return string.Join('\n',
        [
            .. accounts,
            string.Create(
                CultureInfo.InvariantCulture,
                $"invoice {invoice.Status} open {invoice.OpenMinor} paid {invoice.Issued!.PaidMinor} over {invoice.Issued.OverpaidMinor}"),
            $"refunds due {string.Join(' ', invoice.Issued.CreditNotes.Values.Select(note => note.Refund is null))}",
            .. payments.Order(StringComparer.Ordinal),
            .. book.Payments.Values.OfType<PaymentState.Online>().Where(payment => payment.Automatic is not null)
                .Select(Charged).Order(StringComparer.Ordinal),
            $"collection {collection.StatusIn(world.Account)} of {collection.Consents.Count}",
            .. book.Retainers.Values.OfType<RetainerState.Agreed>().Select(retainer => $"retainer {retainer.BalanceMinor}"),
        ]);
    }

    /// <summary>Due on the invoice, the client's credit, and what the processor holds.</summary>
    public static (long OpenMinor, long CreditMinor, long ProcessorMinor) Ends(ChaosWorld world, PracticeBook book) => (
        book.Invoices[world.InvoiceId].OpenMinor, -Balance(book, Accounts.ClientCredit), Balance(book, Accounts.Processor));

    /// <summary>By every read model and document.</summary>
    public static async Task<IReadOnlyList<string>> Differences(ChaosWorld world, PracticeBook book)
    {
        using var models = await BookSnapshot.Fill(world.Store, world.Book, long.MaxValue, ChaosWorld.Cancellation);
        return
        [
            .. Reconciliation.Of(book, models.Database, world.Book).Where(total => !total.Holds)
                .Select(total => $"{total.What}: {total.Journal} and {total.Elsewhere}"),
        ];
    }

    private static bool IsOfItsDay(string account) =>
        account is Accounts.Bank or Accounts.Processor || Accounts.IsIncomeOrExpense(account);

    private static long Balance(PracticeBook book, string account) => PracticeJournal.Of(book, End)
        .SelectMany(fact => fact.Postings).Where(posting => posting.Account == account).Sum(posting => posting.Amount.Minor);

    private static string Charged(PaymentState.Online payment) => string.Create(
        CultureInfo.InvariantCulture,
        $"charge {payment.Automatic!.Number} {payment.Stage.GetType().Name} {(payment.Stage as PaymentStage.Failed)?.Code}");

    private static string Text(PaymentState.Online payment) => string.Create(
        CultureInfo.InvariantCulture,
        $"payment {payment.Amount} refunded {payment.Back.RefundedMinor} of {payment.Back.Refunds.Count} disputed "
        + $"{payment.Back.DisputedMinor} {string.Join(' ', payment.Back.Disputes.Values.Select(d => d.Outcome ?? "open"))} "
        + $"fees {payment.Fees.Values.Sum(fee => fee.Amount.Minor)} asked {payment.Back.AskedMinor}");
}

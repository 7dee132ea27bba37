using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>One fact that changed what a client owes.</summary>
/// <param name="Kind">As in the journal, such as <c>invoice-issued</c> or <c>payment-received</c>.</param>
/// <param name="Amount">Positive where the client owes more, negative where less.</param>
/// <param name="Balance">What the client owes after it.</param>
public sealed record StatementLine(LocalDate Date, string Kind, string Text, Guid SourceId, Money Amount, Money Balance);

/// <param name="Open">What is still to be paid on the invoice, or on one of its instalments.</param>
public sealed record OpenInvoice(Guid InvoiceId, string Number, LocalDate IssuedOn, LocalDate DueOn, Money Open);

/// <summary>
/// What a client owed at the start and the end of some days, and what changed it between. It is the journal's receivable of the
/// client, so nothing can be in one and not in the other.
/// </summary>
/// <param name="Through">The last day.</param>
/// <param name="Credit">What is kept for the client beyond all invoices, at the end; it is no part of the balance.</param>
/// <param name="Open">At the end, in the order of the due days.</param>
public sealed record ClientStatement(
    Guid ClientId, LocalDate From, LocalDate Through, Money Opening, IReadOnlyList<StatementLine> Lines, Money Closing, Money Credit,
    IReadOnlyList<OpenInvoice> Open)
{
    /// <returns>Null where there is no such client.</returns>
    public static ClientStatement? Of(PracticeBook book, Guid clientId, LocalDate from, LocalDate through) =>
        Of(book, PracticeJournal.Of(book, through), clientId, from, through);

    /// <param name="journal">Of the book, up to the last day at least.</param>
    internal static ClientStatement? Of(
        PracticeBook book, IReadOnlyList<JournalTransaction> journal, Guid clientId, LocalDate from, LocalDate through)
    {
        if (book.Clients.GetValueOrDefault(clientId)?.Details is not { } client) return null;
        var currency = client.Currency;
        // On one day, what is charged stands before what is paid for it.
        var changes = Changes(journal, clientId, Accounts.Receivable, currency, through)
            .OrderBy(change => change.Fact.Date).ThenBy(change => change.Amount.IsNegative)
            .ToList();
        var balance = Money.Sum(changes.Where(change => change.Fact.Date < from).Select(change => change.Amount), currency);
        var (opening, lines) = (balance, new List<StatementLine>());
        foreach (var (fact, amount) in changes.Where(change => change.Fact.Date >= from))
        {
            balance += amount;
            lines.Add(new StatementLine(fact.Date, fact.Kind, fact.Text, fact.Of[0].Id, amount, balance));
        }
        var credit = -Money.Sum(
            Changes(journal, clientId, Accounts.ClientCredit, currency, through).Select(change => change.Amount), currency);
        return new ClientStatement(clientId, from, through, opening, lines, balance, credit, OpenAt(book, changes));
    }

    /// <summary>What moved an account of a client, debits above zero.</summary>
    internal static IEnumerable<(JournalTransaction Fact, Money Amount)> Changes(
        IReadOnlyList<JournalTransaction> journal, Guid clientId, string account, Currency currency, LocalDate through) => journal
        .Where(fact => fact.ClientId == clientId && fact.Date <= through)
        .Select(fact => (Fact: fact, Amount: On(fact, account, currency)))
        .Where(change => !change.Amount.IsZero);

    private static List<OpenInvoice> OpenAt(PracticeBook book, List<(JournalTransaction Fact, Money Amount)> changes) =>
    [
        .. changes
            .GroupBy(change => change.Fact.Of.Where(thing => thing.Kind == ThingKind.Invoice).Select(thing => thing.Id).FirstOrDefault())
            .Select(invoice => (
                book.Invoices.GetValueOrDefault(invoice.Key)?.Issued?.Facts,
                Open: invoice.Select(change => change.Amount).Aggregate((sum, amount) => sum + amount)))
            .Where(invoice => invoice.Facts is not null && !invoice.Open.IsZero)
            .SelectMany(invoice => Parts(invoice.Facts!, invoice.Open).Select(part => new OpenInvoice(
                invoice.Facts!.InvoiceId, invoice.Facts.Number, invoice.Facts.IssuedOn, part.DueOn, part.Open)))
            .OrderBy(invoice => invoice.DueOn).ThenBy(invoice => invoice.Number, StringComparer.Ordinal),
    ];

    /// <summary>What is open of an invoice, each instalment by its own day.</summary>
    private static IEnumerable<(LocalDate DueOn, Money Open)> Parts(InvoiceEvent.InvoiceFinalized facts, Money open) =>
        facts.Instalments is not { } plan
            ? [(facts.DueOn, open)]
            : InstalmentPlan.Standing(plan, open.Minor).Where(part => part.OpenMinor > 0)
                .Select(part => (part.DueOn, new Money(part.OpenMinor, open.Currency)));

    private static Money On(JournalTransaction fact, string account, Currency currency) => Money.Sum(
        fact.Postings.Where(posting => posting.Account == account && posting.Amount.Currency == currency)
            .Select(posting => posting.Amount),
        currency);
}

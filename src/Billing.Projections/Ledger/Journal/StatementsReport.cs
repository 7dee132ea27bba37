using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>The sums of each client's statement over some days.</summary>
public static class StatementsReport
{
    public const string Name = "statements";

    public static Report Of(PracticeBook book, LocalDate from, LocalDate to, Guid? client = null)
    {
        var journal = PracticeJournal.Of(book, to);
        return new Report(
            Name, from, to,
            [
                .. book.Clients.Keys.Where(id => id.IsOf(client)).Order()
                    .Select(id => ClientStatement.Of(book, journal, id, from, to)).OfType<ClientStatement>()
                    .Select(statement => Row(book, journal, statement)),
            ]);
    }

    private static ReportRow Row(PracticeBook book, IReadOnlyList<JournalTransaction> journal, ClientStatement statement)
    {
        var until = journal.Where(fact => fact.ClientId == statement.ClientId && fact.Date <= statement.Through
            && fact.Postings.Any(posting => posting.Account is Accounts.Receivable or Accounts.ClientCredit));
        // In which currency the client is invoiced, the client's own events say.
        Thing[] of = [new(ThingKind.Client, statement.ClientId), .. until.SelectMany(fact => fact.Of).Distinct()];
        var owed = Parts(Accounts.Receivable);
        var (before, within) = (owed.FindAll(part => part.On < statement.From), owed.FindAll(part => part.On >= statement.From));
        var opening = AmountRow.Amount(
            "opening", statement.Opening.Minor, "What the client owed before the first day, by the journal.", of, before);
        var charged = AmountRow.Amount(
            "charged", statement.Lines.Where(line => !line.Amount.IsNegative).Sum(line => line.Amount.Minor),
            "What made the client owe more in these days.", of, within.Where(part => part.Value > 0));
        var settled = AmountRow.Amount(
            "settled", statement.Lines.Where(line => line.Amount.IsNegative).Sum(line => -line.Amount.Minor),
            "What made the client owe less in these days: payments, credit, credit notes, and what was given up.", of,
            within.Where(part => part.Value < 0).Select(Negated));
        return AmountRow.OfClient(book, statement.ClientId, statement.Opening.Currency,
        [
            opening, charged, settled,
            Figure.Balance(
                "closing", "Opening + charged − settled: the statement's balance.", of,
                (StepRole.Plus, opening), (StepRole.Plus, charged), (StepRole.Minus, settled)),
            AmountRow.Amount(
                "credit", statement.Credit.Minor, "What is kept for the client beyond all invoices.", of,
                Parts(Accounts.ClientCredit).Select(Negated)),
        ]);

        List<Part> Parts(string account) =>
        [
            .. ClientStatement.Changes(journal, statement.ClientId, account, statement.Opening.Currency, statement.Through)
                .Select(change => new Part(change.Fact.Of[0], change.Amount.Minor, change.Fact.Date)),
        ];

        static Part Negated(Part part) => part with { Value = -part.Value };
    }
}

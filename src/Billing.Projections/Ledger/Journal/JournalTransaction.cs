using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>One business fact as double entry. Its postings sum to zero in each currency.</summary>
/// <param name="Kind">What happened, such as <c>invoice-issued</c>.</param>
/// <param name="Text">For people: a number, or a category; no texts of a client, which may be erased.</param>
/// <param name="Of">What it was worked out from; the first is what it is about.</param>
public sealed record JournalTransaction(
    LocalDate Date, string Kind, string Text, Guid? ClientId, IReadOnlyList<Thing> Of, IReadOnlyList<Posting> Postings);

/// <param name="Amount">Positive for a debit, negative for a credit.</param>
public sealed record Posting(string Account, Money Amount);

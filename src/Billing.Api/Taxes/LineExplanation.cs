using Billing.Api.Reports;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Ledger;
using Billing.Projections.Reports;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Taxes;

/// <summary>Where a figure of the estimate comes from.</summary>
/// <param name="UsedBy">Codes of the lines that take it.</param>
/// <param name="Facts">What of the books it goes back to, over all earlier lines, in the order of the days.</param>
/// <param name="Events">The events about these and about the filer's profile, in the order of the book: who wrote them, and when.</param>
public sealed record LineExplanationView(
    int Year, LocalDate AsOf, string ParametersVersion, LineView Line, IReadOnlyList<string> UsedBy, IReadOnlyList<LineFactView> Facts,
    IReadOnlyList<SourceEventView> Events);

/// <param name="Kind">receipt, expense or tax-payment.</param>
/// <param name="Id">Of the payment, the expense or the payment of tax; of a processor's fee, the payment that it was kept of.</param>
/// <param name="Category">Of an expense; null otherwise.</param>
public sealed record LineFactView(string Kind, Guid Id, LocalDate On, Money Amount, string? Category);

/// <summary>Follows a line back to the facts and the events that it rests on.</summary>
public sealed class LineExplanations(IEventStore store, PracticeBooks books)
{
    /// <summary>Null where the estimate has no such line.</summary>
    public async Task<LineExplanationView?> Of(BookId book, Estimated estimated, string code, CancellationToken cancellationToken)
    {
        var estimate = estimated.Estimate;
        var lines = estimate.Lines.ToDictionary(line => line.Code, StringComparer.Ordinal);
        if (!lines.TryGetValue(code, out var line)) return null;
        var names = NamesBehind(line, lines);
        var facts = names.SelectMany(name => Facts(estimated, name)).DistinctBy(fact => fact.View)
            .OrderBy(fact => fact.View.On).ThenBy(fact => fact.View.Id).ToList();
        var places = await books.Ask(book, folded => folded.PlacesOf(facts.SelectMany(fact => fact.Things)), cancellationToken);
        var said = await Said(book, estimate, names, cancellationToken);
        return new LineExplanationView(
            estimate.Year, estimate.AsOf, estimate.ParametersVersion, LineView.Of(line),
            [.. estimate.Lines.Where(other => other.Inputs.Any(input => LeadsTo(input, lines) == code)).Select(other => other.Code)],
            [.. facts.Select(fact => fact.View)],
            await EventSources.At(store, book, [.. places.Concat(said).Distinct().Order()], cancellationToken));
    }

    /// <summary>
    /// The line that an input is the figure of; null for one of the law or of the books. The working takes the profit as a fact of
    /// the household: it is the one expected for the year, or for a column of Schedule AI the one of its period.
    /// </summary>
    internal static string? LeadsTo(TaxInput input, IReadOnlyDictionary<string, TaxLine> lines)
    {
        if (input.Kind == TaxInputKind.Line) return input.Name;
        if (input.Kind != TaxInputKind.Fact || !input.Name.EndsWith(OwnProfit, StringComparison.Ordinal)) return null;
        var part = input.Name[..^OwnProfit.Length];
        return ProfitLines.Select(code => $"{part}{code}").Concat(ProfitLines).FirstOrDefault(lines.ContainsKey);
    }

    private const string OwnProfit = "taxpayer.netProfit";

    /// <summary>Where the profit of the whole year, or of a period, is worked out: the last of these that there is.</summary>
    private static readonly string[] ProfitLines = ["projection.with-plans", "projection.net-profit", "schedule-c.net-profit"];

    private static HashSet<string> NamesBehind(TaxLine line, Dictionary<string, TaxLine> lines)
    {
        var (names, seen) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var open = new Stack<TaxLine>([line]);
        while (open.TryPop(out var next))
        {
            foreach (var input in next.Inputs)
            {
                if (input.Kind == TaxInputKind.Fact) names.Add(input.Name);
                if (LeadsTo(input, lines) is { } code && seen.Add(code)) open.Push(lines[code]);
            }
        }
        return names;
    }

    private static IEnumerable<(LineFactView View, Thing[] Things)> Facts(Estimated estimated, string fullName)
    {
        var (name, through) = PeriodOf(fullName, estimated.Estimate);
        if (name is "receipts" or "refunds")
            return Receipts(estimated.Known, through).Where(receipt => receipt.View.Amount.IsNegative == (name == "refunds"));
        if (name.StartsWith("expenses.", StringComparison.Ordinal))
            return Expenses(estimated.Known, through).Where(expense => expense.View.Category == name["expenses.".Length..]);
        if (name == "payments")
        {
            return estimated.Known.EstimatedPayments.Where(payment => payment.PaidOn <= through).Select(paid => (
                new LineFactView("tax-payment", paid.PaymentId, paid.PaidOn, new Money(paid.AmountMinor, Currency.Usd), null),
                new Thing[] { new(ThingKind.TaxPayment, paid.PaymentId) }));
        }
        return name == "lastYear.netProfit" && estimated.Before is { } before
            ? Receipts(before, LocalDate.MaxIsoValue).Concat(Expenses(before, LocalDate.MaxIsoValue))
            : [];
    }

    /// <summary>A fact without the column of Schedule AI before its name, and the last day that it counts.</summary>
    private static (string Name, LocalDate Through) PeriodOf(string name, TaxEstimate estimate)
    {
        for (var i = 0; i < estimate.Calendar.Instalments.Length; i++)
        {
            var part = ScheduleAi.PartName(i) + ".";
            if (name.StartsWith(part, StringComparison.Ordinal))
                return (name[part.Length..], LocalDate.Min(estimate.AsOf, estimate.Calendar.Instalments[i].PeriodEnd));
        }
        return (name, estimate.AsOf);
    }

    private static IEnumerable<(LineFactView View, Thing[] Things)> Receipts(TaxFactsView known, LocalDate through) =>
        ReceiptView.ByPayment(known.Receipts.Where(receipt => receipt.ReceivedOn <= through)).Select(payment => (
            new LineFactView("receipt", payment.Source.Id, payment.ReceivedOn, payment.Amount, null),
            payment.Invoices.Select(invoice => new Thing(ThingKind.Invoice, invoice))
                .Append(payment.RetainerId is { } retainer
                    ? new Thing(ThingKind.Retainer, retainer)
                    : new Thing(ThingKind.Payment, payment.Source.Id)).ToArray()));

    private static IEnumerable<(LineFactView View, Thing[] Things)> Expenses(TaxFactsView known, LocalDate through) => known.Expenses
        .Where(expense => expense.PaidOn <= through)
        .Select(expense => (View(expense), expense.ExpenseId is { } id
            ? new Thing[] { new(ThingKind.Expense, id) }
            : [new(ThingKind.Payment, expense.PaymentId!.Value)]));

    private static LineFactView View(PaidExpenseView expense) =>
        new("expense", expense.ExpenseId ?? expense.PaymentId!.Value, expense.PaidOn, expense.Amount, expense.Category);

    /// <summary>First words of what the filer's profile says.</summary>
    private static readonly string[] OfProfile =
        ["household", "taxpayer", "spouse", "withholding", "priorYear", "priorOverpaymentApplied"];

    /// <summary>Where the filer last said what the line takes from them.</summary>
    private async Task<List<long>> Said(BookId book, TaxEstimate estimate, HashSet<string> names, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var words = PeriodOf(name, estimate).Name.Split('.');
            if (words[0] == "homeOffice") wanted.Add("home-office-set");
            if (OfProfile.Contains(words[0])) wanted.Add("filing-profile-set");
        }
        if (wanted.Count == 0) return [];
        var stream = TaxYear.Stream.Name(TaxYear.Id(estimate.Year, TaxYear.UsFederal));
        var written = await store.ReadStream(book, stream, 1, int.MaxValue, ReadDirection.Forwards, cancellationToken);
        return
        [
            .. wanted.Select(word => written.LastOrDefault(stored => stored.Type.StartsWith($"{word}.", StringComparison.Ordinal)))
                .OfType<StoredEvent>().Select(stored => stored.Place),
        ];
    }
}

using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using Billing.Projections.Ledger.Journal;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>What an hour really brings in for each client, the unpaid hours and the processor's fees counted too.</summary>
public static class EffectiveRateReport
{
    public const string Name = "effective-rate";

    private const int SecondsPerHour = 3600;

    /// <param name="clientId">Null for all clients.</param>
    public static Report Of(PracticeBook book, LocalDate from, LocalDate to, Guid? clientId = null)
    {
        var work = new WorkInPeriod(book, from, to, new WorkFilter(clientId, null, null));
        var byClient = work.Entries.ToLookup(entry => entry.ClientId);
        var rows = byClient.Select(group => group.Key)
            .Union(work.Invoiced.Select(share => share.Work.ClientId))
            .Union(IssuedIn(book, from, to).Concat(GivenUpIn(book, from, to)).Select(invoice => invoice.Facts.ClientId))
            .Where(client => clientId is null || clientId == client)
            .Order()
            .Select(client => Row(book, work, client, [.. byClient[client]], from, to))
            .OfType<ReportRow>();
        return new Report(Name, from, to, [.. rows]);
    }

    private static ReportRow? Row(
        PracticeBook book, WorkInPeriod work, Guid client, IReadOnlyList<TimeEntry> entries, LocalDate from, LocalDate to)
    {
        if (book.Clients.GetValueOrDefault(client)?.Details is not { } details) return null;
        var unbilled = UnbilledWorth.Of(book, client, to);
        var others = IssuedIn(book, from, to).Where(invoice => invoice.Facts.ClientId == client).ToList();
        var fees = FeesIn(book, client, details.Currency, from, to);
        var shares = work.Invoiced.Where(share => share.Work.ClientId == client).ToList();
        Part[] brought =
        [
            .. WorkInPeriod.Billed(shares),
            .. unbilled.PartsFrom(from) ?? work.WorthParts(entries.Where(entry => entry is { Billable: true, InvoiceId: null })),
            .. others.Select(invoice => new Part(
                new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId), InvoicedWork.OtherMinor(book, invoice), invoice.Facts.IssuedOn)),
            .. unbilled.Retainers.Select(retainer => new Part(
                new Thing(ThingKind.Retainer, retainer.RetainerId),
                RetainerIncome.EarnedMinor(retainer, to) - RetainerIncome.EarnedMinor(retainer, from.PlusDays(-1)), null)),
        ];
        var givenUp = GivenUpIn(book, from, to).Where(invoice => invoice.Facts.ClientId == client).ToList();

        Thing[] hours = [new(ThingKind.Client, client), .. WorkInPeriod.Things(entries)];
        Thing[] lost = [.. hours, .. givenUp.Select(invoice => new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId))];
        Thing[] ofEarned =
        [
            .. hours, .. work.ThingsOf(entries), .. WorkInPeriod.Documents(shares), .. brought.Select(part => part.Of),
            .. WorkInPeriod.Things(unbilled.Entries), .. UnbilledThings(book, unbilled.Entries, to),
        ];
        Thing[] paid =
        [
            new(ThingKind.Client, client), .. hours,
            .. fees.SelectMany(fee => new Thing[] { new(ThingKind.Payment, fee.PaymentId), new(ThingKind.Invoice, fee.InvoiceId) }),
        ];
        var worked = WorkInPeriod.Seconds("worked", "Time of all entries, billable or not.", hours, entries);
        var earned = Sum(
            "earned",
            "What finalised invoices and their corrections billed for the period's work, what its unbilled entries would bring on an "
            + "invoice over all that waits, fees without hours on invoices issued in it, and what retainers of hours earned in it with "
            + "that work, all less credit notes; no expenses, no deposits.",
            ofEarned, brought);
        var kept = Sum(
            "fees", "What the processor kept of this client's payments in the period.", paid,
            [.. fees.Select(fee => new Part(new Thing(ThingKind.Payment, fee.PaymentId), fee.Minor, fee.On))]);
        var writtenOff = Sum(
            "writtenOff", "What was given up in the period of this client's open invoices.", lost,
            [
                .. givenUp.Select(invoice => new Part(
                    new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId),
                    invoice.WrittenOff!.AmountMinor - (invoice.WrittenOff.TaxMinor ?? 0), invoice.WrittenOff.WrittenOffOn)),
            ]);
        var key = $"{client:D}";
        return new ReportRow($"{key}:{details.Currency.Code}", key, details.Name, details.Currency,
        [
            worked,
            WorkInPeriod.Seconds("unpaid", "Time of the entries that are not billable.", hours, entries.Where(entry => !entry.Billable)),
            earned, kept, writtenOff, PerHour(earned, kept, writtenOff, worked),
        ]);

        static Figure Sum(string column, string formula, Thing[] of, Part[] parts) =>
            AmountRow.Amount(column, parts.Sum(part => part.Value), formula, of, parts);
    }

    private static Figure PerHour(Figure earned, Figure fees, Figure writtenOff, Figure worked) => new(
        "effectivePerHour", FigureUnit.MinorPerHour,
        worked.Value is 0 or null
            ? null
            : Rounding.DivideHalfAwayFromZero(
                (Int128)(earned.Value - fees.Value - writtenOff.Value)!.Value * SecondsPerHour, worked.Value.Value),
        "Earned less fees and what was written off, over all time worked, rounded once, half away from zero.",
        [.. earned.Of, .. fees.Of, .. writtenOff.Of])
    {
        Steps =
        [
            new(StepRole.Plus, earned.Column), new(StepRole.Minus, fees.Column), new(StepRole.Minus, writtenOff.Column),
            new(StepRole.Over, worked.Column),
        ],
    };

    private static IEnumerable<IssuedInvoice> IssuedIn(PracticeBook book, LocalDate from, LocalDate to) => book
        .Invoices.Values.OfType<InvoiceState.Finalized>().Select(state => state.Invoice)
        .Where(invoice => from <= invoice.Facts.IssuedOn && invoice.Facts.IssuedOn <= to
            && InvoicedWork.OtherMinor(book, invoice) != 0)
        .OrderBy(invoice => invoice.Facts.InvoiceId);

    /// <summary>Work that was earned and never paid; deposits are no work.</summary>
    private static IEnumerable<IssuedInvoice> GivenUpIn(PracticeBook book, LocalDate from, LocalDate to) => book
        .Invoices.Values.OfType<InvoiceState.Finalized>().Select(state => state.Invoice)
        .Where(invoice => invoice.Facts.Kind != InvoiceKind.Deposit
            && invoice.WrittenOff is { WrittenOffOn: var day } && from <= day && day <= to)
        .OrderBy(invoice => invoice.Facts.InvoiceId);

    /// <summary>What the prices of unbilled work rest on, that before the period too.</summary>
    private static IReadOnlyCollection<Thing> UnbilledThings(PracticeBook book, IReadOnlyList<TimeEntry> unbilled, LocalDate to) =>
        unbilled.Count == 0 ? [] : new WorkPrices(book, unbilled.Min(entry => entry.WorkedOn), to).ThingsOf(unbilled);

    private static List<(Guid PaymentId, Guid InvoiceId, long Minor, LocalDate On)> FeesIn(
        PracticeBook book, Guid client, Currency currency, LocalDate from, LocalDate to) =>
    [
        .. book.Payments.Values.OfType<PaymentState.Online>().Where(payment => payment.ClientId == client)
            .SelectMany(payment => payment.Fees.Values
                .Where(fee => fee.Amount.Currency == currency && from <= fee.ChargedOn && fee.ChargedOn <= to)
                .Select(fee => (payment.PaymentId, payment.InvoiceId, fee.Amount.Minor, fee.ChargedOn)))
            .OrderBy(fee => fee.PaymentId),
    ];
}

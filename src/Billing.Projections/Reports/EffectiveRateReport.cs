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
        var worked = entries.Sum(entry => entry.DurationSeconds);
        var unpaid = entries.Where(entry => !entry.Billable).Sum(entry => entry.DurationSeconds);
        var unbilled = UnbilledWorth.Of(book, client, to);
        var others = IssuedIn(book, from, to).Where(invoice => invoice.Facts.ClientId == client).ToList();
        var fees = FeesIn(book, client, details.Currency, from, to);
        var shares = work.Invoiced.Where(share => share.Work.ClientId == client).ToList();
        var worthMinor = unbilled.MinorFrom(from) ?? work.WorthMinor(entries.Where(entry => entry is { Billable: true, InvoiceId: null }));
        var earnedMinor = shares.Sum(share => share.Minor) + worthMinor
            + others.Sum(invoice => InvoicedWork.OtherMinor(book, invoice))
            + unbilled.Retainers.Sum(retainer =>
                RetainerIncome.EarnedMinor(retainer, to) - RetainerIncome.EarnedMinor(retainer, from.PlusDays(-1)));
        var feesMinor = fees.Sum(fee => fee.Minor);
        var givenUp = GivenUpIn(book, from, to).Where(invoice => invoice.Facts.ClientId == client).ToList();
        var givenUpMinor = givenUp.Sum(invoice => invoice.WrittenOff!.AmountMinor - (invoice.WrittenOff.TaxMinor ?? 0));

        Thing[] hours = [new(ThingKind.Client, client), .. WorkInPeriod.Things(entries)];
        Thing[] lost = [.. hours, .. givenUp.Select(invoice => new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId))];
        Thing[] earned =
        [
            .. hours, .. work.ThingsOf(entries), .. WorkInPeriod.Documents(shares),
            .. WorkInPeriod.Things(unbilled.Entries), .. UnbilledThings(book, unbilled.Entries, to),
            .. others.Select(invoice => new Thing(ThingKind.Invoice, invoice.Facts.InvoiceId)),
            .. unbilled.Retainers.Select(retainer => new Thing(ThingKind.Retainer, retainer.RetainerId)),
        ];
        Thing[] paid =
        [
            new(ThingKind.Client, client), .. hours,
            .. fees.SelectMany(fee => new Thing[] { new(ThingKind.Payment, fee.PaymentId), new(ThingKind.Invoice, fee.InvoiceId) }),
        ];
        var key = $"{client:D}";
        return new ReportRow($"{key}:{details.Currency.Code}", key, details.Name, details.Currency,
        [
            new Figure("worked", FigureUnit.Seconds, worked, "Time of all entries, billable or not.", hours),
            new Figure("unpaid", FigureUnit.Seconds, unpaid, "Time of the entries that are not billable.", hours),
            new Figure(
                "earned", FigureUnit.Minor, earnedMinor,
                "What finalised invoices and their corrections billed for the period's work, what its unbilled entries would bring on an "
                + "invoice over all that waits, fees without hours on invoices issued in it, and what retainers of hours earned in it with "
                + "that work, all less credit notes; no expenses, no deposits.",
                earned),
            new Figure("fees", FigureUnit.Minor, feesMinor, "What the processor kept of this client's payments in the period.", paid),
            new Figure(
                "writtenOff", FigureUnit.Minor, givenUpMinor, "What was given up in the period of this client's open invoices.", lost),
            new Figure(
                "effectivePerHour", FigureUnit.MinorPerHour,
                worked == 0
                    ? null
                    : Rounding.DivideHalfAwayFromZero((Int128)(earnedMinor - feesMinor - givenUpMinor) * SecondsPerHour, worked),
                "Earned less fees and what was written off, over all time worked, rounded once, half away from zero.",
                [.. earned, .. paid, .. lost]),
        ]);
    }

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

    private static List<(Guid PaymentId, Guid InvoiceId, long Minor)> FeesIn(
        PracticeBook book, Guid client, Currency currency, LocalDate from, LocalDate to) =>
    [
        .. book.Payments.Values.OfType<PaymentState.Online>().Where(payment => payment.ClientId == client)
            .SelectMany(payment => payment.Fees.Values
                .Where(fee => fee.Amount.Currency == currency && from <= fee.ChargedOn && fee.ChargedOn <= to)
                .Select(fee => (payment.PaymentId, payment.InvoiceId, fee.Amount.Minor)))
            .OrderBy(fee => fee.PaymentId),
    ];
}

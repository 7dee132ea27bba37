using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Payments;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Retainers;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.Projections.Mailing;
using Billing.Projections.Paging;
using Billing.Projections.RecurringInvoices;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Api.Clients;

/// <summary>What erasing a client would come to, from the whole book as it stands.</summary>
/// <param name="Documents">Invoices, credit notes, payments, expenses and trips, whose texts are kept for a time.</param>
/// <param name="LastDocumentOn">Null where there are none.</param>
/// <param name="LeastYears">For which the law asks that documents be kept.</param>
/// <param name="PlainEvents">Events of the practice with texts from before there were keys; what they say of the client stays.</param>
public sealed record ErasureFacts(UnfinishedWork Unfinished, int Documents, LocalDate? LastDocumentOn, int LeastYears, int PlainEvents)
{
    /// <summary>The last day on which documents are kept; null where there are none.</summary>
    public LocalDate? DocumentsUntil(int? years) =>
        LastDocumentOn is { } last ? DocumentRetention.EndOf(last, Math.Max(years ?? 0, LeastYears)) : null;
}

/// <summary>Looks a client's things over before they are erased.</summary>
public sealed class ErasureSurvey(PracticeBooks books, IEventStore store, RecurringInvoiceQueries recurring, MailQueries mails)
{
    private static readonly string[] UnderWay = [MailStatus.Waiting, MailStatus.Sending];

    /// <summary>Null where there is no such client.</summary>
    public async Task<ErasureFacts?> Of(BookId book, Guid clientId, CancellationToken cancellationToken)
    {
        var plain = store is SealedEventStore events ? await events.CountPlain(book, cancellationToken) : 0;
        var all = new PageRequest();
        var repeated = recurring.RecurringInvoices(book, clientId, all).Items.Count(one => one.Status != RecurringStatus.Ended);
        var waiting = UnderWay.Sum(status => mails.Mails(book, new MailFilter(clientId, status), all).Items.Count);
        return await books.Ask(book, folded => folded.Clients.ContainsKey(clientId)
            ? Of(folded, clientId, plain, repeated, waiting)
            : null, cancellationToken);
    }

    private static ErasureFacts Of(PracticeBook book, Guid clientId, int plain, int recurring, int waitingMails)
    {
        var invoices = book.Invoices.Values.Where(state => ClientOf(state) == clientId).ToList();
        var issued = invoices.Select(state => state.Issued).OfType<IssuedInvoice>().ToList();
        var expenses = book.Expenses.Values
            .Where(state => state.Details?.ClientId == clientId && state is not ExpenseState.Removed).ToList();
        var entries = book.Entries.Where(entry => entry.ClientId == clientId);
        var retainers = book.Retainers.Values.OfType<RetainerState.Agreed>().Where(agreed => agreed.ClientId == clientId);
        var unfinished = new UnfinishedWork(
            book.Timesheets.Values.Count(week => week.Running?.ClientId == clientId),
            entries.Count(entry => entry is { Billable: true, InvoiceId: null }),
            expenses.Count(state => state is ExpenseState.Recorded { Expense.Rebill: true }),
            invoices.Count(state => state is InvoiceState.WorkDraft or InvoiceState.DepositDraft),
            invoices.Count(state => state.OpenMinor > 0),
            retainers.Count(agreed => agreed.BalanceMinor > 0) + issued.Count(HoldsMoney),
            recurring, waitingMails);
        LocalDate[] days =
        [
            .. issued.Select(invoice => invoice.Facts.IssuedOn),
            .. issued.SelectMany(invoice => invoice.CreditNotes.Values.Select(note => note.Facts.IssuedOn)),
            .. book.Payments.Values.Select(state => ReceivedOn(state, clientId)).OfType<LocalDate>(),
            .. expenses.Select(state => state.Details!.PaidOn),
        ];
        var country = book.Business?.EInvoicing?.Address?.CountryCode ?? CountryOf(book.Business);
        return new ErasureFacts(
            unfinished, days.Length, days.Length == 0 ? null : days.Max(), DocumentRetention.YearsOf(country), plain);
    }

    private static bool HoldsMoney(IssuedInvoice invoice) =>
        invoice.OverpaidMinor > 0 || invoice.CreditNotes.Values.Any(note => invoice.CreditLeftOf(note) > 0);

    /// <summary>What practices in the United States keep their books in; the longer time is kept where that is wrong.</summary>
    private static string? CountryOf(BusinessState.Open? business) =>
        business is { Currency.Code: "USD" } && business.TimeZone.StartsWith("America/", StringComparison.Ordinal) ? "US" : null;

    private static Guid? ClientOf(InvoiceState state) => state switch
    {
        InvoiceState.WorkDraft draft => draft.Facts.ClientId,
        InvoiceState.DepositDraft draft => draft.Facts.ClientId,
        _ => state.Issued?.Facts.ClientId,
    };

    private static LocalDate? ReceivedOn(PaymentState state, Guid clientId) =>
        state is PaymentState.ByHand { Facts: var facts } && facts.ClientId == clientId ? facts.ReceivedOn : null;
}

using NodaTime;
using static Billing.Domain.Clients.ClientEvent;

namespace Billing.Domain.Clients;

public static partial class Client
{
    /// <summary>The client was erased, and nothing is written down of them any more.</summary>
    public static Rejection AlreadyErased { get; } =
        new("client-erased", "This client was erased, so nothing is written down of them any more. Add a new client.");

    /// <summary>Refuses: <c>client-unknown</c> and what <see cref="UnfinishedWork.Refusals"/> says.</summary>
    public static Decision<ClientEvent> Decide(ClientState state, EraseClient command)
    {
        if (state.Details is not { } client) return NoSuchClient;
        if (client.Erased is not null) return Decision<ClientEvent>.AlreadyDone;
        if (command.Unfinished.Refusals.FirstOrDefault() is { } refusal) return refusal;
        return new ClientErased(command.DocumentsUntil, command.At);
    }

    private static Rejection RefusalOf(ClientState state) => state.Details is null ? NoSuchClient : AlreadyErased;
}

/// <summary>What of a client is not at its end, and so stands in the way of erasing them.</summary>
/// <param name="UnbilledEntries">Billable time on no invoice.</param>
/// <param name="UnbilledExpenses">To be rebilled, and on no invoice.</param>
/// <param name="MoneyHeld">Retainers and invoices with money of the client left on them.</param>
public sealed record UnfinishedWork(
    int RunningTimers, int UnbilledEntries, int UnbilledExpenses, int Drafts, int OpenInvoices, int MoneyHeld, int RecurringInvoices,
    int WaitingMails)
{
    public static UnfinishedWork None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Each thing that stands in the way, and what to do about it.</summary>
    public IEnumerable<Rejection> Refusals
    {
        get
        {
            if (RunningTimers > 0) yield return new("work-running", "A timer runs for this client. Stop it first.");
            if (UnbilledEntries + UnbilledExpenses > 0)
                yield return new("work-unbilled", "Work or expenses of this client wait to be billed. Bill them, or mark or remove them.");
            if (Drafts > 0) yield return new("drafts-open", "There are drafts of invoices for this client. Finalise or discard them.");
            if (OpenInvoices > 0)
                yield return new("invoices-open", "This client has invoices to pay. Let them be paid, credit them, or write them off.");
            if (MoneyHeld > 0)
                yield return new("money-held", "There is money of this client left on a retainer or an invoice. Use it, or give it back.");
            if (RecurringInvoices > 0)
                yield return new("recurring-invoices-active", "Invoices to this client recur. End them first.");
            if (WaitingMails > 0) yield return new("mails-waiting", "Mails to this client wait to be sent. Let them go out first.");
        }
    }
}

/// <summary>How long issued documents are kept.</summary>
public static class DocumentRetention
{
    public const int MostYears = 30;

    /// <summary>
    /// What the law asks for, in years after the one of the document. Ten where nothing else is known here: in Germany vouchers are
    /// kept for eight since 2025 and books for ten (§ 147 AO); seven is the longest that the IRS names for records (Publication 583).
    /// </summary>
    public static int YearsOf(string? countryCode) => countryCode == "US" ? 7 : 10;

    /// <summary>The end of the year in which the time is over, as it runs from the end of the year of the last document.</summary>
    public static LocalDate EndOf(LocalDate lastDocument, int years) => new(lastDocument.Year + years, 12, 31);
}

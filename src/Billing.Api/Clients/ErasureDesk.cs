using Billing.Api.Commands;
using Billing.Api.Expenses;
using Billing.Api.Hosting;
using Billing.Api.Mailing;
using Billing.Api.Past;
using Billing.Domain.Expenses;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.Projections.Clients;
using Billing.Projections.Mailing;
using Billing.Projections.Paging;
using Billing.Projections.Reports;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Clients;

/// <summary>
/// Does what follows from a client having been erased in the books: shreds keys, deletes files, and forgets what was made with the
/// help of the keys. All of it may be done again, and is, until it is done.
/// </summary>
public sealed class ErasureDesk(
    KeyRing keys, StateCache states, PracticeBooks books, PastBooks past, CommandEffects effects, ProjectionRunner projections,
    MailQueries mails, IReceiptFiles receipts, BillingOptions options)
{
    /// <summary>Whether nothing is left to do about the client by now.</summary>
    public bool IsDone(ErasedClient client, Instant now) =>
        KeysDue(client, now).All(owner => keys.KeyOf(client.Book, owner).Bytes is null);

    /// <exception cref="EventStoreException">The keys can't be reached; what is done so far stays done.</exception>
    public async Task Finish(ErasedClient client, Instant now, CancellationToken cancellationToken)
    {
        var due = KeysDue(client, now).ToList();
        DeleteMails(client);
        if (due.Exists(owner => owner.Use == KeyUse.Documents)) await DeleteReceipts(client, cancellationToken);
        foreach (var owner in due) keys.Erase(client.Book, owner, now);
        Forget();
    }

    /// <summary>Hears of erasures by other processes.</summary>
    public void Listen()
    {
        if (keys.Refresh()) Forget();
    }

    /// <summary>Where there is no mail server, mails lie in a folder: each server has one of its own, and takes them out of it.</summary>
    public void DeleteMails(ErasedClient client)
    {
        if (FolderCarrier.IsEmpty(options.DataFolder)) return;
        var page = new PageRequest();
        while (true)
        {
            var found = mails.Mails(client.Book, new MailFilter(client.ClientId), page);
            foreach (var mail in found.Items) FolderCarrier.Delete(options.DataFolder, mail.MailId);
            if (found.Items.Count < PageRequest.MostItems) return;
            page = new PageRequest(found.Items[^1].MailId);
        }
    }

    private void Forget()
    {
        states.Clear();
        books.Clear();
        past.Clear();
        effects.Clear();
        projections.NoticeErasure();
    }

    private static IEnumerable<KeyOwner> KeysDue(ErasedClient client, Instant now)
    {
        // The day is over everywhere before documents go: a day more is no harm.
        var today = now.InUtc().Date.PlusDays(-1);
        yield return new KeyOwner(client.ClientId, KeyUse.Contact);
        if (client.DocumentsUntil is not { } until || today > until) yield return new KeyOwner(client.ClientId, KeyUse.Documents);
    }

    /// <summary>Of the client's expenses, but not where another expense has the very same file.</summary>
    private async Task DeleteReceipts(ErasedClient client, CancellationToken cancellationToken)
    {
        var hashes = await books.Ask(client.Book, book =>
        {
            var byClient = book.Expenses.Values.Select(state => state.Details).OfType<ExpenseDetails>()
                .ToLookup(expense => expense.ClientId == client.ClientId, expense => expense.Receipts.Keys);
            return byClient[true].SelectMany(files => files).Except(byClient[false].SelectMany(files => files)).ToList();
        }, cancellationToken);
        foreach (var hash in hashes) receipts.Delete(hash);
    }
}

using Billing.EventStore.Port;
using Billing.Projections.Storage;

namespace Billing.Projections.Payments;

/// <summary>An account at Stripe and whose it is.</summary>
/// <param name="IsRevoked">Whether Stripe lets us ask about nothing in it any more.</param>
public sealed record BookedAccount(BookId Book, string AccountId, bool IsRevoked);

/// <summary>The accounts of all practices, for whoever asks Stripe about them or hears from it.</summary>
public interface IStripeAccounts
{
    /// <summary>Whose an account is; null for no practice's here.</summary>
    BookedAccount? Find(string accountId);

    /// <summary>Every account that payments go into or ever went into.</summary>
    IReadOnlyList<BookedAccount> All();
}

public sealed class StripeAccountQueries(ReadDatabase database) : IStripeAccounts
{
    public BookedAccount? Find(string accountId) => database.Read(session => session.Row(
        """
        SELECT b.book_id, a.account_id, a.is_revoked FROM stripe_accounts a JOIN books b ON b.book = a.book
        WHERE a.account_id = ?1
        """,
        Read, accountId));

    public IReadOnlyList<BookedAccount> All() => database.Read(session => session.Rows(
        "SELECT b.book_id, a.account_id, a.is_revoked FROM stripe_accounts a JOIN books b ON b.book = a.book ORDER BY a.book, a.account_id",
        Read));

    private static BookedAccount Read(Statement row) => new(new BookId(row.Id()), row.Text(), row.Bool());
}

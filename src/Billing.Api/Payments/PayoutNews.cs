using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Payments;

/// <summary>
/// Tells each practice's books what of a payout is theirs. Where practices share the account, each gets its own transactions, and where
/// one has all that are known, it gets the whole, the rest unexplained.
/// </summary>
public sealed class PayoutNews(
    CommandBus bus, IEventStore store, StateCache cache, StripeGateway gateway, IClock clock, Func<Guid> newId)
{
    private const string Actor = "stripe";

    /// <param name="account">In which it was made; null for the installation's own.</param>
    /// <exception cref="IOException">Stripe does not know yet what it consists of.</exception>
    public async Task<Heeded> Heed(string payoutId, string? account, CancellationToken cancellationToken)
    {
        var payout = await gateway.In(account).GetPayout(payoutId, cancellationToken);
        if (payout.Status is not ("paid" or "failed")) return Heeded.Agrees;
        if (!payout.IsAutomatic)
            return new Heeded(IsOurs: true, "payout-by-hand: Stripe does not say what a payout by hand consists of. Book it by hand.");
        // What failed on its way moved nothing.
        if (payout is { Status: "failed", ReconciliationStatus: not "completed" }) return Heeded.Agrees;
        if (payout.ReconciliationStatus != "completed")
            throw new IOException("Stripe does not know yet what the payout consists of.");
        var practices = await PartsByPractice(payout, account, cancellationToken);
        foreach (var (book, parts) in practices)
        {
            if (await Tell(book, payout, parts, practices.Count == 1, cancellationToken) is { } refusal)
                return new Heeded(IsOurs: true, refusal);
        }
        return practices.Count == 0 ? Heeded.NotOurs : Heeded.Agrees;
    }

    private async Task<string?> Tell(
        BookId book, StripePayout payout, List<PayoutPart> parts, bool isAlone, CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, Actor, clock.GetCurrentInstant(), newId());
        var books = new BookSession(store, cache, context, cancellationToken);
        if (await books.Load(Business.Stream, book.Value) is not BusinessState.Open business) return null;
        if (!StripeAmounts.TryFromStripe(payout.StripeAmount, payout.StripeCurrency, out var whole))
            return $"payout-differs: {payout.StripeCurrency} is no currency that we know.";
        var ours = isAlone ? whole.Value : new Money(parts.Sum(part => part.NetMinor), whole.Value.Currency);
        var failure = payout is { Status: "failed", FailedAt: { } failedAt }
            ? new PayoutFailure(payout.FailureReason ?? "unknown", business.DayOf(failedAt))
            : null;
        var wish = new TellPayout(
            payout.Id, ours, payout.StripeAmount, payout.Parts.Sum(part => part.StripeNet), business.DayOf(payout.ArrivesAt), parts,
            failure, context.Now);
        return await bus.Send(context, () => new TellPayoutCommand(context, wish), cancellationToken) switch
        {
            CommandResult.Refused refused => $"{refused.Rejection.Code}: {refused.Rejection.Detail}",
            CommandResult.Overloaded => throw new IOException("The store is overloaded."),
            _ => null,
        };
    }

    /// <summary>What metadata say is a practice's only where its own books know the payment, and in this account.</summary>
    private async Task<Dictionary<BookId, List<PayoutPart>>> PartsByPractice(
        StripePayout payout, string? account, CancellationToken cancellationToken)
    {
        var payments = new Dictionary<string, StripePayment>(StringComparer.Ordinal);
        var practices = new Dictionary<BookId, List<PayoutPart>>();
        foreach (var part in payout.Parts)
        {
            if (part.PaymentIntentId is not { } intentId) continue;
            if (!payments.TryGetValue(intentId, out var paid))
                payments[intentId] = paid = await gateway.In(account).PaymentOf(intentId, cancellationToken);
            if (paid is not { BusinessId: { } businessId, PaymentId: { } paymentId }) continue;
            if (!StripeAmounts.TryFromStripe(part.StripeNet, payout.StripeCurrency, out var net)) continue;
            var book = new BookId(businessId);
            if (!await Knows(book, paymentId, account, cancellationToken)) continue;
            if (!practices.TryGetValue(book, out var parts)) practices[book] = parts = [];
            parts.Add(new PayoutPart(part.BalanceTransactionId, part.Kind, paymentId, net.Value.Minor));
        }
        return practices;
    }

    private async ValueTask<bool> Knows(BookId book, Guid paymentId, string? account, CancellationToken cancellationToken)
    {
        var books = new BookSession(
            store, cache, new CommandContext(book, Actor, clock.GetCurrentInstant(), Guid.Empty), cancellationToken);
        return await books.Load(Payment.Stream, paymentId) is PaymentState.Online known && known.Account == account;
    }
}

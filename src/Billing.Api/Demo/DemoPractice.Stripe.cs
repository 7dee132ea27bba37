using Billing.Api.Commands;
using Billing.Api.Invoicing;
using Billing.Api.Payments;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.EventStore.Port;

namespace Billing.Api.Demo;

/// <content>What goes back through the processor, and what it pays out.</content>
public sealed partial class DemoPractice
{
    private string? _account;

    /// <summary>The practice's own account, whose owner tells the stand-in all that it asks.</summary>
    private async Task ConnectAccount(CancellationToken cancellationToken)
    {
        if (_account is not null) return;
        var outcome = await services.GetRequiredService<StripeAccountDesk>()
            .Connect(_book, $"member:{_owner:D}", account: null, address, address, cancellationToken);
        _account = outcome.AccountId ?? throw new InvalidOperationException($"The sample account was refused: {outcome.Rejection}");
        standIn!.Connect.Submit(_account);
        await standIn.Webhooks.Delivered(cancellationToken);
        await Until(
            async () => (await Load(StripeAccount.Stream, _book.Value, cancellationToken)).Standing is { ChargesEnabled: true },
            cancellationToken);
    }

    /// <summary>Fifteen dollars of what was paid by card are credited and refunded the way they came; the rest is paid out.</summary>
    private async Task RefundAndPayOut(Guid invoice, CancellationToken cancellationToken)
    {
        if (standIn is null) return;
        var (note, fifteen, day) = (_newId(), new Money(15_00, Currency.Usd), LastDay.PlusDays(2));
        await Send(At(day, 11), c => new IssueCreditNoteCommand(c, new IssueCreditNote(
            invoice, note, [], fifteen, new CreditSettlement(fifteen, null, null), "One newsletter was not sent.", day, c.Now)));
        var payment = (await Load(Domain.Invoicing.Invoice.Stream, invoice, cancellationToken)).Issued!.Payments.Keys.Single();
        var clock = services.GetRequiredService<NodaTime.IClock>();
        await Send(clock.GetCurrentInstant(), c => new AttemptRefundCommand(
            c, new AttemptRefund(payment, _newId(), fifteen, note, "One newsletter was not sent.", c.Now)));
        await services.GetRequiredService<RefundDesk>().CarryOut(_book, payment, cancellationToken);

        await Until(
            async () => await Load(Payment.Stream, payment, cancellationToken) is not PaymentState.Online { Fees.Count: 0 },
            cancellationToken);
        var payout = standIn.Checkout.StartPayout("usd", _account);
        standIn.Checkout.ArrivePayout(payout);
        await standIn.Webhooks.Delivered(cancellationToken);
        await Until(
            async () => await Load(Payout.Stream, Payout.IdOf(payout), cancellationToken) is not PayoutState.NotHeardOf, cancellationToken);
    }

    /// <summary>Taken is not yet worked off: the books know a moment after the webhook.</summary>
    private static async Task Until(Func<Task<bool>> isKnown, CancellationToken cancellationToken)
    {
        while (!await isKnown()) await Task.Delay(PollEvery, cancellationToken);
    }

    private ValueTask<TState> Load<TState, TEvent>(
        Domain.StreamType<TState, TEvent> type, Guid id, CancellationToken cancellationToken)
        where TState : notnull
        where TEvent : notnull =>
        new BookSession(
            services.GetRequiredService<IEventStore>(), services.GetRequiredService<StateCache>(),
            new CommandContext(_book, "demo", At(LastDay, 9), _newId()), cancellationToken).Load(type, id);
}

using Billing.Api.Commands;
using Billing.Api.Invoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>What was taken back after it was invoiced.</content>
public sealed partial class DemoPractice
{
    /// <summary>Forty dollars that were paid already are credited: half refunded and settled a week later, half kept.</summary>
    private async Task CreditPaid(Guid invoice, LocalDate day)
    {
        var (note, half) = (_newId(), new Money(20_00, Currency.Usd));
        await Send(At(day, 11), c => new IssueCreditNoteCommand(c, new IssueCreditNote(
            invoice, note, [], half + half, new CreditSettlement(half, half, null), "Two calls were not ours to bill.", day, c.Now)));
        await Send(At(day.PlusDays(7), 11), c => new SettleRefundCommand(c, new SettleRefund(
            invoice, note, _newId(), PaymentMethods.Transfer, day.PlusDays(7), null, c.Now)));
    }

    /// <summary>Ten dollars are taken off what is still due.</summary>
    private Task<CommandResult.Done> CreditOpen(Guid invoice, LocalDate day) => Send(At(day, 11), c => new IssueCreditNoteCommand(
        c, new IssueCreditNote(
            invoice, _newId(), [], new Money(10_00, Currency.Usd), CreditSettlement.None, "A courtesy for the late report.", day, c.Now)));
}

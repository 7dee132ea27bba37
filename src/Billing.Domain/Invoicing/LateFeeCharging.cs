using System.Globalization;
using Billing.Domain.Clients;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Invoicing.NumberingEvent;

namespace Billing.Domain.Invoicing;

/// <summary>Charging what is due of late fees: always an invoice of its own, in one append with the note on the one that is late, so
/// that a period is charged once however often it is asked for. A fee that is voided is waived.</summary>
public abstract record LateFeeCharging
{
    private LateFeeCharging() { }

    /// <param name="Original">What the invoice that is late is told; nothing in it changes.</param>
    /// <param name="Fee">The fee's invoice, from draft to final.</param>
    public sealed record Accepted(LateFeeCharged Original, IReadOnlyList<InvoiceEvent> Fee, NumberGiven Numbering) : LateFeeCharging;

    public sealed record AlreadyDone : LateFeeCharging;

    public sealed record Refused(Rejection Rejection) : LateFeeCharging;

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>, <c>late-fee-not-agreed</c>,
    /// <c>late-fee-not-due</c>, <c>id-taken</c>.</summary>
    /// <param name="fresh">The invoice with the fee's id, as a rule not drafted.</param>
    /// <param name="sources">The practice and the client.</param>
    public static LateFeeCharging Decide(
        InvoiceState state, InvoiceState fresh, ChargeLateFee command, BillingSources sources, NumberingState numbering)
    {
        if (Invoice.NotPayable(state, command.InvoiceId) is { } unfit) return new Refused(unfit);
        if (state.Issued!.LateFees.ContainsKey(command.FeeInvoiceId)) return new AlreadyDone();
        if (sources.Business.LateFees is not { } policy)
            return new Refused(new Rejection("late-fee-not-agreed", "The practice charges no late fees. Set its policy first."));
        var due = LateFees.Due(state, policy, command.ChargedOn);
        if (due.Count == 0)
        {
            return new Refused(new Rejection(
                "late-fee-not-due", "No late fee is due on this invoice: it is not late, is paid, or each period was charged already."));
        }
        if (fresh is not InvoiceState.NotDrafted)
            return new Refused(new Rejection("id-taken", "There is an invoice with this id already; take a new id.", "/feeInvoiceId"));
        if (sources.Client.Details is not { } client) return new Refused(Client.NoSuchClient);
        return Accept(state.Issued!.Facts, command, sources, client, due, numbering);
    }

    private static Accepted Accept(
        InvoiceFinalized facts, ChargeLateFee command, BillingSources sources, ClientDetails client, IReadOnlyList<LateFeePeriod> due,
        NumberingState numbering)
    {
        var total = due.Sum(period => period.AmountMinor);
        var draft = new InvoiceDrafted(
            command.FeeInvoiceId, facts.ClientId, facts.Currency, [], [], null, command.ChargedOn, null, command.At);
        var lines = due.Select((period, i) => new InvoiceLine(
            i + 1, LineKind.LateFee, null, null, null, period.AmountMinor, [], null)).ToList();
        var computed = new InvoiceComputation.Computed(
            lines, total, 0, null, facts.Rounding,
            [
                .. due.Select(period => string.Create(
                    CultureInfo.InvariantCulture, $"Late fee on {facts.Number}{Part(period)}, from {period.From:uuuu-MM-dd}")),
            ], []);
        var final = Finalization.Issue(
            new InvoiceState.WorkDraft(draft), new FinalizeInvoice(command.FeeInvoiceId, command.ChargedOn, command.At), sources, client,
            computed, numbering);
        var charged = new LateFeeCharged(due.Max(period => period.Number), total, command.FeeInvoiceId, command.At)
        {
            Instalments = facts.Instalments is null
                ? null
                : [
                    .. due.GroupBy(period => period.Instalment!.Value)
                        .Select(part => new ChargedInstalment(part.Key, part.Max(period => period.Number))),
                ],
        };
        return new Accepted(charged, [draft, final.Invoice], final.Numbering);
    }

    private static string Part(LateFeePeriod period) => period.Instalment is { } number
        ? string.Create(CultureInfo.InvariantCulture, $", instalment {number}")
        : "";
}

/// <summary>Charges each period of a late invoice that is due on the day and was not charged yet.</summary>
/// <param name="ChargedOn">The practice's own day; the day on the fee's invoice too.</param>
public sealed record ChargeLateFee(Guid InvoiceId, Guid FeeInvoiceId, LocalDate ChargedOn, Instant At);

using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.EInvoicing;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;
using static Billing.Domain.Invoicing.NumberingEvent;

namespace Billing.Domain.Invoicing;

/// <summary>
/// Finalising: one decision over every stream that it touches, for one atomic append. Everything is computed anew, so
/// what was corrected since the draft counts as it stands now; what was removed or billed elsewhere refuses the whole.
/// </summary>
public abstract record Finalization
{
    /// <summary>Earlier days of issue are slips of the pen; later work was never kept here.</summary>
    public static readonly LocalDate EarliestIssue = new(2000, 1, 1);

    /// <summary>An invoice can be dated ahead, but not further than this.</summary>
    public const int MaxDaysAhead = 366;

    private Finalization() { }

    /// <summary>Append all of it at the versions that were read, or nothing.</summary>
    public sealed record Accepted(
        InvoiceFinalized Invoice, NumberGiven Numbering, IReadOnlyList<TimesheetWrite> Timesheets,
        IReadOnlyList<ExpenseWrite> Expenses, IReadOnlyList<RetainerWrite> Retainers) : Finalization
    {
        /// <summary>What of fixed fees and caps it charges.</summary>
        public IReadOnlyList<EngagementWrite> Engagements { get; init; } = [];

        /// <summary>How the client's credit pays it at once; null where none does.</summary>
        public CreditApplication.Accepted? Credit { get; init; }
    }

    public sealed record AlreadyDone : Finalization;

    public sealed record Refused(Rejection Rejection) : Finalization;

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-discarded</c>, <c>invoice-voided</c>,
    /// <c>issued-on-implausible</c>, <c>period-locked</c> and what <see cref="InvoiceComputation"/>, <see cref="InstalmentPlan"/> and, for
    /// clients who get electronic invoices, <see cref="EInvoiceCheck"/> refuse.</summary>
    /// <param name="numbering">The series of <see cref="SeriesOf"/>.</param>
    public static Finalization Decide(
        InvoiceState state, FinalizeInvoice command, BillingSources sources, NumberingState numbering)
    {
        if (state is InvoiceState.Finalized) return new AlreadyDone();
        if (Refuse(state, command) is { } refusal) return new Refused(refusal);
        if (PeriodLock.Refuse(sources.Business, command.IssuedOn, "/issuedOn") is { } locked) return new Refused(locked);
        if (sources.Client.Details is not { } client) return new Refused(Client.NoSuchClient);
        return InvoiceComputation.Compute(state, sources) switch
        {
            InvoiceComputation.Refused refused => new Refused(refused.Rejection),
            InvoiceComputation.Computed computed => Plan(state, command, client, computed, out var plan) is { } uneven
                ? new Refused(uneven)
                : Complete(
                    WithCredit(InParts(Issue(state, command, sources, client, computed, numbering), plan), command, sources), client),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The parts that it is to be paid in, to the cent.</summary>
    private static Rejection? Plan(
        InvoiceState state, FinalizeInvoice command, ClientDetails client, InvoiceComputation.Computed computed,
        out IReadOnlyList<Instalment>? plan)
    {
        plan = null;
        var terms = (state as InvoiceState.WorkDraft)?.Facts.Instalments ?? (state as InvoiceState.DepositDraft)?.Facts.Instalments;
        if (command.Instalments is { } wishes && InstalmentPlan.Refuse(wishes, client.Currency, out terms) is { } unfit) return unfit;
        var toPay = new Money(computed.TotalMinor - computed.RetainerAppliedMinor, client.Currency);
        return InstalmentPlan.Freeze(terms, toPay, command.IssuedOn, out plan);
    }

    private static Accepted InParts(Accepted accepted, IReadOnlyList<Instalment>? plan) => plan is null
        ? accepted
        : accepted with { Invoice = accepted.Invoice with { Instalments = plan, DueOn = plan[^1].DueOn } };

    /// <summary>Paid from the client's credit, where the practice has that done by itself. The invoice says so from its
    /// beginning.</summary>
    private static Accepted WithCredit(Accepted accepted, FinalizeInvoice command, BillingSources sources)
    {
        if (!sources.Business.Invoicing.AppliesCredit || sources.Credit.Count == 0) return accepted;
        var wish = new ApplyCredit(
            command.InvoiceId, command.InvoiceId, Amount: null, Source: null,
            LocalDate.Max(command.IssuedOn, sources.Business.DayOf(command.At)), command.At);
        return CreditApplication.Decide(new InvoiceState.Finalized(IssuedInvoice.Of(accepted.Invoice)), wish, sources.Credit)
            is CreditApplication.Accepted credit
            ? accepted with { Invoice = accepted.Invoice with { CreditAppliedMinor = credit.AmountMinor }, Credit = credit }
            : accepted;
    }

    /// <summary>A client who gets electronic invoices gets none that lacks what they must say.</summary>
    private static Finalization Complete(Accepted accepted, ClientDetails client) =>
        client.EInvoicing?.Format is { } format && EInvoiceCheck.Refuse(accepted.Invoice, format) is { } incomplete
            ? new Refused(incomplete)
            : accepted;

    /// <summary>The number series, and so the numbering stream's id, that the invoice will take its number
    /// from.</summary>
    public static string SeriesOf(FinalizeInvoice command, BillingSources sources) =>
        Numbering.Series(sources.Business.Invoicing.NumberPrefix, command.IssuedOn.Year);

    private static Rejection? Refuse(InvoiceState state, FinalizeInvoice command) => state switch
    {
        InvoiceState.NotDrafted => Invoice.Unknown(command.InvoiceId),
        InvoiceState.Discarded => new Rejection("invoice-discarded", "The draft was discarded. Draft a new invoice."),
        InvoiceState.Voided => new Rejection("invoice-voided", "The invoice was finalised and voided. Draft a new one."),
        _ => command.IssuedOn < EarliestIssue || command.IssuedOn > command.At.InUtc().Date.PlusDays(MaxDaysAhead)
            ? new Rejection("issued-on-implausible",
                $"The day of issue lies before {EarliestIssue.Year} or more than {MaxDaysAhead} days ahead.", "/issuedOn",
                RejectionKind.Invalid)
            : null,
    };

    /// <summary>The invoice over what was computed, and all that it marks.</summary>
    internal static Accepted Issue(
        InvoiceState state, FinalizeInvoice command, BillingSources sources, ClientDetails client,
        InvoiceComputation.Computed computed, NumberingState numbering)
    {
        var work = (state as InvoiceState.WorkDraft)?.Facts;
        var deposit = (state as InvoiceState.DepositDraft)?.Facts;
        var time = work?.Time ?? [];
        var expenseIds = work?.ExpenseIds ?? [];
        var retainerIds = work is null ? [deposit!.RetainerId] : RetainerDraws.Of(work);
        Guid? retainerId = retainerIds.Count > 0 ? retainerIds[0] : null;
        var number = Numbering.Decide(numbering, new GiveNumber(SeriesOf(command, sources), command.InvoiceId));
        var termsDays = client.PaymentTermsDays ?? sources.Business.Invoicing.PaymentTermsDays;

        var finalized = new InvoiceFinalized(
            command.InvoiceId, client.ClientId, work is null ? InvoiceKind.Deposit : InvoiceKind.Work, number.Number,
            client.Currency.Code, command.IssuedOn, command.IssuedOn.PlusDays(termsDays), computed.Lines,
            computed.TotalMinor, retainerId, computed.RetainerAppliedMinor, computed.RetainerBalanceAfterMinor,
            computed.Rounding, time, expenseIds,
            InvoiceWording.TextsOf(computed, sources, client, retainerIds, work is null ? deposit!.Note : work.Note), command.At)
        {
            Retainers = retainerIds.Count > 1 || computed.Hours.Count > 0 ? computed.Retainers : null,
            Tax = computed.Tax,
            Deposits = computed.Deposits,
            Discounts = work?.Discounts,
            PurchaseOrder = work?.PurchaseOrder ?? deposit?.PurchaseOrder,
            Language = client.Language,
            Look = sources.Business.Look.Frozen,
            EInvoice = sources.Business.EInvoicing is null && client.EInvoicing is null
                ? null
                : new EInvoiceParties(sources.Business.EInvoicing, client.EInvoicing),
        };
        return new Accepted(
            finalized, number,
            BilledWork.Bill(finalized, sources.Timesheets), BilledWork.Bill(finalized, sources.Expenses),
            RetainerDraws.Draw(command.InvoiceId, command.IssuedOn, computed, sources))
        {
            Engagements =
            [
                .. computed.Charges.OrderBy(pair => pair.Key).SelectMany(pair => Engagement
                    .Decide(sources.Engagements[pair.Key], new ChargeEngagement(command.InvoiceId, pair.Value)).Certain()
                    .Select(@event => new EngagementWrite(pair.Key, @event))),
            ],
        };
    }
}

using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Exchange;
using Billing.Api.Invoicing;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using MediatR;
using NodaTime;

namespace Billing.Api.RecurringInvoices;

/// <summary>Invoices one period.</summary>
/// <param name="From">The period's first day.</param>
/// <param name="Work">What waits to be billed, as the terms select it.</param>
/// <param name="RetainerIds">Those that the client's invoices use without naming them.</param>
/// <param name="Server">Where clients reach this server.</param>
public sealed record RunPeriodCommand(
    CommandContext Context, Guid RecurringId, LocalDate From, SweptWork Work, IReadOnlyList<Guid> RetainerIds, Uri Server) : ICommand
{
    /// <summary>Invoices that credit of the client may stand on.</summary>
    public IReadOnlyList<Guid> CreditHolderIds { get; init; } = [];
}

/// <summary>
/// One append holds the period's invoices, all that finalising and mailing them writes, and the note that the period is done, against
/// the version of the recurring invoice that it was decided on. The ids follow from the recurring invoice and the period. So a period
/// has its invoices once or not at all, whatever is repeated, whichever nodes try, and whenever one of them is killed.
/// </summary>
public sealed class RunPeriodCommandHandler(CommandRunner runner) : IRequestHandler<RunPeriodCommand, CommandResult>
{
    public Task<CommandResult> Handle(RunPeriodCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, RecurringInvoice.Stream.Name(request.RecurringId), session => Run(session, request), cancellationToken);

    /// <summary>The invoice that a period's work, expenses and fees become.</summary>
    public static Guid InvoiceId(Guid recurringId, LocalDate from) => IdOf(recurringId, from, "invoice");

    /// <summary>The deposit that asks for a retainer's fee in a period.</summary>
    public static Guid FeeInvoiceId(Guid recurringId, LocalDate from) => IdOf(recurringId, from, "fee");

    private static Guid IdOf(Guid recurringId, LocalDate from, string what) =>
        NamedIds.Of(recurringId, what, FormattableString.Invariant($"{from:uuuu-MM-dd}"));

    private static async ValueTask<Rejection?> Run(BookSession session, RunPeriodCommand request)
    {
        var (stream, now) = (RecurringInvoice.Stream.Name(request.RecurringId), request.Context.Now);
        var state = await session.Load(RecurringInvoice.Stream, stream);
        var today = await session.Today();
        if (RecurringInvoice.RefuseRun(state, request.From, today, out var period) is { } refusal) return refusal;
        if (period is null) return null;

        var client = await session.Load(Client.Stream, state.Terms!.ClientId);
        var run = new PeriodRun(session, request, state.Terms, period, PeriodWords.Of(period, client.Details?.Language));
        var (fee, unfit) = await run.DraftFee();
        if (unfit is not null) return unfit;
        var (invoice, unbilled) = await run.DraftWork();
        if (unbilled is not null) return unbilled;
        foreach (var id in new[] { fee, invoice }.OfType<Guid>())
        {
            var issued = await OwnInvoice.Issue(
                session, id, state.Terms.Mode, period.RunsOn, request.Server, request.CreditHolderIds);
            if (issued is { } stopped) return stopped;
        }
        return session.Record(
            RecurringInvoice.Stream, stream, RecurringInvoice.Decide(state, new NotePeriod(period.From, invoice, fee, now), today));
    }

    /// <summary>The parts of one append.</summary>
    private sealed record PeriodRun(
        BookSession Session, RunPeriodCommand Request, RecurringInvoiceEvent.RecurringInvoiceSet Terms, RecurringPeriod Period,
        PeriodWords Words)
    {
        private Instant Now => Request.Context.Now;

        private string? Note => Terms.Note is { } note ? PeriodText.Fill(note, Words.ValueOf) : null;

        /// <returns>Null for both where no fee is due.</returns>
        public async ValueTask<(Guid? InvoiceId, Rejection? Why)> DraftFee()
        {
            if (Terms.FeeRetainerId is not { } retainerId) return (null, null);
            if (await Session.Load(Retainer.Stream, retainerId) is not RetainerState.Agreed retainer) return (null, null);
            var fees = RetainerFee.BeginningWithin(retainer, Period.From, Period.EndExclusive);
            var minor = fees.Sum(fee => fee.Minor);
            if (minor == 0) return (null, null);
            var id = FeeInvoiceId(Request.RecurringId, Period.From);
            var wish = new DraftDeposit(id, Terms.ClientId, retainerId, new Money(minor, retainer.Currency), Note, Now);
            var decision = Drafting.Decide(
                await Session.Load(Invoice.Stream, id), wish, await Session.Practice(), await Session.Load(Client.Stream, Terms.ClientId),
                retainer);
            if (Session.Record(Invoice.Stream, id, decision) is { } refusal) return (null, refusal);
            var noted = Retainer.Decide(retainer, new RequestFees(retainerId, id, fees, Now));
            return (id, Session.Record(Retainer.Stream, retainerId, noted));
        }

        /// <returns>Null for both where there is nothing to bill.</returns>
        public async ValueTask<(Guid? InvoiceId, Rejection? Why)> DraftWork()
        {
            var work = Request.Work;
            if (work.Time.Count == 0 && work.ExpenseIds.Count == 0 && Terms.Fees.Count == 0) return (null, null);
            var id = InvoiceId(Request.RecurringId, Period.From);
            var currency = Currency.Of(Terms.Currency);
            var wish = new DraftInvoice(id, Terms.ClientId, work.Time, work.ExpenseIds, null, Period.WorkThrough, Note, Now)
            {
                MoreRetainerIds = Request.RetainerIds,
                Fees =
                [
                    .. Terms.Fees.Select((fee, i) => new FeeWish(
                        PeriodText.Fill(Terms.FeeDescriptions?[i] ?? "", Words.ValueOf), new Money(fee.AmountMinor, currency),
                        fee.EngagementId)),
                ],
            };
            var invoice = await Session.Load(Invoice.Stream, id);
            var sources = await InvoiceSources.Load(Session, wish);
            return (id, Session.Record(Invoice.Stream, id, Drafting.Decide(invoice, wish, sources)));
        }
    }
}

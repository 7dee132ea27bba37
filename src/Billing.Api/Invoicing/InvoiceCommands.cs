using System.Diagnostics;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.TimeTracking;
using MediatR;

namespace Billing.Api.Invoicing;

public sealed record DraftInvoiceCommand(CommandContext Context, DraftInvoice Wish) : ICommand;

public sealed record DraftDepositCommand(CommandContext Context, DraftDeposit Wish) : ICommand;

public sealed record UseRetainersCommand(CommandContext Context, UseRetainers Wish) : ICommand;

public sealed record DescribeDraftCommand(CommandContext Context, DescribeDraft Wish) : ICommand;

public sealed record DiscardDraftCommand(CommandContext Context, DiscardDraft Wish) : ICommand;

public sealed record FinalizeInvoiceCommand(CommandContext Context, FinalizeInvoice Wish) : ICommand;

public sealed record ShareInvoiceCommand(CommandContext Context, ShareInvoice Wish) : ICommand;

public sealed record RevokeShareCommand(CommandContext Context, RevokeShare Wish) : ICommand;

public sealed record NoteInvoiceViewedCommand(CommandContext Context, NoteInvoiceViewed Wish) : ICommand;

public sealed record DropRebillCommand(CommandContext Context, DropRebill Wish) : ICommand;

public sealed record VoidInvoiceCommand(CommandContext Context, VoidInvoice Wish) : ICommand;

public sealed class InvoiceCommandHandlers(CommandRunner runner) :
    IRequestHandler<DraftInvoiceCommand, CommandResult>,
    IRequestHandler<DraftDepositCommand, CommandResult>,
    IRequestHandler<UseRetainersCommand, CommandResult>,
    IRequestHandler<DescribeDraftCommand, CommandResult>,
    IRequestHandler<DiscardDraftCommand, CommandResult>,
    IRequestHandler<FinalizeInvoiceCommand, CommandResult>,
    IRequestHandler<ShareInvoiceCommand, CommandResult>,
    IRequestHandler<RevokeShareCommand, CommandResult>,
    IRequestHandler<NoteInvoiceViewedCommand, CommandResult>,
    IRequestHandler<DropRebillCommand, CommandResult>,
    IRequestHandler<VoidInvoiceCommand, CommandResult>
{
    public Task<CommandResult> Handle(DraftInvoiceCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Invoice.Stream.Name(wish.InvoiceId), async session =>
        {
            var invoice = await session.Load(Invoice.Stream, wish.InvoiceId);
            var sources = await InvoiceSources.Load(session, wish);
            return session.Record(Invoice.Stream, wish.InvoiceId, Drafting.Decide(invoice, wish, sources));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(DraftDepositCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Invoice.Stream.Name(wish.InvoiceId), async session =>
        {
            var invoice = await session.Load(Invoice.Stream, wish.InvoiceId);
            var client = await session.Load(Client.Stream, wish.ClientId);
            var retainer = await session.Load(Retainer.Stream, wish.RetainerId);
            return session.Record(
                Invoice.Stream, wish.InvoiceId, Drafting.Decide(invoice, wish, await session.Practice(), client, retainer));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(UseRetainersCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Invoice.Stream.Name(wish.InvoiceId), async session =>
        {
            var invoice = await session.Load(Invoice.Stream, wish.InvoiceId);
            var sources = invoice is InvoiceState.WorkDraft { Facts: var facts }
                ? await InvoiceSources.Load(session, facts.ClientId, facts.Time, facts.ExpenseIds, wish.RetainerIds)
                : null;
            return session.Record(Invoice.Stream, wish.InvoiceId, Drafting.Decide(invoice, wish, sources!));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(DescribeDraftCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Invoice.Stream.Name(wish.InvoiceId), async session =>
        {
            var invoice = await session.Load(Invoice.Stream, wish.InvoiceId);
            var sources = invoice is InvoiceState.WorkDraft ? await InvoiceSources.Load(session, invoice) : null;
            return session.Record(Invoice.Stream, wish.InvoiceId, Drafting.Decide(invoice, wish, sources!));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(DiscardDraftCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Invoice.Stream, request.Wish.InvoiceId, request.Context, state => Invoice.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(ShareInvoiceCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Invoice.Stream, request.Wish.InvoiceId, request.Context, state => Invoice.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(NoteInvoiceViewedCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Invoice.Stream, request.Wish.InvoiceId, request.Context, state => Invoice.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RevokeShareCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Invoice.Stream, request.Wish.InvoiceId, request.Context, state => Invoice.Decide(state, request.Wish), cancellationToken);

    /// <summary>Holds the proposal against everything that it is computed from, so that no other one is dropped.</summary>
    public Task<CommandResult> Handle(DropRebillCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Invoice.Stream.Name(wish.InvoiceId), async session =>
        {
            var invoice = await session.Load(Invoice.Stream, wish.InvoiceId);
            var now = invoice.Issued is { } issued
                ? Rebilling.Of(invoice, await InvoiceSources.Load(session, issued))
                : new Rebilling.Unchanged();
            return session.Record(Invoice.Stream, wish.InvoiceId, Invoice.Decide(invoice, wish, now));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(FinalizeInvoiceCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Invoice.Stream.Name(request.Wish.InvoiceId), session => Finalize(session, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(VoidInvoiceCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        var stream = Invoice.Stream.Name(wish.InvoiceId);
        return runner.Run(request.Context, stream, async session =>
        {
            var invoice = await session.Load(Invoice.Stream, stream);
            var facts = invoice.Issued?.Facts;
            var timesheets = await InvoiceSources.Timesheets(session, facts?.Time ?? []);
            var expenses = await InvoiceSources.Expenses(session, facts?.ExpenseIds ?? []);
            var retainers = await InvoiceSources.Retainers(session, facts is null ? [] : RetainerDraws.Of(facts));
            var engagements = await InvoiceSources.Engagements(session, facts is null ? [] : Voiding.EngagementsOf(facts));
            switch (Voiding.Decide(invoice, wish, timesheets, expenses, retainers, engagements))
            {
                case Voiding.Accepted accepted:
                    session.Write(Invoice.Stream, stream, accepted.Invoice);
                    WriteWork(session, accepted.Timesheets, accepted.Expenses);
                    WriteRetainers(session, accepted.Retainers);
                    WriteCharges(session, accepted.Engagements);
                    await CreditWriting.Write(session, accepted.Credit);
                    return null;
                case Voiding.AlreadyDone:
                    return null;
                case Voiding.Refused refused:
                    return refused.Rejection;
                default:
                    throw new UnreachableException();
            }
        }, cancellationToken);
    }

    /// <summary>
    /// One append to the invoice, its number series and every timesheet, expense and retainer that it bills: all of it
    /// or nothing.
    /// </summary>
    internal static async ValueTask<Rejection?> Finalize(BookSession session, FinalizeInvoice wish)
    {
        var stream = Invoice.Stream.Name(wish.InvoiceId);
        var invoice = await session.Load(Invoice.Stream, stream);
        if (invoice is not (InvoiceState.WorkDraft or InvoiceState.DepositDraft))
            return RefusalOf(Finalization.Decide(invoice, wish, null!, Numbering.Stream.Initial));
        var sources = await InvoiceSources.Load(session, invoice);
        if (sources.Business.Invoicing.AppliesCredit)
            sources = sources with { Credit = await CreditWriting.Holders(session, wish.CreditHolderIds) };
        var series = Numbering.Stream.Name(Finalization.SeriesOf(wish, sources));
        var numbering = await session.Load(Numbering.Stream, series);
        var decision = Finalization.Decide(invoice, wish, sources, numbering);
        if (decision is not Finalization.Accepted accepted) return RefusalOf(decision);

        session.Write(Invoice.Stream, stream, [accepted.Invoice, .. accepted.Credit?.Invoice ?? []]);
        await CreditWriting.Write(session, accepted.Credit?.Sources ?? []);
        session.Write(Numbering.Stream, series, [accepted.Numbering]);
        WriteWork(session, accepted.Timesheets, accepted.Expenses);
        WriteRetainers(session, accepted.Retainers);
        WriteCharges(session, accepted.Engagements);
        return null;
    }

    private static Rejection? RefusalOf(Finalization decision) => decision switch
    {
        Finalization.AlreadyDone => null,
        Finalization.Refused refused => refused.Rejection,
        _ => throw new UnreachableException(),
    };

    internal static void WriteWork(
        BookSession session, IReadOnlyList<TimesheetWrite> timesheets, IReadOnlyList<ExpenseWrite> expenses)
    {
        foreach (var write in timesheets) session.Write(Timesheet.Stream, write.Timesheet, [write.Event]);
        foreach (var write in expenses) session.Write(Expense.Stream, Expense.Stream.Name(write.ExpenseId), [write.Event]);
    }

    internal static void WriteCharges(BookSession session, IReadOnlyList<EngagementWrite> engagements)
    {
        foreach (var write in engagements)
            session.Write(Engagement.Stream, Engagement.Stream.Name(write.EngagementId), [write.Event]);
    }

    internal static void WriteRetainers(BookSession session, IReadOnlyList<RetainerWrite> retainers)
    {
        foreach (var write in retainers) session.Write(Retainer.Stream, Retainer.Stream.Name(write.RetainerId), [write.Event]);
    }
}

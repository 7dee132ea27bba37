using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Taxes;
using Billing.EventStore.Port;
using MediatR;

namespace Billing.Api.Taxes;

public sealed record SetFilingProfileCommand(CommandContext Context, SetFilingProfile Wish) : ICommand;

public sealed record SetGermanProfileCommand(CommandContext Context, SetGermanProfile Wish) : ICommand;

public sealed record SetStateFilingCommand(CommandContext Context, SetStateFiling Wish) : ICommand;

public sealed record RecordEstimatedPaymentCommand(CommandContext Context, RecordEstimatedPayment Wish) : ICommand;

public sealed record RemoveEstimatedPaymentCommand(CommandContext Context, RemoveEstimatedPayment Wish) : ICommand;

public sealed record SetHomeOfficeCommand(CommandContext Context, SetHomeOffice Wish) : ICommand;

/// <param name="Wish">Its place in the book is worked out when it is handled.</param>
/// <param name="CountedThroughPosition">How far the read models were that the estimate was made from.</param>
public sealed record GiveEstimateCommand(CommandContext Context, GiveEstimate Wish, long CountedThroughPosition) : ICommand;

public sealed class TaxYearCommandHandlers(CommandRunner runner, IEventStore store) :
    IRequestHandler<SetFilingProfileCommand, CommandResult>,
    IRequestHandler<SetHomeOfficeCommand, CommandResult>,
    IRequestHandler<SetStateFilingCommand, CommandResult>,
    IRequestHandler<SetGermanProfileCommand, CommandResult>,
    IRequestHandler<RecordEstimatedPaymentCommand, CommandResult>,
    IRequestHandler<RemoveEstimatedPaymentCommand, CommandResult>,
    IRequestHandler<GiveEstimateCommand, CommandResult>
{
    public Task<CommandResult> Handle(SetFilingProfileCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.Year, request.Wish.Jurisdiction, state => TaxYear.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SetHomeOfficeCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.Year, request.Wish.Jurisdiction, state => TaxYear.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SetGermanProfileCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.Year, TaxYear.Germany, state => TaxYear.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SetStateFilingCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.Year, request.Wish.Jurisdiction, state => TaxYear.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RecordEstimatedPaymentCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.Year, request.Wish.Jurisdiction, state => TaxYear.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RemoveEstimatedPaymentCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.Year, request.Wish.Jurisdiction, state => TaxYear.Decide(state, request.Wish), cancellationToken);

    public async Task<CommandResult> Handle(GiveEstimateCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish with
        {
            BookPlace = await PlaceAt(request.Context.Book, request.CountedThroughPosition, cancellationToken),
        };
        return await Run(request.Context, wish.Year, wish.Jurisdiction, state => TaxYear.Decide(state, wish), cancellationToken);
    }

    /// <summary>The last place of the book that lies at or before a global position, found by halving.</summary>
    private async ValueTask<long> PlaceAt(BookId book, long position, CancellationToken cancellationToken)
    {
        var (known, beyond) = (0L, position + 1);
        while (beyond - known > 1)
        {
            var middle = known + (beyond - known) / 2;
            var found = await store.ReadBook(book, middle - 1, 1, cancellationToken);
            if (found.Count > 0 && found[0].Position <= position) known = middle;
            else beyond = middle;
        }
        return known;
    }

    private Task<CommandResult> Run(
        CommandContext context, int year, string jurisdiction, Func<TaxYearState, Decision<TaxYearEvent>> decide,
        CancellationToken cancellationToken)
    {
        var stream = TaxYear.Stream.Name(TaxYear.Id(year, jurisdiction));
        return runner.Run(
            context, stream,
            async session => session.Record(TaxYear.Stream, stream, decide(await session.Load(TaxYear.Stream, stream))),
            cancellationToken);
    }
}

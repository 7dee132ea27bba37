using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Taxes;
using MediatR;

namespace Billing.Api.Taxes;

public sealed record SetFilingProfileCommand(CommandContext Context, SetFilingProfile Wish) : ICommand;

public sealed record RecordEstimatedPaymentCommand(CommandContext Context, RecordEstimatedPayment Wish) : ICommand;

public sealed record RemoveEstimatedPaymentCommand(CommandContext Context, RemoveEstimatedPayment Wish) : ICommand;

public sealed record GiveEstimateCommand(CommandContext Context, GiveEstimate Wish) : ICommand;

public sealed class TaxYearCommandHandlers(CommandRunner runner) :
    IRequestHandler<SetFilingProfileCommand, CommandResult>,
    IRequestHandler<RecordEstimatedPaymentCommand, CommandResult>,
    IRequestHandler<RemoveEstimatedPaymentCommand, CommandResult>,
    IRequestHandler<GiveEstimateCommand, CommandResult>
{
    public Task<CommandResult> Handle(SetFilingProfileCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.Year, state => TaxYear.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RecordEstimatedPaymentCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.Year, state => TaxYear.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RemoveEstimatedPaymentCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.Year, state => TaxYear.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(GiveEstimateCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.Year, state => TaxYear.Decide(state, request.Wish), cancellationToken);

    private Task<CommandResult> Run(
        CommandContext context, int year, Func<TaxYearState, Decision<TaxYearEvent>> decide, CancellationToken cancellationToken)
    {
        var stream = TaxYear.Stream.Name(TaxYear.Id(year, TaxYear.UsFederal));
        return runner.Run(
            context, stream,
            async session => session.Record(TaxYear.Stream, stream, decide(await session.Load(TaxYear.Stream, stream))),
            cancellationToken);
    }
}

using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Taxes;
using MediatR;

namespace Billing.Api.Taxes;

public sealed record SetFilingProfileCommand(CommandContext Context, SetFilingProfile Wish) : ICommand;

public sealed record SetGermanProfileCommand(CommandContext Context, SetGermanProfile Wish) : ICommand;

public sealed record SetStateFilingCommand(CommandContext Context, SetStateFiling Wish) : ICommand;

public sealed record RecordEstimatedPaymentCommand(CommandContext Context, RecordEstimatedPayment Wish) : ICommand;

public sealed record RemoveEstimatedPaymentCommand(CommandContext Context, RemoveEstimatedPayment Wish) : ICommand;

public sealed record SetHomeOfficeCommand(CommandContext Context, SetHomeOffice Wish) : ICommand;

/// <summary>Works an estimate out of the book as it is stored, and writes down that it was given.</summary>
public sealed record GiveEstimateCommand(CommandContext Context, Guid EstimateId, EstimateWish Wish) : ICommand;

public sealed class TaxYearCommandHandlers(CommandRunner runner) :
    IRequestHandler<SetFilingProfileCommand, CommandResult>,
    IRequestHandler<SetHomeOfficeCommand, CommandResult>,
    IRequestHandler<SetStateFilingCommand, CommandResult>,
    IRequestHandler<SetGermanProfileCommand, CommandResult>,
    IRequestHandler<RecordEstimatedPaymentCommand, CommandResult>,
    IRequestHandler<RemoveEstimatedPaymentCommand, CommandResult>
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

public sealed class GiveEstimateHandler(CommandRunner runner, GivenEstimates estimates)
    : IRequestHandler<GiveEstimateCommand, CommandResult>
{
    /// <summary>
    /// What is shown counts up to one place of the book, and not up to wherever the read models are, so that it can be given again.
    /// </summary>
    public Task<CommandResult> Handle(GiveEstimateCommand request, CancellationToken cancellationToken)
    {
        var (context, wish) = (request.Context, request.Wish);
        var stream = TaxYear.Stream.Name(TaxYear.Id(wish.Year, TaxYear.UsFederal));
        return runner.Run(context, stream, async session =>
        {
            var state = await session.Load(TaxYear.Stream, stream);
            if (state.EstimateIds.Contains(request.EstimateId)) return null;
            var (place, estimated, rejection) = await estimates.OfNow(context.Book, wish, cancellationToken);
            return estimated is null
                ? rejection
                : session.Record(TaxYear.Stream, stream, TaxYear.Decide(state, Given(request, estimated.Estimate, place)));
        }, cancellationToken);
    }

    private static GiveEstimate Given(GiveEstimateCommand request, Domain.Taxes.UsFederal.TaxEstimate estimate, long place) => new(
        estimate.Year, TaxYear.UsFederal, request.EstimateId, estimate.ParametersVersion, estimate.AsOf, place,
        estimate.Projection.Method, Minor(estimate.Annual.Total.Amount), Minor(estimate.Required.Required.Amount),
        Minor(estimate.ChosenPlan.CatchUp), estimate.ChosenPlan.Next?.DeadlineOn, request.Context.Now)
    {
        ProjectionCode = request.Wish.Projection.Code,
        OwnNetProfitMinor = request.Wish.Projection.OwnNetProfit is { } own ? Minor(own) : null,
    };

    private static long Minor(decimal dollars) => Cents.ToMoney(dollars).Minor;
}

using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.SalesTax;
using MediatR;

namespace Billing.Api.SalesTax;

public sealed record SetSalesTaxPolicyCommand(CommandContext Context, SetSalesTaxPolicy Wish) : ICommand;

public sealed record AgreeClientTaxCommand(CommandContext Context, Guid ClientId, AgreeClientTax Wish) : ICommand;

public sealed record RecordSalesTaxPaymentCommand(CommandContext Context, RecordSalesTaxPayment Wish) : ICommand;

public sealed record CorrectSalesTaxPaymentCommand(CommandContext Context, CorrectSalesTaxPayment Wish) : ICommand;

public sealed record RemoveSalesTaxPaymentCommand(CommandContext Context, RemoveSalesTaxPayment Wish) : ICommand;

public sealed class SalesTaxCommandHandlers(CommandRunner runner) :
    IRequestHandler<SetSalesTaxPolicyCommand, CommandResult>,
    IRequestHandler<AgreeClientTaxCommand, CommandResult>,
    IRequestHandler<RecordSalesTaxPaymentCommand, CommandResult>,
    IRequestHandler<CorrectSalesTaxPaymentCommand, CommandResult>,
    IRequestHandler<RemoveSalesTaxPaymentCommand, CommandResult>
{
    public Task<CommandResult> Handle(RecordSalesTaxPaymentCommand request, CancellationToken cancellationToken) => Decide(
        request.Context, request.Wish.PaymentId, (state, practice) => SalesTaxPayment.Decide(state, request.Wish, practice),
        cancellationToken);

    public Task<CommandResult> Handle(CorrectSalesTaxPaymentCommand request, CancellationToken cancellationToken) => Decide(
        request.Context, request.Wish.PaymentId, (state, practice) => SalesTaxPayment.Decide(state, request.Wish, practice),
        cancellationToken);

    public Task<CommandResult> Handle(RemoveSalesTaxPaymentCommand request, CancellationToken cancellationToken) => Decide(
        request.Context, request.Wish.PaymentId, (state, practice) => SalesTaxPayment.Decide(state, request.Wish, practice),
        cancellationToken);

    private Task<CommandResult> Decide(
        CommandContext context, Guid paymentId,
        Func<SalesTaxPaymentState, BusinessState, Decision<SalesTaxPaymentEvent>> decide, CancellationToken cancellationToken) =>
        runner.Run(context, SalesTaxPayment.Stream.Name(paymentId), async session => session.Record(
            SalesTaxPayment.Stream, paymentId,
            decide(await session.Load(SalesTaxPayment.Stream, paymentId), await session.Practice())), cancellationToken);

    public Task<CommandResult> Handle(SetSalesTaxPolicyCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Business.Stream, request.Context.Book.Value, request.Context, state => Business.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(AgreeClientTaxCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Client.Stream, request.ClientId, request.Context, state => Client.Decide(state, request.Wish), cancellationToken);
}

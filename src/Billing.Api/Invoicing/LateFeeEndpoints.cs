using System.Diagnostics;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using MediatR;
using NodaTime;

namespace Billing.Api.Invoicing;

/// <param name="Kind">flat, percentage, proportional or none.</param>
/// <param name="Amount">Of a flat fee, for each period.</param>
/// <param name="BasisPoints">Of what is open: for each period, or for a year where the fee is proportional.</param>
/// <param name="Per">once or month.</param>
/// <param name="Cap">All fees of one invoice come to so much at most.</param>
public sealed record SetLateFeePolicyBody(
    [property: Text(20)] string Kind, int GraceDays, [property: Text(10)] string Per, Money? Amount = null, int? BasisPoints = null,
    Money? Cap = null);

/// <param name="FeeInvoiceId">Of the fee's invoice; left out, a new one.</param>
public sealed record ChargeLateFeeBody(Guid? FeeInvoiceId = null);

public sealed record ChargedLateFee(Guid Id, long Version, long? Position, Guid? FeeInvoiceId, string? Number, Money? Total)
    : Receipt(Id, Version, Position);

/// <param name="Periods">Each that is due and was not charged.</param>
public sealed record DueLateFee(
    Guid InvoiceId, string Number, LocalDate DueOn, Money Open, Money Fee, IReadOnlyList<DueLateFeePeriod> Periods);

/// <param name="From">Its first day.</param>
public sealed record DueLateFeePeriod(int Number, LocalDate From, Money Fee);

public sealed record ChargeLateFeeCommand(CommandContext Context, ChargeLateFee Wish) : ICommand;

/// <summary>One append to the late invoice, the fee's and the number series.</summary>
public sealed class ChargeLateFeeHandler(CommandRunner runner) : IRequestHandler<ChargeLateFeeCommand, CommandResult>
{
    public Task<CommandResult> Handle(ChargeLateFeeCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        var stream = Invoice.Stream.Name(wish.InvoiceId);
        return runner.Run(request.Context, stream, async session =>
        {
            var invoice = await session.Load(Invoice.Stream, stream);
            var fresh = await session.Load(Invoice.Stream, wish.FeeInvoiceId);
            var sources = await InvoiceSources.Load(session, invoice.Issued?.Facts.ClientId ?? Guid.Empty, [], [], []);
            var series = Numbering.Stream.Name(Numbering.Series(sources.Business.Invoicing.NumberPrefix, wish.ChargedOn.Year));
            var numbering = await session.Load(Numbering.Stream, series);
            switch (LateFeeCharging.Decide(invoice, fresh, wish, sources, numbering))
            {
                case LateFeeCharging.Accepted accepted:
                    session.Write(Invoice.Stream, stream, [accepted.Original]);
                    session.Write(Invoice.Stream, Invoice.Stream.Name(wish.FeeInvoiceId), accepted.Fee);
                    session.Write(Numbering.Stream, series, [accepted.Numbering]);
                    return null;
                case LateFeeCharging.AlreadyDone:
                    return null;
                case LateFeeCharging.Refused refused:
                    return refused.Rejection;
                default:
                    throw new UnreachableException();
            }
        }, cancellationToken);
    }
}

public static class LateFeeEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapLateFees(this IEndpointRouteBuilder v1)
    {
        v1.Command<SetLateFeePolicyBody>("/business:set-late-fee-policy", Role.Owner, call => new SetLateFeePolicyCommand(
                call.Context, new SetLateFeePolicy(
                    new LateFeePolicy(
                        call.Body.Kind, call.Body.Amount, call.Body.BasisPoints, call.Body.GraceDays, call.Body.Per, call.Body.Cap),
                    call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<ChargeLateFeeBody>("/invoices/{id:guid}:charge-late-fee", Keepers, call => new ChargeLateFeeCommand(
                call.Context, new ChargeLateFee(
                    call.RouteId(), call.IdOrNew(call.Body.FeeInvoiceId), PracticeDay.Of(call), call.Now)),
            (call, done) =>
            {
                var fee = done.Find<InvoiceEvent.InvoiceFinalized>();
                return new Answer(new ChargedLateFee(
                    call.RouteId(), done.Version, Answers.Position(done), fee?.InvoiceId, fee?.Number,
                    fee is null ? null : new Money(fee.TotalMinor, Currency.Of(fee.Currency))));
            });

        v1.Query<ListView<DueLateFee>>("/late-fees", Keepers, Due, "day", AsOf.Known);
    }

    /// <summary>What could be charged on the day, and has not been.</summary>
    private static async ValueTask<QueryAnswer<ListView<DueLateFee>>> Due(QueryCall call)
    {
        var day = call.Date("day") ?? PracticeDay.Of(call);
        var session = call.Session();
        var business = await session.Practice();
        var due = new List<DueLateFee>();
        foreach (var id in call.Service<InvoiceQueries>().Overdue(call.Book, day))
        {
            var state = await session.Load(Invoice.Stream, id);
            var periods = LateFees.Due(state, business.LateFees, day);
            if (periods.Count == 0) continue;
            var invoice = state.Issued!;
            due.Add(new DueLateFee(
                id, invoice.Facts.Number, invoice.NextDueOn(), In(invoice.BalanceMinor), In(periods.Sum(period => period.AmountMinor)),
                [.. periods.Select(period => new DueLateFeePeriod(period.Number, period.From, In(period.AmountMinor)))]));

            Money In(long minor) => new(minor, invoice.Currency);
        }
        return Lists.All<DueLateFee>(due);
    }
}

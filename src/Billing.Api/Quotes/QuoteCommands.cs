using System.Diagnostics;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Mailing;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.Quotes;
using MediatR;
using NodaTime;

namespace Billing.Api.Quotes;

public sealed record DraftQuoteCommand(CommandContext Context, DraftQuote Wish) : ICommand;

/// <param name="Letter">Null where it is not mailed.</param>
public sealed record SendQuoteCommand(CommandContext Context, SendQuote Wish, QuoteLetter? Letter = null) : ICommand;

/// <summary>Revises it, shares it, or notes what the client says of it.</summary>
/// <param name="Decide">Takes the practice's day.</param>
public sealed record ChangeQuoteCommand(
    CommandContext Context, Guid QuoteId, Func<QuoteState, LocalDate, Decision<QuoteEvent>> Decide) : ICommand;

public sealed class QuoteCommandHandlers(CommandRunner runner) :
    IRequestHandler<DraftQuoteCommand, CommandResult>,
    IRequestHandler<SendQuoteCommand, CommandResult>,
    IRequestHandler<ChangeQuoteCommand, CommandResult>
{
    public Task<CommandResult> Handle(DraftQuoteCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Quote.Stream.Name(wish.QuoteId), async session =>
        {
            var quote = await session.Load(Quote.Stream, wish.QuoteId);
            var client = await session.Load(Client.Stream, wish.ClientId);
            return session.Record(Quote.Stream, wish.QuoteId, Quote.Decide(quote, wish, client, await session.Today()));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(ChangeQuoteCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Quote.Stream.Name(request.QuoteId), async session =>
        {
            var quote = await session.Load(Quote.Stream, request.QuoteId);
            return session.Record(Quote.Stream, request.QuoteId, request.Decide(quote, await session.Today()));
        }, cancellationToken);

    /// <summary>The number is given, and the mail put into the outbox, in the same append.</summary>
    public Task<CommandResult> Handle(SendQuoteCommand request, CancellationToken cancellationToken)
    {
        var (wish, stream) = (request.Wish, Quote.Stream.Name(request.Wish.QuoteId));
        return runner.Run(request.Context, stream, async session =>
        {
            var quote = await session.Load(Quote.Stream, stream);
            if (quote.Drafted is not { } drafted) return Quote.NoSuchQuote;
            var practice = await session.Practice();
            var client = await session.Load(Client.Stream, drafted.ClientId);
            var series = Numbering.Stream.Name(QuoteSending.SeriesOf(practice.DayOf(wish.At), practice));
            var numbering = quote.Sent is null ? await session.Load(Numbering.Stream, series) : Numbering.Stream.Initial;
            switch (QuoteSending.Decide(quote, wish, client, practice, numbering))
            {
                case QuoteSending.Accepted accepted:
                    session.Write(Quote.Stream, stream, [accepted.Sent]);
                    if (accepted.Numbering is { } number) session.Write(Numbering.Stream, series, [number]);
                    break;
                case QuoteSending.AlreadyDone:
                    break;
                case QuoteSending.Refused refused:
                    return refused.Rejection;
                default:
                    throw new UnreachableException();
            }
            return request.Letter is { } letter ? await letter.Send(session, wish.QuoteId) : null;
        }, cancellationToken);
    }
}

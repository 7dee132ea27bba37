using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Invoicing;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Invoicing;
using Billing.Domain.Quotes;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using MediatR;
using NodaTime;

namespace Billing.Api.Quotes;

/// <summary>Makes an accepted quote what it was for.</summary>
/// <param name="Work">The engagement to agree; null for none.</param>
/// <param name="Deposit">What is asked for ahead, by an invoice that funds a retainer; null for none.</param>
/// <param name="InvoiceId">Of the draft: over the deposit, or else over the quote's lines; null for none.</param>
public sealed record TurnQuoteCommand(
    CommandContext Context, Guid QuoteId, QuotedWork? Work, QuotedDeposit? Deposit, Guid? InvoiceId) : ICommand;

/// <param name="Name">Null for the quote's title.</param>
/// <param name="Kind">hourly, capped or fixed-fee: the agreed price is the cap or the fee.</param>
/// <param name="Per">Of a cap: once or month; null for once.</param>
/// <param name="PerHour">What an hour costs; null where other cards say it, or a fee stands for all of it.</param>
/// <param name="ValidFrom">Null for the day on which it is agreed.</param>
public sealed record QuotedWork(
    Guid EngagementId, Guid ModeId, Guid CardId, string? Name, string Kind, string? Per, Money? PerHour, LocalDate? ValidFrom);

/// <param name="RetainerId">The retainer that is made for it.</param>
public sealed record QuotedDeposit(Guid RetainerId, Money Amount);

/// <summary>What the quote becomes and the note that it has become it are one append, so that it becomes it once.</summary>
public sealed class TurnQuoteCommandHandler(CommandRunner runner) : IRequestHandler<TurnQuoteCommand, CommandResult>
{
    public Task<CommandResult> Handle(TurnQuoteCommand request, CancellationToken cancellationToken)
    {
        var stream = Quote.Stream.Name(request.QuoteId);
        return runner.Run(request.Context, stream, async session =>
        {
            var quote = await session.Load(Quote.Stream, stream);
            var decision = Quote.Decide(quote, new TurnQuote(
                request.QuoteId, request.Work?.EngagementId, request.InvoiceId, request.Deposit?.RetainerId, request.Deposit?.Amount,
                request.Context.Now));
            if (session.Record(Quote.Stream, stream, decision) is { } refusal) return refusal;
            if (decision is Decision<QuoteEvent>.Accepted { Events.Count: 0 }) return null;
            if (request.Work is { } work && await Agree(session, quote, work) is { } unfit) return unfit;
            if (request.InvoiceId is not { } invoiceId) return null;
            return request.Deposit is { } deposit
                ? await AskFor(session, quote, deposit, invoiceId, request.Work?.EngagementId)
                : await Draft(session, quote, invoiceId);
        }, cancellationToken);
    }

    private static async ValueTask<Rejection?> Agree(BookSession session, QuoteState quote, QuotedWork work)
    {
        var (id, now) = (work.EngagementId, session.Context.Now);
        var from = work.ValidFrom ?? await session.Today();
        var clientId = quote.Drafted!.ClientId;
        var agree = new AgreeEngagement(id, clientId, work.Name ?? quote.Sent!.Content.Title ?? "", now);
        var agreed = Engagement.Decide(await session.Load(Engagement.Stream, id), agree, await session.Load(Client.Stream, clientId));
        if (session.Record(Engagement.Stream, id, agreed) is { } refusal) return refusal;
        var price = work.Kind == BillingMode.ByTheHour ? (Money?)null : new Money(quote.Accepted!.TotalMinor, quote.Currency);
        var mode = new SetBillingMode(work.ModeId, work.Kind, price, work.Per, from, now);
        if (await Record(session, id, state => Engagement.Decide(state, mode)) is { } unfit) return unfit;
        if (work.PerHour is not { } perHour) return null;
        var card = new SetRateCard(work.CardId, null, perHour, from, null, now);
        return await Record(session, id, state => Engagement.Decide(state, card));
    }

    private static async ValueTask<Rejection?> Record(
        BookSession session, Guid engagementId, Func<EngagementState, Decision<EngagementEvent>> decide) =>
        session.Record(Engagement.Stream, engagementId, decide(await session.Load(Engagement.Stream, engagementId)));

    /// <summary>The deposit funds a retainer of its own, which the work that follows draws on.</summary>
    private static async ValueTask<Rejection?> AskFor(
        BookSession session, QuoteState quote, QuotedDeposit deposit, Guid invoiceId, Guid? engagementId)
    {
        var (clientId, now) = (quote.Drafted!.ClientId, session.Context.Now);
        var client = await session.Load(Client.Stream, clientId);
        var engagements = new Dictionary<Guid, EngagementState>();
        if (engagementId is { } work) engagements[work] = await session.Load(Engagement.Stream, work);
        var name = $"{quote.Sent!.Number} {quote.Sent.Content.Title}".TrimEnd();
        var agree = new AgreeRetainer(
            deposit.RetainerId, clientId, name[..Math.Min(name.Length, Wording.NameMaxLength)], [.. engagements.Keys], now);
        var agreed = Retainer.Decide(await session.Load(Retainer.Stream, deposit.RetainerId), agree, client, engagements);
        if (session.Record(Retainer.Stream, deposit.RetainerId, agreed) is { } refusal) return refusal;
        var draft = new DraftDeposit(invoiceId, clientId, deposit.RetainerId, deposit.Amount, null, now);
        var drafted = Drafting.Decide(
            await session.Load(Invoice.Stream, invoiceId), draft, await session.Practice(), client,
            await session.Load(Retainer.Stream, deposit.RetainerId));
        return session.Record(Invoice.Stream, invoiceId, drafted);
    }

    private static async ValueTask<Rejection?> Draft(BookSession session, QuoteState quote, Guid invoiceId)
    {
        var clientId = quote.Drafted!.ClientId;
        var client = await session.Load(Client.Stream, clientId);
        var today = await session.Today();
        var language = DocumentLanguage.Of(client.Details?.Language);
        var draft = new DraftInvoice(invoiceId, clientId, [], [], null, today, null, session.Context.Now)
        {
            Fees = [.. quote.AcceptedLines.Where(line => line.Line.AmountMinor > 0).Select(line => FeeOf(line, quote.Currency, language))],
        };
        var sources = await InvoiceSources.Load(session, clientId, [], [], []);
        return session.Record(
            Invoice.Stream, invoiceId, Drafting.Decide(await session.Load(Invoice.Stream, invoiceId), draft, sources));
    }

    /// <summary>With its quantity and price where it is more, or less, than one of something.</summary>
    private static FeeWish FeeOf((QuoteLine Line, string Description) quoted, Currency currency, DocumentLanguage language)
    {
        var (line, description) = quoted;
        var quantity = QuoteQuantity.Text(line.QuantityThousandths)
            .Replace(".", language.DecimalSeparator, StringComparison.Ordinal);
        var counted = $"{description} ({quantity} × {language.Amount(new Money(line.UnitPriceMinor, currency))})";
        var text = line.QuantityThousandths == QuoteQuantity.One || counted.Length > Wording.NameMaxLength ? description : counted;
        return new FeeWish(text, new Money(line.AmountMinor, currency), EngagementId: null);
    }
}

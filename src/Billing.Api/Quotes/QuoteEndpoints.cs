using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Api.Mailing;
using Billing.Domain.Mailing;
using Billing.Domain.Quotes;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Quotes;

/// <param name="Quantity">Decimal text with at most three places, such as <c>2.5</c>.</param>
/// <param name="IsOptional">Whether the client chooses it, or it belongs to the whole.</param>
public sealed record QuoteLineBody(
    [property: Text(200)] string Description, Money UnitPrice, [property: Text(20)] string Quantity = "1", bool IsOptional = false);

/// <param name="ValidUntil">The last day on which it can be accepted.</param>
public sealed record DraftQuoteBody(
    Guid ClientId, [property: Text(200)] string Title, IReadOnlyList<QuoteLineBody> Lines, LocalDate ValidUntil,
    [property: Text(Wording.NoteMaxLength)] string? Note = null, Guid? Id = null);

/// <inheritdoc cref="DraftQuoteBody"/>
public sealed record ReviseQuoteBody(
    [property: Text(200)] string Title, IReadOnlyList<QuoteLineBody> Lines, LocalDate ValidUntil,
    [property: Text(Wording.NoteMaxLength)] string? Note = null);

/// <param name="AcceptedBy">Who said so.</param>
/// <param name="Options">Numbers of the optional lines that are taken.</param>
/// <param name="Revision">The one that was accepted; left out, the one that was sent last.</param>
public sealed record AcceptQuoteBody(
    [property: Text(200)] string AcceptedBy, IReadOnlyList<int>? Options = null, int? Revision = null);

public sealed record DeclineQuoteBody([property: Text(Wording.NoteMaxLength)] string? Reason = null);

/// <param name="Kind">hourly, capped or fixed-fee: the agreed price is the cap or the fee.</param>
/// <param name="Per">Of a cap: once or month.</param>
/// <param name="PerHour">What an hour costs; left out, other cards say it.</param>
/// <param name="ValidFrom">Left out, today in the practice's zone.</param>
/// <param name="Name">Left out, the quote's title.</param>
/// <param name="Deposit">What is asked for ahead, by the draft of a deposit that funds a retainer for this work.</param>
public sealed record TurnIntoEngagementBody(
    [property: Text(20)] string Kind, [property: Text(20)] string? Per = null, Money? PerHour = null, LocalDate? ValidFrom = null,
    [property: Text(200)] string? Name = null, Money? Deposit = null, Guid? NewEngagementId = null, Guid? NewInvoiceId = null,
    Guid? NewRetainerId = null);

/// <param name="Deposit">Left out, the draft is over all that was agreed, line by line.</param>
public sealed record TurnIntoInvoiceBody(Money? Deposit = null, Guid? NewInvoiceId = null, Guid? NewRetainerId = null);

public sealed record RevokeQuoteShareBody(Guid LinkId);

/// <param name="Recipient">Left out, the client's address.</param>
/// <param name="MailId">The id of the mail; left out, each revision is mailed to an address once.</param>
/// <param name="ByMail">Left out, the quote is mailed if there is an address; true refuses where there is none.</param>
public sealed record SendQuoteBody(
    [property: Text(Wording.EmailMaxLength)] string? Recipient = null, Guid? MailId = null, bool? ByMail = null);

/// <param name="Number">Null where the revision was sent before.</param>
/// <param name="MailId">The mail that was put into the outbox; null where none was.</param>
public sealed record SentQuoteReceipt(Guid Id, long Version, long? Position, string? Number, int? Revision, Guid? MailId)
    : Receipt(Id, Version, Position);

/// <param name="Url">Shown once; whoever has it sees this quote and can answer it, until the link is revoked.</param>
public sealed record SharedQuote(Guid Id, long Version, long? Position, Guid? LinkId, Uri? Url) : Receipt(Id, Version, Position);

/// <summary>What the quote became.</summary>
public sealed record TurnedQuote(Guid Id, long Version, long? Position, Guid? EngagementId, Guid? InvoiceId, Guid? RetainerId)
    : Receipt(Id, Version, Position);

public static class QuoteEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapQuotes(this IEndpointRouteBuilder v1)
    {
        v1.Command<DraftQuoteBody>("/quotes", Keepers, call => new DraftQuoteCommand(call.Context, new DraftQuote(
                call.IdOrNew(call.Body.Id), call.Body.ClientId, call.Body.Title, Lines(call, call.Body.Lines), call.Body.ValidUntil,
                call.Body.Note, call.Now)),
            (_, done) => Answers.Created(done, "/v1/quotes"));

        v1.Command<ReviseQuoteBody>("/quotes/{id:guid}:revise", Keepers, call =>
        {
            var wish = new ReviseQuote(
                call.RouteId(), call.Body.Title, Lines(call, call.Body.Lines), call.Body.ValidUntil, call.Body.Note, call.Now);
            return Change(call, (quote, today) => Quote.Decide(quote, wish, today));
        }, (_, done) => Answers.Changed(done));

        v1.Command<SendQuoteBody>("/quotes/{id:guid}:send", Keepers, Send, (call, done) => new Answer(new SentQuoteReceipt(
            call.RouteId(), done.Version, Answers.Position(done), done.Find<QuoteEvent.QuoteSent>()?.Number,
            done.Find<QuoteEvent.QuoteSent>()?.Revision, done.Find<MailEvent.MailAsked>()?.MailId)));

        v1.Command<AcceptQuoteBody>("/quotes/{id:guid}:accept", Keepers, call => Change(call, (quote, today) => Quote.Decide(
                quote, new AcceptQuote(call.RouteId(), call.Body.Revision, null, call.Body.AcceptedBy, call.Body.Options ?? [], call.Now),
                today)),
            (_, done) => Answers.Changed(done));

        v1.Command<DeclineQuoteBody>("/quotes/{id:guid}:decline", Keepers, call => Change(call, (quote, today) => Quote.Decide(
                quote, new DeclineQuote(call.RouteId(), null, null, call.Body.Reason, call.Now), today)),
            (_, done) => Answers.Changed(done));

        MapSharing(v1);
        MapTurning(v1);
    }

    private static void MapSharing(IEndpointRouteBuilder v1)
    {
        v1.Command<NoBody>("/quotes/{id:guid}:share", Keepers, Share, (call, done) =>
        {
            var shared = done.Find<QuoteEvent.QuoteShared>();
            var url = SharedLink.NewAddress(call.Http, "/q", done);
            return new Answer(new SharedQuote(call.RouteId(), done.Version, Answers.Position(done), shared?.LinkId, url));
        });

        v1.Command<RevokeQuoteShareBody>("/quotes/{id:guid}:revoke-share", Keepers, call => Change(call, (quote, _) => Quote.Decide(
                quote, new RevokeQuoteShare(call.RouteId(), call.Body.LinkId, call.Now))),
            (_, done) => Answers.Changed(done));
    }

    private static void MapTurning(IEndpointRouteBuilder v1)
    {
        v1.Command<TurnIntoEngagementBody>("/quotes/{id:guid}:turn-into-engagement", Keepers, call =>
        {
            var body = call.Body;
            return new TurnQuoteCommand(
                call.Context, call.RouteId(),
                new QuotedWork(
                    call.IdOrNew(body.NewEngagementId), call.IdOrNew(null), call.IdOrNew(null), body.Name, body.Kind, body.Per,
                    body.PerHour, body.ValidFrom),
                Deposit(call, body.Deposit, body.NewRetainerId), body.Deposit is null ? null : call.IdOrNew(body.NewInvoiceId));
        }, (call, done) => Turned(call, done));

        v1.Command<TurnIntoInvoiceBody>("/quotes/{id:guid}:turn-into-invoice", Keepers, call => new TurnQuoteCommand(
                call.Context, call.RouteId(), Work: null, Deposit(call, call.Body.Deposit, call.Body.NewRetainerId),
                call.IdOrNew(call.Body.NewInvoiceId)),
            (call, done) => Turned(call, done));
    }

    private static QuotedDeposit? Deposit<TBody>(CommandCall<TBody> call, Money? amount, Guid? retainerId) =>
        amount is { } money ? new QuotedDeposit(call.IdOrNew(retainerId), money) : null;

    private static Answer Turned<TBody>(CommandCall<TBody> call, CommandResult.Done done)
    {
        var turned = done.Find<QuoteEvent.QuoteTurned>();
        return new Answer(new TurnedQuote(
            call.RouteId(), done.Version, Answers.Position(done), turned?.EngagementId, turned?.InvoiceId, turned?.RetainerId));
    }

    private static SendQuoteCommand Send(CommandCall<SendQuoteBody> call)
    {
        var body = call.Body;
        if (body is { ByMail: false, Recipient: not null })
            call.Refuse("/recipient", "malformed", "Nothing is mailed where byMail is false. Leave the recipient out.");
        var letter = new QuoteLetter(body.MailId, body.Recipient, body.ByMail, PublicAddress.Of(call.Http, "/"));
        return new SendQuoteCommand(call.Context, new SendQuote(call.RouteId(), call.Now), letter);
    }

    private static ChangeQuoteCommand Share(CommandCall<NoBody> call)
    {
        var wish = new ShareQuote(call.RouteId(), call.IdOrNew(null), SharedLink.NewSecret(call.Http), call.Now);
        return Change(call, (quote, _) => Quote.Decide(quote, wish));
    }

    private static ChangeQuoteCommand Change<TBody>(
        CommandCall<TBody> call, Func<QuoteState, LocalDate, Domain.Decision<QuoteEvent>> decide) =>
        new(call.Context, call.RouteId(), decide);

    private static List<QuoteLineWish> Lines<TBody>(CommandCall<TBody> call, IReadOnlyList<QuoteLineBody> lines)
    {
        var wishes = new List<QuoteLineWish>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (!QuoteQuantity.TryParse(lines[i].Quantity, out var thousandths))
            {
                call.Refuse(
                    FormattableString.Invariant($"/lines/{i}/quantity"), "malformed",
                    "A quantity is decimal text above 0 and up to a million with at most three places, such as \"2.5\".");
            }
            wishes.Add(new QuoteLineWish(lines[i].Description, thousandths, lines[i].UnitPrice, lines[i].IsOptional));
        }
        return wishes;
    }
}

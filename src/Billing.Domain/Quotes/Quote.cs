using System.Diagnostics;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Quotes.QuoteEvent;

namespace Billing.Domain.Quotes;

/// <summary>An offer to a client. The stream is <c>quote-{id}</c>.</summary>
public static partial class Quote
{
    public const int MostLines = 100;

    /// <summary>How long after it is written a quote can be valid.</summary>
    public const int MostDaysValid = 2 * 366;

    public static readonly StreamType<QuoteState, QuoteEvent> Stream = new("quote", QuoteState.None, Evolve);

    public static QuoteState Evolve(QuoteState state, QuoteEvent @event) => @event switch
    {
        QuoteDrafted e => QuoteState.None with
        {
            Drafted = e,
            Content = new QuoteContent(e.Title, e.Lines, e.LineDescriptions, e.ValidUntil, e.Note),
            Revision = 1,
        },
        QuoteRevised e => state with
        {
            Content = new QuoteContent(e.Title, e.Lines, e.LineDescriptions, e.ValidUntil, e.Note),
            Revision = (state.Sent?.Revision ?? 0) + 1,
            Declined = null,
        },
        QuoteSent e => state with { Sent = new SentQuote(e.Number, e.Revision, e.SentOn, e.Parties, state.Content) { Look = e.Look } },
        QuoteShared e => state with { Links = state.Links.SetItem(e.LinkId, new ShareLink(e.TokenHash, IsRevoked: false)) },
        QuoteShareRevoked e => state.Links.TryGetValue(e.LinkId, out var link)
            ? state with { Links = state.Links.SetItem(e.LinkId, link with { IsRevoked = true }) }
            : state,
        QuoteAccepted e => state with { Accepted = e },
        QuoteDeclined e => state with { Declined = e },
        QuoteTurned e => state with { Turned = e },
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>id-taken</c>, <c>client-unknown</c>, <c>client-archived</c>, <c>quote-lines-missing</c>,
    /// <c>too-many-lines</c>, <c>currency-mismatch</c>, <c>quantity-out-of-range</c>, <c>price-out-of-range</c>,
    /// <c>amount-too-large</c>, <c>valid-until-implausible</c>, what <see cref="Wording"/> refuses.</summary>
    /// <param name="today">In the practice's zone.</param>
    public static Decision<QuoteEvent> Decide(QuoteState state, DraftQuote command, ClientState client, LocalDate today)
    {
        if (client.Details is not { } details) return Client.NoSuchClient with { Field = "/clientId" };
        var wished = ContentOf(command.Title, command.Lines, command.ValidUntil, command.Note);
        if (state.Drafted is { } drafted)
        {
            return drafted.ClientId == command.ClientId && state.Content.Says(wished)
                ? Decision<QuoteEvent>.AlreadyDone
                : new Rejection("id-taken", "There is a quote with this id already; take a new id.", "/id");
        }
        if (client is ClientState.Archived)
            return new Rejection("client-archived", "Nothing is offered to an archived client.", "/clientId");
        return Refuse(wished, command.Lines, details.Currency, today) is { } refusal
            ? refusal
            : new QuoteDrafted(
                command.QuoteId, command.ClientId, details.Currency.Code, wished.Title, wished.Lines, wished.Descriptions,
                wished.ValidUntil, wished.Note, command.At);
    }

    /// <summary>Refuses: <c>quote-unknown</c>, <c>quote-accepted</c>, and what drafting refuses of what it says.</summary>
    /// <inheritdoc cref="Decide(QuoteState, DraftQuote, ClientState, LocalDate)"/>
    public static Decision<QuoteEvent> Decide(QuoteState state, ReviseQuote command, LocalDate today)
    {
        if (state.Drafted is null) return NoSuchQuote;
        if (state.Accepted is not null) return AcceptedAlready;
        var wished = ContentOf(command.Title, command.Lines, command.ValidUntil, command.Note);
        if (state.Content.Says(wished) && state.Declined is null) return Decision<QuoteEvent>.AlreadyDone;
        return Refuse(wished, command.Lines, state.Currency, today) is { } refusal
            ? refusal
            : new QuoteRevised(
                wished.Title, wished.Lines, wished.Descriptions, wished.ValidUntil, wished.Note, command.At);
    }

    /// <summary>There is no such quote in this practice.</summary>
    public static Rejection NoSuchQuote { get; } = new("quote-unknown", "There is no such quote.", Kind: RejectionKind.NotFound);

    private static Rejection AcceptedAlready { get; } =
        new("quote-accepted", "The quote was accepted, so that it stands. Draft another.");

    private static QuoteContent ContentOf(string title, IReadOnlyList<QuoteLineWish> lines, LocalDate validUntil, string? note) => new(
        title,
        [
            .. lines.Select((line, i) => new QuoteLine(
                i + 1, line.QuantityThousandths, line.UnitPrice.Minor,
                QuoteQuantity.IsPlausible(line.QuantityThousandths) && line.UnitPrice.Minor <= Drafting.MaxDepositMinor
                    ? QuoteQuantity.AmountMinor(line.QuantityThousandths, line.UnitPrice.Minor)
                    : 0,
                line.IsOptional)),
        ],
        [.. lines.Select(line => line.Description)], validUntil, note);

    private static Rejection? Refuse(
        QuoteContent content, IReadOnlyList<QuoteLineWish> wishes, Currency currency, LocalDate today)
    {
        if (Wording.RefuseName(content.Title, "/title") is { } untitled) return untitled;
        if (Wording.RefuseNote(content.Note, "/note") is { } unfit) return unfit;
        if (wishes.Count == 0) return Invalid("quote-lines-missing", "A quote has a line at least.", "/lines");
        if (wishes.Count > MostLines) return Invalid("too-many-lines", $"A quote has at most {MostLines} lines.", "/lines");
        for (var i = 0; i < wishes.Count; i++)
            if (Refuse(wishes[i], content.Lines[i], currency, FormattableString.Invariant($"/lines/{i}")) is { } wrong) return wrong;
        return content.ValidUntil < today || content.ValidUntil > today.PlusDays(MostDaysValid)
            ? Invalid(
                "valid-until-implausible", $"Its last day is today or later, and at most {MostDaysValid} days ahead.", "/validUntil")
            : null;
    }

    private static Rejection? Refuse(QuoteLineWish wish, QuoteLine line, Currency currency, string field)
    {
        if (Wording.RefuseName(wish.Description, $"{field}/description") is { } unfit) return unfit;
        if (wish.UnitPrice.Currency != currency)
            return Invalid("currency-mismatch", $"This client is billed in {currency}.", $"{field}/unitPrice/currency");
        if (!QuoteQuantity.IsPlausible(wish.QuantityThousandths))
            return Invalid("quantity-out-of-range", "A quantity is more than 0 and at most a million.", $"{field}/quantity");
        if (wish.UnitPrice.IsNegative)
            return Invalid("price-out-of-range", "A price is not negative.", $"{field}/unitPrice");
        return wish.UnitPrice.Minor > Drafting.MaxDepositMinor || line.AmountMinor > Drafting.MaxDepositMinor
            ? Invalid("amount-too-large", "That is too much for one line.", $"{field}/unitPrice")
            : null;
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}

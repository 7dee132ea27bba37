using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Quotes.QuoteEvent;

namespace Billing.Domain.Quotes;

/// <content>How it reaches the client, what the client says, and what it becomes.</content>
public static partial class Quote
{
    /// <summary>Refuses: <c>quote-unknown</c>, <c>quote-not-sent</c>, <c>token-hash-malformed</c>, <c>id-taken</c>.</summary>
    public static Decision<QuoteEvent> Decide(QuoteState state, ShareQuote command)
    {
        if (state.Drafted is null) return NoSuchQuote;
        if (ShareLink.RefuseHash(command.TokenHash) is { } malformed) return malformed;
        if (state.Links.GetValueOrDefault(command.LinkId) is { } link)
        {
            return link.TokenHash == command.TokenHash
                ? Decision<QuoteEvent>.AlreadyDone
                : new Rejection("id-taken", "Another link of this quote has this id. Choose a new one.");
        }
        return state.Sent is null ? NotSent : new QuoteShared(command.LinkId, command.TokenHash, command.At);
    }

    /// <summary>Refuses: <c>quote-unknown</c>, <c>link-unknown</c>.</summary>
    public static Decision<QuoteEvent> Decide(QuoteState state, RevokeQuoteShare command)
    {
        if (state.Drafted is null) return NoSuchQuote;
        return state.Links.GetValueOrDefault(command.LinkId) switch
        {
            null => new Rejection("link-unknown", "The quote has no such link.", Kind: RejectionKind.NotFound),
            { IsRevoked: true } => Decision<QuoteEvent>.AlreadyDone,
            _ => new QuoteShareRevoked(command.LinkId, command.At),
        };
    }

    /// <summary>Refuses: <c>quote-unknown</c>, <c>quote-not-sent</c>, <c>quote-under-revision</c>, <c>quote-declined</c>,
    /// <c>quote-expired</c>, <c>quote-accepted</c>, <c>option-unknown</c>, what <see cref="Wording.RefuseName"/> refuses.</summary>
    /// <param name="today">In the practice's zone.</param>
    public static Decision<QuoteEvent> Decide(QuoteState state, AcceptQuote command, LocalDate today)
    {
        if (state.Accepted is { } before)
        {
            return before.Options.ToHashSet().SetEquals(command.Options) ? Decision<QuoteEvent>.AlreadyDone : AcceptedAlready;
        }
        if (RefuseAnswer(state, command.Revision, today) is { } refusal) return refusal;
        if (state.Declined is not null)
            return new Rejection("quote-declined", "The quote was declined. Revise it and send it again.");
        if (Wording.RefuseName(command.AcceptedBy, "/acceptedBy") is { } unfit) return unfit;
        var content = state.Sent!.Content;
        if (command.Options.Any(number => content.Lines.All(line => !line.IsOptional || line.LineNumber != number)))
            return Invalid("option-unknown", "Name optional lines of the quote by their numbers.", "/options");
        int[] options = [.. command.Options.Distinct().Order()];
        var total = content.TotalMinor
            + content.Lines.Where(line => options.Contains(line.LineNumber)).Sum(line => line.AmountMinor);
        return new QuoteAccepted(state.Sent.Revision, command.LinkId, command.AcceptedBy, options, total, today, command.At);
    }

    /// <summary>Refuses: <c>quote-unknown</c>, <c>quote-not-sent</c>, <c>quote-under-revision</c>, <c>quote-expired</c>,
    /// <c>quote-accepted</c>, what <see cref="Wording.RefuseNote"/> refuses.</summary>
    /// <param name="today">In the practice's zone.</param>
    public static Decision<QuoteEvent> Decide(QuoteState state, DeclineQuote command, LocalDate today)
    {
        if (state.Accepted is not null) return AcceptedAlready;
        if (RefuseAnswer(state, command.Revision, today) is { } refusal) return refusal;
        if (state.Declined is not null) return Decision<QuoteEvent>.AlreadyDone;
        return Wording.RefuseNote(command.Reason, "/reason") is { } unfit
            ? unfit
            : new QuoteDeclined(state.Sent!.Revision, command.LinkId, command.Reason, today, command.At);
    }

    /// <summary>Once only, and a retry changes nothing. Refuses: <c>quote-unknown</c>, <c>quote-not-accepted</c>,
    /// <c>quote-turned</c>, <c>deposit-exceeds-quote</c>.</summary>
    public static Decision<QuoteEvent> Decide(QuoteState state, TurnQuote command)
    {
        if (state.Drafted is null) return NoSuchQuote;
        if (state.Turned is { } turned)
        {
            return (turned.EngagementId, turned.InvoiceId, turned.RetainerId)
                == (command.EngagementId, command.InvoiceId, command.RetainerId)
                ? Decision<QuoteEvent>.AlreadyDone
                : TurnedAlready(turned);
        }
        if (state.Accepted is not { } accepted)
            return new Rejection("quote-not-accepted", "Only what was accepted is agreed. Have the quote accepted first.");
        return command.Deposit is { } deposit && (deposit.Currency != state.Currency || deposit.Minor > accepted.TotalMinor)
            ? Invalid(
                "deposit-exceeds-quote", $"A deposit is at most what was agreed: {new Money(accepted.TotalMinor, state.Currency)}.",
                "/deposit")
            : new QuoteTurned(command.EngagementId, command.InvoiceId, command.RetainerId, command.At);
    }

    private static Rejection NotSent { get; } = new("quote-not-sent", "The quote was not sent yet. Send it first.");

    private static Rejection TurnedAlready(QuoteTurned turned) => new(
        "quote-turned",
        turned.EngagementId is { } engagement
            ? $"The quote became the engagement {engagement:D} already."
            : $"The quote became the invoice {turned.InvoiceId:D} already.");

    /// <param name="revision">The one that was looked at; null for whichever was sent last.</param>
    private static Rejection? RefuseAnswer(QuoteState state, int? revision, LocalDate today)
    {
        if (state.Drafted is null) return NoSuchQuote;
        if (state.Sent is not { } sent) return NotSent;
        if (!state.IsSent || (revision is { } seen && seen != sent.Revision))
            return new Rejection("quote-under-revision", "The quote is being revised. Look at what is sent next.");
        return today > sent.Content.ValidUntil
            ? new Rejection("quote-expired", "The quote's last day is past. Revise it and send it again.")
            : null;
    }
}

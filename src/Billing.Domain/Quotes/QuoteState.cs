using System.Collections.Immutable;
using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Quotes.QuoteEvent;

namespace Billing.Domain.Quotes;

/// <param name="Drafted">Null where there is no such quote.</param>
/// <param name="Content">What it says now, sent or not.</param>
/// <param name="Revision">Of the content.</param>
/// <param name="Sent">The revision that the client has; null before the first was sent.</param>
/// <param name="Links">Share links by id, the revoked ones too.</param>
/// <param name="Turned">What it became; null while it became nothing.</param>
public sealed record QuoteState(
    QuoteDrafted? Drafted, QuoteContent Content, int Revision, SentQuote? Sent, ImmutableDictionary<Guid, ShareLink> Links,
    QuoteAccepted? Accepted, QuoteDeclined? Declined, QuoteTurned? Turned)
{
    public static QuoteState None { get; } = new(
        null, new QuoteContent(null, [], null, default, null), 0, null, ImmutableDictionary<Guid, ShareLink>.Empty, null, null, null);

    /// <exception cref="InvalidOperationException">There is no such quote.</exception>
    public Currency Currency => Currency.Of((Drafted ?? throw new InvalidOperationException("There is no such quote.")).Currency);

    /// <summary>Whether the client has all that it says.</summary>
    public bool IsSent => Sent?.Revision == Revision;

    /// <summary>One of <see cref="QuoteStatus"/> on a day of the practice's; null where there is no such quote.</summary>
    public string? StatusOn(LocalDate day) => this switch
    {
        { Drafted: null } => null,
        { Accepted: not null } => QuoteStatus.Accepted,
        { Declined: not null } => QuoteStatus.Declined,
        { IsSent: false } => QuoteStatus.Draft,
        _ => QuoteStatus.OfSent(Content.ValidUntil, day),
    };

    /// <summary>The accepted lines: those that are not optional, and those that were taken.</summary>
    public IEnumerable<(QuoteLine Line, string Description)> AcceptedLines =>
        Accepted is { } accepted && Sent is { Content: var content }
            ? content.Described.Where(line => !line.Line.IsOptional || accepted.Options.Contains(line.Line.LineNumber))
            : [];
}

/// <summary>What a quote says.</summary>
/// <param name="Descriptions">One for each line; null once they are erased.</param>
public sealed record QuoteContent(
    string? Title, IReadOnlyList<QuoteLine> Lines, IReadOnlyList<string>? Descriptions, LocalDate ValidUntil, string? Note)
{
    /// <summary>Without the optional lines.</summary>
    public long TotalMinor => Lines.Where(line => !line.IsOptional).Sum(line => line.AmountMinor);

    public IEnumerable<(QuoteLine Line, string Description)> Described =>
        Lines.Select((line, i) => (line, Descriptions?[i] ?? ""));

    internal bool Says(QuoteContent other) => (Title, ValidUntil, Note) == (other.Title, other.ValidUntil, other.Note)
        && Lines.SequenceEqual(other.Lines) && (Descriptions ?? []).SequenceEqual(other.Descriptions ?? []);
}

/// <summary>What the client has.</summary>
public sealed record SentQuote(string Number, int Revision, LocalDate SentOn, QuoteParties? Parties, QuoteContent Content)
{
    /// <summary>How it looks; null for the plain look.</summary>
    public PracticeLook? Look { get; init; }

    /// <summary>The number, and from the second revision on which one it is.</summary>
    public string Name => Revision == 1 ? Number : FormattableString.Invariant($"{Number}/{Revision}");
}

public static class QuoteStatus
{
    /// <summary>Not sent yet, or revised since and not sent again.</summary>
    public const string Draft = "draft";

    public const string Sent = "sent", Accepted = "accepted", Declined = "declined";

    /// <summary>Sent, and neither accepted nor declined by its last day.</summary>
    public const string Expired = "expired";

    public static IReadOnlyList<string> All { get; } = [Draft, Sent, Expired, Accepted, Declined];

    public static string OfSent(LocalDate validUntil, LocalDate day) => day > validUntil ? Expired : Sent;
}

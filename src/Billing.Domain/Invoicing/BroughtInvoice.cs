using Billing.Domain.Access;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <summary>Keeps an invoice that another program issued: its number, day, client and lines are history, and none is computed.</summary>
/// <param name="Program">Which one, such as <c>freshbooks</c>.</param>
/// <param name="Lines">What it charges, one line each, without sales tax.</param>
/// <param name="DueOn">Null where that was not said: then the client's terms or the practice's do.</param>
public sealed record BringInvoice(
    Guid InvoiceId, Guid ClientId, string Program, string Number, LocalDate IssuedOn, IReadOnlyList<FeeWish> Lines, Instant At,
    LocalDate? DueOn = null)
{
    /// <summary>Amounts that it takes off the lines, each a line of its own after them.</summary>
    public IReadOnlyList<DiscountWish> Discounts { get; init; } = [];

    /// <summary>What its lines come to, in their order.</summary>
    internal IEnumerable<long> LinesMinor =>
        [.. Lines.Select(line => line.Amount.Minor), .. Discounts.Select(discount => -discount.Amount!.Value.Minor)];

    /// <summary>The same as a draft over its lines alone.</summary>
    public DraftInvoice AsDraft() =>
        new(InvoiceId, ClientId, [], [], RetainerId: null, IssuedOn, Note: null, At) { Fees = Lines, Discounts = Discounts };
}

/// <summary>
/// An invoice from elsewhere: draft and final in one append, under the number that it has. It counts like any other from then on, and no
/// number of the practice's own is taken.
/// </summary>
public static class BroughtInvoice
{
    public const int NumberMaxLength = 50;

    /// <summary>Refuses: <c>foreign-number-malformed</c>, <c>number-of-own-series</c>, <c>invoice-brought-otherwise</c>,
    /// <c>sales-tax-not-brought</c>, <c>issued-on-implausible</c> for a day ahead, <c>due-before-issued</c>, and what drafting and
    /// finalising refuse.</summary>
    /// <param name="sources">Of the draft.</param>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, BringInvoice command, BillingSources sources)
    {
        if (state.Issued is { } known)
        {
            return IsSame(known.Facts, command)
                ? Decision<InvoiceEvent>.AlreadyDone
                : new Rejection(
                    "invoice-brought-otherwise", "It was brought in before, and says something else now. What is in the books stays.");
        }
        if (Refuse(command, sources.Business) is { } unfit) return unfit;
        switch (Drafting.Decide(state, command.AsDraft(), sources))
        {
            case Decision<InvoiceEvent>.Rejected { Rejection: var why }:
                return why;
            case Decision<InvoiceEvent>.Accepted { Events: [InvoiceDrafted draft] }:
                return Finalize(draft, command, sources);
            default:
                return new Rejection("id-taken", "Another invoice has this id.");
        }
    }

    private static Decision<InvoiceEvent> Finalize(InvoiceDrafted draft, BringInvoice command, BillingSources sources)
    {
        var wish = new FinalizeInvoice(command.InvoiceId, command.IssuedOn, command.At);
        // The number that it would get here is not taken.
        var decision = Finalization.Decide(new InvoiceState.WorkDraft(draft), wish, sources, Numbering.Stream.Initial);
        if (decision is Finalization.Refused { Rejection: var why }) return why;
        var final = ((Finalization.Accepted)decision).Invoice;
        if (final.TotalMinor != command.LinesMinor.Sum())
        {
            return new Rejection(
                "sales-tax-not-brought", "The practice charges this client sales tax, which the invoice does not have. Agree on no tax "
                + "with the client before, and on the right one after.");
        }
        InvoiceEvent[] brought = [draft, final with
        {
            Number = command.Number, BroughtFrom = command.Program, DueOn = command.DueOn ?? final.DueOn,
        }];
        return brought;
    }

    private static Rejection? Refuse(BringInvoice command, BusinessState.Open business)
    {
        if (command.Number.Length > NumberMaxLength || Wording.RefuseName(command.Number, "/number") is not null)
        {
            return new Rejection(
                "foreign-number-malformed", $"An invoice's number is one line of 1 to {NumberMaxLength} characters.", "/number",
                RejectionKind.Invalid);
        }
        if (IsOwn(command.Number, business))
        {
            return new Rejection(
                "number-of-own-series", $"Numbers that begin with {business.Invoicing.NumberPrefix} and a year are given here. Set another "
                + "prefix for invoices before.", "/number");
        }
        if (command.DueOn < command.IssuedOn)
            return new Rejection("due-before-issued", "It falls due before it was issued.", "/dueOn", RejectionKind.Invalid);
        return command.IssuedOn > business.DayOf(command.At)
            ? new Rejection(
                "issued-on-implausible", "An invoice that was issued elsewhere bears no day to come.", "/issuedOn", RejectionKind.Invalid)
            : null;
    }

    /// <summary>Whether the practice's own sequence gives such numbers, or has.</summary>
    private static bool IsOwn(string number, BusinessState.Open business)
    {
        var end = number.LastIndexOf('-');
        return end > 4 && number[..end] is var series && int.TryParse(series.AsSpan(end - 4), out var year)
            && (series == Numbering.Series(business.Invoicing.NumberPrefix, year)
                || series == Numbering.Series(business.Invoicing.CreditNotes, year));
    }

    private static bool IsSame(InvoiceFinalized known, BringInvoice command) => known.BroughtFrom == command.Program
        && (known.Number, known.IssuedOn, known.ClientId) == (command.Number, command.IssuedOn, command.ClientId)
        && known.Lines.Select(line => line.AmountMinor).SequenceEqual(command.LinesMinor);
}

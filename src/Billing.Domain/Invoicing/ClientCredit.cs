using System.Collections.Immutable;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Invoicing;

/// <summary>Credit that stands on one invoice and pays another.</summary>
/// <param name="CreditNoteId">The credit note that it is of; null for what payments brought too much.</param>
/// <param name="InvoiceId">The invoice that it pays.</param>
public sealed record CreditUse(Guid UseId, Guid? CreditNoteId, Guid InvoiceId, long UsedMinor, LocalDate UsedOn)
{
    public ImmutableList<CreditReturn> Returns { get; init; } = [];

    /// <summary>What of it still pays the other invoice.</summary>
    public long AmountMinor => UsedMinor - Returns.Sum(back => back.AmountMinor);

    /// <summary>One application to an invoice takes from one source once; another invoice may have one of the same id.</summary>
    internal static Guid IdOf(ApplyCredit wish, CreditSource source) =>
        TextId.Of($"{wish.ApplicationId:N}:{wish.InvoiceId:N}:{source.InvoiceId:N}:{source.CreditNoteId:N}");

    internal Guid NextReturnId => CreditReturn.NextIdOf(UseId, Returns);
}

/// <summary>Credit that pays this invoice.</summary>
/// <param name="ApplicationId">What was applied by one command has it in common.</param>
public sealed record AppliedCredit(Guid UseId, Guid ApplicationId, CreditSource Source, long AppliedMinor, LocalDate AppliedOn)
{
    public ImmutableList<CreditReturn> Returns { get; init; } = [];

    /// <summary>What of it still pays this invoice.</summary>
    public long AmountMinor => AppliedMinor - Returns.Sum(back => back.AmountMinor);

    internal Guid NextReturnId => CreditReturn.NextIdOf(UseId, Returns);
}

/// <summary>What of an applied credit is the client's again.</summary>
public sealed record CreditReturn(Guid ReturnId, long AmountMinor, LocalDate On)
{
    /// <summary>The same for both invoices, which are told of each return together.</summary>
    internal static Guid NextIdOf(Guid useId, ImmutableList<CreditReturn> before) =>
        TextId.Of(FormattableString.Invariant($"{useId:N}:{before.Count}"));
}

/// <summary>What credit is of.</summary>
/// <param name="InvoiceId">The invoice that it stands on.</param>
/// <param name="CreditNoteId">A credit note of that; null for what its payments brought too much.</param>
public sealed record CreditSource(Guid InvoiceId, Guid? CreditNoteId);

/// <summary>An invoice that credit may stand on, with all of its payments, since a refund may be on its way.</summary>
public sealed record CreditHolder(InvoiceState Invoice, IReadOnlyList<PaymentState> Payments)
{
    /// <summary>The payments that a holder has to come with.</summary>
    public static IEnumerable<Guid> PaymentsOf(InvoiceState invoice) =>
        invoice.Issued is { } issued ? issued.Payments.Keys.Concat(issued.Overpayments.Keys).Distinct().Order() : [];

    /// <summary>What can be applied, what payments brought too much before the credit notes in the order of their numbers.</summary>
    internal IEnumerable<(CreditSource Source, long LeftMinor)> Sources()
    {
        if (Invoice.Issued is not { } issued) yield break;
        var id = issued.Facts.InvoiceId;
        // What is asked back of a payment is taken from its credit first, once the processor has made the refund.
        var asked = Payments.OfType<PaymentState.Online>().SelectMany(payment => payment.Back.Attempts.Values)
            .Where(attempt => attempt is { IsOpen: true, CreditNoteId: null }).Sum(attempt => attempt.AmountMinor);
        if (issued.OverpaidMinor > asked) yield return (new CreditSource(id, null), issued.OverpaidMinor - asked);
        foreach (var note in issued.CreditNotes.Values.OrderBy(note => note.Facts.Number, StringComparer.Ordinal))
        {
            if (issued.CreditLeftOf(note) is > 0 and var left) yield return (new CreditSource(id, note.Facts.CreditNoteId), left);
        }
    }
}

using System.Diagnostics;
using Billing.Domain.Values;
using static Billing.Domain.Banking.BankLineEvent;

namespace Billing.Domain.Banking;

/// <summary>
/// One amount that came into a bank account, until somebody has said which payments it is. What pays invoices is decided in
/// <see cref="BankMatching"/>. The stream is <c>bankline-{id}</c>.
/// </summary>
public static class BankLine
{
    public const int MaxTextLength = 1_000;

    public static readonly StreamType<BankLineState, BankLineEvent> Stream =
        new("bankline", new BankLineState.NotImported(), Evolve);

    public static BankLineState Evolve(BankLineState state, BankLineEvent @event) => (state, @event) switch
    {
        (_, BankLineImported e) => new BankLineState.Imported(e, [], IsSetAside: false),
        (BankLineState.Imported s, BankLineMatched e) => s with { PaymentIds = e.PaymentIds, IsSetAside = false },
        (BankLineState.Imported s, BankLineSetAside) => s with { IsSetAside = true },
        (BankLineState.Imported s, BankLineTakenUp) => s with { IsSetAside = false },
        _ => throw new UnreachableException($"{@event.GetType().Name} on a bank line that was not imported."),
    };

    /// <summary>
    /// Refuses: <c>amount-not-positive</c>, <c>id-taken</c>, and what <see cref="Wording.RefuseNote"/> refuses. The same line
    /// again changes nothing.
    /// </summary>
    public static Decision<BankLineEvent> Decide(BankLineState state, ImportBankLine command)
    {
        var line = new BankLineImported(
            command.LineId, command.Account, command.BookedOn, command.Amount.Minor, command.Amount.Currency.Code,
            command.Payer, command.Text, command.BankReference, command.At);
        if (state is BankLineState.Imported { Facts: var known })
        {
            return known == line with { ImportedAt = known.ImportedAt }
                ? Decision<BankLineEvent>.AlreadyDone
                : new Rejection("id-taken", "Another bank line has this id.");
        }
        if (!command.Amount.IsPositive)
            return new Rejection("amount-not-positive", "Only money that came in is kept.", "/amount", RejectionKind.Invalid);
        return RefuseText(command.Account, "/account") ?? RefuseText(command.Payer, "/payer") ?? RefuseText(command.Text, "/text")
            ?? RefuseText(command.BankReference, "/bankReference") ?? (Decision<BankLineEvent>)line;
    }

    /// <summary>
    /// Refuses: <c>bank-line-unknown</c>, <c>bank-line-matched</c>, and what <see cref="Wording.RefuseNote"/> refuses.
    /// </summary>
    public static Decision<BankLineEvent> Decide(BankLineState state, SetBankLineAside command)
    {
        if (RefuseUnlessOpen(state, command.LineId) is { } refusal) return refusal;
        if (state is BankLineState.Imported { IsSetAside: true }) return Decision<BankLineEvent>.AlreadyDone;
        return RefuseText(command.Reason, "/reason") ?? (Decision<BankLineEvent>)new BankLineSetAside(command.Reason, command.At);
    }

    /// <summary>Refuses: <c>bank-line-unknown</c>, <c>bank-line-matched</c>.</summary>
    public static Decision<BankLineEvent> Decide(BankLineState state, TakeBankLineUp command)
    {
        if (RefuseUnlessOpen(state, command.LineId) is { } refusal) return refusal;
        return state is BankLineState.Imported { IsSetAside: true }
            ? new BankLineTakenUp(command.At)
            : Decision<BankLineEvent>.AlreadyDone;
    }

    internal static Rejection? RefuseUnlessOpen(BankLineState state, Guid lineId) => state switch
    {
        BankLineState.NotImported =>
            new Rejection("bank-line-unknown", $"There is no bank line {lineId:D}.", Kind: RejectionKind.NotFound),
        BankLineState.Imported { IsMatched: true } =>
            new Rejection("bank-line-matched", "It is known already which payments this amount is."),
        _ => null,
    };

    private static Rejection? RefuseText(string? text, string field) => text?.Length > MaxTextLength
        ? new Rejection("text-too-long", $"At most {MaxTextLength} letters are kept.", field, RejectionKind.Invalid)
        : Wording.RefuseNote(text, field);
}

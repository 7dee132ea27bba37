namespace Billing.Domain.Banking;

public abstract record BankLineState
{
    private BankLineState() { }

    public sealed record NotImported : BankLineState;

    /// <param name="PaymentIds">Empty until it is matched.</param>
    public sealed record Imported(
        BankLineEvent.BankLineImported Facts, IReadOnlyList<Guid> PaymentIds, bool IsSetAside) : BankLineState
    {
        public bool IsMatched => PaymentIds.Count > 0;
    }
}

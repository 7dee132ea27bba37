using Billing.Api.Exchange;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Banking;

/// <summary>One entry of a bank statement as the file has it.</summary>
/// <param name="Number">1 for the first entry of the file.</param>
/// <param name="DateText">As the file writes the day it was booked.</param>
/// <param name="AmountText">As the file writes it; negative for what went out.</param>
/// <param name="BankReference">The bank's own id of the entry, where the file has one.</param>
public sealed record StatementRow(
    int Number, string? Account, string DateText, string AmountText, string? Payer, string? Text, string? BankReference)
{
    public LocalDate BookedOn { get; init; }

    /// <summary>Null where the entry can't be used.</summary>
    public Money? Amount { get; init; }

    /// <summary>Why the entry can't be used; null where it can.</summary>
    public RowFault? Fault { get; init; }

    internal StatementRow Faulty(string code, string detail) => this with { Fault = new RowFault(code, detail) };

    /// <summary>With day and amount read, or with what is wrong with them.</summary>
    /// <param name="day">Reads the day; null where it can't.</param>
    /// <param name="decimalPoint">The letter that parts whole units from cents.</param>
    internal StatementRow Read(Func<string, LocalDate?> day, char decimalPoint, string? currencyCode)
    {
        if (day(DateText) is not { } bookedOn)
            return Faulty("date-unreadable", $"'{DateText}' is no day in the form that was asked for.");
        if (!Currency.TryOf(currencyCode ?? "", out var currency))
            return Faulty("currency-unknown", $"'{currencyCode}' is no ISO 4217 code. Name the account's with currency=.");
        if (!WrittenNumbers.TryReadAmount(AmountText, decimalPoint, currency, out var amount))
            return Faulty("amount-unreadable", $"'{AmountText}' is no amount of {currency.Code}.");
        return this with { BookedOn = bookedOn, Amount = amount };
    }
}

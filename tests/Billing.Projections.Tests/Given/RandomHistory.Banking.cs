using Billing.Domain.Banking;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>What came by bank, and what somebody said it is.</summary>
internal sealed partial class RandomHistory
{
    /// <summary>A chance of its own, so that the rest of a history stays as it is.</summary>
    private readonly Random banking = new(15);

    private void Bank(Guid payment, long amountMinor, LocalDate day)
    {
        var line = New(24);
        var stream = $"bankline-{line:D}";
        Add(stream, new BankLineEvent.BankLineImported(
            line, "DE02", day, amountMinor, "USD", "Acme Dental", banking.Next(2) == 0 ? null : "INV-2026-0001", null, Now));
        if (banking.Next(3) == 0)
        {
            Add(stream, new BankLineEvent.BankLineSetAside("From savings", Now));
            if (banking.Next(2) == 0) return;
            Add(stream, new BankLineEvent.BankLineTakenUp(Now));
        }
        if (banking.Next(2) == 0) Add(stream, new BankLineEvent.BankLineMatched([payment], Now));
    }
}

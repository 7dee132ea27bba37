using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Payments;

/// <summary>Where the money of each payment that came in some days went.</summary>
public static class PaymentsReport
{
    public const string Name = "payments";

    private sealed record Came(
        Guid Id, Guid ClientId, LocalDate On, Currency Currency, long AmountMinor, long AppliedMinor, long CreditMinor, long BackMinor);

    public static Report Of(PracticeBook book, LocalDate from, LocalDate to, Guid? client = null) => new(
        Name, from, to,
        [
            .. book.Payments.Values.Select(Read).OfType<Came>()
                .Where(came => from <= came.On && came.On <= to && came.ClientId.IsOf(client))
                .OrderBy(came => came.On).ThenBy(came => came.Id).Select(Row),
        ]);

    /// <summary>Null where no money has come.</summary>
    private static Came? Read(PaymentState payment) => payment switch
    {
        PaymentState.ByHand { Facts: var e } => new Came(
            e.PaymentId, e.ClientId, e.ReceivedOn, Currency.Of(e.Currency), e.AmountMinor, e.AppliedMinor, e.CreditMinor, BackMinor: 0),
        PaymentState.Online { Stage: PaymentStage.Succeeded paid } online => new Came(
            online.PaymentId, online.ClientId, paid.ReceivedOn, online.Amount.Currency, paid.AppliedMinor + paid.CreditMinor,
            paid.AppliedMinor, paid.CreditMinor, online.Back.RefundedMinor + online.Back.DisputedMinor),
        _ => null,
    };

    private static ReportRow Row(Came came)
    {
        Thing[] of = [new(ThingKind.Payment, came.Id)];
        return AmountRow.Of(came.Id, null, came.Currency,
        [
            AmountRow.Amount("amount", came.AmountMinor, "What came: put onto the invoice + kept as the client's credit.", of),
            AmountRow.Amount("applied", came.AppliedMinor, "As much as was open on its invoice when it came.", of),
            AmountRow.Amount("credited", came.CreditMinor, "What it brought beyond that: the client's credit.", of),
            AmountRow.Amount("wentBack", came.BackMinor, "Refunded, or taken back by a dispute.", of),
        ]);
    }
}

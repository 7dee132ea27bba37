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
        Guid Id, Guid ClientId, LocalDate On, Currency Currency, long AppliedMinor, long CreditMinor,
        IReadOnlyList<(LocalDate On, long Minor)> Back);

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
            e.PaymentId, e.ClientId, e.ReceivedOn, Currency.Of(e.Currency), e.AppliedMinor, e.CreditMinor, Back: []),
        PaymentState.Online { Stage: PaymentStage.Succeeded paid } online => new Came(
            online.PaymentId, online.ClientId, paid.ReceivedOn, online.Amount.Currency, paid.AppliedMinor, paid.CreditMinor,
            [.. WentBack(online.Back)]),
        _ => null,
    };

    /// <summary>A refund that failed came again at once, and went nowhere.</summary>
    private static IEnumerable<(LocalDate On, long Minor)> WentBack(MoneyBack back)
    {
        foreach (var refund in back.Refunds.Values.Where(refund => refund.Failed is null))
            yield return (refund.Made.On, refund.Made.AmountMinor);
        foreach (var dispute in back.Disputes.Values)
        {
            if (dispute.Withdrawn is { } withdrawn) yield return (withdrawn.On, withdrawn.AmountMinor);
            if (dispute.Reinstated is { } reinstated) yield return (reinstated.On, -reinstated.AmountMinor);
        }
    }

    private static ReportRow Row(Came came)
    {
        Thing[] of = [new(ThingKind.Payment, came.Id)];
        var applied = Amount("applied", "As much as was open on its invoice when it came.", (came.On, came.AppliedMinor));
        var credited = Amount("credited", "What it brought beyond that: the client's credit.", (came.On, came.CreditMinor));
        return AmountRow.Of(came.Id, null, came.Currency,
        [
            Figure.Balance(
                "amount", "What came: put onto the invoice + kept as the client's credit.", of,
                (StepRole.Plus, applied), (StepRole.Plus, credited)),
            applied, credited, Amount("wentBack", "Refunded, or taken back by a dispute.", [.. came.Back]),
        ]);

        Figure Amount(string column, string formula, params IReadOnlyList<(LocalDate On, long Minor)> moved) => AmountRow.Amount(
            column, moved.Sum(part => part.Minor), formula, of, moved.Select(part => new Part(of[0], part.Minor, part.On)));
    }
}

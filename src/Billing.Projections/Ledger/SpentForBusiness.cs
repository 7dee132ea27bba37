using Billing.Domain.Taxes.UsFederal;
using Billing.Projections.Expenses;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <summary>
/// What was spent for the business between two days, each thing once: the business share of expenses, processors' fees, and of
/// vehicles either the trips at their rate or the share of the actual costs.
/// </summary>
internal static class SpentForBusiness
{
    /// <summary>Where processors' fees go: Schedule C line 10, commissions and fees.</summary>
    public const string ProcessorFeeCategory = "commissions-and-fees";

    private const string Paid = $"""
        SELECT paid_on AS day, category, business_minor AS minor, business_currency AS currency, expense_id, NULL AS payment_id,
            vehicle_id
        FROM expenses WHERE book = ?1 AND is_trip = 0 AND paid_on >= ?2 AND paid_on < ?3
        UNION ALL
        SELECT charged_on, '{ProcessorFeeCategory}', amount_minor, currency, NULL, payment_id, NULL
        FROM processor_fees WHERE book = ?1 AND charged_on >= ?2 AND charged_on < ?3
        """;

    /// <summary>In the order of the days.</summary>
    public static List<PaidExpenseView> Between(Session session, long key, LocalDate from, LocalDate endExclusive)
    {
        if (endExclusive <= from) return [];
        var (vehicles, trips) = TripQueries.Deductions(session, key, from.Year, endExclusive.PlusDays(-1).Year);
        var paid = session.Rows(
            $"SELECT day, category, minor, currency, expense_id, payment_id, vehicle_id FROM ({Paid}) AS paid",
            row => (
                Spent: new PaidExpenseView(row.Date(), row.Text(), row.Money(), row.OptionalId(), row.OptionalId()),
                Vehicle: row.OptionalId()),
            key, from, endExclusive);
        return
        [
            .. paid.Select(p => p.Vehicle is { } vehicle ? OfVehicle(vehicles, p.Spent, vehicle) : p.Spent).OfType<PaidExpenseView>()
                .Concat(trips.Where(trip => trip.On >= from && trip.On < endExclusive).Select(vehicles.Of)
                    .OfType<VehicleDeduction>().Select(View))
                .OrderBy(spent => spent.PaidOn).ThenBy(spent => spent.ExpenseId).ThenBy(spent => spent.PaymentId),
        ];
    }

    private static PaidExpenseView? OfVehicle(VehicleDeductions vehicles, PaidExpenseView spent, Guid vehicle) =>
        vehicles.Of(new VehicleCost(spent.ExpenseId!.Value, vehicle, spent.PaidOn, spent.Category, spent.Amount)) is { } deduction
            ? View(deduction)
            : null;

    private static PaidExpenseView View(VehicleDeduction deduction) =>
        new(deduction.On, deduction.Category, deduction.Amount, deduction.SourceId, PaymentId: null);
}

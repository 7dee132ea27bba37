using Billing.Domain.Expenses;
using Billing.Domain.Taxes;
using Billing.Domain.Values;

namespace Billing.Api.Exchange.Tables;

/// <summary>What was spent and driven, the receipts of it, and what was paid to tax offices.</summary>
internal static class SpendingTables
{
    public static IEnumerable<CsvTable> Of(BookNames names) =>
        [Expenses(names), Trips(names), Receipts(names), TaxPayments(names), SalesTaxPayments(names)];

    private static CsvTable Expenses(BookNames names)
    {
        var table = new CsvTable(
            "expenses", "expense_id", "paid_on", "category", "amount", "currency", "tax_within", "tip_within", "business_share_percent",
            "mark_up", "books_amount", "books_currency", "payee", "note", "client_id", "client", "engagement_id", "is_rebilled",
            "invoice_id", "invoice_number", "recorded_by_id", "recorded_by");
        foreach (var (state, expense) in Live(names).Where(live => live.Expense.Trip is null))
        {
            var (said, currency) = (expense.Particulars, expense.Amount.Currency);
            table.Add(
                expense.ExpenseId, expense.PaidOn, expense.Category, expense.Amount, currency.Code,
                BookNames.Amount(said.TaxMinor, currency), BookNames.Amount(said.TipMinor, currency),
                Cell.Decimal(said.BusinessShareBasisPoints / 100m, 2), expense.MarkUp,
                said.InBooks is { } books ? BookNames.Amount(books.AmountMinor, Currency.Of(books.Currency)) : null, said.InBooks?.Currency,
                expense.Payee, expense.Note, expense.ClientId, names.Client(expense.ClientId), expense.EngagementId, expense.Rebill,
                state.InvoiceId, names.InvoiceNumber(state.InvoiceId), expense.RecordedBy,
                expense.RecordedBy is { } by ? names.Member(by) : null);
        }
        return table;
    }

    private static CsvTable Trips(BookNames names)
    {
        var table = new CsvTable(
            "trips", "trip_id", "vehicle_id", "driven_on", "distance", "unit", "purpose", "from_place", "to_place", "client_id", "client",
            "engagement_id", "rate_per_unit", "charge", "currency", "invoice_id", "invoice_number");
        foreach (var (state, expense) in Live(names))
        {
            if (expense.Trip is not { } trip) continue;
            table.Add(
                expense.ExpenseId, trip.VehicleId, trip.DrivenOn,
                Cell.Decimal(trip.Distance.Hundredths / 100m, 2), trip.Distance.Unit, trip.Purpose, trip.FromPlace, trip.ToPlace,
                trip.ClientId, names.Client(trip.ClientId), trip.EngagementId, trip.RatePerUnit, expense.Amount,
                expense.Amount.Currency.Code, state.InvoiceId, names.InvoiceNumber(state.InvoiceId));
        }
        return table;
    }

    public static IEnumerable<CsvTable> Vehicles(IReadOnlyDictionary<Guid, VehicleState> vehicles)
    {
        var table = new CsvTable("vehicles", "vehicle_id", "name", "is_leased");
        var years = new CsvTable("vehicle_years", "vehicle_id", "year", "method", "driven_in_all", "unit");
        foreach (var vehicle in vehicles.Values.OfType<VehicleState.Kept>())
        {
            table.Add(vehicle.VehicleId, vehicle.Name, vehicle.IsLeased);
            foreach (var (year, said) in vehicle.Years)
                years.Add(vehicle.VehicleId, year, said.Method, Cell.Decimal(said.Total?.Hundredths / 100m, 2), said.Total?.Unit);
        }
        return [table, years];
    }

    private static CsvTable Receipts(BookNames names)
    {
        var table = new CsvTable("receipts", "expense_id", "sha256", "file", "sent_as", "media_type", "bytes", "attached_at");
        foreach (var (_, expense) in Live(names))
        {
            foreach (var receipt in expense.Receipts.Values)
            {
                table.Add(
                    expense.ExpenseId, receipt.Hash, FileOf(receipt), receipt.FileName, receipt.MediaType, receipt.Bytes,
                    receipt.AttachedAt);
            }
        }
        return table;
    }

    /// <summary>Receipts that a row speaks of, each file once.</summary>
    public static IEnumerable<ExpenseEvent.ReceiptAttached> Files(BookNames names) =>
        Live(names).SelectMany(live => live.Expense.Receipts.Values).DistinctBy(receipt => receipt.Hash);

    /// <summary>Where it lies in the ZIP.</summary>
    public static string FileOf(ExpenseEvent.ReceiptAttached receipt) =>
        $"receipts/{receipt.Hash}{ReceiptType.Extension(receipt.MediaType)}";

    private static CsvTable TaxPayments(BookNames names)
    {
        var table = new CsvTable("tax_payments", "payment_id", "tax_year", "jurisdiction", "instalment", "amount", "currency", "paid_on");
        foreach (var (key, year) in names.Book.TaxYears.OrderBy(year => year.Key, StringComparer.Ordinal))
        {
            var jurisdiction = key[(key.IndexOf('-', StringComparison.Ordinal) + 1)..];
            var currency = jurisdiction == TaxYear.Germany ? Currency.Of("EUR") : Currency.Usd;
            foreach (var (id, payment) in year.Payments.OrderBy(payment => payment.Value.PaidOn).ThenBy(payment => payment.Key))
            {
                table.Add(
                    id, key[..4], jurisdiction, payment.Quarter, new Money(payment.AmountMinor, currency), currency.Code,
                    payment.PaidOn);
            }
        }
        return table;
    }

    private static CsvTable SalesTaxPayments(BookNames names)
    {
        var table = new CsvTable("sales_tax_payments", "payment_id", "period", "amount", "currency", "paid_on", "reference");
        foreach (var state in names.Book.SalesTaxPayments.OrderBy(payment => payment.Key).Select(payment => payment.Value))
        {
            if (state is not Domain.SalesTax.SalesTaxPaymentState.Recorded { Facts: var paid }) continue;
            table.Add(
                paid.PaymentId, paid.Period, BookNames.Amount(paid.AmountMinor, Currency.Of(paid.Currency)), paid.Currency,
                paid.PaidOn, paid.Reference);
        }
        return table;
    }

    private static IEnumerable<(ExpenseState State, ExpenseDetails Expense)> Live(BookNames names) => names.Book.Expenses.Values
        .Where(state => state is ExpenseState.Recorded or ExpenseState.Billed)
        .Select(state => (state, state.Details!)).OrderBy(live => live.Item2.PaidOn).ThenBy(live => live.Item2.ExpenseId);
}

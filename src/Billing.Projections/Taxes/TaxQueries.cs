using Billing.Domain.Ledger;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Taxes.UsStates;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Ledger;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Taxes;

/// <summary>What the books know for one tax year: all that an estimate needs beside the parameters.</summary>
/// <param name="Profile">Null where none was set, or where it was erased.</param>
/// <param name="Receipts">Cash received in the calendar year, without sales tax: gross receipts of Schedule C, line 1.</param>
/// <param name="Expenses">Spent in the calendar year, processors' fees and mileage included.</param>
/// <param name="EstimatedPayments">For this tax year, whenever paid.</param>
/// <param name="Version">Of the tax year's stream; 0 where nothing was ever written on it.</param>
/// <param name="HomeOffice">Null where none is set.</param>
public sealed record TaxFactsView(
    int Year, string Jurisdiction, FiledProfile? Profile, IReadOnlyList<ReceiptView> Receipts,
    IReadOnlyList<PaidExpenseView> Expenses, IReadOnlyList<EstimatedPaymentView> EstimatedPayments, long Version,
    StatedHomeOffice? HomeOffice);

/// <summary>What is known for one state's tax year.</summary>
/// <param name="Filing">Null where none was set, or where it was erased.</param>
/// <param name="Payments">To the state for the year, whenever paid.</param>
/// <param name="Version">Of the state's tax year; 0 where nothing was ever written on it.</param>
public sealed record StateYearView(
    int Year, UsState State, StateFiling? Filing, IReadOnlyList<EstimatedPaymentView> Payments, long Version);

/// <summary>What the books know for one German tax year.</summary>
/// <param name="Profile">Null where none was set, or where it was erased.</param>
/// <param name="Receipts">Cash received in the calendar year, VAT among it.</param>
/// <param name="Expenses">Spent in the calendar year.</param>
/// <param name="SalesTax">Paid to the tax office in the calendar year, for whatever period.</param>
/// <param name="Payments">Prepayments for this tax year, whenever paid.</param>
/// <param name="Version">Of the tax year; 0 where nothing was ever written on it.</param>
public sealed record GermanYearView(
    int Year, GermanProfile? Profile, IReadOnlyList<ReceiptView> Receipts, IReadOnlyList<PaidExpenseView> Expenses,
    IReadOnlyList<SalesTaxMoved> SalesTax, IReadOnlyList<EstimatedPaymentView> Payments, long Version);

/// <param name="Amount">Below zero for what the office paid back.</param>
public sealed record SalesTaxMoved(LocalDate On, Money Amount);

/// <param name="AmountMinor">Minor units of the jurisdiction's currency.</param>
public sealed record EstimatedPaymentView(Guid PaymentId, int Quarter, long AmountMinor, LocalDate PaidOn, string? Confirmation);

/// <summary>An estimate that was given, with what it takes to give it again.</summary>
public sealed record EstimateView(
    Guid EstimateId, string ParameterVersion, LocalDate AsOf, long BookPlace, string Projection, long TotalTaxMinor,
    long RequiredAnnualPaymentMinor, long NextPaymentMinor, LocalDate? NextDueOn, Instant GivenAt)
{
    /// <summary>Code of the projection; null for run-rate, while there was no choice.</summary>
    public string? ProjectionCode { get; init; }
    public long? OwnNetProfitMinor { get; init; }
}

public sealed class TaxQueries(ReadDatabase database)
{
    public TaxFactsView Facts(BookId book, int year, string jurisdiction) => database.Read(book, (session, key) =>
    {
        var stream = TaxYear.Stream.Name(TaxYear.Id(year, jurisdiction));
        var (from, endExclusive) = (new LocalDate(year, 1, 1), new LocalDate(year + 1, 1, 1));
        var (profile, version, homeOffice) = session.Row(
            "SELECT profile, version, home_office FROM tax_years WHERE book = ?1 AND tax_year = ?2",
            row => (row.OptionalText(), row.Long(), row.OptionalText()), key, stream);
        return new TaxFactsView(
            year, jurisdiction, profile is null ? null : ListText.Profile(profile),
            LedgerQueries.Receipts(session, key, from, endExclusive).FindAll(receipt => receipt.Kind != IncomeKind.SalesTax),
            SpentForBusiness.Between(session, key, from, endExclusive),
            Payments(session, key, stream),
            version, ListText.HomeOffice(homeOffice));
    });

    /// <summary>What is known for one state's tax year.</summary>
    public StateYearView State(BookId book, int year, UsState state) => database.Read(book, (session, key) =>
    {
        var stream = TaxYear.Stream.Name(TaxYear.Id(year, state.Jurisdiction));
        var (filing, version) = session.Row(
            "SELECT state_filing, version FROM tax_years WHERE book = ?1 AND tax_year = ?2",
            row => (row.OptionalText(), row.Long()), key, stream);
        return new StateYearView(year, state, ListText.StateFilingOf(filing), Payments(session, key, stream), version);
    });

    /// <summary>What the books know for one German tax year.</summary>
    public GermanYearView Germany(BookId book, int year) => database.Read(book, (session, key) =>
    {
        var stream = TaxYear.Stream.Name(TaxYear.Id(year, TaxYear.Germany));
        var (from, endExclusive) = (new LocalDate(year, 1, 1), new LocalDate(year + 1, 1, 1));
        var (profile, version) = session.Row(
            "SELECT german_profile, version FROM tax_years WHERE book = ?1 AND tax_year = ?2",
            row => (row.OptionalText(), row.Long()), key, stream);
        return new GermanYearView(
            year, ListText.GermanProfileOf(profile), LedgerQueries.Receipts(session, key, from, endExclusive),
            SpentForBusiness.Between(session, key, from, endExclusive),
            session.Rows(
                """
                SELECT paid_on, amount_minor, currency FROM sales_tax_payments
                WHERE book = ?1 AND paid_on >= ?2 AND paid_on < ?3 ORDER BY paid_on, payment_id
                """,
                row => new SalesTaxMoved(row.Date(), row.Money()), key, from, endExclusive),
            Payments(session, key, stream), version);
    });

    /// <summary>The states that something was said of, or paid to, for a year.</summary>
    public IReadOnlyList<UsState> States(BookId book, int year) => database.Read(book, (session, key) =>
    {
        var streams = session.Rows("SELECT tax_year FROM tax_years WHERE book = ?1", row => row.Text(), key);
        return UsState.All.Where(state => streams.Contains(TaxYear.Stream.Name(TaxYear.Id(year, state.Jurisdiction)))).ToList();
    });

    private static List<EstimatedPaymentView> Payments(Session session, long key, string stream) => session.Rows(
        """
        SELECT payment_id, quarter, amount_minor, paid_on, confirmation FROM estimated_tax_payments
        WHERE book = ?1 AND tax_year = ?2 ORDER BY paid_on, payment_id
        """,
        row => new EstimatedPaymentView(row.Id(), row.Int(), row.Long(), row.Date(), row.OptionalText()), key, stream);

    /// <summary>What came in a calendar year, by client and by the way it came.</summary>
    public ReceivedInYear Received(BookId book, int year) => database.Read(book, (session, key) =>
    {
        var (from, endExclusive) = (new LocalDate(year, 1, 1), new LocalDate(year + 1, 1, 1));
        var names = session.Rows("SELECT client_id, name FROM clients WHERE book = ?1", row => (row.Id(), row.OptionalText()), key)
            .ToDictionary(client => client.Item1, client => client.Item2);
        var online = session.Rows(
            """
            SELECT payment_id, client_id, amount_minor, currency, received_on FROM payments
            WHERE book = ?1 AND method = 'stripe' AND status = 'succeeded'
            """,
            row => new ChargedPayment(row.Id(), row.Id(), row.Money(), row.OptionalDate()), key);
        var byHand = session.Rows("SELECT payment_id FROM payments WHERE book = ?1 AND method <> 'stripe'", row => row.Id(), key);
        return ReceivedCash
            .Of(LedgerQueries.Receipts(session, key, from, endExclusive), online, byHand.ToHashSet(), from, endExclusive)
            .InYear(names);
    });

    /// <summary>The estimates given for a year, oldest first.</summary>
    public IReadOnlyList<EstimateView> Estimates(BookId book, int year, string jurisdiction) =>
        database.Read(book, (session, key) => session.Rows(
            """
            SELECT estimate_id, parameter_version, as_of, book_place, projection, total_tax_minor,
                required_annual_payment_minor, next_payment_minor, next_due_on, given_at, projection_code, own_net_profit_minor
            FROM tax_estimates WHERE book = ?1 AND tax_year = ?2 ORDER BY given_at, estimate_id
            """,
            row => new EstimateView(
                row.Id(), row.Text(), row.Date(), row.Long(), row.Text(), row.Long(), row.Long(), row.Long(),
                row.OptionalDate(), row.Instant())
            {
                ProjectionCode = row.OptionalText(),
                OwnNetProfitMinor = row.OptionalLong(),
            },
            key, TaxYear.Stream.Name(TaxYear.Id(year, jurisdiction))));
}

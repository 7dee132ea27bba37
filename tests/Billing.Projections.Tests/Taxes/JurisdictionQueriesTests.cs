using Billing.Domain.SalesTax;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsStates;
using Billing.Projections.Taxes;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Taxes;

public abstract class JurisdictionQueriesTests(ReadModelsIn where)
{
    private static readonly UsState California = UsState.All.Single(state => state.Code == "CA");
    private static readonly StateFiling Filing = new(1, 2, null, true, 3);
    private static readonly GermanProfile Profile = new(true, -1, 2, 3, "south", true, [4, 5, 6, 7], true, false, 8, null);

    private static string Stream(string jurisdiction) => TaxYear.Stream.Name(TaxYear.Id(2026, jurisdiction));

    private static TaxYearEvent.EstimatedTaxPaid Paid(int id, long minor) =>
        new(Ids.Of(13, id), 1, minor, new LocalDate(2026, 4, 15), null, Practice.Now);

    [Fact]
    public async Task Each_jurisdiction_keeps_what_was_said_of_it_and_paid_to_it()
    {
        await using var practice = new Practice(where);
        await practice.Happened(
        [
            (Stream("us-federal"), Paid(1, 100)),
            (Stream("us-ca"), new TaxYearEvent.StateFilingSet(2026, "us-ca", Filing with { WithholdingMinor = 9 }, Practice.Now)),
            (Stream("us-ca"), new TaxYearEvent.StateFilingSet(2026, "us-ca", Filing, Practice.Now)),
            (Stream("us-ca"), Paid(2, 200)), (Stream("us-ny"), Paid(3, 300)),
            (Stream("us-ny"), new TaxYearEvent.EstimatedTaxPaymentRemoved(Ids.Of(13, 3), Practice.Now)),
            (Stream("de"), new TaxYearEvent.GermanProfileSet(2026, Profile, Practice.Now)), (Stream("de"), Paid(4, 400)),
            ($"salestaxpayment-{Ids.Of(20, 1):D}", Handed(1, 1_900, new LocalDate(2026, 1, 10), "2025-Q4")),
            ($"salestaxpayment-{Ids.Of(20, 2):D}", Handed(2, -50, new LocalDate(2026, 12, 31), "2026-Q3")),
            ($"salestaxpayment-{Ids.Of(20, 3):D}", Handed(3, 77, new LocalDate(2027, 1, 1), "2026-Q4")),
        ]);
        var queries = new TaxQueries(practice.Database);

        var state = queries.State(Practice.Book, 2026, California);
        Assert.Equal((Filing, 3), (state.Filing, state.Version));
        Assert.Equal(200, Assert.Single(state.Payments).AmountMinor);
        Assert.Equal(0, queries.State(Practice.Book, 2025, California).Version);
        Assert.Equal(["CA", "NY"], queries.States(Practice.Book, 2026).Select(kept => kept.Code));
        var germany = queries.Germany(Practice.Book, 2026);
        Assert.Equal(Profile with { SetPrepaymentsMinor = null }, germany.Profile! with { SetPrepaymentsMinor = null });
        Assert.Equal([4L, 5, 6, 7], germany.Profile!.SetPrepaymentsMinor!);
        Assert.Equal(400, Assert.Single(germany.Payments).AmountMinor);
        Assert.Equal(
            [(new LocalDate(2026, 1, 10), 1_900L), (new LocalDate(2026, 12, 31), -50)],
            germany.SalesTax.Select(moved => (moved.On, moved.Amount.Minor)));
        Assert.Equal(100, Assert.Single(queries.Facts(Practice.Book, 2026, TaxYear.UsFederal).EstimatedPayments).AmountMinor);
    }

    private static SalesTaxPaymentEvent.SalesTaxPaymentRecorded Handed(int id, long minor, LocalDate on, string period) =>
        new(Ids.Of(20, id), minor, "EUR", on, period, null, Practice.Now);
}

public sealed class JurisdictionQueriesOnSqlite() : JurisdictionQueriesTests(ReadModelsIn.Sqlite);

public sealed class JurisdictionQueriesOnPostgres() : JurisdictionQueriesTests(ReadModelsIn.Postgres);

using Billing.Domain.Taxes;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Taxes;

/// <summary>A tax year by the name of its stream, which says year and jurisdiction.</summary>
internal sealed class TaxYearRow : Row
{
    public static readonly Shape<TaxYearRow> Shape = new Shape<TaxYearRow>("tax_years", "book", "tax_year")
        .OptionalText("profile", row => ref row.Profile)
        .OptionalInstant("profile_set_at", row => ref row.ProfileSetAt)
        .OptionalText("home_office", row => ref row.HomeOffice)
        .OptionalText("state_filing", row => ref row.StateFiling)
        .OptionalText("german_profile", row => ref row.GermanProfile)
        .Number("version", row => ref row.Version);

    public string? Profile;
    public string? HomeOffice;
    public string? StateFiling;
    public string? GermanProfile;
    public Instant? ProfileSetAt;
    public long Version;
}

internal sealed class EstimatedPaymentRow : Row
{
    public static readonly Shape<EstimatedPaymentRow> Shape = new Shape<EstimatedPaymentRow>(
        "estimated_tax_payments", "book", "payment_id", "tax_year")
        .Number("quarter", row => ref row.Quarter)
        .Number("amount_minor", row => ref row.AmountMinor)
        .Date("paid_on", row => ref row.PaidOn)
        .OptionalText("confirmation", row => ref row.Confirmation)
        .Index("by_year", "(book, tax_year)");

    public long Quarter;
    public long AmountMinor;
    public LocalDate PaidOn;
    public string? Confirmation;
}

internal sealed class EstimateRow : Row
{
    public static readonly Shape<EstimateRow> Shape = new Shape<EstimateRow>("tax_estimates", "book", "estimate_id", "tax_year")
        .Text("parameter_version", row => ref row.ParameterVersion)
        .Date("as_of", row => ref row.AsOf)
        .Number("book_place", row => ref row.BookPlace)
        .Text("projection", row => ref row.Projection)
        .Number("total_tax_minor", row => ref row.TotalTaxMinor)
        .Number("required_annual_payment_minor", row => ref row.RequiredAnnualPaymentMinor)
        .Number("next_payment_minor", row => ref row.NextPaymentMinor)
        .OptionalDate("next_due_on", row => ref row.NextDueOn)
        .Instant("given_at", row => ref row.GivenAt)
        .OptionalText("projection_code", row => ref row.ProjectionCode)
        .OptionalNumber("own_net_profit_minor", row => ref row.OwnNetProfitMinor)
        .Index("by_year", "(book, tax_year)");

    public string ParameterVersion = "";
    public LocalDate AsOf;
    public long BookPlace;
    public string Projection = "";
    public long TotalTaxMinor;
    public long RequiredAnnualPaymentMinor;
    public long NextPaymentMinor;
    public LocalDate? NextDueOn;
    public Instant GivenAt;
    public string? ProjectionCode;
    public long? OwnNetProfitMinor;
}

internal sealed class TaxesProjection : Projection
{
    private readonly Table<NameKey, TaxYearRow> years = new(TaxYearRow.Shape);
    private readonly Table<KindKey, EstimatedPaymentRow> payments = new(EstimatedPaymentRow.Shape);
    private readonly Table<KindKey, EstimateRow> estimates = new(EstimateRow.Shape);

    public TaxesProjection()
    {
        On<TaxYearEvent.FilingProfileSet>(Apply);
        On<TaxYearEvent.HomeOfficeSet>((fact, e) => Year(fact).HomeOffice = e.Office is null ? null : ListText.Of(e.Office));
        On<TaxYearEvent.StateFilingSet>((fact, e) => Year(fact).StateFiling = e.Filing is null ? null : ListText.Of(e.Filing));
        On<TaxYearEvent.GermanProfileSet>((fact, e) => Year(fact).GermanProfile = e.Profile is null ? null : ListText.Of(e.Profile));
        On<TaxYearEvent.EstimatedTaxPaid>(Apply);
        On<TaxYearEvent.EstimatedTaxPaymentRemoved>(Apply);
        On<TaxYearEvent.EstimateGiven>(Apply);
    }

    public override int Version => 2;

    public override IReadOnlyList<Table> Tables => [years, payments, estimates];

    private void Apply(Fact fact, TaxYearEvent.FilingProfileSet e)
    {
        var row = Year(fact);
        row.Profile = e.Profile is null ? null : ListText.Of(e.Profile);
        row.ProfileSetAt = e.SetAt;
    }

    private void Apply(Fact fact, TaxYearEvent.EstimatedTaxPaid e)
    {
        Year(fact);
        var row = payments.Add(new KindKey(fact.Book, e.PaymentId, fact.Stream));
        row.Quarter = e.Quarter;
        row.AmountMinor = e.AmountMinor;
        row.PaidOn = e.PaidOn;
        row.Confirmation = e.Confirmation;
    }

    private void Apply(Fact fact, TaxYearEvent.EstimatedTaxPaymentRemoved e)
    {
        Year(fact);
        payments.Remove(new KindKey(fact.Book, e.PaymentId, fact.Stream));
    }

    private void Apply(Fact fact, TaxYearEvent.EstimateGiven e)
    {
        Year(fact);
        var row = estimates.Add(new KindKey(fact.Book, e.EstimateId, fact.Stream));
        row.ParameterVersion = e.ParameterVersion;
        row.AsOf = e.AsOf;
        row.BookPlace = e.BookPlace;
        row.Projection = e.Projection;
        row.TotalTaxMinor = e.TotalTaxMinor;
        row.RequiredAnnualPaymentMinor = e.RequiredAnnualPaymentMinor;
        row.NextPaymentMinor = e.NextPaymentMinor;
        row.NextDueOn = e.NextDueOn;
        row.GivenAt = e.GivenAt;
        row.ProjectionCode = e.ProjectionCode;
        row.OwnNetProfitMinor = e.OwnNetProfitMinor;
    }

    /// <summary>Every event of the stream moves its version on.</summary>
    private TaxYearRow Year(Fact fact)
    {
        var row = years.ChangeOrAdd(new NameKey(fact.Book, fact.Stream));
        row.Version = fact.Version;
        return row;
    }
}

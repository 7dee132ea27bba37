using Billing.Domain.Taxes;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Taxes.TaxYearEvent;

namespace Billing.Domain.Tests.Taxes;

/// <summary>Tax years of states and of Germany, each on a stream of its own.</summary>
public sealed class JurisdictionTests
{
    private static readonly Guid Id = new("01990000-0000-7000-8000-000000000001");
    private static readonly Instant At = Instant.FromUtc(2026, 4, 15, 12, 0);

    internal static readonly StateFiling Filing = new(1_000_00, 2_000_00, 90_000_00, true, 50_00);

    internal static readonly GermanProfile Profile = new(
        true, 10_000_00, 6_000_00, 900_00, "south", false, [500_00, 500_00, 500_00, 500_00], false, true, 3_000_00, 40_000_00);

    [Theory]
    [InlineData("us-federal", true)]
    [InlineData("us-ca", true)]
    [InlineData("us-dc", true)]
    [InlineData("us-ny", true)]
    [InlineData("de", true)]
    [InlineData("us-CA", false)]
    [InlineData("us-zz", false)]
    [InlineData("fr", false)]
    [InlineData("", false)]
    public void Tax_is_paid_to_the_federal_government_a_state_or_Germany(string jurisdiction, bool isKnown)
    {
        var payment = new RecordEstimatedPayment(2026, jurisdiction, Id, 1, 100_00, new LocalDate(2026, 4, 15), null, At);
        var decision = TaxYear.Decide(TaxYear.Stream.Initial, payment);
        if (isKnown)
        {
            var paid = TaxYear.Stream.Fold(decision.Events());
            Assert.Equal(100_00, paid.PaidMinor);
            Assert.Single(TaxYear.Decide(paid, new RemoveEstimatedPayment(2026, jurisdiction, Id, At)).Events());
        }
        else
        {
            decision.IsRefused("jurisdiction-unknown");
            var remove = new RemoveEstimatedPayment(2026, jurisdiction, Id, At);
            TaxYear.Decide(TaxYear.Stream.Initial, remove).IsRefused("jurisdiction-unknown");
        }
    }

    [Fact]
    public void Germany_counts_euros_and_states_dollars()
    {
        Assert.Equal(Currency.Eur, TaxYear.CurrencyOf("de"));
        Assert.Equal(Currency.Usd, TaxYear.CurrencyOf("us-ca"));
        Assert.Equal(Currency.Usd, TaxYear.CurrencyOf("us-federal"));
    }

    [Fact]
    public void The_latest_filing_of_a_state_holds()
    {
        var first = Decide(TaxYear.Stream.Initial, Filing).Events();
        Canonical.Same(new StateFilingSet(2026, "us-ca", Filing, At), first.Single());
        var state = TaxYear.Stream.Fold(first);
        Decide(state, Filing with { }).IsAlreadyDone();
        var other = Decide(state, Filing with { WithholdingMinor = 1 }).Events();
        Assert.Equal(1, TaxYear.Stream.After(state, other).StateFiling!.WithholdingMinor);
    }

    [Fact]
    public void A_filing_is_of_a_state_and_within_bounds()
    {
        TaxYear.Decide(TaxYear.Stream.Initial, new SetStateFiling(2026, "us-federal", Filing, At)).IsRefused("jurisdiction-unknown");
        TaxYear.Decide(TaxYear.Stream.Initial, new SetStateFiling(1999, "us-ca", Filing, At)).IsRefused("tax-year-unknown");
        StateFiling[] unfit =
        [
            Filing with { WithholdingMinor = -1 }, Filing with { PriorYearTaxMinor = -1 },
            Filing with { PriorOverpaymentAppliedMinor = -1 }, Filing with { PriorYearAgiMinor = -100_000_000_001 },
            Filing with { WithholdingMinor = 100_000_000_001 },
        ];
        Assert.All(unfit, filing => Decide(TaxYear.Stream.Initial, filing).IsRefused("amount-out-of-range"));
        var fit = Filing with { PriorYearAgiMinor = -100_000_000_000, PriorYearTaxMinor = null };
        Assert.Single(Decide(TaxYear.Stream.Initial, fit).Events());
    }

    [Fact]
    public void The_latest_German_profile_holds()
    {
        var first = German(TaxYear.Stream.Initial, Profile).Events();
        Canonical.Same(new GermanProfileSet(2026, Profile, At), first.Single());
        var state = TaxYear.Stream.Fold(first);
        German(state, Profile with { SetPrepaymentsMinor = [500_00, 500_00, 500_00, 500_00] }).IsAlreadyDone();
        GermanProfile[] others =
        [
            Profile with { SetPrepaymentsMinor = [500_00, 500_00, 500_00, 0] }, Profile with { SetPrepaymentsMinor = null },
            Profile with { IsJoint = false },
        ];
        Assert.All(others, other => Assert.Single(German(state, other).Events()));
    }

    [Fact]
    public void A_German_profile_is_within_bounds()
    {
        GermanProfile[] unfit =
        [
            Profile with { DeductionsMinor = -1 }, Profile with { WithheldMinor = -1 }, Profile with { PriorYearTurnoverMinor = -1 },
            Profile with { OtherIncomeMinor = -100_000_000_001 }, Profile with { PriorYearVatMinor = 100_000_000_001 },
            Profile with { SetPrepaymentsMinor = [0, 0, 0, -1] },
        ];
        Assert.All(unfit, profile => German(TaxYear.Stream.Initial, profile).IsRefused("amount-out-of-range"));
        German(TaxYear.Stream.Initial, Profile with { ChurchTax = "north" }).IsRefused("church-tax-unknown");
        German(TaxYear.Stream.Initial, Profile with { SetPrepaymentsMinor = [1, 2, 3] }).IsRefused("prepayments-not-four");
        TaxYear.Decide(TaxYear.Stream.Initial, new SetGermanProfile(2100, Profile, At)).IsRefused("tax-year-unknown");
        var fit = Profile with { OtherIncomeMinor = -1, PriorYearVatMinor = -1, ChurchTax = null };
        Assert.Single(German(TaxYear.Stream.Initial, fit).Events());
    }

    private static Decision<TaxYearEvent> Decide(TaxYearState state, StateFiling filing) =>
        TaxYear.Decide(state, new SetStateFiling(2026, "us-ca", filing, At));

    private static Decision<TaxYearEvent> German(TaxYearState state, GermanProfile profile) =>
        TaxYear.Decide(state, new SetGermanProfile(2026, profile, At));
}

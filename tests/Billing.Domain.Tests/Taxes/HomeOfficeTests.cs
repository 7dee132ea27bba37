using Billing.Domain.Taxes;
using Billing.Domain.Tests.Invoicing;
using NodaTime;
using static Billing.Domain.Taxes.TaxYearEvent;

namespace Billing.Domain.Tests.Taxes;

public class HomeOfficeTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 4, 15, 12, 0);

    internal static readonly StatedHomeOffice Small = new(
        "simplified", 140, null, new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31), [], 0);

    private static readonly StatedHomeOffice ByCosts = new(
        "actual", 150, 1_500, new LocalDate(2026, 3, 1), new LocalDate(2026, 12, 31),
        [new HomeCost("rent", 18_000_00, false), new HomeCost("painting", 300_00, true)], 125_00);

    [Fact]
    public void Is_set_once_replaced_in_full_and_taken_back()
    {
        var set = Decide(TaxYear.Stream.Initial, Small).Events();
        Canonical.Same(new HomeOfficeSet(2026, "us-federal", Small, At), set.Single());
        Decide(TaxYear.Stream.Fold(set), Small with { }).IsAlreadyDone();
        var byCosts = TaxYear.Stream.After(TaxYear.Stream.Fold(set), Decide(TaxYear.Stream.Fold(set), ByCosts).Events());
        Decide(byCosts, ByCosts with { Costs = [.. ByCosts.Costs] }).IsAlreadyDone();
        Assert.Single(Decide(byCosts, ByCosts with { Costs = [ByCosts.Costs[0]] }).Events());
        Assert.Null(TaxYear.Stream.After(byCosts, Decide(byCosts, null).Events()).HomeOffice);
        Decide(TaxYear.Stream.Initial, null).IsAlreadyDone();
    }

    [Fact]
    public void Refuses_what_is_no_office_of_the_year()
    {
        Refuses("home-office-method-unknown", Small with { Method = "guess" });
        Refuses("square-feet-out-of-range", Small with { OfficeSquareFeet = 0 });
        Refuses("square-feet-out-of-range", Small with { OfficeSquareFeet = 100_001 });
        Refuses("home-office-days-implausible", Small with { UsedFrom = new LocalDate(2025, 12, 31) });
        Refuses("home-office-days-implausible", Small with { UsedUntil = new LocalDate(2027, 1, 1) });
        Refuses("home-office-days-implausible", Small with { UsedUntil = new LocalDate(2026, 1, 1), UsedFrom = new LocalDate(2026, 1, 2) });
        Refuses("home-costs-needless", Small with { CarriedOverMinor = 1 });
        Refuses("home-costs-needless", Small with { Costs = [new HomeCost("rent", 1, false)] });
        Refuses("square-feet-out-of-range", ByCosts with { HomeSquareFeet = null });
        Refuses("square-feet-out-of-range", ByCosts with { HomeSquareFeet = 149 });
        Refuses("amount-out-of-range", ByCosts with { CarriedOverMinor = -1 });
        Refuses("amount-out-of-range", ByCosts with { Costs = [new HomeCost("rent", -1, false)] });
        Refuses("text-missing", ByCosts with { Costs = [new HomeCost(" ", 1, false)] });
        Assert.Single(Decide(TaxYear.Stream.Initial, ByCosts with { HomeSquareFeet = 150 }).Events());
    }

    private static void Refuses(string code, StatedHomeOffice office) => Decide(TaxYear.Stream.Initial, office).IsRefused(code);

    private static Decision<TaxYearEvent> Decide(TaxYearState state, StatedHomeOffice? office) =>
        TaxYear.Decide(state, new SetHomeOffice(2026, "us-federal", office, At));
}

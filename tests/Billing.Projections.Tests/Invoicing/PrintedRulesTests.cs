using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using Billing.Projections.Tests.Given;
using NodaTime;

namespace Billing.Projections.Tests.Invoicing;

public sealed class PrintedRulesTests
{
    private static readonly RoundingPolicy Quarters = new(900, RoundingPolicy.Up, RoundingPolicy.PerEntry);
    private static readonly InvoiceLine Plain = new(1, LineKind.Time, Ids.Inbox, 3600, 40_00, 40_00, [], null);

    [Theory]
    [InlineData(40_00, 0, "$40.00")]
    [InlineData(27_50, 68_750, "$27.56875")]
    [InlineData(40_00, 100_000, "$40.10")]
    [InlineData(1_000_00, 1, "$1,000.000001")]
    public void A_price_has_as_many_places_as_it_takes(long perHourMinor, long tenThousandths, string printed) =>
        Assert.Equal(printed, PrintedText.OfPrice(new Money(perHourMinor, Currency.Usd), tenThousandths));

    [Fact]
    public void A_price_without_decimals_in_its_currency_keeps_none_but_what_it_needs()
    {
        Assert.Equal("100 JPY", PrintedText.OfPrice(new Money(100, Currency.Of("JPY")), 0));
        Assert.Equal("100.5 JPY", PrintedText.OfPrice(new Money(100, Currency.Of("JPY")), 5_000));
    }

    [Fact]
    public void Prints_each_rule_that_time_was_billed_by()
    {
        var own = Plain with { LineNumber = 2, Rounding = Quarters, MinimumSeconds = 10_800 };
        var both = Printed([Plain, own], ["Inbox", "Site visits, weekend +50 %"]);
        Assert.StartsWith("Time is billed to the second.", both.RoundingRule, StringComparison.Ordinal);
        Assert.Contains(
            "Site visits: Each entry is billed as 3:00 h at least. The time of each entry is rounded up to the next full 15 min",
            both.RoundingRule, StringComparison.Ordinal);
        Assert.DoesNotContain("to the second", Printed([own with { LineNumber = 1 }], ["Site visits"]).RoundingRule, StringComparison.Ordinal);
        Assert.Equal(PrintedInvoice.RuleInWords(RoundingPolicy.Exact), Printed([Plain], ["Inbox"]).RoundingRule);
    }

    [Fact]
    public void Prints_surcharges_in_the_price_and_what_a_fee_covers_at_no_charge()
    {
        var printed = Printed(
            [
                Plain with { SurchargeTenThousandths = 200_000, Surcharge = "evening +0.5 %", AmountMinor = 40_20 },
                Plain with { LineNumber = 2, PerHourMinor = 0, AmountMinor = 0 },
                new InvoiceLine(3, LineKind.FixedFee, Ids.Inbox, null, null, 500_00, [], null),
                new InvoiceLine(4, LineKind.Cap, Ids.Inbox, null, null, -10_00, [], null),
            ],
            ["a", "b", "c", "d"]);
        Assert.Equal(["$40.20", "no charge", "", ""], printed.Lines.Select(line => line.UnitPrice));
        Assert.Equal(["1:00 h", "1:00 h", "1", "1"], printed.Lines.Select(line => line.Quantity));
        Assert.Equal("-$10.00", PrintedText.Of(printed.Lines[3].Amount));
    }

    private static InvoiceModel Printed(IReadOnlyList<InvoiceLine> lines, IReadOnlyList<string> descriptions) => PrintedInvoice.Of(
        new InvoiceEvent.InvoiceFinalized(
            Ids.Of(7, 1), Ids.Acme, InvoiceKind.Work, "INV-2026-1", "USD", new LocalDate(2026, 4, 1), new LocalDate(2026, 4, 15),
            lines, lines.Sum(line => line.AmountMinor), null, 0, null, RoundingPolicy.Exact, [], [],
            new InvoiceTexts(
                new PartyTexts("Juniper", [], null, null), new PartyTexts("Acme", [], null, null), descriptions, [],
                new Dictionary<Guid, string>(), null, null),
            Practice.Now));
}

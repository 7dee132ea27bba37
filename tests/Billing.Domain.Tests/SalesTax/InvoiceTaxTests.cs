using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Tests.Invoicing;
using Billing.Domain.Values;
using static Billing.Domain.Tests.Invoicing.Practice;
using static Billing.Domain.Tests.SalesTax.Taxed;

namespace Billing.Domain.Tests.SalesTax;

public class InvoiceTaxTests
{
    [Fact]
    public void Every_rate_has_one_line_of_tax_after_the_lines_that_it_is_on()
    {
        var invoice = Worked().Spends(201, 12_34).Charging(Nineteen, For(Books, Seven), ForExpenses("software", Exempt)).Finalized();
        Assert.Equal(
            [
                (LineKind.Time, 33_33L), (LineKind.Time, 60_00L), (LineKind.Expense, 12_34L), (LineKind.Tax, 11_40L), (LineKind.Tax, 2_33L),
            ],
            invoice.Amounts());
        Assert.Equal(
            [
                new TaxPart("S", 19_000, 60_00, 11_40, null), new TaxPart("S", 7_000, 33_33, 2_33, null),
                new TaxPart("E", 0, 12_34, 0, "Exempt under section 4."),
            ],
            invoice.Tax!.Parts);
        Assert.Equal((119_40L, 13_73L), (invoice.TotalMinor, invoice.TaxMinor()));
        Assert.Equal(119_40, Invoice.Stream.Fold([invoice]).OpenMinor);
    }

    [Fact]
    public void Tax_is_rounded_once_for_each_rate_and_not_line_by_line()
    {
        // 19 % of 1.01 is 0.1919 three times over: 0.58 of the sum, 0.57 of the lines.
        var invoice = new Practice().Charges(Inbox, 1_01).Charges(Books, 1_01).Works(101, 60).Works(102, 60, Books).Spends(201, 1_01)
            .Charging(Nineteen).Finalized();
        Assert.Equal((3_03L, 58L), (invoice.TotalMinor - invoice.TaxMinor(), invoice.TaxMinor()));
    }

    [Fact]
    public void Where_prices_include_the_tax_the_gross_is_the_price_to_the_cent()
    {
        var invoice = new Practice().Charges(Inbox, 100_00).Works(101, 60).Including(Nineteen).Finalized();
        Assert.Equal([(LineKind.Time, 84_03L), (LineKind.Tax, 15_97L)], invoice.Amounts());
        Assert.Equal((100_00L, 100_00L), (invoice.TotalMinor, invoice.Lines[0].InclusiveMinor));
    }

    [Fact]
    public void Nothing_is_said_of_tax_where_the_practice_charges_none()
    {
        var invoice = Worked().Finalized();
        Assert.Null(invoice.Tax);
        Assert.All(invoice.Lines, line => Assert.Null(line.TaxCategory));
        var ended = Worked().Charging(Nineteen)
            .Sets(new BusinessEvent.SalesTaxPolicySet(null, false, null, [], null, null, At)).Finalized();
        Assert.Null(ended.Tax);
    }

    [Fact]
    public void A_client_who_owes_the_tax_is_charged_none_whatever_the_practice_has_as_exceptions()
    {
        var invoice = Worked().Charging(Nineteen, For(Books, Seven)).TaxesClient(Reversed).Finalized();
        Assert.Equal([new TaxPart("AE", 0, 93_33, 0, null)], invoice.Tax!.Parts);
        Assert.Equal((93_33L, 0L), (invoice.TotalMinor, invoice.TaxMinor()));
        Assert.Equal(("DE123456788", "ATU12345675"), (invoice.Texts!.Seller.VatId, invoice.Texts.Client.VatId));
    }

    [Fact]
    public void A_clients_own_rate_stands_in_for_the_practices_and_leaves_its_exceptions()
    {
        var invoice = Worked().Charging(Nineteen, For(Books, Exempt)).TaxesClient(new TaxTreatment("S", 8_875), true).Finalized();
        // 60.00 with 8.875 % in it are 55.11 and 4.89.
        Assert.Equal(
            [new TaxPart("S", 8_875, 55_11, 4_89, null), new TaxPart("E", 0, 33_33, 0, "Exempt under section 4.")],
            invoice.Tax!.Parts);
    }

    [Fact]
    public void The_rules_of_the_day_of_finalising_are_frozen()
    {
        var practice = Worked().Charging(Nineteen);
        var invoice = practice.Finalized();
        practice.Charging(Seven);
        Assert.IsType<Rebilling.Unchanged>(Rebilling.Of(Invoice.Stream.Fold([invoice]), practice.Sources));
        Assert.Equal(Nineteen, invoice.Tax!.Rules.Default);
    }

    [Fact]
    public void A_discount_lowers_the_tax_of_what_it_is_given_on()
    {
        var percent = Worked().Charging(Nineteen, For(Books, Seven)).Finalized(Percent(10));
        Assert.Equal(
            [(LineKind.Time, 33_33L), (LineKind.Time, 60_00L), (LineKind.Discount, -6_00L), (LineKind.Discount, -3_33L),
                (LineKind.Tax, 10_26L), (LineKind.Tax, 2_10L)],
            percent.Amounts());
        var onOne = Worked().Charging(Nineteen, For(Books, Seven)).Finalized(Off(10_00, Inbox));
        Assert.Equal([(50_00L, 9_50L), (33_33L, 2_33L)], onOne.Tax!.Parts.Select(part => (part.TaxableMinor, part.TaxMinor)));
        var both = Worked().Finalized(Percent(50, Books), Off(1_00));
        Assert.Equal([(LineKind.Time, 33_33L), (LineKind.Time, 60_00L), (LineKind.Discount, -16_67L), (LineKind.Discount, -1_00L)],
            both.Amounts());
        Assert.Equal(75_66, both.TotalMinor);
    }

    [Fact]
    public void A_discount_takes_off_no_more_than_is_charged_there()
    {
        var practice = Worked();
        var draft = practice.DraftOfAll();
        Assert.Single(Decide(draft with { Discounts = [Off(60_00, Inbox)] }).Events());
        Decide(draft with { Discounts = [Off(60_01, Inbox)] }).IsRefused("discount-exceeds-lines");
        Decide(draft with { Discounts = [new DiscountWish(null, 10_001, null, null)] }).IsRefused("discount-malformed");
        Decide(draft with { Discounts = [new DiscountWish(Usd(1), 1, null, null)] }).IsRefused("discount-malformed");
        Decide(draft with { Discounts = [new DiscountWish(null, null, null, null)] }).IsRefused("discount-malformed");
        Decide(draft with { Discounts = [Off(0)] }).IsRefused("discount-malformed");
        var euros = new DiscountWish(new Money(1, Currency.Of("EUR")), null, null, null);
        Decide(draft with { Discounts = [euros] }).IsRefused("currency-mismatch");

        Decision<InvoiceEvent> Decide(DraftInvoice wish) => Drafting.Decide(Invoice.Stream.Initial, wish, practice.Sources);
    }

    [Fact]
    public void A_retainer_pays_the_tax_of_what_it_pays_and_of_nothing_else()
    {
        var whole = Worked().Charging(Nineteen).Holds(200_00).FinalizedWith(drawsOnRetainer: true);
        Assert.Equal((111_06L, 17_73L), (whole.RetainerAppliedMinor, whole.RetainerTaxMinor()));
        var ofBooks = Worked().Charging(Nineteen).Holds(200_00, [Books]).FinalizedWith(drawsOnRetainer: true);
        Assert.Equal(
            [(LineKind.Time, 33_33L), (LineKind.Time, 0L), (LineKind.Tax, 6_33L)],
            ofBooks.Lines.Select(line => (line.Kind, line.RetainerAppliedMinor)));
    }

    [Fact]
    public void Order_number_note_and_discounts_of_a_draft_can_be_said_anew_and_are_frozen()
    {
        var practice = Worked();
        var draft = practice.Drafted();
        var wish = new DescribeDraft(InvoiceId, "PO-7", "Thank you", [Percent(10)], At);
        var described = Invoice.Stream.After(draft, Drafting.Decide(draft, wish, practice.Sources).Events());
        Drafting.Decide(described, wish, practice.Sources).IsAlreadyDone();
        var invoice = practice.Finalized(described).Invoice;
        Assert.Equal(("PO-7", "Thank you", 84_00L), (invoice.PurchaseOrder, invoice.Texts!.Note, invoice.TotalMinor));
        Drafting.Decide(Invoice.Stream.Fold([invoice]), wish, practice.Sources).IsRefused("invoice-not-draft");
        Drafting.Decide(draft, wish with { PurchaseOrder = new string('x', 101) }, practice.Sources).IsRefused("text-too-long");
    }

    /// <summary>An hour of Inbox at 60.00 and one of Books at 33.33.</summary>
    private static Practice Worked() =>
        new Practice().Charges(Inbox, 60_00).Charges(Books, 33_33, card: 21).Works(101, 60).Works(102, 60, Books);
}

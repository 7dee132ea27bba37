using Billing.Domain.Banking;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;

namespace Billing.Domain.Tests.Banking;

public sealed class MatchFinderTests
{
    private static readonly Currency Usd = Currency.Of("USD");
    private static readonly Guid Acme = new(1, 0, 0, new byte[8]), Birch = new(2, 0, 0, new byte[8]);

    private static OpenInvoice Invoice(int id, Guid client, string name, long openMinor, string? number = null) => new(
        new Guid(100 + id, 0, 0, new byte[8]), client, number ?? FormattableString.Invariant($"2026-{id:0000}"), name,
        new Money(openMinor, Usd), new LocalDate(2026, 5, id));

    private static readonly OpenInvoice[] Open =
    [
        Invoice(1, Acme, "Acme Dental LLC", 100_00), Invoice(2, Acme, "Acme Dental LLC", 250_00),
        Invoice(3, Birch, "Bücher & Birch GmbH", 100_00),
    ];

    private static IReadOnlyList<MatchProposal> Find(long minor, string? payer, string? text) =>
        MatchFinder.Find(new Money(minor, Usd), payer, text, Open);

    [Theory]
    [InlineData("Invoice 2026-0001")]
    [InlineData("INV 20260001 THANKS")]
    [InlineData("re: 2026 0001")]
    [InlineData("2026-00/01")]
    public void A_number_in_the_text_and_the_open_amount_leave_no_doubt(string text)
    {
        var first = Find(100_00, null, text)[0];
        Assert.Equal((Open[0].InvoiceId, MatchConfidence.Certain), (Assert.Single(first.InvoiceIds), first.Confidence));
        Assert.Equal([MatchReason.NumberInText, MatchReason.AmountIsOpen], first.Reasons);
    }

    [Theory]
    [InlineData("2026-00012")]
    [InlineData("12026-0001")]
    [InlineData("2026-1")]
    public void A_longer_or_a_shorter_number_is_another_one(string text) =>
        Assert.DoesNotContain(Find(100_00, null, text), proposal => proposal.Reasons.Contains(MatchReason.NumberInText));

    [Fact]
    public void A_number_with_another_amount_is_likely_and_an_amount_alone_only_possible()
    {
        Assert.Equal(MatchConfidence.Likely, Find(99_00, null, "2026-0002")[0].Confidence);
        var alone = Find(100_00, null, null);
        Assert.Equal([Open[0].InvoiceId, Open[2].InvoiceId], alone.Select(p => p.InvoiceIds[0]));
        Assert.All(alone, proposal => Assert.Equal(MatchConfidence.Possible, proposal.Confidence));
    }

    [Theory]
    [InlineData("ACME DENTAL")]
    [InlineData("Acme Dental, L.L.C.")]
    [InlineData("DENTAL ACME INC")]
    public void The_payers_name_tells_equal_amounts_apart_whatever_its_case_and_legal_form(string payer)
    {
        var first = Find(100_00, payer, null)[0];
        Assert.Equal((Open[0].InvoiceId, MatchConfidence.Likely), (first.InvoiceIds[0], first.Confidence));
    }

    [Fact]
    public void Names_are_the_same_without_their_accents() =>
        Assert.Equal(Open[2].InvoiceId, Find(100_00, "BUCHER UND BIRCH", null)[0].InvoiceIds[0]);

    [Fact]
    public void All_open_invoices_of_a_client_may_be_paid_at_once()
    {
        var whole = Assert.Single(Find(350_00, "Acme Dental", null), proposal => proposal.InvoiceIds.Count > 1);
        Assert.Equal([Open[0].InvoiceId, Open[1].InvoiceId], whole.InvoiceIds);
        Assert.Equal(MatchConfidence.Likely, whole.Confidence);
    }

    [Fact]
    public void Nothing_is_proposed_where_nothing_speaks_for_it_or_the_currency_is_another()
    {
        Assert.Empty(Find(77_77, "Nobody", "hello"));
        Assert.Empty(MatchFinder.Find(new Money(100_00, Currency.Of("EUR")), "Acme Dental", "2026-0001", Open));
    }

    [Fact]
    public void A_short_number_counts_only_as_a_word_of_its_own()
    {
        OpenInvoice[] open = [Invoice(7, Acme, "Acme", 500_00, "117")];
        Assert.Single(MatchFinder.Find(new Money(1_00, Usd), null, "bill 117", open));
        Assert.Empty(MatchFinder.Find(new Money(1_00, Usd), null, "paid 2117 on 11.7", open));
    }

    [Fact]
    public void Whatever_is_written_the_search_ends_and_the_likeliest_stands_first() =>
        Gen.Select(Gen.String, Gen.String, Gen.Long[1, 500_00]).Sample((payer, text, minor) =>
        {
            if (Wording.RefuseNote(payer, "") is not null || Wording.RefuseNote(text, "") is not null) return true;
            var order = new List<string> { MatchConfidence.Certain, MatchConfidence.Likely, MatchConfidence.Possible };
            var found = Find(minor, payer, text).Select(p => order.IndexOf(p.Confidence)).ToList();
            return found.SequenceEqual(found.Order());
        });
}

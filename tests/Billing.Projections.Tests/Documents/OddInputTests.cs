using System.Diagnostics;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using CsCheck;
using NodaTime;
using UglyToad.PdfPig;

namespace Billing.Projections.Tests.Documents;

/// <summary>Whatever the texts hold, a document comes out, and what cannot be printed is told of.</summary>
public sealed class OddInputTests
{
    [Fact]
    public void A_word_of_ten_thousand_letters_is_printed_in_full()
    {
        var clock = Stopwatch.StartNew();
        var document = InvoiceDocument.Render(WithDescription(new string('x', 10_000)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
        using var pdf = PdfDocument.Open(document.Pdf);
        var letters = pdf.GetPages().SelectMany(page => page.Letters).Where(letter => letter.Value == "x").ToList();
        Assert.InRange(letters.Count, 10_000, 10_010);
        Assert.All(pdf.GetPages().SelectMany(page => page.Letters), letter =>
        {
            Assert.InRange(letter.StartBaseLine.X, 50, 560);
            Assert.InRange(letter.StartBaseLine.Y, 30, 760);
        });
    }

    [Theory]
    [InlineData("\U0001F600", "U+1F600")]
    [InlineData("日", "U+65E5")]
    [InlineData("ש", "U+05E9")]
    [InlineData("\uE000", "U+E000")]
    public void A_character_that_the_fonts_lack_is_replaced_and_named(string character, string name)
    {
        var document = InvoiceDocument.Render(WithDescription($"before{character}after"));
        Assert.Equal([$"The fonts have no character {name}; it was replaced by U+FFFD (1 times)."], document.Warnings);
        Assert.Contains("before\uFFFDafter", TextOf(document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u0000b\u0007c\u200Bd\u202Ee\uFEFFf\uFE0Fg", "abcdefg")]
    [InlineData("tab\tand\u2003space", "tab and space")]
    public void Control_and_formatting_characters_leave_no_trace(string given, string printed)
    {
        var document = InvoiceDocument.Render(WithDescription(given));
        Assert.Empty(document.Warnings);
        Assert.Contains(printed, TextOf(document), StringComparison.Ordinal);
    }

    [Fact]
    public void Accents_that_come_apart_read_back_as_they_were_given() =>
        Assert.Contains(
            "cafe\u0301 x", TextOf(InvoiceDocument.Render(WithDescription("cafe\u0301 x"))), StringComparison.Ordinal);

    [Fact]
    public void Largest_amounts_are_printed_in_full()
    {
        var eur = new Money(long.MaxValue, Currency.Eur);
        var least = new Money(long.MinValue, Currency.Eur);
        var invoice = SampleDocuments.Invoice(1) with { Total = eur, BalanceDue = least };
        var text = TextOf(InvoiceDocument.Render(invoice));
        Assert.Contains("92,233,720,368,547,758.07 EUR", text, StringComparison.Ordinal);
        Assert.Contains("-92,233,720,368,547,758.08 EUR", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    public void A_payment_address_that_is_no_web_address_is_left_out(string url)
    {
        var document = InvoiceDocument.Render(SampleDocuments.Invoice() with { PaymentUrl = url });
        using var pdf = PdfDocument.Open(document.Pdf);
        Assert.Contains("payment address", Assert.Single(document.Warnings), StringComparison.Ordinal);
        Assert.Empty(pdf.GetPage(1).GetAnnotations());
    }

    [Fact]
    public void A_colour_that_is_none_gives_the_default()
    {
        var odd = InvoiceDocument.Render(SampleDocuments.Invoice() with { Style = new DocumentStyle("teal") });
        Assert.Contains("accent colour", Assert.Single(odd.Warnings), StringComparison.Ordinal);
        Assert.Equal(InvoiceDocument.Render(SampleDocuments.Invoice()).Pdf, odd.Pdf);
    }

    [Fact]
    public void A_name_that_would_fill_pages_is_shortened_and_told_of()
    {
        var client = new Party(new string('n', 5_000), []);
        var document = InvoiceDocument.Render(SampleDocuments.Invoice() with { Client = client });
        Assert.Equal(1, document.PageCount);
        Assert.Contains("shortened to 300", document.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_anywhere_makes_a_readable_invoice() =>
        Gen.Select(AnyText, AnyText, AnyText, AnyText, AnyText).Sample(
            (one, two, three, four, five) =>
            {
                var hours = new WorkedHoursModel(new LocalDate(2026, 3, 1), four, five, 61);
                var line = new InvoiceLineModel(one, two, three, SampleDocuments.Usd(1), [hours]);
                using var pdf = PdfDocument.Open(InvoiceDocument.Render(SampleDocuments.Invoice(1) with
                {
                    Seller = new Party(two, [three, four], five),
                    Client = new Party(three, [], one),
                    Number = four,
                    StatusMark = five,
                    PurchaseOrder = one,
                    Lines = [line],
                    Taxes = [new InvoiceTaxModel(two, SampleDocuments.Usd(1))],
                    Notes = three,
                    RoundingRule = four,
                    PaymentUrl = five,
                }).Pdf);
                return pdf.GetPages().Sum(page => page.Letters.Count) > 100;
            },
            iter: 150);

    [Fact]
    public void Nothing_at_all_makes_a_report()
    {
        var report = SampleDocuments.TaxReport() with
        {
            Title = "",
            Practice = "",
            FilingStatus = "",
            Headline = "",
            Instalments = [],
            Working = [new("", [])],
            ParameterVersion = "",
            Sources = [""],
            Disclaimer = "",
        };
        var text = TextOf(TaxReportDocument.Render(report));
        Assert.Contains("Please note", text, StringComparison.Ordinal);
    }

    private static Gen<string> AnyText => Gen.OneOf(
        Gen.String[Gen.Char, 0, 200], Gen.String[Gen.Char[' ', '~'], 0, 400],
        Gen.String[Gen.Char['\u0300', '\u0460'], 0, 200],
        Gen.Const(""), Gen.Const("\n\n"), Gen.Const("\uD800"));

    private static InvoiceModel WithDescription(string text)
    {
        var invoice = SampleDocuments.Invoice(1);
        return invoice with { Lines = [invoice.Lines[0] with { Description = text }] };
    }

    private static string TextOf(RenderedDocument document)
    {
        using var pdf = PdfDocument.Open(document.Pdf);
        return string.Concat(pdf.GetPages().Select(page => page.Text));
    }
}

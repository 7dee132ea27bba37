using Billing.Projections.Documents;
using Billing.Projections.Documents.Images;
using Billing.TestSupport;
using NodaTime;

namespace Billing.Projections.Tests.Documents;

/// <summary>Further documents of the practice of <see cref="SampleDocuments"/>.</summary>
internal static class FurtherDocuments
{
    private static readonly Party Seller = new(
        "Marlow Virtual Assistance", ["1180 Alder Street, Suite 4", "Portland, OR 97205", "hello@marlow.example"], "93-4821170");

    private static readonly Party Client = new("Brightwater Ceramics LLC", ["Attn. Dana Whitfield", "27 Harbor Road"]);

    /// <summary>Of more than was open, of which a part went back.</summary>
    public static ReceiptModel Receipt(string? language = null) => new()
    {
        Language = DocumentLanguage.Of(language),
        Seller = Seller,
        Client = Client,
        InvoiceNumber = "INV-2026-0042",
        InvoiceIssuedOn = new LocalDate(2026, 4, 1),
        ReceivedOn = new LocalDate(2026, 4, 10),
        Method = DocumentLanguage.Of(language).Word("method-transfer"),
        Reference = "Check 1044",
        Amount = SampleDocuments.Usd(120_000),
        Applied = SampleDocuments.Usd(100_000),
        Credit = SampleDocuments.Usd(20_000),
        LeftOpen = SampleDocuments.Usd(0),
        Movements =
        [
            new(new LocalDate(2026, 4, 20), DocumentLanguage.Of(language).Word("receipt-refund"), SampleDocuments.Usd(-20_000)),
        ],
    };

    /// <summary>Half seen through.</summary>
    public static DocumentStyle WithLogo() => new("#7A1F3D")
    {
        Logo = new DocumentLogo(
            "00", "Logo of Marlow Virtual Assistance",
            RasterImage.Read(PngMaker.Make(120, 40, 8, 6, (x, y) => [122, 31 + y, 61 + x, 255 - x])).Image),
    };

    /// <summary>Of two engagements, over two pages.</summary>
    public static TimesheetModel Timesheet(string? language = null) => new()
    {
        Language = DocumentLanguage.Of(language),
        Practice = Seller,
        Client = Client,
        From = new LocalDate(2026, 3, 1),
        Through = new LocalDate(2026, 3, 31),
        Groups =
        [
            new("Calendar management", [.. Enumerable.Range(0, 38).Select(i => Hours(i, "June Castellanos"))]),
            new("Travel booking for the spring conference", [.. Enumerable.Range(0, 12).Select(i => Hours(2 * i, "Tom Abara"))]),
        ],
    };

    private static WorkedHoursModel Hours(int i, string assistant) => new(
        new LocalDate(2026, 3, 2).PlusDays(i * 28 / 38), assistant, i % 3 == 0 ? "Call with the venue" : "Moved three meetings", 900 + 300 * (i % 7));
}

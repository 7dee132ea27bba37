using Billing.Pages.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Billing.Pages.Tests.Journeys;

/// <summary>An expense is written down where it is paid, with a photo of its receipt.</summary>
[Collection(DemoCollection.Name)]
public sealed class ExpenseTests(DemoPages demo)
{
    /// <summary>One green pixel.</summary>
    private static readonly byte[] Photo = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task An_expense_with_a_photo_of_its_receipt_is_recorded_on_a_phone_and_the_photo_cannot_run_anything()
    {
        var page = await Expenses(width: 360);
        await Fill(page, "12,80", "Corner Print Shop");
        await page.Locator("details.wide-field summary").ClickAsync();
        await page.Locator("#client").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("#rebill").CheckAsync();
        await page.Locator("#mark-up").FillAsync("10");
        await page.Locator("#receipt").SetInputFilesAsync(new FilePayload { Name = "till.png", MimeType = "image/png", Buffer = Photo });
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();

        var row = Row(page, "Corner Print Shop");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("12.80");
        await Expect(row).ToContainTextAsync("To be passed on: $14.08");
        await Expect(row.GetByText("Receipt missing")).ToHaveCountAsync(0);
        var picture = await page.Context.APIRequest.GetAsync((await row.Locator("img").GetAttributeAsync("src"))!);
        Assert.Equal(Photo, await picture.BodyAsync());
        Assert.Equal("image/png", picture.Headers["content-type"]);
        Assert.Equal("nosniff", picture.Headers["x-content-type-options"]);
        Assert.Contains("sandbox", picture.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("content-disposition", picture.Headers.Keys);
    }

    [Fact]
    public async Task An_expense_without_a_receipt_says_so_until_one_is_added_and_a_pdf_is_saved_not_shown()
    {
        var page = await Expenses();
        await Fill(page, "7.00", "Parking by the court");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        var row = Row(page, "Parking by the court");
        await Expect(row).ToContainTextAsync("Receipt missing");

        await row.Locator("summary").ClickAsync();
        await row.Locator("[name=receipt]").SetInputFilesAsync(
            new FilePayload { Name = "ticket.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4 a ticket"u8.ToArray() });
        await row.GetByRole(AriaRole.Button, new() { Name = "Add the receipt" }).ClickAsync();

        await Expect(row.GetByText("Receipt missing")).ToHaveCountAsync(0);
        var link = row.Locator("a", new() { HasText = "ticket.pdf" });
        var file = await page.Context.APIRequest.GetAsync((await link.GetAttributeAsync("href"))!);
        Assert.StartsWith("attachment", file.Headers["content-disposition"], StringComparison.Ordinal);
        await row.Locator("summary").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove this expense" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_receipt_that_is_none_refuses_the_expense_and_what_was_written_stays()
    {
        var page = await Expenses(language: "de-DE");
        await Fill(page, "3,00", "Kiosk am Bahnhof");
        await page.Locator("#receipt").SetInputFilesAsync(
            new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = "<script>alert(1)</script>"u8.ToArray() });

        await page.GetByRole(AriaRole.Button, new() { Name = "Erfassen", Exact = true }).ClickAsync();

        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("kein PDF, JPEG, PNG oder HEIC");
        await Expect(page.Locator("#payee")).ToHaveValueAsync("Kiosk am Bahnhof");
        await Expect(Row(page, "Kiosk am Bahnhof")).ToHaveCountAsync(0);

        var large = new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = [.. Photo, .. new byte[11 * 1024 * 1024]] };
        await page.Locator("#receipt").SetInputFilesAsync(large);
        await page.GetByRole(AriaRole.Button, new() { Name = "Erfassen", Exact = true }).ClickAsync();
        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("größer");
        await Expect(Row(page, "Kiosk am Bahnhof")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_expense_is_corrected_where_it_was_written_and_not_over_what_changed_meanwhile()
    {
        var page = await Expenses();
        await Fill(page, "21.00", "Toner by mistake");
        await page.Locator("details.wide-field summary").ClickAsync();
        await page.Locator("#client").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("#rebill").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await OpenCorrection(page, "Toner by mistake");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await Expect(page.Locator("#amount")).ToHaveValueAsync("21.00");
        await Expect(page.Locator("#category")).ToHaveValueAsync("office-expense");
        await Expect(page.Locator("#rebill")).ToBeCheckedAsync();
        await page.Locator("#amount").FillAsync("12.00");
        await page.Locator("#payee").FillAsync("Toner as paid");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the correction" }).ClickAsync();

        await Expect(Row(page, "Toner as paid")).ToContainTextAsync("12.00");
        await Expect(Row(page, "Toner as paid")).ToContainTextAsync("To be passed on: $12.00");
        await Expect(Row(page, "Toner by mistake")).ToHaveCountAsync(0);
        await other.Locator("#amount").FillAsync("99.00");
        await other.GetByRole(AriaRole.Button, new() { Name = "Save the correction" }).ClickAsync();
        await Expect(other.Locator("[role=alert]")).ToContainTextAsync("changed");
        await Expect(other.Locator("#amount")).ToHaveValueAsync("99.00");
        await other.GotoAsync("/expenses");
        await Expect(Row(other, "Toner as paid")).ToContainTextAsync("12.00");
    }

    private static async Task OpenCorrection(IPage page, string payee)
    {
        await Row(page, payee).Locator("summary").ClickAsync();
        await Row(page, payee).GetByRole(AriaRole.Link, new() { Name = "Correct this expense" }).ClickAsync();
    }

    [Fact]
    public async Task An_assistant_writes_down_what_they_paid_and_sees_nothing_of_what_others_did()
    {
        var page = await demo.SignIn(demo.Assistant, width: 360);
        await page.Locator("nav a[href='/expenses']").ClickAsync();
        await Expect(page.Locator(".expenses li").Filter(new() { HasText = "Pixel Pantry" })).ToHaveCountAsync(0);
        await Fill(page, "9.40", "Stamps for the mailing");
        await page.Locator("details.wide-field summary").ClickAsync();
        await Expect(page.Locator("#mark-up")).ToHaveCountAsync(0);
        await page.Locator("#receipt").SetInputFilesAsync(new FilePayload { Name = "till.png", MimeType = "image/png", Buffer = Photo });
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await Expect(Row(page, "Stamps for the mailing").Locator("img")).ToHaveCountAsync(1);
        await OpenCorrection(page, "Stamps for the mailing");
        await page.Locator("#amount").FillAsync("9.60");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the correction" }).ClickAsync();

        var owners = await Expenses();
        await Expect(Row(owners, "Stamps for the mailing")).ToContainTextAsync("9.60");
        await Expect(Row(owners, "Stamps for the mailing")).ToContainTextAsync("Ana Reyes");
    }

    private async Task<IPage> Expenses(int width = 1440, string language = "en-US")
    {
        var page = await demo.SignIn(demo.Owner, language: language, width: width);
        await page.GotoAsync("/expenses");
        return page;
    }

    private static async Task Fill(IPage page, string amount, string payee)
    {
        await page.Locator("#amount").FillAsync(amount);
        await page.Locator("#payee").FillAsync(payee);
        await page.Locator("#category").SelectOptionAsync("office-expense");
    }

    private static ILocator Row(IPage page, string payee) => page.Locator(".expenses li", new() { HasText = payee });
}

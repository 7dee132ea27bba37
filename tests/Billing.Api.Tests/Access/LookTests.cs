using Billing.Api.Expenses;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;
using Billing.TestSupport;

namespace Billing.Api.Tests.Access;

/// <summary>The practice's logo and colour: what is taken, where it shows, and that what was issued keeps its own.</summary>
public sealed class LookTests
{
    [Fact]
    public async Task What_was_issued_keeps_its_look_and_what_comes_after_has_the_new_one()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        await practice.Post("/v1/business:set-accent-colour", """{"accentColour":"#7a1f3d"}""");
        (await Place(server, practice.Owner, PngMaker.Rgb())).Ok();
        var issued = await practice.Invoice("2026-03-03");
        var link = new Uri((string)(await practice.Post($"/v1/invoices/{issued}:share", "{}")).Json["url"]!).AbsolutePath;
        var before = await PaymentReceiptTests.Download(server, practice.Owner, $"/v1/invoices/{issued}/pdf");

        (await Place(server, practice.Owner, PngMaker.Rgb(60, 60))).Ok();
        await practice.Post("/v1/business:set-accent-colour", "{}");

        Assert.Equal(before, await PaymentReceiptTests.Download(server, practice.Owner, $"/v1/invoices/{issued}/pdf"));
        Assert.Equal(PngMaker.Rgb(), await PaymentReceiptTests.Download(server, null, $"{link}/logo"));
        Assert.Contains($"src=\"{link}/logo\" alt=\"Logo of ", (await server.Get(null, link)).Ok().Text, StringComparison.Ordinal);
        Assert.Equal(PngMaker.Rgb(60, 60), await PaymentReceiptTests.Download(server, practice.Assistant, "/v1/business/logo"));
        var look = await practice.Get("/v1/business/look");
        Assert.Equal((null, 60, "image/png"), ((string?)look["accentColour"], (int)look["logo"]!["width"]!, (string?)look["logo"]!["mediaType"]));
        await server.Restart();
        Assert.Equal(before, await PaymentReceiptTests.Download(server, practice.Owner, $"/v1/invoices/{issued}/pdf"));
        await practice.Post("/v1/business/logo:remove", "{}");
        Assert.Equal(404, (await server.Get(practice.Owner, "/v1/business/logo")).Code);
    }

    [Fact]
    public async Task A_file_that_is_no_logo_is_refused_in_words_and_leaves_nothing_behind()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var (head, files) = (await server.Head(), Files(server));

        Assert.Equal((422, "logo-type-unknown"), Answer(await Place(server, practice.Owner, "%PDF-1.7"u8.ToArray())));
        Assert.Equal((422, "logo-type-unknown"), Answer(await Place(server, practice.Owner, [])));
        Assert.Equal((422, "logo-broken"), Answer(await Place(server, practice.Owner, PngMaker.Rgb()[..^20])));
        Assert.Equal((413, "body-too-large"), Answer(await Place(server, practice.Owner, new byte[512 * 1024 + 1])));
        Assert.Equal((403, "role-not-allowed"), Answer(await Place(server, practice.Bookkeeper, PngMaker.Rgb())));
        Assert.Equal((head, files), (await server.Head(), Files(server)));
    }

    [Fact]
    public async Task A_logo_is_served_so_that_no_browser_takes_it_for_anything_else()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        (await Place(server, practice.Owner, PngMaker.Rgb())).Ok();
        var served = (await server.Get(practice.Owner, "/v1/business/logo")).Ok();
        Assert.Equal("image/png", served.MediaType);
        Assert.Equal("nosniff", served.Header("X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; sandbox", served.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_backups_receipts_have_the_logo_with_them()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        (await Place(server, practice.Owner, PngMaker.Rgb())).Ok();
        var copy = Path.Combine(server.DataFolder, "copy");
        ReceiptFolder.Copy(Path.Combine(server.DataFolder, ReceiptFolder.Name), copy, TestContext.Current.CancellationToken);
        Assert.Contains(
            Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories),
            file => File.ReadAllBytes(file).AsSpan().SequenceEqual(PngMaker.Rgb()));
    }

    private static (int, string?) Answer(ApiAnswer answer) => (answer.Code, answer.ProblemCode);

    private static int Files(ApiServer server)
    {
        var folder = Path.Combine(server.DataFolder, ReceiptFolder.Name);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count() : 0;
    }

    private static Task<ApiAnswer> Place(ApiServer server, string token, byte[] file) =>
        server.PostBytes(token, "/v1/business/logo", file, "application/octet-stream");
}

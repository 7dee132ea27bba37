using System.Security.Cryptography;
using Billing.Api.Expenses;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Expenses;

/// <summary>Receipts are told by their content, kept once, given only to their practice, and never half.</summary>
public sealed class ReceiptTests(FullServer full) : IClassFixture<FullServer>
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8, .. new byte[40]];

    private ApiServer Server => full.Server;

    private Practice Practice => full.Practice;

    [Theory]
    [InlineData("255044462D312E370A", "application/pdf", "application/pdf")]
    [InlineData("FFD8FFE000104A464946", "image/jpeg", "image/jpeg")]
    [InlineData("00000018667479706865696300000000", "image/heic", "application/octet-stream")]
    [InlineData("89504E470D0A1A0A01", "image/png", "application/pdf")]
    public async Task Comes_back_byte_for_byte_as_an_attachment_of_the_type_that_its_content_has(string hex, string type, string said)
    {
        var (expense, bytes) = (await Spend(), Convert.FromHexString(hex));

        var attached = (await Attach(expense, bytes, "?fileName=lunch%20%C3%A9.bin", said)).Ok();
        using var request = new HttpRequestMessage(HttpMethod.Get, attached.Header("Location"));
        request.Headers.Authorization = new("Bearer", Practice.Owner);
        using var got = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((201, expense), (attached.Code, attached.Id));
        Assert.Equal(bytes, await got.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(type, got.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", got.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());
        var listed = Assert.Single((await Server.Get(Practice.Owner, $"/v1/expenses/{expense}/receipts")).Ok().Items);
        Assert.Equal(("lunch é.bin", type, bytes.Length), ((string?)listed["fileName"], (string?)listed["mediaType"], (int)listed["bytes"]!));
    }

    [Fact]
    public async Task The_same_file_twice_is_one_receipt_and_one_file()
    {
        var (expense, other, file) = (await Spend(), await Spend(), Unlike());
        (await Attach(expense, file)).Ok();
        var files = Files();
        var head = await Server.Head();

        var again = (await Attach(expense, file)).Ok();

        Assert.Equal((200, head), (again.Code, await Server.Head()));
        (await Attach(other, file)).Ok();
        Assert.Equal(files, Files());
    }

    [Fact]
    public async Task A_retry_under_the_same_key_gets_the_same_answer_and_another_file_is_refused()
    {
        var (expense, file) = (await Spend(), Unlike());
        var first = (await Attach(expense, file, headers: ("Idempotency-Key", "receipt-1"))).Ok();
        var again = (await Attach(expense, file, headers: ("Idempotency-Key", "receipt-1"))).Ok();
        var another = await Attach(expense, Unlike(), headers: ("Idempotency-Key", "receipt-1"));
        Assert.Equal((first.Text, "true"), (again.Text, again.Header("Idempotent-Replayed")));
        Assert.Equal("idempotency-key-reused", another.ProblemCode);
    }

    [Fact]
    public async Task What_is_refused_leaves_neither_event_nor_file()
    {
        var expense = await Spend();
        var (head, files) = (await Server.Head(), Files());

        await Refuses(422, "receipt-type-unknown", Attach(expense, "<html><script>alert(1)</script>"u8.ToArray(), "?fileName=x.pdf", "application/pdf"));
        await Refuses(422, "receipt-empty", Attach(expense, []));
        await Refuses(413, "body-too-large", Attach(expense, [.. Png, .. new byte[10 * 1024 * 1024]]));
        await Refuses(404, "expense-unknown", Attach(Guid.CreateVersion7(), Unlike()));
        await Refuses(404, "expense-unknown", Attach(full.Other.ExpenseId, Unlike()));
        await Refuses(422, "text-too-long", Attach(expense, Unlike(), "?fileName=" + new string('x', 201)));
        await Refuses(412, "version-mismatch", Attach(expense, Unlike(), headers: ("If-Match", "\"9\"")));
        await Refuses(400, "invalid-request", Attach(expense, Unlike(), headers: ("If-Match", "9")));
        (await Attach(expense, Unlike(), "?dryRun=true")).Ok();

        Assert.Equal((head, files), (await Server.Head(), Files()));
        Assert.Empty(Server.Errors);

        async Task Refuses(int status, string code, Task<ApiAnswer> sent)
        {
            var answer = await sent;
            Assert.Equal((status, code), (answer.Code, answer.ProblemCode));
            Assert.Null(Refused.Fault(answer));
        }
    }

    [Fact]
    public async Task A_file_of_unsaid_length_that_is_too_large_is_cut_off()
    {
        var files = Files();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/expenses/{await Spend()}/receipts");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Practice.Owner}");
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StreamContent(new MemoryStream([.. Png, .. new byte[10 * 1024 * 1024]]));
        var answer = await Server.Send(request);
        Assert.Equal((413, "body-too-large"), (answer.Code, answer.ProblemCode));
        Assert.Equal(files, Files());
    }

    [Fact]
    public async Task A_removed_receipt_is_not_given_out_and_nobody_else_gets_one()
    {
        var (expense, file) = (await Spend(), Unlike());
        var location = (await Attach(expense, file)).Ok().Header("Location")!;
        Assert.Equal(404, (await Server.Get(full.Other.Owner, location)).Code);
        Assert.Equal(404, (await Server.Get(Practice.Assistant, location)).Code);
        Assert.Equal(404, (await Server.Get(Practice.Owner, $"/v1/expenses/{expense}/receipts/..%2F..%2Fevents.db")).Code);
        (await Server.Get(Practice.Bookkeeper, location)).Ok();

        (await Server.Post(Practice.Owner, location + ":remove", "{}")).Ok();

        Assert.Equal((404, "not-found"), await Said(location));
    }

    [Fact]
    public async Task A_file_that_was_lost_is_said_to_be_so()
    {
        var file = Unlike();
        var location = (await Attach(await Spend(), file)).Ok().Header("Location")!;
        var hash = HashOf(file);
        File.Delete(Path.Combine(Server.DataFolder, "receipts", hash[..2], hash[2..]));
        Assert.Equal((404, "receipt-file-missing"), await Said(location));
    }

    [Fact]
    public async Task Files_are_copied_once_for_a_backup()
    {
        (await Attach(await Spend(), Unlike())).Ok();
        var (from, to) = (Path.Combine(Server.DataFolder, "receipts"), Directory.CreateTempSubdirectory("billing-receipts-").FullName);
        try
        {
            var copied = ReceiptFolder.Copy(from, to, TestContext.Current.CancellationToken);
            Assert.Equal(Files(), Directory.EnumerateFiles(to, "*", SearchOption.AllDirectories).Count());
            Assert.True(copied > 0);
            Assert.Equal(0, ReceiptFolder.Copy(from, to, TestContext.Current.CancellationToken));
            Assert.Equal(0, ReceiptFolder.Copy(Path.Combine(to, "none"), to, TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(to, recursive: true);
        }
    }

    private async Task<(int, string?)> Said(string path)
    {
        var answer = await Server.Get(Practice.Owner, path);
        return (answer.Code, answer.ProblemCode);
    }

    private static string HashOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private static byte[] Unlike() => [.. Png, .. Guid.CreateVersion7().ToByteArray()];

    /// <summary>How many files lie in the folder, unfinished ones too.</summary>
    private int Files()
    {
        var folder = Path.Combine(Server.DataFolder, "receipts");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count() : 0;
    }

    private async Task<Guid> Spend() => (await Practice.Post("/v1/expenses",
        """{"amount":{"amount":"5.00","currency":"USD"},"category":"supplies","paidOn":"2026-03-05"}""")).Id;

    private Task<ApiAnswer> Attach(
        Guid expense, byte[] file, string query = "", string type = "image/png", params (string, string)[] headers) =>
        Server.PostBytes(Practice.Owner, $"/v1/expenses/{expense}/receipts{query}", file, type, headers);
}

using Billing.Api.Access;
using Billing.Api.Hosting;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain.Expenses;
using Billing.Domain.Values;
using Billing.Projections.Expenses;

namespace Billing.Api.Expenses.Pages;

/// <summary>
/// Where an expense is written down with a photo of its receipt: by whoever keeps the books, and by assistants who paid one.
/// </summary>
public static class ExpensePages
{
    public const string Path = "/expenses";

    /// <summary>What a form takes beside its file.</summary>
    private const long FieldBytes = 64 * 1024;

    public static void MapExpensePages(this WebApplication app)
    {
        app.MapGet(Path, (Delegate)Show).WithMetadata(PageSession.Why);
        var forms = new FileForms(app, Role.Everyone, Path)
        {
            MostBytes = http => http.RequestServices.GetRequiredService<BillingOptions>().ReceiptMaxBytes + FieldBytes,
            TooLarge = PageRefusal.FileTooLarge,
            Again = (http, caller, problem, _) => Page(http, caller, problem),
        };
        // What was said of a whole expense stays when it was refused.
        forms.Map(Path, Record, (http, caller, problem, form) => Page(http, caller, problem, form?.Fields()));
        forms.Map($"{Path}/{{id:guid}}/receipt", async (form, http) => form.File("receipt") is { } file
            ? await Attach(form, http, file, Guid.Parse((string)http.Request.RouteValues["id"]!), isKnown: false)
            : PageRefusal.LeftEmpty);
        app.MapGet($"{Path}/{{id:guid}}/correct", (Delegate)ShowCorrection).WithMetadata(PageSession.Why);
        forms.Map(
            $"{Path}/{{id:guid}}/correct", (form, http) => ExpenseCorrection.Send(form, new QueryCall(http, form.Caller)),
            (http, caller, problem, form) => Page(
                http, caller, problem, form?.Fields(), form is null ? null : http.Request.Path));
        forms.Map($"{Path}/{{id:guid}}/remove", (form, _) => form.Send(new NoBody(), ExpenseEndpoints.Remove));
        app.MapGet($"{Path}/{{id:guid}}/receipts/{{hash}}", (Delegate)Receipt).WithMetadata(PageSession.Why);
    }

    private static async Task<IResult> ShowCorrection(HttpContext http, Guid id)
    {
        var (call, instead) = await PageCall.For(http, Role.Everyone);
        if (call is null) return instead!;
        return ExpenseCorrection.Find(call, id) is { } expense
            ? await Page(
                http, call.Caller, said: ExpenseCorrection.FieldsOf(expense, PageWords.For(http.Request).Written),
                correcting: ExpenseCorrection.PathOf(id))
            : PageAnswers.See(http, Path);
    }

    /// <summary>
    /// A receipt that would not be kept refuses the whole form. The expense comes before its receipt, each under a key of its own, so
    /// that sending the form again after the second failed writes only that.
    /// </summary>
    private static async ValueTask<PageRefusal?> Record(PageForm form, HttpContext http)
    {
        if (form.Id("id") is not { } id) return PageRefusal.LeftEmpty;
        var (body, fault) = Body(form, id);
        if (body is null) return fault;
        if (form.File("receipt") is not { } file) return await form.Send(body, ExpenseEndpoints.Record);
        using var receipt = await Take(http, file);
        if (ReceiptEndpoints.Unfit(receipt, http.RequestServices.GetRequiredService<BillingOptions>()) is { } unfit)
            return PageRefusal.Of(unfit);
        return await form.Send(body, ExpenseEndpoints.Record) ?? await Attach(form, http, file.FileName, receipt, id, isKnown: true);
    }

    /// <summary>What the fields say; null, with why, where they can't be read.</summary>
    internal static (ExpenseBody? Body, PageRefusal? Fault) Body(PageForm form, Guid id)
    {
        if (form.Text("category") is not { } category || !Days.TryParse(form.Text("paid-on"), out var day)
            || !Currency.TryOf(form.Text("currency") ?? "", out var currency)) return (null, PageRefusal.LeftEmpty);
        if (!PageForm.TryAmount(form.Text("amount"), currency, out var amount)) return (null, PageRefusal.AmountUnreadable);
        if (!TryMarkUp(form, out var markUp)) return (null, PageRefusal.AmountUnreadable);
        return (new ExpenseBody(
            amount, category, day, id, form.Id("client"), Rebill: form.IsTicked("rebill"), Payee: form.Text("payee"),
            Note: form.Text("note"), MarkUp: markUp, ExchangeRate: PageForm.WithPoint(form.Text("exchange-rate"))), null);
    }

    private static async ValueTask<PageRefusal?> Attach(PageForm form, HttpContext http, IFormFile file, Guid id, bool isKnown)
    {
        using var receipt = await Take(http, file);
        return ReceiptEndpoints.Unfit(receipt, http.RequestServices.GetRequiredService<BillingOptions>()) is { } unfit
            ? PageRefusal.Of(unfit)
            : await Attach(form, http, file.FileName, receipt, id, isKnown);
    }

    /// <param name="isKnown">Whether the expense is known to take it; else that is looked up, so that no file is kept for nothing.</param>
    private static ValueTask<PageRefusal?> Attach(
        PageForm form, HttpContext http, string fileName, IncomingReceipt receipt, Guid id, bool isKnown)
    {
        var name = System.IO.Path.GetFileName(fileName.Replace('\\', '/'));
        if (Wording.RefuseName(name, "") is not null) name = null;
        return form.Send("receipt", new AttachedFile(receipt.Hash), call =>
        {
            var reads = new QueryCall(http, form.Caller);
            // The file comes before the event that speaks of it.
            if (isKnown || OwnExpenses.Find(reads, id) is not null
                && reads.Service<ReceiptQueries>().Of(reads.Book, id).Count < Expense.MaxReceipts) receipt.Keep();
            return new AttachReceiptCommand(
                call.Context, id, new AttachReceipt(
                    receipt.Hash, receipt.Bytes, receipt.MediaType!, name, call.Now, OwnExpenses.OnlyOf(form.Caller)));
        });
    }

    private static async Task<IncomingReceipt> Take(HttpContext http, IFormFile file)
    {
        await using var content = file.OpenReadStream();
        return await http.RequestServices.GetRequiredService<IReceiptFiles>()
            .Take(content, http.RequestServices.GetRequiredService<BillingOptions>().ReceiptMaxBytes, http.RequestAborted);
    }

    /// <summary>A percentage with at most two places; none where the field is empty.</summary>
    private static bool TryMarkUp(PageForm form, out MarkUpBody? markUp)
    {
        markUp = null;
        if (form.Text("mark-up") is not { } text) return true;
        // Hundredths of a per cent are basis points, as cents are hundredths of a dollar.
        if (!PageForm.TryAmount(text.TrimEnd('%', ' '), Currency.Usd, out var percent)) return false;
        if (percent.Minor is < 0 or > int.MaxValue) return false;
        if (percent.Minor > 0) markUp = new MarkUpBody((int)percent.Minor);
        return true;
    }

    private static async Task<IResult> Show(HttpContext http) => await PageSession.Find(http, Role.Everyone) is { } caller
        ? await Page(http, caller)
        : PageAnswers.ToSignIn(http);

    private static async Task<IResult> Page(
        HttpContext http, Caller caller, PageRefusal? problem = null, IReadOnlyDictionary<string, string>? said = null,
        string? correcting = null)
    {
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        var words = PageWords.For(http.Request);
        return PageAnswers.Page<ExpensePage>(
            http,
            new
            {
                Words = words,
                Caller = caller,
                Expenses = ExpenseModel.Of(call),
                Problem = problem is null ? null : words.Why(problem),
                Said = said ?? new Dictionary<string, string>(),
                Correcting = correcting,
            },
            problem is null ? 200 : 409);
    }

    /// <summary>A picture is shown, anything else is saved; neither can run anything or ask for anything here.</summary>
    private static async Task<IResult> Receipt(HttpContext http, Guid id, string hash, IReceiptFiles files)
    {
        var (call, instead) = await PageCall.For(http, Role.Everyone);
        if (call is null) return instead!;
        var result = ReceiptEndpoints.File(http, call, files, id, hash, isShown: true);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "private, no-cache";
        return result;
    }

    /// <summary>What tells one file of a form from another.</summary>
    private sealed record AttachedFile(string Hash);
}

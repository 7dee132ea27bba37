using Billing.Api.Access;

namespace Billing.Api.Pages;

/// <summary>Forms of which some carry a file. What is too large is refused on the page, before it is read.</summary>
internal sealed class FileForms(WebApplication app, Role who, string page)
{
    /// <summary>Of a whole form, its file and all.</summary>
    public required Func<HttpContext, long> MostBytes { get; init; }

    public required PageRefusal TooLarge { get; init; }

    /// <summary>The page again, with why it was not done. The form is null where it was not read.</summary>
    public required Func<HttpContext, Caller, PageRefusal, PageForm?, Task<IResult>> Again { get; init; }

    /// <param name="send">Null where all is done; the page is seen then.</param>
    /// <param name="again">As <see cref="Again"/>, for this form alone.</param>
    public void Map(
        string path, Func<PageForm, HttpContext, ValueTask<PageRefusal?>> send,
        Func<HttpContext, Caller, PageRefusal, PageForm?, Task<IResult>>? again = null)
    {
        again ??= Again;
        app.MapPost(path, (Delegate)Handle).WithMetadata(PageSession.Why);

        async Task<IResult> Handle(HttpContext http)
        {
            var most = MostBytes(http);
            if (http.Request.ContentLength > most && PageSession.IsOwnForm(http.Request)
                && await PageSession.Find(http, who) is { } caller)
                return await again(http, caller, TooLarge, null);
            var (form, instead) = await PageForm.Read(http, who, most);
            if (form is null) return instead!;
            return await send(form, http) is { } problem
                ? await again(http, form.Caller, problem, form)
                : PageAnswers.See(http, page);
        }
    }
}

using Billing.Api.Expenses;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain.Access;
using Billing.Projections.Access;
using Billing.Projections.Documents.Images;

namespace Billing.Api.Access.Pages;

/// <summary>How the practice's documents look: its logo and its colour.</summary>
public static class LookPages
{
    public const string Path = "/look";

    /// <summary>What a form takes beside its file.</summary>
    private const long FieldBytes = 16 * 1024;

    public static void MapLookPages(this WebApplication app)
    {
        app.MapGet(Path, (Delegate)Show).WithMetadata(PageSession.Why);
        app.MapGet($"{Path}/logo", (Delegate)Logo).WithMetadata(PageSession.Why);
        Form(app, $"{Path}/colour", (form, _) => form.Send(new SetAccentColourBody(form.Text("colour")), LookEndpoints.SetColour));
        Form(app, $"{Path}/usual-colour", (form, _) => form.Send(new SetAccentColourBody(), LookEndpoints.SetColour));
        Form(app, $"{Path}/logo", PlaceLogo);
        Form(app, $"{Path}/logo/remove", (form, _) => form.Send(new NoBody(), LookEndpoints.TakeLogoOff));
    }

    private static void Form(WebApplication app, string path, Func<PageForm, HttpContext, ValueTask<PageRefusal?>> send) => app.MapPost(
        path, (Delegate)(async Task<IResult> (HttpContext http) =>
        {
            if (http.Request.ContentLength > LogoFiles.MostBytes + FieldBytes && PageSession.IsOwnForm(http.Request)
                && await PageSession.Find(http, Role.Owner) is { } caller)
                return await Page(http, caller, new PageRefusal("logo-too-large"));
            var (form, instead) = await PageForm.Read(http, Role.Owner, LogoFiles.MostBytes + FieldBytes);
            if (form is null) return instead!;
            return await send(form, http) is { } problem ? await Page(http, form.Caller, problem) : PageAnswers.See(http, Path);
        })).WithMetadata(PageSession.Why);

    private static async ValueTask<PageRefusal?> PlaceLogo(PageForm form, HttpContext http)
    {
        if (form.File("logo") is not { } file) return PageRefusal.LeftEmpty;
        if (file.Length > LogoFiles.MostBytes) return new PageRefusal("logo-too-large");
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, http.RequestAborted);
        var (image, unfit) = RasterImage.Read(bytes.ToArray());
        if (image is null) return PageRefusal.Of(unfit!);
        bytes.Position = 0;
        using var incoming = await http.RequestServices.GetRequiredService<IReceiptFiles>()
            .Take(bytes, LogoFiles.MostBytes, http.RequestAborted);
        var logo = new LogoFile(incoming.Hash, image.MediaType, (int)file.Length, image.Width, image.Height);
        return await form.Send(logo, call =>
        {
            // The file comes before the event that speaks of it.
            incoming.Keep();
            return new ChangeLookCommand(call.Context, state => Business.Decide(state, new PlaceLogo(call.Body, call.Now)));
        });
    }

    private static async Task<IResult> Show(HttpContext http) => await PageSession.Find(http, Role.Owner) is { } caller
        ? await Page(http, caller)
        : PageAnswers.ToSignIn(http);

    private static async Task<IResult> Page(HttpContext http, Caller caller, PageRefusal? problem = null)
    {
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        var words = PageWords.For(http.Request);
        return PageAnswers.Page<LookPage>(
            http,
            new
            {
                Words = words,
                Caller = caller,
                (await call.Session().Practice()).Look,
                Practice = call.Service<AccessQueries>().Business(call.Book)?.Name ?? "",
                FormKey = call.Service<Func<Guid>>()().ToString("D"),
                Problem = problem is null ? null : words.Why(problem),
            },
            problem is null ? 200 : 409);
    }

    private static async Task<IResult> Logo(HttpContext http, LogoFiles logos)
    {
        var (call, instead) = await PageCall.For(http, Role.Owner);
        if (call is null) return instead!;
        return logos.Serve(http, (await call.Session().Practice()).Look.Logo) ?? Problem.NotFound("logo").AsResult();
    }
}

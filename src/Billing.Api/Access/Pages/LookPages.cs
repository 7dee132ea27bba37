using Billing.Api.Expenses;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Projections.Access;
using Billing.Projections.Documents.Images;

namespace Billing.Api.Access.Pages;

/// <summary>How the practice's documents look: its logo and its colour.</summary>
public static class LookPages
{
    public const string Path = "/look";

    /// <summary>What a form takes beside its file.</summary>
    private const long FieldBytes = 16 * 1024;

    private static readonly PageRefusal LogoTooLarge = new("logo-too-large");

    public static void MapLookPages(this WebApplication app)
    {
        app.MapGet(Path, (Delegate)Show).WithMetadata(PageSession.Why);
        app.MapGet($"{Path}/logo", (Delegate)Logo).WithMetadata(PageSession.Why);
        var forms = new FileForms(app, Role.Owner, Path)
        {
            MostBytes = _ => LogoFiles.MostBytes + FieldBytes,
            TooLarge = LogoTooLarge,
            Again = (http, caller, problem, _) => Page(http, caller, problem),
        };
        forms.Map($"{Path}/colour", (form, _) => form.Send(new SetAccentColourBody(form.Text("colour")), LookEndpoints.SetColour));
        forms.Map($"{Path}/usual-colour", (form, _) => form.Send(new SetAccentColourBody(), LookEndpoints.SetColour));
        forms.Map($"{Path}/logo", PlaceLogo);
        forms.Map($"{Path}/logo/remove", (form, _) => form.Send(new NoBody(), LookEndpoints.TakeLogoOff));
    }

    private static async ValueTask<PageRefusal?> PlaceLogo(PageForm form, HttpContext http)
    {
        if (form.File("logo") is not { } file) return PageRefusal.LeftEmpty;
        if (file.Length > LogoFiles.MostBytes) return LogoTooLarge;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, http.RequestAborted);
        var (image, unfit) = RasterImage.Read(bytes.ToArray());
        if (image is null) return PageRefusal.Of(unfit!);
        bytes.Position = 0;
        using var incoming = await http.RequestServices.GetRequiredService<IReceiptFiles>()
            .Take(bytes, LogoFiles.MostBytes, http.RequestAborted);
        return await form.Send(LogoFiles.Described(incoming, image), call =>
        {
            // The file comes before the event that speaks of it.
            incoming.Keep();
            return LookEndpoints.WithLogo(call.Context, call.Body);
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

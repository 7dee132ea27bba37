using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Pages;

namespace Billing.Api.Demo;

/// <summary>One click for the sample practice.</summary>
public static class SamplePages
{
    public const string Path = "/sample";

    public static void MapSample(this WebApplication app) => app.MapPost(Path, (Delegate)Open).WithMetadata(PageSession.Why);

    private static async Task<IResult> Open(HttpContext http, SamplePractice sample)
    {
        var (form, instead) = await PageForm.Read(http, Role.Owner);
        if (form is null) return instead!;
        if (!sample.IsOffered) return Problem.NotFound("sample practice on this server").AsResult();
        await PageSession.Begin(http, await sample.OwnerToken(PublicAddress.Of(http, "/"), http.RequestAborted));
        return PageAnswers.See(http, "/home");
    }
}

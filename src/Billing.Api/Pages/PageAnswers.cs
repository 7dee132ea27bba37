using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Api.Pages;

/// <summary>The ways in which a page answers.</summary>
public static class PageAnswers
{
    public const string SignInPath = "/sign-in";

    /// <summary>A page for whoever is signed in: nothing of it is kept, framed or fed from elsewhere.</summary>
    public static IResult Page<TPage>(HttpContext http, object parameters, int status = 200, bool withScript = false)
        where TPage : IComponent
    {
        PageHeaders.Guard(http, formsTo: "'self'", withScript);
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status };
    }

    public static IResult ToSignIn(HttpContext http) => See(http, SignInPath);

    /// <summary>Leads to another page, which is then asked for anew.</summary>
    public static IResult See(HttpContext http, string path)
    {
        PageHeaders.Guard(http, formsTo: "'self'");
        http.Response.Headers.Location = path;
        return Results.StatusCode(303);
    }
}

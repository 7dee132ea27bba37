using Billing.Api.Clients;
using Billing.Api.Demo;
using Billing.Api.Engagements;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Api.Taxes;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using Billing.Projections.Access;
using NodaTime;

namespace Billing.Api.Access.Pages;

/// <summary>
/// What a new practice needs first, on one page: who it is and where, the first client, what an hour costs, and what the tax office
/// asks about last year. Each part is a command of its own with a key of its own, so sending the page again after something was refused
/// does only what is left.
/// </summary>
public static class SetUpPages
{
    private const string Path = "/set-up";

    public static void MapSetUp(this WebApplication app)
    {
        app.MapGet(Path, (Delegate)Show).WithMetadata(PageSession.Why);
        app.MapPost(Path, (Delegate)SetUp).WithMetadata(PageSession.Why);
    }

    private static async Task<IResult> Show(HttpContext http) => await PageSession.Find(http, Role.Owner) is { } caller
        ? Page(http, caller, null, new Dictionary<string, string>())
        : PageAnswers.ToSignIn(http);

    private static async Task<IResult> SetUp(HttpContext http)
    {
        var (form, instead) = await PageForm.Read(http, Role.Owner);
        if (form is null) return instead!;
        return await Steps(form) is { } problem
            ? Page(http, form.Caller, PageWords.For(http.Request).Why(problem), form.Fields())
            : PageAnswers.See(http, "/home");
    }

    /// <returns>What went wrong; null where all is done.</returns>
    private static async ValueTask<PageRefusal?> Steps(PageForm form)
    {
        if (form.Text("name") is not { } name || form.Text("zone") is not { } zone)
            return new PageRefusal("set-up-practice");
        var lines = (form.Text("address") ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return await form.Send(
                "practice", new DescribeBusinessBody(name, lines, form.Text("email")), call => new DescribeBusinessCommand(
                    call.Context, new DescribeBusiness(
                        name, call.Body.AddressLines ?? [], call.Body.Email, TaxIdOf(call.Http, call.Caller), call.Now)))
            ?? await form.Send("zone", new MoveBusinessBody(zone), call => new MoveBusinessCommand(
                call.Context, new MoveBusiness(zone, call.Now)))
            ?? await FirstClient(form)
            ?? await Taxes(form);
    }

    /// <summary>The page does not ask for it, and leaves it as it is.</summary>
    private static string? TaxIdOf(HttpContext http, Caller caller) =>
        http.RequestServices.GetRequiredService<AccessQueries>().Business(caller.Book)?.TaxId;

    private static async ValueTask<PageRefusal?> FirstClient(PageForm form)
    {
        if (form.Text("client") is not { } client) return null;
        if (form.Id("client-id") is not { } clientId || form.Id("engagement-id") is not { } engagementId
            || !Currency.TryOf(form.Text("currency") ?? "", out var currency)) return new PageRefusal("set-up-currency");
        if (!PageForm.TryAmount(form.Text("rate"), currency, out var rate)) return new PageRefusal("set-up-rate");
        var from = form.Moment("now") is { } now ? now.InUtc().Date : new LocalDate(2000, 1, 3);
        return await form.Send("client", new AddClientBody(client, currency, clientId, form.Text("client-email")), call =>
                new AddClientCommand(call.Context, new AddClient(
                    clientId, client, call.Body.Email, [], currency.Code, null, call.Now)))
            ?? await form.Send("engagement", new AgreeEngagementBody(clientId, form.Text("work") ?? client, engagementId), call =>
                new AgreeEngagementCommand(call.Context, new AgreeEngagement(engagementId, clientId, call.Body.Name, call.Now)))
            ?? await form.Send("rate", new SetRateCardBody(rate, from.PlusYears(-1)), call => new ChangeChargingCommand(
                call.Context, engagementId,
                state => Engagement.Decide(state, call.Body.WishOf(call.IdOrNew(null), call.Now))));
    }

    private static async ValueTask<PageRefusal?> Taxes(PageForm form)
    {
        if (form.Text("status") is not { } status || form.Number("tax-year") is not { } year) return null;
        if (!Amount("last-tax", out var tax) || !Amount("last-agi", out var agi))
            return new PageRefusal("set-up-taxes");
        return await form.Send(
            "taxes", new FilingProfileBody(
                status, PriorYearTax: tax, PriorYearAgi: agi, PriorYearFiledInFull: tax is not null && agi is not null),
            call => TaxEndpoints.Profile(call) is { } profile
                ? new SetFilingProfileCommand(call.Context, new SetFilingProfile(year, TaxYear.UsFederal, profile, call.Now))
                : null);

        bool Amount(string field, out Money? amount)
        {
            amount = null;
            if (form.Text(field) is not { } text) return true;
            if (!PageForm.TryAmount(text, Currency.Usd, out var read)) return false;
            amount = read;
            return true;
        }
    }

    private static IResult Page(HttpContext http, Caller caller, string? problem, IReadOnlyDictionary<string, string> said)
    {
        var call = new QueryCall(http, caller);
        var business = call.Service<AccessQueries>().Business(call.Book);
        var newId = call.Service<Func<Guid>>();
        var start = new Dictionary<string, string>
        {
            ["name"] = business?.Name ?? "",
            ["address"] = string.Join('\n', business?.AddressLines ?? []),
            ["email"] = business?.Email ?? "",
            ["zone"] = business?.TimeZone ?? "",
            ["currency"] = business?.Currency.Code ?? "USD",
            ["key"] = newId().ToString("D"),
            ["client-id"] = newId().ToString("D"),
            ["engagement-id"] = newId().ToString("D"),
            ["tax-year"] = Invariant(PracticeDay.Of(call).Year),
            ["now"] = NodaTime.Text.InstantPattern.ExtendedIso.Format(call.Now),
        };
        foreach (var (name, value) in said) start[name] = value;
        return PageAnswers.Page<SetUpPage>(
            http,
            new
            {
                Words = PageWords.For(http.Request),
                Caller = caller,
                Said = (IReadOnlyDictionary<string, string>)start,
                Problem = problem,
                OffersSample = call.Service<SamplePractice>().IsOffered,
            },
            problem is null ? 200 : 409);
    }

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

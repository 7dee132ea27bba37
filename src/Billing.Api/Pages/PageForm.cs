using System.Text.Json;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Pages;

/// <summary>
/// A form that was sent from a page, as the command that the API takes: a form has a key of its own, so that sending it twice does
/// what sending it once does.
/// </summary>
public sealed class PageForm
{
    private const int MostBytes = 64 * 1024;
    private readonly HttpContext _http;
    private readonly IFormCollection _form;

    private PageForm(HttpContext http, Caller caller, IFormCollection form)
    {
        _http = http;
        Caller = caller;
        _form = form;
    }

    public Caller Caller { get; }

    /// <summary>Null, with what to answer instead, where it is no form of ours or nobody is signed in.</summary>
    public static async ValueTask<(PageForm?, IResult?)> Read(HttpContext http, Role who)
    {
        if (!PageSession.IsOwnForm(http.Request))
            return (null, Problem.Of(403, "form-from-elsewhere", "The form was sent from another site. Open the page here.").AsResult());
        if (!http.Request.HasFormContentType || http.Request.ContentLength is not <= MostBytes)
            return (null, Problem.Of(415, "not-a-form", "Use the form on the page.").AsResult());
        if (await PageSession.Find(http, who) is not { } caller) return (null, PageAnswers.ToSignIn(http));
        return (new PageForm(http, caller, await http.Request.ReadFormAsync(http.RequestAborted)), null);
    }

    /// <summary>What a field says; null where it is empty.</summary>
    public string? Text(string name) => _form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A moment as a script writes it, such as <c>2026-06-01T09:30:00.000Z</c>.</summary>
    public Instant? Moment(string name) =>
        InstantPattern.ExtendedIso.Parse(Text(name) ?? "") is { Success: true, Value: var moment } ? moment : null;

    public Guid? Id(string name) => Guid.TryParse(Text(name), out var id) ? id : null;

    public int? Number(string name) => int.TryParse(
        Text(name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>What was sent, so that the page can show it again.</summary>
    public IReadOnlyDictionary<string, string> Fields() => _form.ToDictionary(field => field.Key, field => field.Value.ToString());

    /// <summary>Runs what the API would make of such a body.</summary>
    /// <returns>Null where all is done; else why not, for the person who sent it.</returns>
    internal ValueTask<string?> Send<TBody>(TBody body, Func<CommandCall<TBody>, ICommand?> parse) where TBody : class =>
        Send("", body, parse);

    /// <param name="part">Which of several commands of the form it is: each has a key of its own.</param>
    /// <param name="body">As the API would take it.</param>
    /// <param name="parse">What the API would make of it.</param>
    internal async ValueTask<string?> Send<TBody>(string part, TBody body, Func<CommandCall<TBody>, ICommand?> parse)
        where TBody : class
    {
        if (BodyBinder.OutOfBounds(body) is [var first, ..]) return first.Detail;
        if (await new QueryCall(_http, Caller).WaitForOwnWrites() is { } behind) return behind.Detail;
        var (context, _) = EndpointMapping.Context(_http, Caller, []);
        if (Text("key") is { Length: <= 100 } key)
        {
            // What was mended before it is sent again is another request.
            var hash = RequestHash.Of(_http.Request, JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options));
            context = context with { IdempotencyKey = $"{key}{part}-{hash[..16]}", BodyHash = hash };
        }
        var call = new CommandCall<TBody>(_http, Caller, context, body, _http.RequestServices.GetRequiredService<Func<Guid>>());
        var result = await _http.RequestServices.GetRequiredService<CommandBus>()
            .Send(context, () => parse(call) is { } command && call.IsUsable ? command : null, _http.RequestAborted);
        return result switch
        {
            CommandResult.Done done => Note(done),
            CommandResult.Refused { Rejection: var why } => why.Detail,
            null => call.Refusal?.Detail ?? call.Errors[0].Detail,
            _ => "Too much is being written just now; nothing of this was. Send it again.",
        };
    }

    private string? Note(CommandResult.Done done)
    {
        if (done.Position > 0)
            _http.RequestServices.GetRequiredService<LastWrites>().Note(Caller.TokenId, done.Position);
        return null;
    }
}

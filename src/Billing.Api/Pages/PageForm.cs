using System.Text.Json;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain.Values;
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
    private const int MostTries = 4;
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
    /// <param name="mostBytes">A longer one is not read.</param>
    public static async ValueTask<(PageForm?, IResult?)> Read(HttpContext http, Role who, long mostBytes = MostBytes)
    {
        var words = PageWords.For(http.Request);
        if (!PageSession.IsOwnForm(http.Request))
            return (null, Problem.Of(403, "form-from-elsewhere", words["form.from-elsewhere"]).AsResult());
        if (!http.Request.HasFormContentType || http.Request.ContentLength is not { } bytes || bytes > mostBytes)
            return (null, Problem.Of(415, "not-a-form", words["form.not-ours"]).AsResult());
        if (await PageSession.Find(http, who) is not { } caller) return (null, PageAnswers.ToSignIn(http));
        return await RequestForm.Read(http.Request, mostBytes, http.RequestAborted) is { } form
            ? (new PageForm(http, caller, form), null)
            : (null, Problem.Of(415, "not-a-form", words["form.not-ours"]).AsResult());
    }

    /// <summary>What a field says; null where it is empty.</summary>
    public string? Text(string name) => _form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A moment as a script writes it, such as <c>2026-06-01T09:30:00.000Z</c>.</summary>
    public Instant? Moment(string name) =>
        InstantPattern.ExtendedIso.Parse(Text(name) ?? "") is { Success: true, Value: var moment } ? moment : null;

    public Guid? Id(string name) => Guid.TryParse(Text(name), out var id) ? id : null;

    /// <summary>A decimal number as people write it: some write a comma where a point is read.</summary>
    public static string? WithPoint(string? text) => text?.Replace(',', '.');

    /// <summary>An amount as people write it, without signs that group its digits.</summary>
    public static bool TryAmount(string? text, Currency currency, out Money amount)
    {
        var isWithComma = text is not null && text.IndexOf(',', StringComparison.Ordinal) == text.Length - 1 - currency.Decimals;
        return Money.TryParse(isWithComma ? text!.Replace(',', '.') : text, currency, out amount);
    }

    public int? Number(string name) => int.TryParse(
        Text(name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public bool IsTicked(string name) => Text(name) is not null;

    /// <summary>A file that was chosen; null where none was.</summary>
    public IFormFile? File(string name) => _form.Files.GetFile(name) is { FileName.Length: > 0 } file ? file : null;

    /// <summary>What was sent, so that the page can show it again.</summary>
    public IReadOnlyDictionary<string, string> Fields() => _form.ToDictionary(field => field.Key, field => field.Value.ToString());

    /// <inheritdoc cref="Send{TBody}(string, TBody, Func{CommandCall{TBody}, ICommand?}, Func{PageRefusal?})"/>
    internal ValueTask<PageRefusal?> Send<TBody>(TBody body, Func<CommandCall<TBody>, ICommand?> parse) where TBody : class =>
        Send("", body, parse);

    /// <summary>Runs what the API would make of such a body.</summary>
    /// <param name="part">Which of several commands of the form it is: each has a key of its own.</param>
    /// <param name="body">As the API would take it.</param>
    /// <param name="parse">What the API would make of it.</param>
    /// <param name="check">
    /// Whether what the form was made from is still so. With it the command says which version it is meant for, and where that has
    /// passed meanwhile it is asked again.
    /// </param>
    /// <returns>Null where all is done.</returns>
    internal async ValueTask<PageRefusal?> Send<TBody>(
        string part, TBody body, Func<CommandCall<TBody>, ICommand?> parse, Func<PageRefusal?>? check = null) where TBody : class
    {
        if (BodyBinder.OutOfBounds(body) is [var first, ..]) return PageRefusal.Of(first);
        var reads = new QueryCall(_http, Caller);
        for (var attempt = 1; ; attempt++)
        {
            if (await reads.WaitForOwnWrites() is { } behind) return PageRefusal.Of(behind);
            PageRefusal? changed = null;
            var call = Call(part, body);
            var result = await _http.RequestServices.GetRequiredService<CommandBus>().Send(
                call.Context,
                () => (changed = check?.Invoke()) is null && parse(call) is { } command && call.IsUsable ? command : null,
                _http.RequestAborted);
            switch (result)
            {
                case CommandResult.Done done:
                    return Note(done);
                case CommandResult.Refused { Rejection: var why }:
                    return PageRefusal.Of(why);
                case CommandResult.Stale when attempt < MostTries:
                case null when call.Refusal is not null && attempt == 1:
                    // Somebody else wrote it, or may just have made what it names: what is read next must show that.
                    await reads.NoteWrites();
                    continue;
                case CommandResult.Stale:
                    return PageRefusal.ChangedMeanwhile;
                case null:
                    return changed ?? (call.Refusal is { } refusal ? PageRefusal.Of(refusal) : PageRefusal.Of(call.Errors[0]));
                default:
                    return PageRefusal.Overloaded;
            }
        }
    }

    private CommandCall<TBody> Call<TBody>(string part, TBody body) where TBody : class
    {
        // What the API's headers and parameters say is nothing that a form can say.
        var newId = _http.RequestServices.GetRequiredService<Func<Guid>>();
        var context = new CommandContext(
            Caller.Book, Caller.Actor, _http.RequestServices.GetRequiredService<IClock>().GetCurrentInstant(), newId());
        if (Text("key") is { Length: <= 100 } key)
        {
            // What was mended before it is sent again is another request.
            var hash = RequestHash.Of(_http.Request, JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options));
            context = context with { IdempotencyKey = $"{key}{part}-{hash[..16]}", BodyHash = hash };
        }
        return new CommandCall<TBody>(_http, Caller, context, body, newId);
    }

    private PageRefusal? Note(CommandResult.Done done)
    {
        if (done.Position > 0)
            _http.RequestServices.GetRequiredService<LastWrites>().Note(Caller.TokenId, done.Position);
        return null;
    }
}

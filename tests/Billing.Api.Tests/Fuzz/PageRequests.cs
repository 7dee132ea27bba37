using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Fuzz;

/// <summary>Requests to the pages: every route that the description does not name, and the forms that stand on the pages.</summary>
internal sealed partial class PageRequests
{
    private static readonly string[] Fields =
        ["token", "key", "note", "day", "from", "to", "amount", "engagement", "client", "id", "name", "email", "acceptedBy", "option", "revision", "consent", "part", "returnTo", "hours", "tags", "file", "language"];

    private static readonly string[] Values =
        ["", "1", "-1", "1e400", "0,5", "99999999999999999999", "2026-03-05", "2026-02-30", "0001-01-01", "x", "%00", "%F0%9F%98%80", "%ED%A0%80", "//evil.example", "javascript:1", "%3Cscript%3E", "true", "on", "USD", "12:30", "25:00", "1:75", "..%2F.."];

    private readonly string _host;
    private readonly Practice _practice;
    private readonly string[] _gets;
    private readonly List<(string Action, List<(string Name, string Value)> Fields)> _forms = [];
    private readonly string[] _posts;
    private readonly string[] _secrets;

    private PageRequests(ApiServer server, Practice practice, IEnumerable<string> secrets)
    {
        (_host, _practice, _secrets) = (server.Address.Authority, practice, [.. secrets]);
        var pages = server.Routes.Keys.Where(name => !name.Contains("/v1", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        _gets = [.. pages.Where(name => name.StartsWith("GET", StringComparison.Ordinal)).Select(name => name.Split(' ')[1])];
        _posts = [.. pages.Where(name => name.StartsWith("POST", StringComparison.Ordinal)).Select(name => name.Split(' ')[1])];
    }

    /// <summary>Looks at every page once for the forms on it.</summary>
    public static async Task<PageRequests> Of(ApiServer server, Practice practice)
    {
        var calendar = (string)(await practice.Post("/v1/tax-links", """{"opens":"calendar"}""")).Json["url"]!;
        var report = (string)(await practice.Post("/v1/tax-links", """{"opens":"report"}""")).Json["url"]!;
        var secrets = new[] { practice.SharePath, practice.QuotePath, new Uri(calendar).AbsolutePath, new Uri(report).AbsolutePath }
            .Select(path => Path.GetFileNameWithoutExtension(path.Split('/')[2]));
        var pages = new PageRequests(server, practice, secrets);
        var paths = pages._gets.SelectMany(route => pages._secrets.Select(secret => pages.Fill(route, secret)));
        foreach (var path in paths.Distinct(StringComparer.Ordinal))
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Cookie", $"billing-session={practice.Owner}");
            var answer = await server.Send(request);
            if (answer.MediaType == "text/html") pages.Learn(answer.Text, path);
        }
        Assert.True(pages._forms.Count > 5, $"These forms stand on the pages: {string.Join(' ', pages._forms.Select(form => form.Action))}; of {string.Join(' ', pages._gets)}");
        return pages;
    }

    public IEnumerable<string> Secrets => _secrets;

    public WireRequest Make(Random random)
    {
        var cookie = random.Next(10) switch
        {
            0 => null,
            1 => Odd.HeaderValue(random),
            2 => $"billing-session={_practice.Assistant}",
            _ => $"a=b; billing-session={_practice.Owner}",
        };
        var isPost = random.Next(2) == 0;
        var (target, body) = isPost ? Form(random) : (Fill(Odd.Pick(random, _gets), Secret(random), random), "");
        if (!isPost && random.Next(3) == 0) target += $"?{Odd.Pick(random, Fields)}={Odd.Pick(random, Values)}&{Odd.Pick(random, Fields)}={Odd.Part(random)}";
        var head = new StringBuilder($"{(isPost ? "POST" : "GET")} {target} HTTP/1.1\r\nHost: {_host}");
        if (cookie is not null) head.Append(CultureInfo.InvariantCulture, $"\r\nCookie: {cookie}");
        if (random.Next(12) == 0) head.Append(CultureInfo.InvariantCulture, $"\r\n{Odd.HeaderName(random)}: {Odd.HeaderValue(random)}");
        if (isPost)
        {
            if (random.Next(12) > 0) head.Append("\r\nSec-Fetch-Site: same-origin");
            var type = random.Next(10) > 0 ? "application/x-www-form-urlencoded" : Odd.Pick(random, ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "application/json"]);
            head.Append(CultureInfo.InvariantCulture, $"\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}");
        }
        return new WireRequest($"page {(isPost ? "POST" : "GET")} {Name(target)}", isPost ? "POST" : "GET", head.ToString(), Encoding.UTF8.GetBytes(body), IsBroken: false);
    }

    private (string, string) Form(Random random)
    {
        if (random.Next(4) == 0)
        {
            var some = Enumerable.Range(0, random.Next(6)).Select(_ => $"{Odd.Pick(random, Fields)}={Odd.Pick(random, Values)}");
            return (Fill(Odd.Pick(random, _posts), Secret(random), random), string.Join('&', some));
        }
        var (action, fields) = Odd.Pick(random, _forms);
        var sent = fields.Where(_ => random.Next(20) > 0).Select(field => random.Next(6) == 0
            ? $"{field.Name}={Odd.Pick(random, Values)}"
            : $"{field.Name}={Uri.EscapeDataString(field.Name == "key" ? $"key-{random.Next()}" : field.Value)}");
        return (action, string.Join('&', sent));
    }

    private string Name(string target) => _secrets
        .Aggregate(target.Split('?')[0], (path, secret) => path.Replace(secret, "{secret}", StringComparison.Ordinal));

    private string Secret(Random random) => random.Next(8) == 0 ? Odd.Part(random) : Odd.Pick(random, _secrets);

    private string Fill(string route, string secret, Random? random = null) => Parameter().Replace(
        route,
        match => match.Groups[1].Value switch
        {
            "secret" => secret,
            "id" => _practice.ExpenseId.ToString(),
            "payment" => _practice.PaymentId.ToString(),
            "year" => "2026",
            "week" => Practice.Week,
            _ => random is null ? "1" : Odd.Part(random),
        });

    private void Learn(string page, string path)
    {
        foreach (Match form in FormTag().Matches(page))
        {
            var action = Attribute("action", form.Groups[1].Value) ?? path;
            var fields = FieldTag().Matches(form.Groups[2].Value)
                .Select(tag => (Name: Attribute("name", tag.Value), Value: Attribute("value", tag.Value) ?? Chosen(tag.Groups[1].Value)))
                .Where(field => field.Name is not null).Select(field => (field.Name!, field.Value)).ToList();
            if (action.StartsWith('/') && !action.Contains("sign-out", StringComparison.Ordinal)) _forms.Add((action, fields));
        }
    }

    private static string Chosen(string options) =>
        Regex.Matches(options, "value=\"([^\"]+)\"").Select(match => match.Groups[1].Value).FirstOrDefault("");

    private static string? Attribute(string name, string tag) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex(@"\{\*?(\w+)[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("<form([^>]*method=\"post\"[^>]*)>(.*?)</form>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex FormTag();

    [GeneratedRegex("<(?:input|textarea|button)[^>]*>|<select[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex FieldTag();
}

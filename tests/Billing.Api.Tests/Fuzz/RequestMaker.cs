using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;

namespace Billing.Api.Tests.Fuzz;

/// <summary>Makes requests out of random numbers: the same of the same.</summary>
internal sealed class RequestMaker
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "PROPFIND", "QUERY", "X"];

    private static readonly string[] MediaTypes =
    [
        "application/json; charset=utf-16", "application/json;charset=\"x", "text/json", "application/merge-patch+json", "text/plain", "text/csv", "application/xml",
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/octet-stream",
        "image/png", "message/rfc822", "application/pdf", "*/*", ";", "x", "application/json, text/csv",
    ];

    private static readonly string[] Files =
    [
        "", "Date,Amount,Name\n2026-02-11,50.00,Acme\n", "Date;Amount\n11.02.2026;1.000,50\n", "Datum,Betrag\n,,\n\"", "OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRN>", "<?xml version=\"1.0\"?><OFX/>",
        "<!DOCTYPE x [<!ENTITY a \"b\">]><Document>&a;</Document>", "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt/></Document>", "%PDF-1.7\n%%EOF",
        "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", "From: a@b\r\nTo: c@d\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--x--",
        "Date,Hours,Rate,Client,Project,Description\n2026-03-01,1.5,40,Acme,Site,Work\n2026-03-02,x,,,,\n", "\"Project\",\"Client\",\"Start date\",\"Duration\"\n\"a\",\"b\",\"2026-01-01\",\"99:99:99\"\n", "\0\0\0\0", "\ufeffDate,Amount\r\n9999-12-31,92233720368547758.07\r\n",
        "Date,Amount\n2026-02-11,1e400\n0001-01-01,-1\n",
    ];

    private readonly Operation[] _light, _heavy;
    private readonly List<Operation> _untaken;
    private readonly BodyMaker _bodies;
    private readonly TargetMaker _targets;
    private readonly Practice _practice;
    private readonly string _host;
    private readonly PageRequests _pages;
    private readonly Known _known;

    public RequestMaker(ApiServer server, JsonObject description, Practice practice, Practice other, PageRequests pages, Known known,
        WorldRequests world)
    {
        var good = Endpoints.Commands(practice).Concat(Endpoints.Queries(practice))
            .Concat(SpecialRequests.Commands(practice)).Concat(world.Commands).Concat(SpecialRequests.Queries(practice))
            .ToDictionary(StringComparer.Ordinal);
        var allFiles = SpecialRequests.Files(practice).Concat(world.Files).ToDictionary(StringComparer.Ordinal);
        var operations = Described.Operations(description, good, allFiles);
        var ids = good.Values.Concat(Endpoints.Queries(other).Values).SelectMany(r => $"{r.Path}/{r.Body}".Split('/', ':', '"', '?'))
            .Where(part => part.Length == 36 && Guid.TryParse(part, out _)).Distinct(StringComparer.Ordinal).ToList();
        (_light, _heavy) = ([.. operations.Where(o => !o.IsHeavy)], [.. operations.Where(o => o.IsHeavy)]);
        _untaken = [.. operations.Where(o => !o.IsLast && !OutOfReach.Reasons.ContainsKey(o.Name))];
        (_bodies, _targets) = (new BodyMaker(description, operations, ids, known), new TargetMaker(operations, ids, known));
        (_practice, _host, _pages, _known) = (practice, server.Address.Authority, pages, known);
    }

    /// <summary>Takes in what was answered to one of its requests that was accepted.</summary>
    public void Learn(WireRequest request, ApiAnswer answer)
    {
        if (request.IsAsDescribed) _untaken.RemoveAll(o => o.Name == request.Operation);
        if (answer.MediaType == "application/json" && (request.Method == "GET" || request.MayWrite)) _known.Learn(request.Head.Split(' ', 3)[1], answer.Text);
    }

    public WireRequest Make(Random random)
    {
        if (random.Next(14) == 0) return _pages.Make(random);
        var operation = Odd.Pick(random, random.Next(10) == 0 ? _heavy : _light);
        if (operation.IsLast && random.Next(3) > 0) operation = Odd.Pick(random, _light);
        // What has taken nothing in this practice yet is asked for more often.
        if (_untaken.Count > 0 && random.Next(10) == 0) operation = Odd.Pick(random, _untaken);
        // Most are good but for one thing, so that they come far.
        var oddness = random.Next(20) switch { < 8 => 0, < 15 => 0.03, < 19 => 0.12, _ => 0.5 };
        var method = random.Next(40) == 0 ? Odd.Pick(random, Methods) : operation.Method;
        var target = _targets.Make(operation, random, oddness);
        var (body, mediaType) = Body(operation, random, oddness);
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: {_host}");
        if (Authorization(operation, random) is { } authorization) head.Append(CultureInfo.InvariantCulture, $"\r\nAuthorization: {authorization}");
        if (random.Next(12) == 0) head.Append(CultureInfo.InvariantCulture, $"\r\nIdempotency-Key: {(random.Next(3) == 0 ? Odd.HeaderValue(random) : $"key-{random.Next(50)}")}");
        for (var n = random.NextDouble() < oddness * 2 ? random.Next(1, 4) : 0; n > 0; n--)
            head.Append(CultureInfo.InvariantCulture, $"\r\n{Odd.HeaderName(random)}: {Odd.HeaderValue(random)}");
        if (operation.Name == World.StripeWebhook && random.Next(4) > 0) head.Append(CultureInfo.InvariantCulture, $"\r\nStripe-Signature: {StripeSignature.Header(body)}");
        if (operation.Method == "GET" && body.Length == 0) return Broken(operation, method, head, body, random);
        if (mediaType is not null) head.Append(CultureInfo.InvariantCulture, $"\r\nContent-Type: {mediaType}");
        return random.Next(40) == 0 ? Chunked(operation, method, head, body, random) : Broken(operation, method, head, body, random);
    }

    private (byte[], string?) Body(Operation operation, Random random, double oddness)
    {
        if (operation.Method == "GET") return (random.Next(100) == 0 ? "{}"u8.ToArray() : [], null);
        if (operation.File is { } file && random.Next(4) > 0 && random.NextDouble() >= oddness)
            return (Changed(file.Bytes, random), file.MediaType);
        var text = operation.Body is not null ? _bodies.Make(operation, random, oddness) : Odd.Pick(random, Files);
        var body = Encoding.UTF8.GetBytes(text);
        var mediaType = operation.MediaType is null or "*/*" ? "application/octet-stream" : operation.MediaType;
        if (random.NextDouble() >= oddness / 2) return (body, mediaType);
        return random.Next(10) switch
        {
            0 => (body, null),
            1 => ([], mediaType),
            2 => ([0xEF, 0xBB, 0xBF, .. body], mediaType),
            3 => (Encoding.Unicode.GetBytes(text), mediaType),
            4 => ([.. body, 0xFF, 0xFE], mediaType),
            5 => (body[..random.Next(body.Length + 1)], mediaType),
            6 when random.Next(10) == 0 => ([.. body, .. new byte[300 * 1024]], mediaType),
            7 => ([.. body.Select(b => random.Next(30) == 0 ? (byte)random.Next(256) : b)], mediaType),
            8 => (Encoding.UTF8.GetBytes(Odd.Token(random)), mediaType),
            _ => (body, Odd.Pick(random, MediaTypes)),
        };
    }

    /// <summary>A good file, now and then with lines that are missing, or there twice, or with another digit.</summary>
    private static byte[] Changed(byte[] file, Random random)
    {
        if (random.Next(3) == 0) return file;
        var text = Encoding.Latin1.GetString(file);
        var lines = text.Split('\n').Select((line, n) => (line, n)).SelectMany(line => line.n == 0 ? [line.line]
            : random.Next(8) switch { 0 => [], 1 => [line.line, line.line], _ => new[] { line.line } });
        return [.. Encoding.Latin1.GetBytes(string.Join('\n', lines)).Select(
            b => char.IsAsciiDigit((char)b) && random.Next(20) == 0 ? (byte)random.Next('0', '9' + 1) : b)];
    }

    private string? Authorization(Operation operation, Random random)
    {
        if (operation.Path is "/v1/businesses" or "/v1/server/mail-reports" || operation.Path.StartsWith("/v1/stripe/", StringComparison.Ordinal))
            return (random.Next(4) == 0) == (operation.Path == "/v1/businesses") ? $"Bearer {ApiServer.OperatorToken}" : $"Bearer {_practice.Owner}";
        return random.Next(100) switch
        {
            < 80 => $"Bearer {_practice.Owner}",
            < 86 => $"Bearer {_practice.Assistant}",
            < 92 => $"Bearer {_practice.Bookkeeper}",
            92 => $"Bearer {ApiServer.OperatorToken}",
            93 => $"bearer  {_practice.Owner} ",
            94 => $"Bearer {_practice.Owner}x",
            95 => $"Bearer {_practice.Owner}\r\nAuthorization: Bearer {_practice.Assistant}",
            96 => null,
            _ => Odd.HeaderValue(random),
        };
    }

    private static WireRequest Chunked(Operation operation, string method, StringBuilder head, byte[] body, Random random)
    {
        head.Append("\r\nTransfer-Encoding: chunked");
        var isBroken = random.Next(4) == 0;
        var size = isBroken ? Odd.Pick(random, ["-1", "zz", "FFFFFFFFFFFFFFFF", "", "1;x=\"", "0x5"]) : body.Length.ToString("x", CultureInfo.InvariantCulture);
        byte[] chunks = body.Length == 0 && !isBroken
            ? "0\r\n\r\n"u8.ToArray()
            : [.. Encoding.ASCII.GetBytes(size), (byte)'\r', (byte)'\n', .. body, .. "\r\n0\r\n\r\n"u8];
        return new WireRequest(operation.Name, method, head.ToString(), chunks, isBroken);
    }

    /// <summary>With the length of its body, and now and then with something that is no good HTTP.</summary>
    private static WireRequest Broken(Operation operation, string method, StringBuilder head, byte[] body, Random random)
    {
        var length = body.Length.ToString(CultureInfo.InvariantCulture);
        if (random.Next(100) > 0)
        {
            if (body.Length > 0 || operation.Method != "GET") head.Append(CultureInfo.InvariantCulture, $"\r\nContent-Length: {length}");
            return new WireRequest(operation.Name, method, head.ToString(), body, IsBroken: false);
        }
        var (more, line) = random.Next(22) switch
        {
            0 => ($"Content-Length: {length}\r\nTransfer-Encoding: chunked", null),
            1 => ($"Content-Length: {length}\r\nContent-Length: 1", null),
            2 => ("Content-Length: -1", null),
            3 => ("Content-Length: 99999999999999999999", null),
            4 => ("Content-Length: 40000000", null),
            5 => ($"Content-Length: {body.Length + 10}", null),
            6 => ("Transfer-Encoding: gzip", null),
            7 => ("Transfer-Encoding: chunked, gzip", null),
            8 => ("No colon here", null),
            9 => ($"X-Long: {new string('h', 40_000)}", null),
            10 => (string.Join("\r\n", Enumerable.Range(0, 300).Select(n => $"X-{n}: 1")), null),
            11 => ("Host: other.example", null),
            12 => (" folded: header", null),
            13 => ("X: a\nY: b", null),
            14 => ("X\0: a", null),
            15 => ("Connection: close, upgrade\r\nUpgrade: h2c, websocket", null),
            16 => ("Expect: 100-continue", null),
            17 => ("X: 1", "GET http://evil.example/v1/me HTTP/1.1"),
            18 => ("X: 1", "OPTIONS * HTTP/1.1"),
            19 => ("X: 1", "CONNECT example.com:443 HTTP/1.1"),
            20 => ("X: 1", Odd.Pick(random, ["G@T / HTTP/1.1", "GET  / HTTP/1.1", "GET /", "", " ", "\0\0\0", "PRI * HTTP/2.0", "GET / HTTP/9.9", "GET /\u00e9 HTTP/1.1", "GET x HTTP/1.1", "\u0016\u0003\u0001"])),
            _ => ("X: 1", $"GET /{new string('p', 20_000)} HTTP/1.1"),
        };
        var text = head.ToString();
        if (line is not null) text = line + text[text.IndexOf('\r', StringComparison.Ordinal)..];
        return new WireRequest(operation.Name, line is null ? method : "GET", $"{text}\r\n{more}", body, IsBroken: true);
    }
}

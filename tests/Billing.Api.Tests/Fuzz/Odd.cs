using System.Globalization;
using System.Text;

namespace Billing.Api.Tests.Fuzz;

/// <summary>What nobody sends on purpose.</summary>
internal static class Odd
{
    /// <summary>In the place of a JSON value; some are no JSON.</summary>
    private static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-0", "-0.0", "-1", "1", "1.0", "1.5", "1e0", "1E2", "1e400", "-1e400", "1e-400", "2147483647", "2147483648",
        "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e18", "123456789012345678901234567890",
        "0.1234567890123456789012345678901", "01", "+1", ".5", "1.", "0x10", "NaN", "Infinity", "-Infinity", "undefined", "'x'", "/*c*/1", "\"\\x\"",
        "\"unterminated", "\"\"", "\" \"", "\"\\t\\r\\n\"", "\"NaN\"", "\"Infinity\"", "\"1e400\"", "\"-0\"", "\"1,5\"", "\"٣\"", "\"\\ud800\"", "\"\\udc00x\"",
        "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\u202eabc\"", "\"\\ufeff\"", "\"\\u2028\"", "\"e\\u0301\"", "\"👩‍👩‍👧‍👦\"", "\"ﷺ\"",
        "\"<script>alert(1)</script>\"", "\"'; DROP TABLE events; --\"", "\"../../etc/passwd\"", "\"%s%n{0}\"", "\"${jndi:x}\"", "[]", "{}", "[[]]",
        "[null]", "[{}]", "{\"\":null}", "{\"a\":1,\"a\":2}", "{\"$type\":\"x\"}", "\"2026-02-30\"", "\"2026-02-29\"", "\"0001-01-01\"", "\"9999-12-31\"",
        "\"-9998-01-01\"", "\"+10000-01-01\"", "\"2026-03-08T02:30:00Z\"", "\"9999-12-31T23:59:59.999999999Z\"", "\"2026-01-01T00:00:00+01:00\"",
        "\"2026-12-31T23:59:60Z\"", "\"00000000-0000-0000-0000-000000000000\"", "\"FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF\"", "\"{x}\"",
        "\"0.001\"", "\"-0.01\"", "\"92233720368547758.07\"", "\"92233720368547758.08\"", "\"79228162514264337593543950336\"", "\"1e2\"", "\" 1\"",
        "\"JPY\"", "\"BHD\"", "\"XXX\"", "\"usd\"", "\"Mars/Phobos\"", "\"UTC+99\"", "\"tr-TR\"", "\"İ\"", "{\"amount\":\"0.00\",\"currency\":\"USD\"}",
        "{\"amount\":\"92233720368547758.07\",\"currency\":\"USD\"}", "{\"amount\":\"-5\",\"currency\":\"USD\"}", "{\"amount\":\"5\",\"currency\":\"JPY\"}",
        "{\"amount\":1e400,\"currency\":\"USD\"}", "{\"amount\":\"5\"}",
    ];

    /// <summary>In an address, as it stands there.</summary>
    private static readonly string[] Parts =
    [
        "", "%20", "%", "%zz", "%00", "%ff", "%c0%af", "%2e%2e", "%2e%2e%2f", "..", ".", "%2F", "%5c", "%u0041", "%F0%9F%98%80", "%E2%80%AE", "%EF%BB%BF",
        "%ED%A0%80", "e%CC%81", "null", "undefined", "-1", "0", "1", "2", "500", "501", "2147483648", "9223372036854775808", "99999999999999999999", "1e3", "1.5", "NaN",
        "true", "TRUE", "yes", "2026", "2025", "1999", "0000", "9999", "10000", "-1", "2026-W01", "2026-W53", "2025-W53", "2026-W00", "2026-w10", "9999-W52", "0001-W01",
        "2026-01-01", "2026-12-31", "2026-02-30", "0001-01-01", "9999-12-31", "-9998-01-01", "2026-01-01T00:00:00Z", "00000000-0000-0000-0000-000000000000",
        "%7B00000000-0000-0000-0000-000000000000%7D", "{id}", "ca", "tx", "zz", "CA", "work", "money", "sales-tax", "month", "open", "paid", "de", "en", "xx", "a%0d%0ab",
        "'%20OR%201=1--", "%3Cscript%3E", ";", "a;b", "a,b", "*", "~", "a:b", ":", "+", "%2B", "INV-0001", "USD", "0.5", "-0.01", "1000000000000000.00",
    ];

    private static readonly string[] HeaderValues =
    [
        "", " ", "*", "\"\"", "\"1\"", "\"0\"", "\"-1\"", "\"9223372036854775807\"", "\"99999999999999999999\"", "W/\"1\"", "W/\"x\"", "\"1\", \"2\"", "1", "\"unterminated",
        "x", "null", "key-1", "key-2", "key 3", "a,b", "\u00e9", "\u0001", "bytes=0-0", "bytes=5-1", "bytes=-99999999999999999999", "bytes=0-,1-,2-,3-", "text/html", "*/*;q=0",
        "application/problem+json", ";;;", "application/json;q=NaN", "gzip, br;q=0", "de-DE,de;q=0.9", "xx-YY;q=1e400", "tr", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday",
        "example.com", "evil.example\\@x", "127.0.0.1, 10.0.0.1", "[::1]:99999", "https", "javascript", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-x-y-zz",
        "Basic Zm9vOmJhcg==", "Bearer", "Bearer ", "bearer x", "Bearer bill_0000000000000000000000000000000000000000000", "Digest username=\"x\"",
    ];

    private static readonly string[] HeaderNames =
    [
        "Idempotency-Key", "If-Match", "If-None-Match", "If-Modified-Since", "If-Range", "Accept", "Accept-Language", "Accept-Encoding", "Accept-Charset", "Range",
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-HTTP-Method-Override", "Forwarded", "Origin", "Referer", "Cookie", "Sec-Fetch-Site", "Expect",
        "Content-Encoding", "Content-MD5", "Content-Language", "Prefer", "traceparent", "tracestate", "baggage", "Last-Event-ID", "Stripe-Signature", "Upgrade", "Via", "Authorization",
        "Billing-Position", "Date", "Max-Forwards", "TE", "Trailer", "DNT", "X-Request-Id", "User-Agent",
    ];

    public static string Token(Random random) => random.Next(40) switch
    {
        0 => Nested(random.Next(2) == 0 ? 40 : 5_000, random.Next(2) == 0 ? "[" : "{\"a\":", random),
        1 => $"\"{Text(random)}\"",
        2 => $"[{string.Join(',', Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(300)))}]",
        3 => random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
        _ => Tokens[random.Next(Tokens.Length)],
    };

    public static string Part(Random random) => random.Next(30) == 0 ? new string('a', random.Next(3_000)) : Pick(random, Parts);

    public static string HeaderName(Random random) => Pick(random, HeaderNames);

    public static string HeaderValue(Random random) =>
        random.Next(30) == 0 ? new string('k', random.Next(9_000)) : Pick(random, HeaderValues);

    public static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>A long text of one kind of character.</summary>
    private static string Text(Random random) => new StringBuilder().Insert(
        0, Pick(random, ["a", "é", "😀", "\u0301", "\u200b", " ", "\\n", "\\u0007", "<"]), random.Next(random.Next(20) == 0 ? 20_000 : 300)).ToString();

    private static string Nested(int depth, string open, Random random)
    {
        var text = new StringBuilder().Insert(0, open, depth).Append('1');
        return random.Next(3) == 0 ? text.ToString() : text.Insert(text.Length, open == "[" ? "]" : "}", depth).ToString();
    }
}

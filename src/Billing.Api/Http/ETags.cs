using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Billing.Api.Http;

/// <summary>A resource's version as an entity tag (RFC 9110, 8.8.3): <c>"3"</c>.</summary>
public static class ETags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// Whether one of the tags that the caller has is this one. Proxies that pack an answer make its tag weak; what it says is the same.
    /// </summary>
    public static bool IsAmong(StringValues known, string tag) =>
        known.Count > 0 && EntityTagHeaderValue.TryParseList(known!, out var tags) && tags.Any(each =>
            each.Equals(EntityTagHeaderValue.Any) || each.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));

    public static bool TryParse(string tag, out long version)
    {
        version = 0;
        return tag.Length > 2 && tag[0] == '"' && tag[^1] == '"' &&
            long.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }
}

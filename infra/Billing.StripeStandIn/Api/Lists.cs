using System.Globalization;
using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary>
/// Cursor paging as Stripe does it: newest first, <c>starting_after</c> goes on to older ones,
/// <c>ending_before</c> takes the page just newer than the cursor.
/// </summary>
internal static class Lists
{
    private const int DefaultLimit = 10;

    /// <param name="request">Its form has the cursors, the limit and <c>expand[]</c>.</param>
    /// <param name="newestFirst">All that pass the filters.</param>
    /// <param name="url">Named in the envelope.</param>
    public static Answer Page(ApiRequest request, IReadOnlyList<JsonObject> newestFirst, string url)
    {
        var limit = (int)(Number(request.Form, "limit") ?? DefaultLimit);
        var after = request.Form.Text("starting_after");
        var before = request.Form.Text("ending_before");
        if (after is not null && before is not null)
            return StripeError.BadParameter(
                "You may only specify one of these parameters: starting_after, ending_before.", null, "starting_after");
        if ((after ?? before) is not { } cursor) return Cut(request, newestFirst, 0, limit, url);

        var at = newestFirst.ToList().FindIndex(item => item.Id() == cursor);
        var cursorName = after is null ? "ending_before" : "starting_after";
        if (at < 0)
            return request.Account.Find(cursor) is { } filteredOut
                ? StripeError.BadParameter($"{filteredOut.Id()} is not in this list.", null, cursorName)
                : StripeError.NoSuch("object", cursor, cursorName);
        if (after is not null) return Cut(request, newestFirst, at + 1, limit, url);
        var start = Math.Max(0, at - limit);
        var page = JsonReading.List(newestFirst.Take(start..at), hasMore: start > 0, url);
        return Expansion.Expand(request.Account, page, request.Form);
    }

    /// <summary>Whether an object was made within <c>created</c>, given as a second or as a range.</summary>
    public static bool MadeWithin(FormNode form, JsonObject item)
    {
        if (form["created"] is not { } wanted) return true;
        var created = item.Whole("created");
        if (Number(form, "created") is { } exact) return created == exact;
        return (Number(wanted, "gt") is not { } gt || created > gt)
            && (Number(wanted, "gte") is not { } gte || created >= gte)
            && (Number(wanted, "lt") is not { } lt || created < lt)
            && (Number(wanted, "lte") is not { } lte || created <= lte);
    }

    /// <summary>Whether a field equals what was asked for, where anything was.</summary>
    public static bool Fits(FormNode form, JsonObject item, string name) =>
        form.Text(name) is not { } wanted || item.TextOrNull(name) == wanted;

    private static Answer Cut(
        ApiRequest request, IReadOnlyList<JsonObject> newestFirst, int start, int limit, string url)
    {
        var end = Math.Min(start + limit, newestFirst.Count);
        var page = JsonReading.List(newestFirst.Take(start..end), hasMore: end < newestFirst.Count, url);
        return Expansion.Expand(request.Account, page, request.Form);
    }

    private static long? Number(FormNode form, string name) =>
        form.Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}

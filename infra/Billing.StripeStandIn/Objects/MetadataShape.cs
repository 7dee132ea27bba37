using System.Text.Json.Nodes;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Objects;

/// <summary>Metadata as sent; a key with an empty value is unset.</summary>
internal static class MetadataShape
{
    public static JsonObject New(FormNode? form)
    {
        var metadata = new JsonObject();
        foreach (var (key, value) in form?.Children ?? [])
            if (!string.IsNullOrEmpty(value.Value)) metadata[key] = value.Value;
        return metadata;
    }
}

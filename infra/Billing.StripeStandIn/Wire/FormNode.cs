using System.Net;

namespace Billing.StripeStandIn.Wire;

/// <summary>
/// A form or query as a tree: <c>line_items[0][price_data][currency]=usd</c> is the node <c>line_items</c>, its
/// child <c>0</c>, and so on. Stripe's v1 API takes every parameter this way; lists are nodes with numbered
/// children, and <c>types[]=a</c> takes the next number.
/// </summary>
internal sealed class FormNode
{
    private readonly OrderedDictionary<string, FormNode> _children = new(StringComparer.Ordinal);

    /// <summary>The value, where the node was given one itself.</summary>
    public string? Value { get; private set; }

    public IEnumerable<KeyValuePair<string, FormNode>> Children => _children;

    public bool HasChildren => _children.Count > 0;

    public FormNode? this[string name] => _children.GetValueOrDefault(name);

    /// <summary>The value below these names; null where it is missing or empty.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        var node = At(path);
        return string.IsNullOrEmpty(node?.Value) ? null : node.Value;
    }

    public FormNode? At(params ReadOnlySpan<string> path)
    {
        var node = this;
        foreach (var name in path)
        {
            if (node[name] is not { } child) return null;
            node = child;
        }
        return node;
    }

    /// <summary>The values of a list of plain values, in the order sent.</summary>
    public IReadOnlyList<string> Values(string name) =>
        this[name] is { } list ? [.. list.Children.Select(child => child.Value.Value ?? "")] : [];

    /// <summary>Reads <c>a=b&amp;c[d]=e</c>; a pair that comes twice keeps its last value, as at Stripe.</summary>
    public static FormNode Read(string encoded)
    {
        var root = new FormNode();
        root.Add(encoded);
        return root;
    }

    /// <summary>Adds more pairs, for a request with both a query and a form.</summary>
    public void Add(string encoded)
    {
        foreach (var pair in encoded.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = pair.IndexOf('=', StringComparison.Ordinal);
            var name = WebUtility.UrlDecode(cut < 0 ? pair : pair[..cut]);
            var node = this;
            foreach (var part in Names(name)) node = node.Child(part);
            node.Value = cut < 0 ? "" : WebUtility.UrlDecode(pair[(cut + 1)..]);
        }
    }

    /// <summary>
    /// One line per value, sorted by name: equal for equal parameters however they were ordered, which is what
    /// an idempotency key compares.
    /// </summary>
    public string Canonical()
    {
        var lines = new List<string>();
        Collect("", lines);
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }

    private void Collect(string path, List<string> lines)
    {
        if (Value is not null) lines.Add($"{path}={Uri.EscapeDataString(Value)}");
        foreach (var (name, child) in _children) child.Collect($"{path}[{Uri.EscapeDataString(name)}]", lines);
    }

    private FormNode Child(string name)
    {
        if (name.Length == 0) name = FormattableString.Invariant($"{_children.Count}");
        if (_children.TryGetValue(name, out var child)) return child;
        return _children[name] = new FormNode();
    }

    /// <summary>A name whose brackets don't match is one plain name, which no endpoint knows.</summary>
    private static List<string> Names(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open <= 0 || !name.EndsWith(']')) return [name];
        var inner = name[(open + 1)..^1].Split("][");
        return inner.Any(part => part.AsSpan().ContainsAny('[', ']')) ? [name] : [name[..open], .. inner];
    }
}

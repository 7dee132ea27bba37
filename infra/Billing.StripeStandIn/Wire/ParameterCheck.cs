using System.Diagnostics;
using System.Globalization;

namespace Billing.StripeStandIn.Wire;

/// <summary>Checks what was sent against an endpoint's table: unknown names first, then missing, then values.</summary>
internal static class ParameterCheck
{
    public static StripeError? Check(FormNode sent, IReadOnlyList<Parameter> known, string within = "")
    {
        foreach (var (name, _) in sent.Children)
        {
            if (known.Any(parameter => parameter.Name == name)) continue;
            var path = Path(within, name);
            return StripeError.BadParameter($"Received unknown parameter: {path}", "parameter_unknown", path);
        }
        foreach (var parameter in known)
        {
            if (parameter.Required && sent[parameter.Name] is null)
                return StripeError.Missing(Path(within, parameter.Name));
        }
        foreach (var parameter in known)
        {
            if (sent[parameter.Name] is not { } node) continue;
            if (CheckOne(node, parameter, Path(within, parameter.Name)) is { } error) return error;
        }
        return null;
    }

    private static StripeError? CheckOne(FormNode node, Parameter parameter, string path) => parameter switch
    {
        Parameter.NotSimulated => StripeError.NotSimulated(path),
        Parameter.Metadata => CheckMetadata(node, path),
        Parameter.Hash hash => CheckHash(node, hash, path),
        Parameter.ListOf list => CheckList(node, list, path),
        _ when node.HasChildren => StripeError.BadParameter($"Invalid string: {path} is a hash", null, path),
        _ when string.IsNullOrEmpty(node.Value) => Empty(path),
        Parameter.Text text => CheckLength(node.Value, text.MaxLength, path),
        Parameter.Email => CheckEmail(node.Value, path),
        Parameter.Link => CheckLink(node.Value, path),
        Parameter.CurrencyCode => CheckCurrency(node.Value, path),
        Parameter.WholeNumber number => CheckNumber(node.Value, number, path),
        Parameter.Flag => node.Value is "true" or "false"
            ? null
            : StripeError.BadParameter($"Invalid boolean: {node.Value}", "parameter_invalid_boolean", path),
        Parameter.Choice choice => CheckChoice(node.Value, choice, path),
        _ => throw new UnreachableException(),
    };

    private static StripeError? CheckHash(FormNode node, Parameter.Hash hash, string path)
    {
        if (node.HasChildren) return Check(node, hash.Fields, path);
        // Only `created` may be a plain number as well as a range.
        if (hash == Parameter.Created)
            return CheckNumber(node.Value ?? "", new Parameter.WholeNumber("created"), path);
        return string.IsNullOrEmpty(node.Value)
            ? Empty(path)
            : StripeError.BadParameter($"Invalid object: {path}", null, path);
    }

    private static StripeError? CheckList(FormNode node, Parameter.ListOf list, string path)
    {
        // A client has no other way to send an empty list than as an empty value.
        if (!node.HasChildren && node.Value == "") return list.Required ? Empty(path) : null;
        if (!node.HasChildren) return StripeError.BadParameter($"Invalid array: {path}", null, path);
        var count = 0;
        foreach (var (index, item) in node.Children)
        {
            var itemPath = Path(path, index);
            if (!index.All(char.IsAsciiDigit))
                return StripeError.BadParameter($"Invalid array: {path}", null, path);
            if (++count > list.MaxCount)
                return StripeError.BadParameter(
                    $"Array {path} exceeded maximum {list.MaxCount} allowed elements.", null, path);
            if (CheckOne(item, list.Item, itemPath) is { } error) return error;
        }
        return null;
    }

    private static StripeError? CheckMetadata(FormNode node, string path)
    {
        if (!node.HasChildren)
            return node.Value == "" ? null : StripeError.BadParameter($"Invalid object: {path}", null, path);
        if (node.Children.Count() > 50)
            return StripeError.BadParameter("Metadata can have at most 50 keys.", null, path);
        foreach (var (key, value) in node.Children)
        {
            var keyPath = Path(path, key);
            if (value.HasChildren)
                return StripeError.BadParameter("Metadata values must be strings.", null, keyPath);
            if (key.Length > 40)
                return StripeError.BadParameter($"Metadata keys can have at most 40 characters: {key}", null, keyPath);
            if (CheckLength(value.Value ?? "", 500, keyPath) is { } error) return error;
        }
        return null;
    }

    private static StripeError? CheckLength(string value, int maxLength, string path) => value.Length <= maxLength
        ? null
        : StripeError.BadParameter(
            FormattableString.Invariant($"Invalid string: {path} must be at most {maxLength} characters"), null, path);

    private static StripeError? CheckEmail(string value, string path)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        var ok = at > 0 && value.IndexOf('.', at) > at + 1 && !value.EndsWith('.') && !value.Any(char.IsWhiteSpace);
        return ok ? null : StripeError.BadParameter($"Invalid email address: {value}", "email_invalid", path);
    }

    private static StripeError? CheckLink(string value, string path) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? CheckLength(value, 5000, path)
            : StripeError.BadParameter("Not a valid URL", "url_invalid", path);

    private static StripeError? CheckCurrency(string value, string path) => StripeCurrency.IsKnown(value)
        ? null
        : StripeError.BadParameter($"Invalid currency: {value}. Use a three-letter code in lower case.", null, path);

    private static StripeError? CheckNumber(string value, Parameter.WholeNumber number, string path)
    {
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed))
            return StripeError.BadParameter($"Invalid integer: {value}", "parameter_invalid_integer", path);
        if (parsed < number.Min)
            return StripeError.BadParameter(
                FormattableString.Invariant($"This value must be greater than or equal to {number.Min}."),
                "parameter_invalid_integer", path);
        return parsed <= number.Max
            ? null
            : StripeError.BadParameter(
                FormattableString.Invariant($"This value must be less than or equal to {number.Max}."),
                "parameter_invalid_integer", path);
    }

    private static StripeError? CheckChoice(string value, Parameter.Choice choice, string path) =>
        choice.Values.Contains(value, StringComparer.Ordinal)
            ? null
            : StripeError.BadParameter(
                $"Invalid {path}: must be one of {string.Join(", ", choice.Values)}", null, path);

    private static StripeError Empty(string path) => StripeError.BadParameter(
        $"You passed an empty string for '{path}'. We assume empty values are an attempt to unset a parameter; "
        + $"however '{path}' cannot be unset.",
        "parameter_invalid_empty", path);

    private static string Path(string within, string name) => within.Length == 0 ? name : $"{within}[{name}]";
}

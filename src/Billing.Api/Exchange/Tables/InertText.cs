namespace Billing.Api.Exchange.Tables;

/// <summary>Free text as it may stand in a table: a spreadsheet would run a text that begins like a formula.</summary>
public static class InertText
{
    public static string? Of(string? text) => text is { Length: > 0 } && "=+-@\t\r\n".Contains(text[0]) ? $"'{text}" : text;
}

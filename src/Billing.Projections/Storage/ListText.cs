using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Domain.Invoicing;
using Billing.Domain.Taxes;
using Billing.Projections.Ledger;

namespace Billing.Projections.Storage;

/// <summary>Lists and records that are only ever read whole lie in one column, as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<Guid>))]
[JsonSerializable(typeof(IReadOnlyList<SelectedTime>))]
[JsonSerializable(typeof(IReadOnlyList<LedgerLine>))]
[JsonSerializable(typeof(FiledProfile))]
internal sealed partial class ListText : JsonSerializerContext
{
    public static string Of(IReadOnlyList<string> list) => JsonSerializer.Serialize(list, Default.IReadOnlyListString);

    public static string? OfOptional(IReadOnlyList<string>? list) => list is null ? null : Of(list);

    public static string Of(IReadOnlyList<Guid> list) => JsonSerializer.Serialize(list, Default.IReadOnlyListGuid);

    public static string Of(IReadOnlyList<SelectedTime> list) =>
        JsonSerializer.Serialize(list, Default.IReadOnlyListSelectedTime);

    public static string Of(IReadOnlyList<LedgerLine> list) =>
        JsonSerializer.Serialize(list, Default.IReadOnlyListLedgerLine);

    public static string Of(FiledProfile profile) => JsonSerializer.Serialize(profile, Default.FiledProfile);

    public static IReadOnlyList<string> Texts(string? text) =>
        text is null ? [] : JsonSerializer.Deserialize(text, Default.IReadOnlyListString)!;

    public static IReadOnlyList<Guid> Ids(string? text) =>
        text is null ? [] : JsonSerializer.Deserialize(text, Default.IReadOnlyListGuid)!;

    public static IReadOnlyList<SelectedTime> Times(string? text) =>
        text is null ? [] : JsonSerializer.Deserialize(text, Default.IReadOnlyListSelectedTime)!;

    public static IReadOnlyList<LedgerLine> Lines(string text) =>
        JsonSerializer.Deserialize(text, Default.IReadOnlyListLedgerLine)!;

    public static FiledProfile Profile(string text) => JsonSerializer.Deserialize(text, Default.FiledProfile)!;
}

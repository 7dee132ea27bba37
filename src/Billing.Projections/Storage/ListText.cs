using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Domain.Expenses;
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
[JsonSerializable(typeof(StateFiling))]
[JsonSerializable(typeof(GermanProfile))]
[JsonSerializable(typeof(IReadOnlyList<int>))]
[JsonSerializable(typeof(ExpenseParticulars))]
[JsonSerializable(typeof(HomeOfficeText))]
[JsonSerializable(typeof(IReadOnlyList<InstalmentText>))]
internal sealed partial class ListText : JsonSerializerContext
{
    public static string Of(IReadOnlyList<string> list) => JsonSerializer.Serialize(list, Default.IReadOnlyListString);

    public static string? OfOptional(IReadOnlyList<string>? list) => list is null ? null : Of(list);

    public static string Of(IReadOnlyList<Guid> list) => JsonSerializer.Serialize(list, Default.IReadOnlyListGuid);

    public static string Of(IReadOnlyList<SelectedTime> list) =>
        JsonSerializer.Serialize(list, Default.IReadOnlyListSelectedTime);

    public static string Of(IReadOnlyList<LedgerLine> list) =>
        JsonSerializer.Serialize(list, Default.IReadOnlyListLedgerLine);

    public static string Of(StateFiling filing) => JsonSerializer.Serialize(filing, Default.StateFiling);

    public static StateFiling? StateFilingOf(string? text) => text is null ? null : JsonSerializer.Deserialize(text, Default.StateFiling);

    public static string Of(GermanProfile profile) => JsonSerializer.Serialize(profile, Default.GermanProfile);

    public static GermanProfile? GermanProfileOf(string? text) =>
        text is null ? null : JsonSerializer.Deserialize(text, Default.GermanProfile);

    public static string Of(FiledProfile profile) => JsonSerializer.Serialize(profile, Default.FiledProfile);

    public static string Of(IReadOnlyList<int> list) => JsonSerializer.Serialize(list, Default.IReadOnlyListInt32);

    public static string Of(ExpenseParticulars particulars) => JsonSerializer.Serialize(particulars, Default.ExpenseParticulars);

    public static IReadOnlyList<int> Numbers(string text) => JsonSerializer.Deserialize(text, Default.IReadOnlyListInt32)!;

    public static ExpenseParticulars Particulars(string? text) =>
        text is null ? new() : JsonSerializer.Deserialize(text, Default.ExpenseParticulars)!;

    public static string Of(StatedHomeOffice office) => JsonSerializer.Serialize(Storage.HomeOfficeText.Of(office), Default.HomeOfficeText);

    public static StatedHomeOffice? HomeOffice(string? text) =>
        text is null ? null : JsonSerializer.Deserialize(text, Default.HomeOfficeText)!.ToOffice();

    public static IReadOnlyList<string> Texts(string? text) =>
        text is null ? [] : JsonSerializer.Deserialize(text, Default.IReadOnlyListString)!;

    public static IReadOnlyList<Guid> Ids(string? text) =>
        text is null ? [] : JsonSerializer.Deserialize(text, Default.IReadOnlyListGuid)!;

    public static IReadOnlyList<SelectedTime> Times(string? text) =>
        text is null ? [] : JsonSerializer.Deserialize(text, Default.IReadOnlyListSelectedTime)!;

    public static IReadOnlyList<LedgerLine> Lines(string text) =>
        JsonSerializer.Deserialize(text, Default.IReadOnlyListLedgerLine)!;

    public static string Of(IReadOnlyList<Instalment> plan) => JsonSerializer.Serialize(
        [.. plan.Select(part => new InstalmentText(Calendar.Number(part.DueOn), part.AmountMinor))], Default.IReadOnlyListInstalmentText);

    public static IReadOnlyList<Instalment> Instalments(string? text) => text is null
        ? []
        : [
            .. JsonSerializer.Deserialize(text, Default.IReadOnlyListInstalmentText)!
                .Select(part => new Instalment(Calendar.Date(part.DueOn), part.AmountMinor)),
        ];

    public static FiledProfile Profile(string text) => JsonSerializer.Deserialize(text, Default.FiledProfile)!;
}

/// <summary>An instalment with its day as a number, as the tables hold days.</summary>
internal sealed record InstalmentText(long DueOn, long AmountMinor);

/// <summary>A home office with its days as numbers, as the tables hold days.</summary>
internal sealed record HomeOfficeText(
    string Method, int OfficeSquareFeet, int? HomeSquareFeet, long UsedFrom, long UsedUntil, IReadOnlyList<HomeCost> Costs,
    long CarriedOverMinor)
{
    public static HomeOfficeText Of(StatedHomeOffice office) => new(
        office.Method, office.OfficeSquareFeet, office.HomeSquareFeet, Calendar.Number(office.UsedFrom),
        Calendar.Number(office.UsedUntil), office.Costs, office.CarriedOverMinor);

    public StatedHomeOffice ToOffice() => new(
        Method, OfficeSquareFeet, HomeSquareFeet, Calendar.Date(UsedFrom), Calendar.Date(UsedUntil), Costs, CarriedOverMinor);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using NodaTime.Text;

namespace Billing.EventStore.Codec;

/// <summary>
/// Reads instants and dates as the codec writes them, straight from the bytes; anything else goes to NodaTime's own
/// converter, which also writes them. Two thirds of what decoding an event allocates was their parsing.
/// </summary>
internal sealed class FastInstant : JsonConverter<Instant>
{
    private static readonly JsonConverter<Instant> Whole = new NodaPatternConverter<Instant>(InstantPattern.ExtendedIso);

    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        !reader.HasValueSequence && TryRead(reader.ValueSpan, out var instant) ? instant : Whole.Read(ref reader, typeToConvert, options);

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        Whole.Write(writer, value, options);

    /// <summary>Only <c>2026-03-29T01:02:03Z</c>, with or without a fraction of a second.</summary>
    private static bool TryRead(ReadOnlySpan<byte> text, out Instant instant)
    {
        instant = default;
        if (text.Length is < 20 or > 30 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[^1] != 'Z') return false;
        if (!FastDate.TryRead(text[..10], out var days)) return false;
        if (!Digits.TryRead(text.Slice(11, 2), out var hour) || !Digits.TryRead(text.Slice(14, 2), out var minute)
            || !Digits.TryRead(text.Slice(17, 2), out var second) || hour > 23 || minute > 59 || second > 59) return false;
        var fraction = text[19..^1];
        var nanoseconds = 0;
        if (!fraction.IsEmpty)
        {
            if (fraction[0] != '.' || fraction.Length == 1 || !Digits.TryRead(fraction[1..], out nanoseconds)) return false;
            for (var i = fraction.Length; i < 10; i++) nanoseconds *= 10;
        }
        instant = Instant.FromUnixTimeSeconds((days * 86_400L) + (hour * 3_600) + (minute * 60) + second).PlusNanoseconds(nanoseconds);
        return true;
    }
}

internal sealed class FastDate : JsonConverter<LocalDate>
{
    private static readonly JsonConverter<LocalDate> Whole = new NodaPatternConverter<LocalDate>(LocalDatePattern.Iso);

    public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.ValueSpan;
        return !reader.HasValueSequence && text.Length == 10 && TryRead(text, out var year, out var month, out var day)
            ? new LocalDate(year, month, day)
            : Whole.Read(ref reader, typeToConvert, options);
    }

    public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
        Whole.Write(writer, value, options);

    /// <summary>Days since 1970-01-01.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, out long days)
    {
        days = 0;
        if (!TryRead(text, out var year, out var month, out var day)) return false;
        days = new DateOnly(year, month, day).DayNumber - 719_162;
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out int year, out int month, out int day)
    {
        (month, day) = (0, 0);
        return Digits.TryRead(text[..4], out year) && text[4] == '-' && Digits.TryRead(text.Slice(5, 2), out month)
            && text[7] == '-' && Digits.TryRead(text.Slice(8, 2), out day)
            && year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }
}

internal static class Digits
{
    public static bool TryRead(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (digit - '0');
        }
        return true;
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Billing.Domain.Values;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using NodaTime.Text;

namespace Billing.Api.Http;

/// <summary>How the API reads and writes JSON: camel case, strict, money as decimal text with its currency.</summary>
public static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Build();

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        Apply(options);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>For whoever has options of their own: the API's description is made with the framework's.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 16;
        // Answers are JSON and never part of a page, so that names keep their ampersands and accents.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new DayConverter());
        // Those that are spoken here: the patterns of NodaTime's whole set are a tenth of what a starting server would compile.
        options.Converters.Add(new NodaPatternConverter<Instant>(InstantPattern.ExtendedIso));
        options.Converters.Add(new NodaPatternConverter<YearMonth>(YearMonthPattern.Iso));
        options.Converters.Add(new MoneyConverter());
        options.Converters.Add(new CurrencyConverter());
    }

    /// <summary><c>{"amount":"123.45","currency":"USD"}</c></summary>
    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var parts = JsonSerializer.Deserialize<Parts>(ref reader, options) ?? throw new JsonException("Money is null.");
            if (!Currency.TryOf(parts.Currency, out var currency))
                throw new JsonException($"'{parts.Currency}' is no ISO 4217 currency that can be billed in.");
            return Money.TryParse(parts.Amount, currency, out var money)
                ? money
                : throw new JsonException($"The amount must be decimal text with at most {currency.Decimals} places, such as \"123.45\".");
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("amount", value.ToDecimalString());
            writer.WriteString("currency", value.Currency.Code);
            writer.WriteEndObject();
        }

        private sealed record Parts(string Amount, string Currency);
    }

    /// <summary>Days as people keep books of them; one far off would overflow where days are added.</summary>
    private sealed class DayConverter : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Days.TryParse(reader.GetString(), out var day)
                ? day
                : throw new JsonException($"This is no {Days.Form}.");

        public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
            writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
    }

    private sealed class CurrencyConverter : JsonConverter<Currency>
    {
        public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Currency.TryOf(reader.GetString(), out var currency)
                ? currency
                : throw new JsonException("This is no ISO 4217 currency code that can be billed in, such as \"USD\".");

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Code);
    }
}

using System.Text;
using System.Text.Json;
using Billing.Domain.TimeTracking;
using Billing.EventStore.Codec;
using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace Billing.EventStore.Tests.Codec;

public sealed class FastDatesTests
{
    private static readonly Gen<Instant> Instants = Gen.Select(
        Gen.Long[-62_135_596_800, 253_402_300_799],
        Gen.OneOf(Gen.Const(0), Gen.Int[0, 999_999_999], Gen.Int[0, 9].Select(n => n * 100_000_000)),
        (seconds, nanoseconds) => Instant.FromUnixTimeSeconds(seconds).PlusNanoseconds(nanoseconds));

    [Fact]
    public void Reads_every_instant_that_is_written() => Instants.Sample(instant =>
        Assert.Equal(instant, Stopped(InstantPattern.ExtendedIso.Format(instant))), iter: 5_000);

    [Fact]
    public void Reads_every_date_that_is_written() => Instants.Sample(instant =>
    {
        var date = instant.InUtc().Date;
        var encoded = EventCodec.Encode(Guid.Empty, new Billing.Domain.Engagements.EngagementEvent.EngagementEnded(date, instant));
        var decoded = (Billing.Domain.Engagements.EngagementEvent.EngagementEnded)EventCodec.Decode(
            encoded.Type, encoded.Data.Span, default);
        Assert.Equal(date, decoded.LastDay);
    }, iter: 2_000);

    [Theory]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-01-01T24:00:01Z")]
    [InlineData("2026-01-01T00:60:00Z")]
    [InlineData("2026-01-01T00:00:00.Z")]
    [InlineData("2026-01-01T00:00:00.1234567890Z")]
    [InlineData("2026-01-01T00:00:0x.00Z")]
    [InlineData("2026-01-01 00:00:00Z")]
    public void Refuses_what_is_no_instant(string text) => Assert.Throws<JsonException>(() => Stopped(text));

    private static Instant Stopped(string text)
    {
        var data = Encoding.UTF8.GetBytes(
            $$"""{"entryId":"{{Guid.Empty:D}}","stoppedAt":"{{text}}","durationSeconds":1}""");
        return ((TimesheetEvent.TimerStopped)EventCodec.Decode("timer-stopped.v1", data, default)).StoppedAt;
    }
}

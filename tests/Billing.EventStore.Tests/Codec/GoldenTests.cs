using System.Reflection;
using Billing.Domain;
using Billing.EventStore.Codec;

namespace Billing.EventStore.Tests.Codec;

/// <summary>What was stored once can be read for ever.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Names => [.. GoldenFile.Names.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_stored_name_has_a_golden_file_and_no_file_lost_its_name() => Assert.Equal(
        EventCatalogue.All.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal),
        GoldenFile.Names.Order(StringComparer.Ordinal));

    /// <summary>Whoever changes a line of the list says that books out there have changed, which they can't.</summary>
    [Fact]
    public void No_golden_file_has_changed_since_it_was_written() => Assert.Equal(
        File.ReadLines(GoldenFile.SumsPath).Order(StringComparer.Ordinal),
        GoldenFile.Names.Select(name => $"{GoldenFile.HashOf(name)}  {name}.json").Order(StringComparer.Ordinal));

    /// <summary>In a history of its stream: after all events that the catalogue has before it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Is_read_in_the_newest_shape_and_folded(string name)
    {
        var newest = EventCatalogue.All.NewestOf(name);
        var stream = StreamOf(newest.Type.BaseType!);
        var before = EventCatalogue.All.Newest
            .Where(entry => entry.Type.BaseType == newest.Type.BaseType)
            .TakeWhile(entry => entry != newest)
            .Select(entry => GoldenFile.Of(entry.Name).Decoded());

        var decoded = GoldenFile.Of(name).Decoded();
        var state = before.Append(decoded).Aggregate(stream.Initial, stream.Evolve);

        Assert.Equal(newest.Type, decoded.GetType());
        Assert.NotNull(state);
    }

    /// <summary>The fold of the stream whose events are of that hierarchy, whatever its types.</summary>
    private static (object Initial, Func<object, object, object> Evolve) StreamOf(Type events)
    {
        var stream = typeof(StreamType<,>).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType is { IsGenericType: true } type
                && type.GetGenericTypeDefinition() == typeof(StreamType<,>) && type.GetGenericArguments()[1] == events)
            .Select(field => field.GetValue(null)!)
            .Single();
        var evolve = (Delegate)Property("Evolve");
        return (Property("Initial"), (state, @event) => evolve.DynamicInvoke(state, @event)!);

        object Property(string name) => stream.GetType().GetProperty(name)!.GetValue(stream)!;
    }
}

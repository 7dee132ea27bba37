using Billing.Domain.TimeTracking;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>
/// Whatever way a device's items come, they end in the same. Each entry has an hour of the day of its own, so that no revision
/// of one can be in the way of another; its revisions lie on different days and in different weeks.
/// </summary>
public sealed class OfflineEntryProperties
{
    private static readonly Instant Midnight = At("2026-03-16 00:00");

    /// <summary>Of one entry: for each revision the day on which it lies and its minutes, or none where it removes.</summary>
    private static readonly Gen<(int Day, int Minutes)[]> AnyRevisions = Gen.Select(Gen.Int[0, 17], Gen.Int[0, 60]).Array[1, 5];

    private static readonly Gen<(SyncEntry[] Items, SyncEntry[] Sent)> AnyDevice =
        from entries in AnyRevisions.Array[1, 8]
        let items = entries.SelectMany((revisions, entry) => revisions.Select((said, i) => Item(entry, i + 1, said.Day, said.Minutes)))
            .ToArray()
        from repeats in Gen.OneOfConst(items).Array[0, items.Length]
        from sent in Gen.Shuffle(items.Concat(repeats).ToArray())
        select (items, sent);

    [Fact]
    public void Any_order_with_any_repeats_ends_in_the_same_state() => AnyDevice.Sample(
        (items, sent) =>
        {
            var (inOrder, shuffled) = (new OfflineOffice(), new OfflineOffice());
            foreach (var item in items) Assert.Equal("applied", inOrder.Sync(item));
            foreach (var item in sent) Assert.Contains(shuffled.Sync(item), new[] { "applied", "already", "superseded" });
            Assert.Equal(inOrder.Contents(), shuffled.Contents());
        },
        iter: 2000);

    [Fact]
    public void Whatever_was_sent_can_be_sent_again_and_changes_nothing() => AnyDevice.Sample(
        (_, sent) =>
        {
            var office = new OfflineOffice();
            foreach (var item in sent) office.Sync(item);
            var before = office.Contents();
            foreach (var item in sent) Assert.Contains(office.Sync(item), new[] { "already", "superseded" });
            Assert.Equal(before, office.Contents());
        },
        iter: 500);

    private static SyncEntry Item(int entry, long revision, int day, int minutes)
    {
        var start = Midnight + Duration.FromHours(24 * day + 2 * entry);
        var work = minutes == 0
            ? null
            : new SyncedWork(
                EngagementId, new TimeSpent.Between(start, start + Duration.FromMinutes(minutes)), $"Revision {revision}", true, null);
        return new SyncEntry(Id(entry + 1), Assistant, revision, work, Helsinki, Now);
    }
}

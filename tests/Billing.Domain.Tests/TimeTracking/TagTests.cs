using Billing.Domain.TimeTracking;
using CsCheck;
using static Billing.Domain.Tests.TimeTracking.Desk;
using static Billing.Domain.TimeTracking.TimesheetEvent;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class TagTests
{
    private static readonly string[] Said = [" phone", "calls", "phone"];
    private static readonly string[] Kept = ["calls", "phone"];

    [Fact]
    public void Work_carries_its_tags_in_no_order_and_each_once()
    {
        var log = Log(1, "2026-04-03 09:00", "2026-04-03 12:00") with { Tags = Said };
        var logged = Logged(1, "2026-04-03 09:00", "2026-04-03 12:00") with { Tags = Kept };
        Timesheet.Stream.Given().When(log).Then(logged);
        Timesheet.Stream.Given(logged).When(log with { Tags = ["phone", "calls"] }).ThenNothing();
        Timesheet.Stream.Given(logged).When(log with { Tags = ["phone"] }).ThenRefused("id-taken", "/id");
        Assert.Equal(Kept, Sheet(logged).Entries[Id(1)].Tags);
    }

    [Fact]
    public void A_correction_says_the_tags_in_full()
    {
        var given = Timesheet.Stream.Given(Logged(1, "2026-04-03 09:00", "2026-04-03 12:00") with { Tags = Kept });
        var same = Correct(1, Between("2026-04-03 09:00", "2026-04-03 12:00")) with { Tags = ["phone", "calls"] };
        given.When(same).ThenNothing();
        given.When(same with { Tags = null }).Then(new TimeEntryCorrected(
            Id(1), EngagementId, ClientId, "Mails", true, new NodaTime.LocalDate(2026, 4, 3), At("2026-04-03 09:00"),
            At("2026-04-03 12:00"), 10_800, "Europe/Helsinki", Now));
    }

    [Fact]
    public void A_timer_hands_its_tags_to_the_entry_that_it_becomes()
    {
        TimesheetEvent started = Started(1, "2026-04-03 09:00") with { Tags = Kept };
        Timesheet.Stream.Given().When(Start(1, "2026-04-03 09:00") with { Tags = Said }).Then(started);
        Assert.Equal(Kept, Sheet(started, new TimerStopped(Id(1), At("2026-04-03 10:00"), 3600)).Entries[Id(1)].Tags);
    }

    [Fact]
    public void Refuses_tags_that_say_nothing_or_too_much()
    {
        Refused(["ok", " "], "text-missing", "/tags/1");
        Refused([new string('a', TagList.TagMaxLength + 1)], "text-too-long", "/tags/0");
        Refused(["two\nlines"], "text-unprintable", "/tags/0");
        Refused([.. Enumerable.Range(0, TagList.MostTags + 1).Select(i => $"tag {i}")], "tags-too-many", "/tags");
        Assert.Null(TagList.Refuse([.. Enumerable.Range(0, TagList.MostTags).Select(i => $"tag {i}")], "/tags"));

        static void Refused(IReadOnlyList<string> tags, string code, string field) => Timesheet.Stream.Given()
            .When(Log(1, "2026-04-03 09:00", "2026-04-03 12:00") with { Tags = tags }).ThenRefused(code, field);
    }

    [Fact]
    public void Lists_of_the_same_tags_are_kept_as_the_same() => Gen.OneOfConst("a", "B", "ä", " b", "c ").Array[0, 10]
        .Select(tags => Gen.Shuffle(tags).Select(shuffled => (tags, shuffled))).SelectMany(pair => pair).Sample(
            (tags, shuffled) => TagList.AreSame(tags, shuffled)
                && (TagList.Kept(tags) ?? []).SequenceEqual(TagList.Kept(TagList.Kept(shuffled)) ?? []));
}

using Billing.Domain.Engagements;
using CsCheck;
using NodaTime;
using static Billing.Domain.Engagements.EngagementEvent;

namespace Billing.Domain.Tests.Engagements;

public sealed class RateCardTests
{
    private static readonly Guid Ada = Guid.Parse("0198c0de-0000-7000-8000-00000000000a");
    private static readonly Guid Bob = Guid.Parse("0198c0de-0000-7000-8000-00000000000b");
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 12, 0);
    private static readonly LocalDate January = new(2026, 1, 1);
    private static readonly LocalDate April = new(2026, 4, 1);
    private static readonly EngagementAgreed Agreed = new(Id(100), Id(101), "USD", "Inbox care", Now);

    [Fact]
    public void Without_a_valid_card_there_is_no_rate()
    {
        Assert.Null(Engagement.Stream.Initial.CardFor(Ada, January));
        Assert.Null(Fold(Card(1, null, January)).CardFor(Ada, January.PlusDays(-1)));
        Assert.Null(Fold(Card(1, null, January, until: April)).CardFor(Ada, April));
        Assert.Null(Fold(Card(1, Bob, January)).CardFor(Ada, January));
    }

    [Fact]
    public void A_card_holds_from_its_first_day_to_the_day_before_its_end()
    {
        var state = Fold(Card(1, null, January, until: April));
        Assert.Equal(Id(1), state.CardFor(Ada, January)?.CardId);
        Assert.Equal(Id(1), state.CardFor(Ada, April.PlusDays(-1))?.CardId);
    }

    [Fact]
    public void The_assistants_card_beats_the_engagements_however_old()
    {
        Assert.Equal(Id(1), Fold(Card(1, Ada, January), Card(2, null, April)).CardFor(Ada, April)?.CardId);
        Assert.Equal(Id(2), Fold(Card(1, null, April), Card(2, Ada, January)).CardFor(Ada, April)?.CardId);
        Assert.Equal(Id(2), Fold(Card(1, Ada, January), Card(2, null, April)).CardFor(Bob, April)?.CardId);
    }

    [Fact]
    public void Within_a_level_the_card_that_starts_later_holds_whichever_was_set_first()
    {
        Assert.Equal(Id(2), Fold(Card(1, null, January), Card(2, null, April)).CardFor(Ada, April)?.CardId);
        Assert.Equal(Id(1), Fold(Card(1, null, April), Card(2, null, January)).CardFor(Ada, April)?.CardId);
    }

    [Fact]
    public void Of_two_cards_of_one_start_the_one_set_later_holds() =>
        Assert.Equal(Id(2), Fold(Card(1, null, January), Card(2, null, January)).CardFor(Ada, April)?.CardId);

    [Fact]
    public void The_card_is_the_first_by_level_start_and_order_among_the_valid_ones()
    {
        var day = Gen.Int[0, 12].Select(January.PlusDays);
        var card = Gen.Select(Gen.OneOfConst<Guid?>(null, Ada, Bob), day, Gen.Int[0, 12]);
        Gen.Select(card.Array[0, 8], day).Sample((cards, on) =>
        {
            var set = cards.Select((c, i) => Card(i, c.Item1, c.Item2, c.Item3 > 0 ? c.Item2.PlusDays(c.Item3) : null)).ToList();
            var expected = set
                .Where(c => c.AssistantId is null || c.AssistantId == Ada)
                .Where(c => c.ValidFrom <= on && (c.ValidUntilExclusive is null || on < c.ValidUntilExclusive))
                .Select((c, order) => (c, order))
                .OrderByDescending(x => x.c.AssistantId is not null).ThenByDescending(x => x.c.ValidFrom)
                .ThenByDescending(x => x.order).Select(x => (Guid?)x.c.CardId).FirstOrDefault();
            Assert.Equal(expected, Fold([.. set]).CardFor(Ada, on)?.CardId);
        });
    }

    private static EngagementState Fold(params RateCardSet[] cards) => Engagement.Stream.Fold([Agreed, .. cards]);

    private static RateCardSet Card(int id, Guid? assistantId, LocalDate from, LocalDate? until = null) =>
        new(Id(id), assistantId, 5000 + id, from, until, Now);

    private static Guid Id(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);
}

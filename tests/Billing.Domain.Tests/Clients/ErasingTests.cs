using Billing.Domain.Clients;
using NodaTime;
using static Billing.Domain.Clients.ClientEvent;

namespace Billing.Domain.Tests.Clients;

public sealed class ErasingTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 6, 1, 9, 0);
    private static readonly LocalDate Until = new(2036, 12, 31);
    private static readonly Guid Id = new("01900000-0000-7000-8000-0000000000c1");

    private static readonly ClientAdded Added = new(Id, "Acme", "a@acme.example", ["1 Larch St"], "USD", 14, At);

    public static TheoryData<string, UnfinishedWork> Hindrances => new()
    {
        { "work-running", UnfinishedWork.None with { RunningTimers = 1 } },
        { "work-unbilled", UnfinishedWork.None with { UnbilledEntries = 1 } },
        { "work-unbilled", UnfinishedWork.None with { UnbilledExpenses = 1 } },
        { "drafts-open", UnfinishedWork.None with { Drafts = 1 } },
        { "invoices-open", UnfinishedWork.None with { OpenInvoices = 1 } },
        { "money-held", UnfinishedWork.None with { MoneyHeld = 1 } },
        { "recurring-invoices-active", UnfinishedWork.None with { RecurringInvoices = 1 } },
        { "mails-waiting", UnfinishedWork.None with { WaitingMails = 1 } },
    };

    [Theory]
    [MemberData(nameof(Hindrances))]
    public void Whatever_is_unfinished_stands_in_the_way(string code, UnfinishedWork unfinished)
    {
        var decision = Client.Decide(Client.Stream.Fold([Added]), new EraseClient(unfinished, Until, At));

        Assert.Equal(code, Assert.IsType<Decision<ClientEvent>.Rejected>(decision).Rejection.Code);
    }

    [Fact]
    public void Is_erased_once_and_archived_with_it()
    {
        var active = Client.Stream.Fold([Added]);
        var erase = new EraseClient(UnfinishedWork.None, Until, At);
        var erased = Assert.Single(Assert.IsType<Decision<ClientEvent>.Accepted>(Client.Decide(active, erase)).Events);
        var after = Client.Stream.Fold([Added, erased]);

        Assert.Equal(new ClientErased(Until, At), erased);
        Assert.Equal(At, Assert.IsType<ClientState.Archived>(after).ArchivedAt);
        Assert.Empty(Assert.IsType<Decision<ClientEvent>.Accepted>(Client.Decide(after, erase)).Events);
        Assert.Empty(Assert.IsType<Decision<ClientEvent>.Accepted>(Client.Decide(after, new ArchiveClient(At))).Events);
    }

    [Fact]
    public void No_word_is_left_in_the_state_though_the_events_can_be_read()
    {
        var erased = Client.Stream.Fold(
        [
            Added, new ClientTaxAgreed(null, null, "DE123456788", At), new ClientArchived(At),
            new ClientErased(null, At + Duration.FromDays(1)),
        ]);

        var details = erased.Details!;
        Assert.Null(details.Name);
        Assert.Null(details.Email);
        Assert.Empty(details.AddressLines);
        Assert.Null(details.Tax.VatId);
        Assert.Null(details.AddedAs.Name);
        Assert.Equal(At, Assert.IsType<ClientState.Archived>(erased).ArchivedAt);
    }

    [Fact]
    public void Nothing_is_written_down_of_an_erased_client()
    {
        var erased = Client.Stream.Fold([Added, new ClientErased(null, At)]);

        Assert.All(
            new[]
            {
                Client.Decide(erased, new DescribeClient("Again", null, [], At)), Client.Decide(erased, new AgreePaymentTerms(7, At)),
                Client.Decide(erased, new SetClientLanguage("de", At)),
            },
            decision => Assert.Equal("client-erased", Assert.IsType<Decision<ClientEvent>.Rejected>(decision).Rejection.Code));
        Assert.Equal(
            "client-unknown",
            Assert.IsType<Decision<ClientEvent>.Rejected>(
                Client.Decide(new ClientState.NotAdded(), new EraseClient(UnfinishedWork.None, null, At))).Rejection.Code);
    }

    [Theory]
    [InlineData("US", 2026, 2033)]
    [InlineData("DE", 2026, 2036)]
    [InlineData(null, 2026, 2036)]
    public void Documents_are_kept_from_the_end_of_the_year_of_the_last(string? country, int year, int until) => Assert.Equal(
        new LocalDate(until, 12, 31), DocumentRetention.EndOf(new LocalDate(year, 1, 1), DocumentRetention.YearsOf(country)));
}

using Billing.Api.Access;
using Billing.Api.Payments;
using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Billing.TestSupport.Postgres;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Tests.Access;

/// <summary>Owners see in which hour a token was last used, and no request writes for it.</summary>
public sealed class TokenUseTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 5, 1, 12, 0), Later = Noon + Duration.FromHours(3);
    private static readonly Caller Ana = CallerOf(1), Ben = CallerOf(2);

    [Fact]
    public async Task A_token_that_was_used_says_so_and_one_that_was_not_does_not_also_after_a_restart()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(server);
        var (used, unused) = (await practice.IssueToken(practice.OwnerId), await practice.IssueToken(practice.OwnerId));
        var head = await server.Head();
        var before = SystemClock.Instance.GetCurrentInstant();
        (await server.Get(used.Token, "/v1/me")).Ok();
        await Shows(server, practice, used.Id, unused.Id, before);
        Assert.Equal(head, await server.Head());

        await server.Restart();

        await Shows(server, practice, used.Id, unused.Id, before);
    }

    [Fact]
    public void In_a_file_the_latest_hour_of_each_is_kept()
    {
        var path = Path.Combine(Path.GetTempPath(), $"billing-tokens-{Guid.NewGuid():N}.db");
        try
        {
            using var uses = new TokenUses(new SqliteInbox(path));
            KeepsTheLatest(uses, uses);
        }
        finally
        {
            foreach (var file in new[] { path, $"{path}-wal", $"{path}-shm" }) File.Delete(file);
        }
    }

    [Fact]
    public async Task In_a_shared_database_the_latest_hour_that_any_node_saw_is_kept()
    {
        await using var database = await PostgresDatabase.Create();
        using var one = new TokenUses(new PostgresInbox(database.ConnectionString));
        using var other = new TokenUses(new PostgresInbox(database.ConnectionString));
        KeepsTheLatest(one, other);
    }

    [Fact]
    public void As_many_tokens_as_there_are_go_down_together()
    {
        var path = Path.Combine(Path.GetTempPath(), $"billing-tokens-{Guid.NewGuid():N}.db");
        try
        {
            using var uses = new TokenUses(new SqliteInbox(path));
            for (var i = 0; i < 1_001; i++) uses.Note(CallerOf(i), Noon);
            uses.Write(Later);
            uses.Write(Later); // Forgets what is written and no more of this hour.
            Assert.Equal(1_001, uses.Of(Ana.Book).Count);
        }
        finally
        {
            foreach (var file in new[] { path, $"{path}-wal", $"{path}-shm" }) File.Delete(file);
        }
    }

    private static void KeepsTheLatest(TokenUses one, TokenUses other)
    {
        one.Note(Ana, Noon + Duration.FromMinutes(59));
        Assert.Equal(Noon, Assert.Single(one.Of(Ana.Book)).Value);
        Assert.Empty(one.Of(new BookId(Guid.NewGuid())));

        other.Note(Ana, Later);
        other.Write(Later);
        one.Write(Later);
        one.Write(Later);
        other.Note(Ben, Noon);
        other.Write(Later);

        var kept = one.Of(Ana.Book);
        Assert.Equal((Later, Noon), (kept[Ana.TokenId], kept[Ben.TokenId]));
    }

    private static async Task Shows(ApiServer server, Practice practice, Guid used, Guid unused, Instant since)
    {
        var tokens = (await server.Get(practice.Owner, "/v1/tokens")).Ok().Items.ToDictionary(token => (Guid)token["tokenId"]!);
        Assert.Null(tokens[unused]["lastUsedAt"]);
        var at = InstantPattern.ExtendedIso.Parse((string)tokens[used]["lastUsedAt"]!).Value;
        Assert.InRange(at, since - Duration.FromHours(1), SystemClock.Instance.GetCurrentInstant());
        Assert.Equal(0, at.ToUnixTimeSeconds() % NodaConstants.SecondsPerHour);
    }

    private static Caller CallerOf(int token) => new(
        new BookId(new Guid("01990000-0000-7000-8000-0000000000d0")), Guid.Empty, Role.Owner,
        new Guid(token, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]), "UTC");
}

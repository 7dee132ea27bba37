using Billing.Api.Changes;
using Billing.Api.Payments;
using Billing.Api.Webhooks;
using Billing.EventStore.Port;
using Billing.TestSupport.Postgres;
using NodaTime;

namespace Billing.Api.Tests.Webhooks;

/// <summary>Of several nodes one sends to an endpoint at a time.</summary>
public sealed class WebhookQueueTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 1, 12, 0);
    private static readonly Guid Endpoint = new("01990000-0000-7000-8000-0000000000c1");
    private static readonly Guid Mine = new("01990000-0000-7000-8000-0000000000c2"), Theirs = new("01990000-0000-7000-8000-0000000000c3");
    private static readonly ChangeCursor Further = new(7, 0, "0123456789ab"), TooLate = new(8, 0, "0123456789ab");

    [Fact]
    public async Task In_a_shared_database_one_node_has_an_endpoint_and_who_lost_it_changes_nothing()
    {
        await using var database = await PostgresDatabase.Create();
        using var one = new WebhookTables(new PostgresInbox(database.ConnectionString));
        using var other = new WebhookTables(new PostgresInbox(database.ConnectionString));
        OneHasIt(one, other);
    }

    [Fact]
    public void In_a_file_one_has_an_endpoint_and_who_lost_it_changes_nothing()
    {
        var path = Path.Combine(Path.GetTempPath(), $"billing-webhooks-{Guid.NewGuid():N}.db");
        try
        {
            using var tables = new WebhookTables(WebhookTables.InFile(path));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            OneHasIt(tables, tables);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Attempts_are_as_far_apart_as_Standard_Webhooks_proposes_and_then_end()
    {
        var options = new WebhookOptions();
        long[] pauses = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
        Assert.Equal(pauses.Select(Duration.FromSeconds), pauses.Select((_, i) => options.PauseAfter(i + 1)!.Value));
        Assert.Null(options.PauseAfter(pauses.Length + 1));
    }

    private static void OneHasIt(WebhookTables one, WebhookTables other)
    {
        var (register, mine, theirs) = (new WebhookRegister(one), new WebhookQueue(one), new WebhookQueue(other));
        var book = new BookId(new Guid("01990000-0000-7000-8000-0000000000c4"));
        var endpoint = new WebhookEndpoint(
            Endpoint, book, "https://hooks.example/", null, ["invoice", "client"], [], null, "whsec_AAAA", null, Now,
            ChangeCursor.Beginning, 0, Now, $"{Mine:D}", Now);
        Assert.True(register.Add(endpoint));
        Assert.False(register.Add(endpoint));
        var soon = Now + Duration.FromSeconds(30);

        Assert.Equal(["invoice", "client"], mine.Claim(Endpoint, Mine, Now, soon)!.Resources);
        Assert.Null(theirs.Claim(Endpoint, Theirs, Now, soon));
        Assert.Empty(theirs.Due(Now));
        Assert.True(mine.Hold(Endpoint, Mine, soon) && mine.MoveTo(Endpoint, Mine, Further));

        // The node was lost, or slow: another one goes on where it was, and the first can do nothing any more.
        Assert.Equal(Further, theirs.Claim(Endpoint, Theirs, soon, soon + Duration.FromSeconds(30))!.Position);
        Assert.False(mine.Hold(Endpoint, Mine, soon) || mine.MoveTo(Endpoint, Mine, TooLate));
        mine.Pause(Endpoint, Mine, 1, PauseReason.Failed);
        mine.Release(Endpoint, Mine);
        Assert.True(theirs.Hold(Endpoint, Theirs, soon));
        Assert.Equal((Further, null), (register.Find(book, Endpoint)!.Position, register.Find(book, Endpoint)!.Paused));

        // What its owner changes takes it out of every hand.
        register.Rotate(endpoint, "whsec_BBBB", soon);
        Assert.False(theirs.Hold(Endpoint, Theirs, soon));
        var rotated = mine.Claim(Endpoint, Mine, Now, soon)!;
        Assert.Equal(["whsec_BBBB", "whsec_AAAA"], rotated.Secrets(Now));
        Assert.Equal(["whsec_BBBB"], rotated.Secrets(soon));
        mine.PutOff(Endpoint, Mine, 1, soon);
        mine.Release(Endpoint, Mine);
        Assert.Null(theirs.Claim(Endpoint, Theirs, Now, soon));
        Assert.Equal(1, theirs.Claim(Endpoint, Theirs, soon, soon)!.Attempts);
    }
}

using Billing.EventStore.Port;
using Billing.EventStore.Tests.Conformance;
using Billing.EventStore.Verification;

namespace Billing.EventStore.Tests.Verification;

public sealed class CheckpointTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("billing-key-");
    private readonly CheckpointKey key;

    public CheckpointTests() => key = CheckpointKey.OpenOrMake(folder.FullName);

    public void Dispose()
    {
        key.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_checkpoint_holds_for_the_book_it_was_taken_of_and_for_all_that_is_added()
    {
        await using var written = await WrittenBook.Write();
        var events = await written.Read();
        var middle = key.Sign(written.Book, 7, events[6].Link, Given.Morning);
        var head = key.Sign(written.Book, 12, events[11].Link, Given.Morning);

        var report = await written.Verify(middle, head);

        Assert.True(report.IsWhole);
        Assert.Equal([CheckpointFinding.Holds, CheckpointFinding.Holds], report.Checkpoints.Select(c => c.Finding));
    }

    [Fact]
    public async Task A_tail_cut_off_looks_whole_without_a_checkpoint_and_truncated_with_one()
    {
        await using var written = await WrittenBook.Write();
        var head = key.Sign(written.Book, 12, (await written.Read())[11].Link, Given.Morning);
        written.Change("DELETE FROM events WHERE {at 11} OR {at 12}");

        Assert.True((await written.Verify()).IsWhole);
        var report = await written.Verify(head);

        Assert.False(report.IsWhole);
        Assert.Null(report.Fault);
        Assert.Equal(
            "checkpoint of 2026-03-02T08:00:00Z at place 12: TRUNCATED, expected 12 events; found 10: the end of the book was cut off",
            report.Checkpoints[0].ToString());
    }

    [Fact]
    public async Task A_book_written_anew_with_a_chain_of_its_own_has_another_link()
    {
        await using var written = await WrittenBook.Write();
        var events = await written.Read();
        var head = key.Sign(written.Book, 12, events[11].Link, Given.Morning);
        written.Change("UPDATE events SET data = '{\"n\":99}' WHERE {at 12}");
        var altered = (await written.Read())[11];
        var forged = Chain.Expected(events[10].Link.Span, altered);
        written.Change($"UPDATE events SET link = x'{Convert.ToHexString(forged)}' WHERE {{at 12}}");

        Assert.True((await written.Verify()).IsWhole);
        var report = await written.Verify(head);

        Assert.Equal([CheckpointFinding.AnotherLink], report.Checkpoints.Select(c => c.Finding));
        Assert.Contains(Convert.ToHexStringLower(forged), report.Checkpoints[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_before_the_checkpoint_leaves_it_not_reached()
    {
        await using var written = await WrittenBook.Write();
        var head = key.Sign(written.Book, 12, (await written.Read())[11].Link, Given.Morning);
        written.Change("UPDATE events SET data = '{}' WHERE {at 3}");

        Assert.Equal([CheckpointFinding.NotReached], (await written.Verify(head)).Checkpoints.Select(c => c.Finding));
    }

    [Fact]
    public void Every_word_of_a_checkpoint_is_signed()
    {
        var good = key.Sign(Given.Book(), 7, new byte[32], Given.Morning);
        Checkpoint[] changed =
        [
            good with { Book = Given.Book() },
            good with { Place = 8 },
            good with { Link = Enumerable.Repeat((byte)1, 32).ToArray() },
            good with { TakenAt = good.TakenAt.Plus(NodaTime.Duration.FromSeconds(1)) },
            good with { Signature = new byte[] { 0x30, 0x00 } },
            good with { Signature = default },
        ];

        Assert.Null(key.FaultOf(good));
        Assert.All(changed, c => Assert.Equal(CheckpointFinding.Forged, key.FaultOf(c)?.Finding));
    }

    [Fact]
    public void Another_installations_key_is_told_from_a_forgery()
    {
        var elsewhere = folder.CreateSubdirectory("other").FullName;
        using var other = CheckpointKey.OpenOrMake(elsewhere);
        var foreign = other.Sign(Given.Book(), 7, new byte[32], Given.Morning);

        Assert.Equal(CheckpointFinding.ForeignKey, key.FaultOf(foreign)?.Finding);
        Assert.Equal(CheckpointFinding.Forged, key.FaultOf(foreign with { KeyId = key.Id })?.Finding);
    }

    [Fact]
    public void The_key_is_made_once_and_is_its_owners_alone_and_its_public_half_checks()
    {
        var path = Path.Combine(folder.FullName, CheckpointKey.FileName);
        using var again = CheckpointKey.OpenOrMake(folder.FullName);
        var publicFile = Path.Combine(folder.FullName, "public.pem");
        File.WriteAllText(publicFile, key.PublicPem);
        using var half = CheckpointKey.Open(publicFile);

        Assert.Equal(key.Id, again.Id);
        Assert.Equal(key.Id, half.Id);
        Assert.Null(half.FaultOf(again.Sign(Given.Book(), 1, new byte[32], Given.Morning)));
        Assert.DoesNotContain("PRIVATE", key.PublicPem, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path, publicFile], Directory.GetFiles(folder.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_key_file_that_holds_no_such_key_is_refused_in_words()
    {
        var path = Path.Combine(folder.FullName, "no.pem");
        File.WriteAllText(path, "-----BEGIN NOTHING-----");

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => CheckpointKey.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_file_is_read_as_it_was_written()
    {
        var first = key.Sign(Given.Book(), 7, new byte[32], Given.Morning);
        var second = key.Sign(Given.Book(), 8, Enumerable.Repeat((byte)0xab, 32).ToArray(), Given.Morning);

        var read = CheckpointFile.Read($"{CheckpointFile.Write(first)}\n{CheckpointFile.Write(second)}\n");

        Assert.Equal([CheckpointFile.Write(first), CheckpointFile.Write(second)], read.Select(CheckpointFile.Write));
        Assert.All(read, c => Assert.Null(key.FaultOf(c)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"format":"billing-checkpoint.v2"}""")]
    [InlineData("""{"format":"billing-checkpoint.v1","algorithm":"none"}""")]
    [InlineData("""{"format":"billing-checkpoint.v1","algorithm":"ECDSA-P256-SHA256","link":"00"}""")]
    [InlineData("""{"format":1}""")]
    public void What_is_no_checkpoint_is_refused_in_words(string text) =>
        Assert.NotEmpty(Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(text)).Message);
}

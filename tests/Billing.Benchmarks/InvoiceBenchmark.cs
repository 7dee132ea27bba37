using System.Diagnostics;
using Billing.Api.Access;
using Billing.Api.Clients;
using Billing.Api.Commands;
using Billing.Api.Engagements;
using Billing.Api.Hosting;
using Billing.Api.Invoicing;
using Billing.Api.TimeTracking;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Invoicing;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.Projections.Access;
using Billing.Projections.Running;
using Billing.Projections.Sqlite;
using Billing.Projections.Storage;
using Billing.Projections.TimeTracking;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>Finalising an invoice of a thousand entries, against their sums and what it appends.</summary>
internal sealed class InvoiceBenchmark : IBenchmark
{
    private const int Entries = 1_000, EntriesPerDay = 20, SecondsOfEntry = 1_700, PerHourMinor = 45_00, WarmUpSeconds = 4;
    private const string Zone = "America/Chicago";
    private static readonly BookId Book = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly LocalDate FirstDay = new(2024, 1, 1);
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 12, 0);

    public string Name => "invoice";

    public string Heading(BenchOptions options) =>
        $"""
        invoice: computing and finalising an invoice of {Entries:#,0} entries by the command that the API sends, SQLite, one caller.
        Shape: entries of one assistant at one rate, {EntriesPerDay} a day, so over 8 weeks; states are in the server's cache, as
        after the draft was looked at.
        Limit: the same products and sums in a bare loop, and the events that were written, encoded already, in one durable append.
        Finalising is tried without effect for {WarmUpSeconds} s first. {Rounds(options)} rounds after one to warm up, interleaved; the
        ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        await using var store = SqliteEventStore.Open(Path.Combine(options.Folder, "events.db"));
        await using var bare = SqliteEventStore.Open(Path.Combine(options.Folder, "bare.db"));
        using var models = SqliteReadDatabase.Open(Path.Combine(options.Folder, "read.db"));
        var practice = new Practice(store, models);
        await practice.Open();
        var drafts = new Queue<Guid>();
        for (var i = 0; i <= Rounds(options); i++) drafts.Enqueue(await practice.Draft(i));
        await practice.WarmUp(drafts.Peek());
        var written = new List<StoredEvent>();
        var samples = await BenchRounds.Interleave(
            Rounds(options),
            async () => written = await practice.Finalize(drafts.Dequeue()),
            new("finalize", () => Task.FromResult(practice.Milliseconds)),
            new("sums and append", () => Append(bare, written)));
        return [BenchCase.Of($"{Entries:#,0} entries", "ms", samples[0], samples[1], 3, 1.5, lowerIsBetter: true)];
    }

    private static int Rounds(BenchOptions options) => options.Quick ? 5 : 15;

    private static async Task<double> Append(SqliteEventStore store, List<StoredEvent> written)
    {
        var writes = written.GroupBy(e => e.Stream).Select(stream => new StreamAppend(
            stream.Key, StreamAppend.AnyVersion,
            [.. stream.Select(e => new NewEvent(Guid.CreateVersion7(), e.Type, e.Data, e.Confidential))])).ToList();
        var clock = Stopwatch.StartNew();
        var sum = 0L;
        for (var i = 0; i < Entries; i++) sum += ((SecondsOfEntry * (long)PerHourMinor) + 1_800) / 3_600;
        var outcome = await store.Append(new AppendRequest(Book, writes, [], written[0].Metadata), CancellationToken.None);
        if (sum == 0 || outcome is not AppendOutcome.Appended) throw new InvalidOperationException("The append was refused.");
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>A practice of one person, kept by the commands of the API.</summary>
    private sealed class Practice
    {
        private readonly IEventStore store;
        private readonly CommandBus commands;
        private readonly Guid owner = Guid.CreateVersion7(), client = Guid.CreateVersion7(), engagement = Guid.CreateVersion7();

        public Practice(IEventStore store, ReadDatabase models)
        {
            this.store = store;
            var services = new ServiceCollection();
            services.AddSingleton(store);
            services.AddSingleton<Func<Guid>>(Guid.CreateVersion7);
            services.AddSingleton<IClock>(SystemClock.Instance);
            services.AddSingleton(models);
            services.AddSingleton(new ProjectionRunner(store, models));
            services.AddSingleton<TimeQueries>();
            services.AddSingleton<AccessQueries>();
            services.AddSingleton<TimeDirectory>();
            services.AddSingleton<TokenDirectory>();
            services.AddCommands();
            commands = services.BuildServiceProvider().GetRequiredService<CommandBus>();
        }

        /// <summary>What the last finalising took.</summary>
        public double Milliseconds { get; private set; }

        public async Task Open()
        {
            await Send(context => new OpenBusinessCommand(
                context, new OpenBusiness(Book.Value, "Juniper", Zone, "USD", Now), new AddMember(owner, "Maya", "owner", Zone, Now),
                new IssueToken(Guid.CreateVersion7(), owner, new string('a', 64), "bench", null, Now)));
            await Send(context => new AddClientCommand(context, new AddClient(client, "Acme Dental", null, [], "USD", 14, Now)));
            await Send(context => new AgreeEngagementCommand(context, new AgreeEngagement(engagement, client, "Inbox", Now)));
            var card = new SetRateCard(Guid.CreateVersion7(), null, new Money(PerHourMinor, Currency.Usd), FirstDay, null, Now);
            await Send(context => new ChangeChargingCommand(context, engagement, state => Engagement.Decide(state, card)));
        }

        public async Task<Guid> Draft(int number)
        {
            var selected = new List<(string Week, Guid Entry)>();
            for (var i = 0; i < Entries; i++)
            {
                var day = FirstDay.PlusDays(((number * Entries) + i) / EntriesPerDay);
                var wish = new LogTime(
                    Guid.CreateVersion7(), owner, engagement, new TimeSpent.OnDay(day, SecondsOfEntry), "Answered mails", true,
                    DateTimeZone.Utc, Now);
                await Send(context => new LogTimeCommand(context, wish));
                selected.Add((wish.Week.StreamName, wish.EntryId));
            }
            var invoice = Guid.CreateVersion7();
            var time = selected.GroupBy(s => s.Week).Select(week => new SelectedTime(week.Key, [.. week.Select(s => s.Entry)])).ToList();
            var through = FirstDay.PlusDays((number + 1) * Entries / EntriesPerDay);
            await Send(context => new DraftInvoiceCommand(context, new DraftInvoice(invoice, client, time, [], null, through, null, Now)));
            return invoice;
        }

        /// <summary>The runtime compiles what is hot for some seconds, which no measurement should pay for.</summary>
        public async Task WarmUp(Guid invoice)
        {
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed.TotalSeconds < WarmUpSeconds)
            {
                var context = new CommandContext(Book, $"member:{owner:D}", Now, Guid.CreateVersion7()) { DryRun = true };
                var wish = new FinalizeInvoice(invoice, new LocalDate(2026, 6, 1), Now);
                await commands.Send(context, () => new FinalizeInvoiceCommand(context, wish), CancellationToken.None);
            }
        }

        public async Task<List<StoredEvent>> Finalize(Guid invoice)
        {
            var before = await store.HeadPosition(CancellationToken.None);
            var clock = Stopwatch.StartNew();
            await Send(context => new FinalizeInvoiceCommand(context, new FinalizeInvoice(invoice, new LocalDate(2026, 6, 1), Now)));
            Milliseconds = clock.Elapsed.TotalMilliseconds;
            return [.. await store.ReadFeed(before, 1_000, CancellationToken.None)];
        }

        private async Task Send(Func<CommandContext, ICommand> make)
        {
            var context = new CommandContext(Book, $"member:{owner:D}", Now, Guid.CreateVersion7());
            if (await commands.Send(context, () => make(context), CancellationToken.None) is not CommandResult.Done { Events.Count: > 0 })
                throw new InvalidOperationException("A command was refused.");
        }
    }
}

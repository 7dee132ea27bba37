using Billing.Api.Access;
using Billing.Api.Clients;
using Billing.Api.Commands;
using Billing.Api.Engagements;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.StripeStandIn;
using NodaTime;

namespace Billing.Api.Demo;

/// <summary>
/// Makes the sample practice by the same commands that anyone uses, dated as if each had been sent on its day: two
/// assistants, six clients, two quarters of time, expenses, invoices and payments, mails, a bank statement and returns of VAT.
/// </summary>
public sealed partial class DemoPractice(IServiceProvider services, StripeStandInServer? standIn, Uri address)
{
    private const string Zone = "America/Chicago";
    private static readonly LocalDate FirstDay = new(2026, 4, 1);
    private static readonly LocalDate LastDay = new(2026, 9, 30);
    private readonly Func<Guid> _newId = services.GetRequiredService<Func<Guid>>();
    private readonly CommandBus _bus = services.GetRequiredService<CommandBus>();
    private BookId _book;
    private Guid _owner;
    private Guid _ana;
    private Guid _ben;

    public async Task<DemoTokens> Make(CancellationToken cancellationToken)
    {
        var ownerToken = await OpenPractice();
        await Dress(cancellationToken);
        var anaToken = await Token(_ana, "Ana's phone");
        var bookkeeper = _newId();
        await Send(At(FirstDay, 9), c => new AddMemberCommand(c, new AddMember(bookkeeper, "Priya Nair", "bookkeeper", Zone, c.Now)));
        var bookkeeperToken = await Token(bookkeeper, "Priya's laptop");

        var clients = await AgreeClients();
        await AgreeCharges(clients);
        await KeepTime(clients);
        await KeepExpenses();
        await SpendFurther(clients);
        var links = await Bill(clients, cancellationToken);
        await Offer(clients);
        await Repeat(clients[3]);
        await CorrectARate(clients);
        await MeetTaxes();
        await GiveUp(clients[3]);
        var (late, final) = await TradeAbroad(cancellationToken);
        await Correspond(links.OpenInvoice, late, final, cancellationToken);
        await ShowKinds(cancellationToken);
        await ShowTimekeeping(clients);
        return new DemoTokens(
            ownerToken, anaToken, bookkeeperToken, links.Open, links.Paid, links.PaidInvoice, await TaxLink(TaxLinkKind.Report, "/t/{0}"),
            await TaxLink(TaxLinkKind.Calendar, "/c/{0}/estimated-tax.ics"));
    }

    private async Task<string> OpenPractice()
    {
        var (book, token) = (_newId(), Secrets.NewToken());
        (_book, _owner, _ana, _ben) = (new BookId(book), _newId(), _newId(), _newId());
        await Send(At(FirstDay, 8), c => new OpenBusinessCommand(
            c, new OpenBusiness(book, "Juniper Virtual Assistance", Zone, "USD", c.Now),
            new AddMember(_owner, "Maya Alvarez", "owner", Zone, c.Now),
            new IssueToken(_newId(), _owner, Secrets.HashOf(token), "demo", null, c.Now)));
        await Send(At(FirstDay, 8), c => new DescribeBusinessCommand(c, new DescribeBusiness(
            "Juniper Virtual Assistance", ["418 Larch Street, Suite 2", "Chicago, IL 60614"], "billing@juniper.example", null, c.Now)));
        await Send(At(FirstDay, 8), c => new SetInvoicingPolicyCommand(c, new SetInvoicingPolicy(
            "JVA", 14, new RoundingPolicy(360, RoundingPolicy.Nearest, RoundingPolicy.PerEntry), c.Now)));
        await Send(At(FirstDay, 8), c => new AddMemberCommand(c, new AddMember(_ana, "Ana Reyes", "assistant", "Asia/Manila", c.Now)));
        await Send(At(FirstDay, 8), c => new AddMemberCommand(c, new AddMember(_ben, "Ben Ito", "assistant", Zone, c.Now)));
        return token;
    }

    private async Task<string> Token(Guid member, string label)
    {
        var token = Secrets.NewToken();
        await Send(At(FirstDay, 10), c => new IssueTokenCommand(
            c, new IssueToken(_newId(), member, Secrets.HashOf(token), label, null, c.Now)));
        return token;
    }

    private async Task<IReadOnlyList<DemoClient>> AgreeClients()
    {
        var (summer, spring) = (new LocalDate(2026, 7, 1), FirstDay);
        return
        [
            await Agree(
                "Acme Dental", ["12 Elm Ave", "Madison, WI 53703"], "office@acmedental.example", "Inbox and scheduling",
                [(spring, 4200), (summer, 4500)]),
            await Agree(
                "Birchwood Realty", ["900 Lakeshore Dr", "Duluth, MN 55802"], "ap@birchwood.example", "Listings and follow-up",
                [(spring, 3800)]),
            await Agree(
                "Calder & Sons Law", ["55 Court Sq", "Memphis, TN 38103"], "accounts@calder.example", "Research and transcription",
                [(spring, 5500)]),
            await Agree(
                "Delta Yoga Studio", ["7 Canal St", "New Orleans, LA 70130"], "hello@deltayoga.example", "Newsletter and social",
                [(spring, 3500)]),
        ];
    }

    private async Task<DemoClient> Agree(
        string name, string[] addressLines, string email, string engagement, (LocalDate From, long PerHourMinor)[] rates)
    {
        var (client, work) = (_newId(), _newId());
        await Send(At(FirstDay, 9), c => new AddClientCommand(c, new AddClient(client, name, email, addressLines, "USD", null, c.Now)));
        await Send(At(FirstDay, 9), c => new AgreeEngagementCommand(c, new AgreeEngagement(work, client, engagement, c.Now)));
        foreach (var (from, perHour) in rates) await SetRate(work, from, perHour, At(from, 9));
        return new DemoClient(client, work);
    }

    private static Instant At(LocalDate day, int hour, int minute = 0) =>
        day.At(new LocalTime(hour, minute)).InZoneLeniently(DateTimeZoneProviders.Tzdb[Zone]).ToInstant();

    /// <summary>Sends a command as of a moment. A refusal here is a bug of the sample.</summary>
    private async Task<CommandResult.Done> Send(Instant at, Func<CommandContext, ICommand> make)
    {
        var context = new CommandContext(_book, "demo", at, _newId());
        return await _bus.Send(context, () => make(context), CancellationToken.None) switch
        {
            CommandResult.Done done => done,
            var other => throw new InvalidOperationException($"The sample practice cannot be made: {other}"),
        };
    }
}

public sealed record DemoClient(Guid ClientId, Guid EngagementId);

/// <summary>What a visitor of the demo needs.</summary>
public sealed record DemoTokens(
    string Owner, string Assistant, string Bookkeeper, Uri OpenInvoice, Uri PaidInvoice, Guid PaidInvoiceId,
    Uri TaxReport, Uri TaxCalendar);

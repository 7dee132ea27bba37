using Billing.Api.Commands;
using Billing.Api.Payments;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.StripeStandIn;
using NodaTime;
using Online = Billing.Domain.Payments.PaymentState.Online;

namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>What the world begins with, besides an invoice of 120.00.</summary>
internal enum Setting
{
    Plain,

    /// <summary>The client agreed to be charged, and a card is kept.</summary>
    Collects,

    /// <summary>The client agreed to be charged, and a bank account is kept.</summary>
    CollectsByBank,

    /// <summary>The invoice asks for money ahead of work, to go into a retainer.</summary>
    Deposit,

    /// <summary>Such an invoice, of a client who agreed to be charged.</summary>
    CollectsDeposits,

    /// <summary>50.00 of the invoice are due a week before the rest, and the client agreed to be charged.</summary>
    CollectsInstalments,
}

/// <summary>A practice with one invoice of 120.00 in an installation that it has for itself, or shares with others.</summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    private static readonly Uri Back = new("https://billing.example/paid");
    private readonly ChaosInstallation _installation;
    private readonly int _number;

    public ChaosWorld() : this(new ChaosInstallation(), number: 0, account: null)
    {
    }

    /// <param name="number">Of the practice in the installation.</param>
    /// <param name="account">Its own account at Stripe; null where payments go into the installation's.</param>
    public ChaosWorld(ChaosInstallation installation, int number, string? account)
    {
        (_installation, _number, Account) = (installation, number, account);
        Book = new BookId(Of(0xb0));
        if (account is not null) installation.Accounts.Add(Book, account);
    }

    public BookId Book { get; }

    public string? Account { get; }

    public Guid ClientId => Of(0xc1);

    public Guid RetainerId => Of(0xd1);

    public Guid InvoiceId => Of(0xa1);

    public ChaosInstallation Installation => _installation;

    public StripeStandInServer Stripe => _installation.Stripe;

    public Fuse Fuse => _installation.Fuse;

    public Instant Now => _installation.Now;

    public IEventStore Store => _installation.Store;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The last charge to the practice's client without the client.</summary>
    public string LastCharge => Stripe.SavedMethods.Charges.Last(charge => charge.AccountId == (Account ?? "acct_standin")).PaymentIntentId;

    /// <summary>Sends what the practice's account holds to its bank; the payout's id.</summary>
    public string StartPayout() => Stripe.Checkout.StartPayout("usd", Account);

    /// <summary>The practice, its client and the invoice.</summary>
    public async Task Open(Setting setting = Setting.Plain)
    {
        var (client, at, day) = (ClientId, Now, new LocalDate(2026, 5, 4));
        await Write(Business.Stream.Name(Book.Value), new BusinessEvent.BusinessOpened(Book.Value, "Juniper", "UTC", "USD", at));
        if (Account is { } account)
        {
            var accounts = StripeAccount.Stream.Name(Book.Value);
            await Write(accounts, new StripeAccountEvent.StripeAccountConnected(account, at));
            await Write(accounts, new StripeAccountEvent.StripeAccountReviewed(account, true, true, true, at));
        }
        await Write(
            Client.Stream.Name(client), new ClientEvent.ClientAdded(client, "Acme", "pay@acme.example", [], "USD", null, at));
        if (setting is Setting.Collects or Setting.CollectsByBank or Setting.CollectsDeposits or Setting.CollectsInstalments)
            await KeepMethod(at, setting == Setting.CollectsByBank ? "us_bank_account" : "card");
        if (setting is Setting.Deposit or Setting.CollectsDeposits)
        {
            await OpenDeposit(at, day);
            return;
        }
        await Write(Invoice.Stream.Name(InvoiceId), new InvoiceEvent.InvoiceDrafted(InvoiceId, client, "USD", [], [], null, day, null, at));
        await Write(Invoice.Stream.Name(InvoiceId), new InvoiceEvent.InvoiceFinalized(
            InvoiceId, client, InvoiceKind.Work, "INV-2026-0001", "USD", day, day.PlusDays(14),
            [
                new InvoiceLine(1, LineKind.Time, null, 3600, 70_01, 70_01, [], null),
                new InvoiceLine(2, LineKind.Expense, null, null, null, 49_99, [], null),
            ],
            120_00, null, 0, null, RoundingPolicy.Exact, [], [], null, at)
        {
            Instalments = setting == Setting.CollectsInstalments
                ? [new Instalment(day.PlusDays(7), 50_00), new Instalment(day.PlusDays(14), 70_00)]
                : null,
        });
    }

    /// <summary>A retainer is agreed, and the client asked to put 120.00 into it.</summary>
    private async Task OpenDeposit(Instant at, LocalDate day)
    {
        await Write(Retainer.Stream.Name(RetainerId), new RetainerEvent.RetainerAgreed(RetainerId, ClientId, "USD", "Care", [], at));
        await Write(
            Invoice.Stream.Name(InvoiceId), new InvoiceEvent.DepositDrafted(InvoiceId, ClientId, "USD", RetainerId, 120_00, null, at));
        await Write(Invoice.Stream.Name(InvoiceId), new InvoiceEvent.InvoiceFinalized(
            InvoiceId, ClientId, InvoiceKind.Deposit, "INV-2026-0001", "USD", day, day.PlusDays(14),
            [new InvoiceLine(1, LineKind.Deposit, null, null, null, 120_00, [], null)],
            120_00, RetainerId, 0, null, RoundingPolicy.Exact, [], [], null, at));
    }

    /// <summary>The client agreed when an earlier invoice was paid.</summary>
    private async Task KeepMethod(Instant at, string type)
    {
        using var gateway = new StripeGateway(_installation.Options.Stripe, Stripe.InProcess(), maxNetworkRetries: 0);
        var customer = await gateway.In(Account).MakeCustomer(
            new CustomerWish(Book.Value, ClientId, "Acme", "pay@acme.example", Replaces: null), Cancellation);
        var stream = Collection.Stream.Name(ClientId);
        await Write(stream, new CollectionEvent.StripeCustomerMade(customer, Account, at));
        await Write(stream, new CollectionEvent.CollectionAgreed(
            Id(9), CollectsOn.Finalized, Collection.TextVersion, "en", ConsentWays.SharePage, at));
        await Write(stream, new CollectionEvent.PaymentMethodSaved(
            Id(9), Stripe.SavedMethods.Keep(customer, type), Account, type, "visa", "4242", 12, 2034, at));
    }

    /// <summary>Charges the kept method until the bank's answer to so manieth attempt is in the books.</summary>
    public async Task Collect(int number)
    {
        for (var tries = 0; ; tries++)
        {
            Assert.True(tries < 30, "Nothing was collected.");
            if (await Attempt(number) is { Stage: not PaymentStage.Attempted }) return;
            await CollectOnce();
            await Try(Sweep);
        }
    }

    /// <summary>Looks until the books know that so manieth attempt failed.</summary>
    public async Task UntilFailed(int number)
    {
        for (var tries = 0; await Attempt(number) is not { Stage: PaymentStage.Failed }; tries++)
        {
            Assert.True(tries < 20, "The failure was never seen.");
            await Try(Sweep);
        }
    }

    /// <summary>Charges the kept method until an attempt is in the books; what the bank says, the server finds out by itself.</summary>
    public async Task BeginToCollect()
    {
        while (await Attempt(1) is null) await CollectOnce();
    }

    /// <summary>Nothing is charged to the kept method any more, for this reason.</summary>
    public async Task CollectInVain(string why)
    {
        for (var tries = 0; ; tries++)
        {
            var refusal = await CollectOnce();
            if (refusal == why) return;
            Assert.True(tries < 30, $"Refused by {refusal}.");
            await Try(Sweep);
        }
    }

    public async Task<CollectionState> CollectionNow()
    {
        var state = Collection.Stream.Initial;
        foreach (var stored in await Store.ReadStream(
            Book, Collection.Stream.Name(ClientId), 1, 1_000, ReadDirection.Forwards, Cancellation))
        {
            state = Collection.Evolve(state, (CollectionEvent)EventCodec.Decode(stored));
        }
        return state;
    }

    private async Task<string?> CollectOnce()
    {
        string? refusal = null;
        await Try(server => Overcome(async () =>
            refusal = (await server.Collections.Collect(Book, "member:owner", InvoiceId, Cancellation))?.Code));
        return refusal;
    }

    private async Task<Online?> Attempt(int number) =>
        (await Payments()).Values.FirstOrDefault(payment => payment.Automatic?.Number == number);

    /// <summary>The client clicks on Pay until a checkout opens; its session.</summary>
    /// <param name="agrees">Whether the client agrees that later invoices are charged without them.</param>
    public async Task<string> Click(bool agrees = false)
    {
        var consent = agrees ? new ShownConsent(CollectsOn.Due, Collection.TextVersion, "en", ConsentWays.SharePage) : null;
        for (var tries = 0; ; tries++)
        {
            Assert.True(tries < 20, "No checkout opened.");
            var outcome = await AsOwner(server => server.Checkout.Open(
                Book, "member:owner", InvoiceId, onlyDueOn: null, consent, Back, Back, Cancellation));
            if (outcome.Url is { } url) return url.Segments[^1];
            var why = outcome.Rejection!;
            Assert.True(why.Code is "stripe-unreachable" or "checkout-not-opened" or "payment-under-way", why.Detail);
            // Somebody looks after a payment that is thought to be under way.
            if (why.Code == "payment-under-way") await Try(Sweep);
        }
    }

    /// <summary>Somebody writes a transfer down.</summary>
    public Task PayByHand(long amountMinor) => Send(context => new RecordPaymentCommand(context, new RecordPayment(
        Id(1), InvoiceId, new Money(amountMinor, Currency.Usd), PaymentMethods.Transfer, Today, null, context.Now)));

    /// <summary>Somebody credits a part that was paid, and owes it to the client.</summary>
    public async Task<Guid> Credit(long amountMinor)
    {
        var amount = new Money(amountMinor, Currency.Usd);
        await UntilPaid();
        await Send(context => new Api.Invoicing.IssueCreditNoteCommand(context, new IssueCreditNote(
            InvoiceId, Id(2), [], amount, new CreditSettlement(amount, null, null), "Agreed", Today, context.Now)));
        return Id(2);
    }

    /// <summary>Somebody refunds what came through a session, and asks again until Stripe has made it.</summary>
    public async Task Refund(string session, long? amountMinor, int number, Guid? creditNote = null)
    {
        var payment = await PaymentOf(session);
        await UntilPaid(payment);
        var amount = amountMinor is { } minor ? new Money(minor, Currency.Usd) : (Money?)null;
        for (var tries = 0; ; tries++)
        {
            Assert.True(tries < 20, "No refund was made.");
            await Send(context => new AttemptRefundCommand(
                context, new AttemptRefund(payment, Id(number), amount, creditNote, "Agreed", context.Now)));
            await AsOwner(async server =>
            {
                await Overcome(() => server.Refunds.CarryOut(Book, payment, Cancellation));
                return true;
            });
            if ((await Payments())[payment].Back.Attempts[Id(number)].StripeRefundId is not null) return;
        }
    }

    public Task<bool> Try(Func<ServerProcess, Task> work) => _installation.Try(work);

    public async Task Sweep(ServerProcess server)
    {
        foreach (var payment in (await Payments()).Keys) await server.Worker.LookAt(Book, payment, Cancellation);
    }

    public async Task<IReadOnlyDictionary<Guid, Online>> Payments()
    {
        var payments = new Dictionary<Guid, PaymentState>();
        foreach (var stored in await Store.ReadBook(Book, 0, int.MaxValue, Cancellation))
        {
            if (!stored.Stream.StartsWith("payment-", StringComparison.Ordinal)) continue;
            var id = Guid.Parse(stored.Stream.AsSpan("payment-".Length));
            payments[id] = Payment.Evolve(
                payments.GetValueOrDefault(id, Payment.Stream.Initial), (PaymentEvent)EventCodec.Decode(stored));
        }
        return payments.Where(p => p.Value is Online).ToDictionary(p => p.Key, p => (Online)p.Value);
    }

    public ValueTask DisposeAsync() => _installation.DisposeAsync();

    /// <summary>What whoever uses the server does is tried until it is done: nobody forgets what they want.</summary>
    private async Task<T> AsOwner<T>(Func<ServerProcess, Task<T>> work)
    {
        var done = default(T);
        while (!await Try(async server => done = await work(server)))
        {
        }
        return done!;
    }

    private async Task Send(Func<CommandContext, ICommand> make)
    {
        var context = new CommandContext(Book, "member:owner", Now, Guid.NewGuid());
        var result = await AsOwner(server => server.Bus.Send(context, () => make(context), Cancellation));
        Assert.True(result is CommandResult.Done, (result as CommandResult.Refused)?.Rejection.Detail ?? $"{result}");
    }

    /// <summary>Nobody refunds or credits what they don't see: looks at every payment until the books know what Stripe does.</summary>
    /// <param name="payment">Null for any.</param>
    private async Task UntilPaid(Guid? payment = null)
    {
        for (var tries = 0; !await IsPaid(payment); tries++)
        {
            Assert.True(tries < 20, "The payment was never seen.");
            await Try(Sweep);
        }
    }

    private async Task<bool> IsPaid(Guid? payment) => (await Payments())
        .Any(known => (payment ?? known.Key) == known.Key && known.Value.Stage is PaymentStage.Succeeded);

    private async Task<Guid> PaymentOf(string session)
    {
        using var gateway = new StripeGateway(_installation.Options.Stripe, Stripe.InProcess(), maxNetworkRetries: 0);
        var found = Guid.Empty;
        await Overcome(async () => found = (await gateway.In(Account).GetSession(session, Cancellation)).PaymentId!.Value);
        return found == Guid.Empty ? await PaymentOf(session) : found;
    }

    private static async Task Overcome(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is global::Stripe.StripeException or HttpRequestException)
        {
            // Whoever it is asks again.
        }
    }

    private LocalDate Today => Now.InUtc().Date;

    private async Task Write(string stream, object @event) => await Store.Append(
        new AppendRequest(
            Book, [new StreamAppend(stream, StreamAppend.AnyVersion, [EventCodec.Encode(Guid.NewGuid(), @event)])], [],
            new EventMetadata("test", Guid.NewGuid(), Guid.NewGuid(), Now)),
        Cancellation);

    private Guid Id(int number) => new(number, (short)_number, 7, 7, 7, 7, 7, 7, 7, 7, 7);

    private Guid Of(int kind) => new(0x01990000, (short)_number, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, (byte)kind);
}

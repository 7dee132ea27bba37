using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Payments;

/// <summary>
/// The whole state: the accounts, the clock and what is due. Everything that reads or changes it holds
/// <see cref="Gate"/>, so that each request is one step.
/// </summary>
internal sealed class Sandbox
{
    public const string ApiVersion = "2026-10-28.endive";

    /// <summary>Events are listed for 30 days.</summary>
    public const long EventsKeptSeconds = 30 * 86_400;

    private readonly TimeProvider _clock;
    private readonly Action<StripeAccount, JsonObject> _onEvent;
    private readonly Dictionary<string, StripeAccount> _accounts = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Action, long> _due = new();

    /// <param name="clock">Tells what time it is.</param>
    /// <param name="ownAccountId">The API key's own account.</param>
    /// <param name="connectedAccountIds">Those that <c>Stripe-Account</c> may name.</param>
    /// <param name="onEvent">Called under the gate for each new event.</param>
    public Sandbox(
        TimeProvider clock, string ownAccountId, IEnumerable<string> connectedAccountIds,
        Action<StripeAccount, JsonObject> onEvent)
    {
        _clock = clock;
        _onEvent = onEvent;
        Own = _accounts[ownAccountId] = new StripeAccount(ownAccountId, isPlatform: true);
        foreach (var id in connectedAccountIds)
            AccountShape.Set(Connect(id, new FormNode()), charges: true, payouts: true, submitted: true);
    }

    public Lock Gate { get; } = new();

    public StripeAccount Own { get; }

    public long NowUnix => _clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Named in new events; a test changes it to play an endpoint set up for another version.</summary>
    public string EventApiVersion { get; set; } = ApiVersion;

    /// <summary>Keeps new charges without their balance transaction until it is released.</summary>
    public bool HoldBalanceTransactions { get; set; }

    public IEnumerable<StripeAccount> Accounts => _accounts.Values;

    /// <summary>The account with this id, as far as the platform may see it.</summary>
    public StripeAccount? Account(string id) => _accounts.GetValueOrDefault(id) is { IsRevoked: false } account ? account : null;

    /// <summary>Connects an account to the platform, whose owner has told nothing yet; its object.</summary>
    public JsonObject Connect(string id, FormNode form)
    {
        var item = AccountShape.New(id, form, NowUnix);
        Own.Add(item);
        _accounts[id] = new StripeAccount(id, isPlatform: false);
        return item;
    }

    /// <summary>A connected account as the platform sees it.</summary>
    public JsonObject ObjectOf(StripeAccount account) => Own.Find("account", account.Id)!;

    /// <summary>Stripe's refusal to let an account take payments; null where it does.</summary>
    public StripeError? NotChargeable(StripeAccount account) => account.IsPlatform || ObjectOf(account).Flag("charges_enabled")
        ? null
        : StripeError.Invalid(
            $"Your account ({account.Id}) cannot currently make charges. Complete what its requirements ask for in the dashboard.");

    /// <summary>The account that holds this object; ids are unique over all accounts.</summary>
    public StripeAccount? Holder(string kind, string itemId) =>
        _accounts.Values.FirstOrDefault(account => account.Find(kind, itemId) is not null);

    /// <summary>Records what happened and sends it to the webhook endpoints.</summary>
    public void Record(
        StripeAccount account, string type, JsonObject subject, EventCause? cause = null, JsonObject? previous = null)
    {
        var happened = EventShape.New(
            type, subject, previous, cause ?? EventCause.None, EventApiVersion, NowUnix);
        if (!account.IsPlatform) happened["account"] = account.Id;
        account.Add(happened);
        if (!account.IsRevoked) _onEvent(account, happened);
    }

    /// <summary>One endpoint fewer waits for this event.</summary>
    public void MarkDelivered(string eventId)
    {
        lock (Gate)
        {
            var happened = Holder("event", eventId)!.Find(eventId)!;
            happened["pending_webhooks"] = Math.Max(0, happened.Whole("pending_webhooks") - 1);
        }
    }

    /// <summary>Does something once the clock has reached a second.</summary>
    public void At(long dueUnix, Action step) => _due.Enqueue(step, dueUnix);

    /// <summary>Does what has become due; called before every request and by a timer.</summary>
    public void CatchUp()
    {
        while (_due.TryPeek(out var step, out var dueUnix) && dueUnix <= NowUnix)
        {
            _due.Dequeue();
            step();
        }
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.EventStore.Port;
using Billing.Faults.Running;
using NodaTime;

namespace Billing.Faults.Serving;

/// <summary>
/// A practice with two clients, four assistants who log time, an owner who notes expenses, and for each client somebody who
/// drafts an invoice over what is unbilled, finalises it and writes down its payment. A seed decides what they send.
/// </summary>
internal sealed class Practice
{
    public const string OperatorToken = "an-operator-token-of-the-fault-harness";
    private const int Clients = 2, Assistants = 4, EntriesPerDay = 8, DaysPerWeek = 5;
    private static readonly LocalDate LastMonday = new(2026, 3, 2);

    private readonly Random dice;
    private readonly Tally tally;

    private Practice(int seed, Tally tally) => (dice, this.tally) = (new Random(seed), tally);

    public BookId Book { get; private set; }

    public IReadOnlyList<Caller> Callers { get; private set; } = [];

    public IEnumerable<Acknowledged> Acknowledged => Callers.SelectMany(c => c.Acknowledged);

    public static async Task<Practice> Open(HttpClient http, int seed, Tally tally)
    {
        var practice = new Practice(seed, tally);
        var opened = await Post(http, OperatorToken, "/v1/businesses", new
        {
            name = "Juniper Assistance",
            ownerName = "Owner",
            timeZone = "America/Chicago",
            currency = "USD",
        });
        practice.Book = new BookId((Guid)opened["businessId"]!);
        var owner = (string)opened["token"]!;
        var callers = new List<Caller> { practice.NotesExpenses(owner) };
        for (var n = 0; n < Clients; n++)
        {
            var client = (Guid)(await Post(http, owner, "/v1/clients", new { name = $"Client {n}", currency = "USD" }))["id"]!;
            var work = (Guid)(await Post(http, owner, "/v1/engagements", new { clientId = client, name = "Inbox" }))["id"]!;
            await Post(http, owner, $"/v1/engagements/{work}:set-rate", new { perHour = Usd("40"), validFrom = "2000-01-01" });
            callers.Add(practice.Bills(owner, client));
            for (var i = 0; i < Assistants / Clients; i++)
            {
                var member = (Guid)(await Post(
                    http, owner, "/v1/members", new { name = "Assistant", role = "assistant", timeZone = "America/Chicago" }))["id"]!;
                var token = (string)(await Post(http, owner, "/v1/tokens", new { memberId = member }))["token"]!;
                callers.Add(practice.LogsTime(token, work));
            }
        }
        practice.Callers = callers;
        return practice;
    }

    /// <summary>
    /// Somebody has cut off the end of the book: what was acknowledged beyond it is gone, and not by the server's doing.
    /// </summary>
    /// <returns>How many acknowledgements that were.</returns>
    public int ForgetBeyond(long position) => Callers.Sum(c => c.ForgetBeyond(position));

    private Caller LogsTime(string token, Guid work)
    {
        var entries = 0;
        return new Caller("an assistant", _ =>
        {
            var day = entries / EntriesPerDay;
            var workedOn = LastMonday.PlusWeeks(-(day / DaysPerWeek)).PlusDays(day % DaysPerWeek);
            entries++;
            return Wish(token, "/v1/time-entries", new
            {
                id = NewId(),
                engagementId = work,
                workedOn = workedOn.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
                durationSeconds = 900,
                note = new string('n', Next(400)),
            });
        }, tally);
    }

    private Caller NotesExpenses(string token) => new("the owner", _ => Wish(token, "/v1/expenses", new
    {
        id = NewId(),
        amount = Usd("12.50"),
        category = "software",
        paidOn = "2026-03-02",
        payee = new string('p', Next(1, 100)),
    }), tally);

    /// <summary>A draft that is refused, because nothing is unbilled, is tried again as another one.</summary>
    private Caller Bills(string token, Guid client)
    {
        var (step, invoice) = (0, Guid.Empty);
        return new Caller("the biller", last =>
        {
            step = last is { IsDone: true } ? step % 3 + 1 : 1;
            switch (step)
            {
                case 1:
                    invoice = NewId();
                    return Wish(token, "/v1/invoices", new { id = invoice, clientId = client, through = "2026-03-31" });
                case 2:
                    return Wish(token, $"/v1/invoices/{invoice}:finalize", new { issuedOn = "2026-04-01" });
                default:
                    return Wish(token, "/v1/payments", new
                    {
                        id = NewId(),
                        invoiceId = invoice,
                        amount = last!.Json["due"],
                        method = "transfer",
                        receivedOn = "2026-04-02",
                    });
            }
        }, tally);
    }

    private Wish Wish(string token, string path, object body) => new(token, path, JsonSerializer.Serialize(body), NewId().ToString());

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (dice) dice.NextBytes(bytes);
        return new Guid(bytes);
    }

    private int Next(int below) => Next(0, below);

    private int Next(int from, int below)
    {
        lock (dice) return dice.Next(from, below);
    }

    private static object Usd(string amount) => new { amount, currency = "USD" };

    private static async Task<JsonNode> Post(HttpClient http, string token, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}

using System.Net.Http.Headers;
using Billing.Api.Tests.Http;
using Billing.GeneratedClient;

namespace Billing.Api.Tests.Description;

/// <summary>A client in C# that is made of the committed description alone walks from a client's first hour to the invoice.</summary>
public sealed class GeneratedClientTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;
    private BillingClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        _server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _practice.Owner);
        _client = new BillingClient(_server.Http);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_hour_and_a_half_is_clocked_billed_and_read()
    {
        var since = (await _client.ChangesGetAsync("now", cancellationToken: Cancellation)).Next;
        var acme = await _client.ClientsPostAsync(
            new AddClientBody { Name = "Larch & Co", Currency = "USD" }, idempotency_Key: "client-1", cancellationToken: Cancellation);
        var again = await _client.ClientsPostAsync(
            new AddClientBody { Name = "Larch & Co", Currency = "USD" }, idempotency_Key: "client-1", cancellationToken: Cancellation);
        var work = await _client.EngagementsPostAsync(
            new AgreeEngagementBody { ClientId = acme.Id, Name = "Inbox" }, cancellationToken: Cancellation);
        await _client.EngagementsIdSetRatePostAsync(
            work.Id, new SetRateCardBody
            {
                PerHour = new Money { Amount = "40.00", Currency = "USD" },
                ValidFrom = new DateOnly(2026, 1, 1),
            }, cancellationToken: Cancellation);
        await _client.TimeEntriesPostAsync(
            new LogTimeBody { EngagementId = work.Id, WorkedOn = new DateOnly(2026, 3, 2), DurationSeconds = 5400, Note = "Inbox" },
            cancellationToken: Cancellation);
        var draft = await _client.InvoicesPostAsync(
            new DraftInvoiceBody { ClientId = acme.Id, Through = new DateOnly(2026, 3, 31) }, cancellationToken: Cancellation);
        await _client.InvoicesIdFinalizePostAsync(
            draft.Id, new FinalizeInvoiceBody { IssuedOn = new DateOnly(2026, 4, 1) }, if_Match: $"\"{draft.Version}\"",
            cancellationToken: Cancellation);

        var read = await _client.InvoicesIdGetAsync(draft.Id, cancellationToken: Cancellation);
        var told = await _client.ChangesGetAsync(since, cancellationToken: Cancellation);

        Assert.Equal(acme.Id, again.Id);
        Assert.Equal(
            ("INV-2026-0001", "60.00", "USD", new DateOnly(2026, 4, 1)),
            (read.Invoice.Number, read.Invoice.Total.Amount, read.Invoice.Total.Currency, read.Invoice.IssuedOn));
        Assert.Equal(5400, Assert.Single(read.Lines).QuantitySeconds);
        Assert.Contains(told.Items, change => change is { Resource: "invoice", Kind: ChangeKind.Created } && change.Id == $"{draft.Id:D}");
    }

    [Fact]
    public async Task A_refusal_comes_as_a_problem_with_its_code_and_fields()
    {
        var refused = await Assert.ThrowsAsync<ApiException<Problem>>(() => _client.ClientsPostAsync(
            new AddClientBody { Name = "", Currency = "USD" }, cancellationToken: Cancellation));

        Assert.Equal((400, "invalid-request"), (refused.StatusCode, refused.Result.Code));
        Assert.Equal("/name", Assert.Single(refused.Result.Errors!).Pointer);
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Billing.Api.Http;

namespace Billing.Api.ModelContext;

/// <summary>
/// Says what a wish would do, by dry runs of the same commands. Nothing in what is shown changes by itself, so that the same text at
/// confirmation means that nothing changed.
/// </summary>
public sealed class Previews(ToolDesk desk)
{
    /// <summary>Either what would happen, or why it would be refused.</summary>
    /// <param name="Command">Does exactly what is shown.</param>
    public sealed record Outcome(string Shown, EndpointCall? Command, EndpointAnswer? Refusal);

    public Task<Outcome> Of(PreviewedWish wish) => wish switch
    {
        PreviewedWish.DraftInvoice draft => Draft(draft),
        PreviewedWish.FinalizeInvoice issue => Finalize(issue),
        PreviewedWish.SendInvoice send => Send(send),
        _ => throw new UnreachableException(),
    };

    private async Task<Outcome> Draft(PreviewedWish.DraftInvoice wish)
    {
        var client = await desk.Get("/v1/clients/{id:guid}", ToolDesk.Id(wish.ClientId));
        if (!client.IsSuccess) return Refused(client);
        var would = await DryRun("/v1/invoices", null, new { wish.ClientId, wish.Through, wish.Note });
        if (!would.IsSuccess) return Refused(would);
        if (Event(would, "invoice-drafted")?["data"] is not { } drafted) return Refused(DoneAlready);
        var through = (string?)drafted["through"];
        var unbilled = await desk.Get("/v1/clients/{id:guid}/unbilled", ToolDesk.Id(wish.ClientId), ("through", through));
        if (!unbilled.IsSuccess) return Refused(unbilled);
        var (entryIds, expenseIds) = (
            drafted["time"]!.AsArray().SelectMany(time => time!["entryIds"]!.AsArray()).Select(id => (Guid)id!).ToArray(),
            drafted["expenseIds"]!.AsArray().Select(id => (Guid)id!).ToArray());
        var shown = new JsonObject
        {
            ["would"] = "draft an invoice",
            ["client"] = (string?)client.Json["name"],
            ["through"] = through,
            ["note"] = wish.Note,
            ["total"] = unbilled.Json["total"]?.DeepClone(),
            ["due"] = unbilled.Json["due"]?.DeepClone(),
            ["lines"] = Lines(unbilled.Json),
            ["entries"] = entryIds.Length,
            ["expenses"] = expenseIds.Length,
            ["fingerprint"] = Access.Secrets.HashOf(string.Join(' ', [.. entryIds, .. expenseIds]))[..16],
        };
        return new Outcome(shown.ToJsonString(ApiJson.Options), Command(
            "/v1/invoices", null, new { wish.ClientId, Through = through, wish.Note, EntryIds = entryIds, ExpenseIds = expenseIds }), null);
    }

    private async Task<Outcome> Finalize(PreviewedWish.FinalizeInvoice wish)
    {
        const string pattern = "/v1/invoices/{id:guid}:finalize";
        var detail = await desk.Get("/v1/invoices/{id:guid}", ToolDesk.Id(wish.InvoiceId));
        if (!detail.IsSuccess) return Refused(detail);
        var version = (long)detail.Json["invoice"]!["version"]!;
        var would = await DryRun(pattern, wish.InvoiceId, new { wish.IssuedOn }, version);
        if (!would.IsSuccess) return Refused(would);
        if (Event(would, "invoice-finalized")?["data"] is not { } finalized) return Refused(DoneAlready);
        var issuedOn = (string?)finalized["issuedOn"];
        var shown = new JsonObject
        {
            ["would"] = "finalize an invoice",
            ["number"] = (string?)finalized["number"],
            ["issuedOn"] = issuedOn,
            ["dueOn"] = (string?)finalized["dueOn"],
            ["total"] = detail.Json["preview"]?["total"]?.DeepClone(),
            ["due"] = detail.Json["preview"]?["due"]?.DeepClone(),
            ["lines"] = Lines(detail.Json),
            ["version"] = version,
        };
        return new Outcome(
            shown.ToJsonString(ApiJson.Options), Command(pattern, wish.InvoiceId, new { IssuedOn = issuedOn }, version), null);
    }

    private async Task<Outcome> Send(PreviewedWish.SendInvoice wish)
    {
        const string pattern = "/v1/invoices/{id:guid}:send";
        var detail = await desk.Get("/v1/invoices/{id:guid}", ToolDesk.Id(wish.InvoiceId));
        if (!detail.IsSuccess) return Refused(detail);
        var would = await DryRun(pattern, wish.InvoiceId, new { wish.Recipient });
        if (!would.IsSuccess) return Refused(would);
        if (Event(would, "mail-asked") is not { } mail) return Refused(DoneAlready);
        var recipient = (string?)mail["confidential"]!["recipient"];
        var shown = new JsonObject
        {
            ["would"] = "mail an invoice",
            ["number"] = (string?)detail.Json["invoice"]!["number"],
            ["recipient"] = recipient,
            ["subject"] = (string?)mail["confidential"]!["texts"]!["subject"],
            ["attachments"] = mail["data"]!["attachments"]!.DeepClone(),
            ["open"] = detail.Json["invoice"]!["open"]?.DeepClone(),
            ["version"] = (long)detail.Json["invoice"]!["version"]!,
        };
        return new Outcome(shown.ToJsonString(ApiJson.Options), Command(pattern, wish.InvoiceId, new { Recipient = recipient }), null);
    }

    private static EndpointAnswer DoneAlready => EndpointAnswer.Of(Problem.Of(
        StatusCodes.Status409Conflict, "nothing-to-confirm", "It is done already: nothing would be written. Look at the invoice."));

    private static Outcome Refused(EndpointAnswer refusal) => new("", null, refusal);

    private Task<EndpointAnswer> DryRun(string pattern, Guid? id, object body, long? version = null) =>
        desk.Send(Command(pattern, id, body, version) with { Query = [KeyValuePair.Create<string, string?>("dryRun", "true")] });

    private static EndpointCall Command(string pattern, Guid? id, object body, long? version = null) => new(
        $"POST {pattern}", id is { } known ? ToolDesk.Id(known) : new Dictionary<string, object>(), [], body, version);

    /// <summary>The event of this name, whatever its version; null where nothing would be written and the answer is a receipt.</summary>
    private static JsonNode? Event(EndpointAnswer would, string name) => would.Json["wouldWrite"]?.AsArray()
        .SingleOrDefault(e => ((string?)e!["type"])!.StartsWith($"{name}.v", StringComparison.Ordinal));

    private static JsonArray Lines(JsonObject preview) => new([.. preview["lines"]!.AsArray().Select(line => (JsonNode)new JsonObject
    {
        ["description"] = (string?)line!["description"],
        ["quantitySeconds"] = line["quantitySeconds"]?.DeepClone(),
        ["amount"] = line["amount"]?.DeepClone(),
    })]);
}

using System.ComponentModel;
using System.Text.Json.Nodes;
using Billing.Api.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NodaTime.Text;
using static Billing.Api.ModelContext.ToolDesk;

namespace Billing.Api.ModelContext;

/// <summary>What bills, gives a number or mails: shown first, and done by a confirmation that is good once.</summary>
[McpServerToolType]
internal sealed class PreviewTools(ToolDesk desk, Previews previews, Confirmations confirmations)
{
    private const string ThenConfirm = "Writes nothing. Gives a confirmation that is good for ten minutes and once.";

    [McpServerTool(Name = "preview_draft_invoice", ReadOnly = true, OpenWorld = false)]
    [Description($"Says which invoice would be drafted over what waits to be billed. {ThenConfirm}")]
    public Task<CallToolResult> Draft(
        Guid clientId, [Description("Last day of the work, such as 2026-05-31; left out, today.")] string? through = null,
        [Description("For the client to read.")] string? note = null) => Preview(new PreviewedWish.DraftInvoice(clientId, through, note));

    [McpServerTool(Name = "preview_finalize_invoice", ReadOnly = true, OpenWorld = false)]
    [Description($"Says which number, days and amounts a draft would get for good. {ThenConfirm}")]
    public Task<CallToolResult> Finalize(
        Guid invoiceId, [Description("Such as 2026-06-01; left out, today.")] string? issuedOn = null) =>
        Preview(new PreviewedWish.FinalizeInvoice(invoiceId, issuedOn));

    [McpServerTool(Name = "preview_send_invoice", ReadOnly = true, OpenWorld = false)]
    [Description($"Says which mail would go to whom with the invoice. {ThenConfirm}")]
    public Task<CallToolResult> Send(
        Guid invoiceId, [Description("Another address than the client's.")] string? recipient = null) =>
        Preview(new PreviewedWish.SendInvoice(invoiceId, recipient));

    [McpServerTool(Name = "confirm", Destructive = true, Idempotent = false, OpenWorld = true)]
    [Description("Does what was previewed, once the person has agreed to it. Refused if anything of it has changed since.")]
    public async Task<CallToolResult> Confirm([Description("Of the preview.")] string confirmation)
    {
        if (confirmations.Take(desk.Caller.TokenId, confirmation) is not { } pending)
        {
            return Result(Problem.Of(
                StatusCodes.Status409Conflict, "confirmation-not-good",
                "This confirmation is unknown, used, older than ten minutes or another caller's. Ask for the preview again."));
        }
        var now = await previews.Of(pending.Wish);
        if (now.Command is null) return Result(now.Refusal!);
        if (now.Shown != pending.Shown)
        {
            return Result(Problem.Of(
                StatusCodes.Status409Conflict, "changed-since-preview",
                "It would no longer be what was shown. Nothing was done: ask for the preview again, and show it to the person."));
        }
        return Result(await desk.Send(now.Command));
    }

    private async Task<CallToolResult> Preview(PreviewedWish wish)
    {
        var outcome = await previews.Of(wish);
        if (outcome.Refusal is { } refusal) return Result(refusal);
        var (secret, expiresAt) = confirmations.Keep(desk.Caller.TokenId, wish, outcome.Shown);
        return Result(new EndpointAnswer(StatusCodes.Status200OK, new JsonObject
        {
            ["preview"] = JsonNode.Parse(outcome.Shown),
            ["confirmation"] = secret,
            ["expiresAt"] = InstantPattern.General.Format(expiresAt),
        }.ToJsonString(ApiJson.Options)));
    }
}

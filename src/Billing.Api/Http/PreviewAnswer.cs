using System.Text.Json;
using Billing.Api.Access;
using Billing.Api.Past;
using Billing.EventStore.Port;

namespace Billing.Api.Http;

/// <summary>What a dry run answers: the events that would be written, and what they would change in money and tax.</summary>
internal sealed class PreviewAnswer(AppendRequest request) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var events = request.Writes.SelectMany(write => write.Events.Select(e => PreviewEvent.Of(write.Stream, e))).ToList();
        // An assistant may not see what work brings.
        var seesMoney = Admission.CallerOf(httpContext) is { Role: Role.Owner or Role.Bookkeeper };
        var effect = seesMoney
            ? await httpContext.RequestServices.GetRequiredService<CommandEffects>().Of(request, httpContext.RequestAborted)
            : null;
        await new JsonAnswer(new PreviewBody(events, effect), StatusCodes.Status200OK).ExecuteAsync(httpContext);
    }

    private sealed record PreviewBody(IReadOnlyList<PreviewEvent> WouldWrite, EffectView? Effect);

    private sealed record PreviewEvent(string Stream, string Type, JsonElement Data, JsonElement? Confidential)
    {
        public static PreviewEvent Of(string stream, NewEvent @event) => new(
            stream, @event.Type, Parse(@event.Data), @event.Confidential.IsEmpty ? null : Parse(@event.Confidential));

        private static JsonElement Parse(ReadOnlyMemory<byte> json)
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
    }
}

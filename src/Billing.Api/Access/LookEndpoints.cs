using System.Text;
using Billing.Api.Commands;
using Billing.Api.Expenses;
using Billing.Api.Http;
using Billing.Domain.Access;
using Billing.Projections.Documents.Images;

namespace Billing.Api.Access;

/// <param name="AccentColour">Such as #0F5C6E; left out, the usual one.</param>
public sealed record SetAccentColourBody([property: Text(7)] string? AccentColour = null);

/// <param name="AccentColour">Null for the usual one.</param>
/// <param name="Logo">Null for none.</param>
public sealed record LookView(string? AccentColour, LogoFile? Logo);

/// <summary>How the practice's documents look: its colour, and its logo, which comes and goes as the bare file.</summary>
public static class LookEndpoints
{
    public static void MapLook(this IEndpointRouteBuilder v1)
    {
        v1.Query<LookView>("/business/look", Role.Everyone, async call =>
        {
            var look = (await call.Session().Practice()).Look;
            return new LookView(look.AccentColour, look.Logo);
        });

        v1.MapGet("/business/logo", (Delegate)Fetch)
            .WithMetadata(new AllowedRoles(Role.Everyone))
            .Produces<Stream>(200, RasterImage.Png, RasterImage.Jpeg);

        v1.Command<SetAccentColourBody>(
            "/business:set-accent-colour", Role.Owner, SetColour, (_, done) => Answers.Changed(done));

        v1.MapPost("/business/logo", (Delegate)Place)
            .WithMetadata(new AllowedRoles(Role.Owner), new TakesCommand(), new QueryParameters())
            .Accepts<Stream>("*/*")
            .Produces<Receipt>();

        v1.Command<NoBody>("/business/logo:remove", Role.Owner, TakeLogoOff, (_, done) => Answers.Changed(done));
    }

    internal static ChangeLookCommand SetColour(CommandCall<SetAccentColourBody> call) => new(
        call.Context, state => Business.Decide(state, new ChooseAccentColour(call.Body.AccentColour, call.Now)));

    internal static ChangeLookCommand TakeLogoOff(CommandCall<NoBody> call) => WithLogo(call.Context, null);

    /// <param name="logo">Null to take it off.</param>
    internal static ChangeLookCommand WithLogo(CommandContext context, LogoFile? logo) => new(
        context, state => Business.Decide(state, new PlaceLogo(logo, context.Now)));

    private static async Task<IResult> Fetch(HttpContext http, LogoFiles logos)
    {
        var (caller, refusal) = await Admission.Admit(http, Role.Everyone);
        if (caller is null) return refusal!.AsResult();
        var practice = await new QueryCall(http, caller).Session().Practice();
        return logos.Serve(http, practice.Look.Logo) ?? Problem.NotFound("logo").AsResult();
    }

    private static async Task<IResult> Place(HttpContext http, IReceiptFiles files, CommandBus bus)
    {
        var (caller, refusal) = await Admission.Admit(http, Role.Owner);
        if (caller is null) return refusal!.AsResult();
        var (bytes, isTooLarge) = await RequestBody.Read(http.Request, LogoFiles.MostBytes, http.RequestAborted);
        if (isTooLarge)
            return Problem.Of(413, "body-too-large", $"A logo has at most {LogoFiles.MostBytes} bytes; send a smaller one.").AsResult();
        using var incoming = await files.Take(new MemoryStream(bytes), LogoFiles.MostBytes, http.RequestAborted);
        var (context, errors) = EndpointMapping.Context(http, caller, Encoding.ASCII.GetBytes(incoming.Hash));
        if (errors.Count > 0) return Problem.BadRequest(errors).AsResult();
        var (image, unfit) = RasterImage.Read(bytes);
        if (image is null) return Problem.Of(unfit!).AsResult();

        // As with receipts: the file comes before the event that speaks of it, and only where that is not refused.
        var logo = LogoFiles.Described(incoming, image);
        var tried = await Send(context with { DryRun = true });
        if (context.DryRun || tried is CommandResult.Refused or CommandResult.Stale) return Render(tried);
        incoming.Keep();
        return Render(await Send(context));

        async Task<CommandResult> Send(CommandContext under) =>
            (await bus.Send(under, () => WithLogo(under, logo), http.RequestAborted))!;

        IResult Render(CommandResult result) => EndpointMapping.Render(http, result, Answers.Changed);
    }
}

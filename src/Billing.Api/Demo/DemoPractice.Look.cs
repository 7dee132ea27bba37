using Billing.Api.Access;
using Billing.Api.Expenses;
using Billing.Domain.Access;
using Billing.Projections.Documents.Images;

namespace Billing.Api.Demo;

/// <content>Its logo and colour.</content>
public sealed partial class DemoPractice
{
    private async Task Dress(CancellationToken cancellationToken)
    {
        await using var stream = typeof(DemoPractice).Assembly.GetManifestResourceStream("demo/juniper.png")
            ?? throw new InvalidOperationException("The logo of the demo is not in the assembly.");
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        var image = RasterImage.Read(bytes.ToArray()).Image!;
        bytes.Position = 0;
        using var incoming = await services.GetRequiredService<IReceiptFiles>().Take(bytes, bytes.Length, cancellationToken);
        incoming.Keep();
        var logo = new LogoFile(incoming.Hash, image.MediaType, incoming.Bytes, image.Width, image.Height);
        await Send(At(FirstDay, 8), c => new ChangeLookCommand(c, state => Business.Decide(state, new PlaceLogo(logo, c.Now))));
        await Send(At(FirstDay, 8), c => new ChangeLookCommand(
            c, state => Business.Decide(state, new ChooseAccentColour("#2F5D50", c.Now))));
    }
}

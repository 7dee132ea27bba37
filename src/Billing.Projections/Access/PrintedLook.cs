using Billing.Domain.Access;
using Billing.Projections.Documents;

namespace Billing.Projections.Access;

/// <summary>A practice's look as documents take it.</summary>
public static class PrintedLook
{
    /// <param name="look">As it was frozen with a document, or as it is now; null for the plain look.</param>
    /// <param name="practice">Whose logo it is.</param>
    public static DocumentStyle Of(PracticeLook? look, string practice, DocumentLanguage language) => new(
        look?.AccentColour ?? DocumentStyle.DefaultAccent)
    {
        Logo = look?.Logo is { } logo
            ? new DocumentLogo(logo.Hash, language.Word("logo-of", ("practice", practice))) { Width = logo.Width, Height = logo.Height }
            : null,
    };
}

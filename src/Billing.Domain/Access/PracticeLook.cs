namespace Billing.Domain.Access;

/// <summary>How a practice's documents look. It is frozen with each document that is issued.</summary>
/// <param name="AccentColour"><c>#RRGGBB</c>; null for the usual one.</param>
/// <param name="Logo">Null for none.</param>
public sealed record PracticeLook(string? AccentColour, LogoFile? Logo)
{
    public static PracticeLook Plain { get; } = new(null, null);

    /// <summary>As a document freezes it; null for the plain look.</summary>
    internal PracticeLook? Frozen => this == Plain ? null : this;
}

/// <summary>A picture that lies beside the books under its hash.</summary>
/// <param name="Hash">SHA-256 of its bytes, lower-case hexadecimal.</param>
/// <param name="MediaType"><c>image/png</c> or <c>image/jpeg</c>.</param>
public sealed record LogoFile(string Hash, string MediaType, long Bytes, int Width, int Height);

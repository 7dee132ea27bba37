namespace Billing.Projections.Documents.Pdf;

/// <summary>How words are drawn: font, size in points, colour.</summary>
internal readonly record struct Setting(FontFace Face, double Size, Colour Colour);

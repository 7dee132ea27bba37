namespace Billing.Projections.Documents;

/// <summary>A finished document.</summary>
/// <param name="Pdf">The file. The same model gives the same bytes.</param>
/// <param name="Warnings">
/// What could not be shown as it was given, such as characters that the fonts lack; mostly empty.
/// </param>
public sealed record RenderedDocument(byte[] Pdf, int PageCount, IReadOnlyList<string> Warnings);

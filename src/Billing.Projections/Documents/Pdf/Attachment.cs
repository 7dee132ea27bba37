namespace Billing.Projections.Documents.Pdf;

/// <summary>A file inside of the file.</summary>
internal sealed record Attachment(string Name, string Description, ReadOnlyMemory<byte> Bytes);

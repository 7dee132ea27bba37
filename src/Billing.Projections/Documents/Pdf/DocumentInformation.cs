using NodaTime;

namespace Billing.Projections.Documents.Pdf;

/// <summary>What a file says about itself.</summary>
/// <param name="Language">BCP 47, of all the text in it.</param>
/// <param name="CreatedOn">
/// The day that the content is of. No clock is asked, so that the same content is the same file.
/// </param>
internal sealed record DocumentInformation(
    string Title, string Author, string Subject, string Language, LocalDate CreatedOn)
{
    public const string Producer = "Billing";
}

namespace Billing.Api.Exchange;

/// <summary>What an import did, or would do, with every row of the file.</summary>
/// <param name="IsDryRun">True where nothing was written.</param>
/// <param name="Imported">Rows that made a time entry.</param>
/// <param name="AlreadyThere">Rows that an earlier run had imported.</param>
/// <param name="Refused">Rows that were left out, each with its reason.</param>
/// <param name="Doubtful">Rows that are in the books, and that somebody should look at.</param>
/// <param name="ImportedSeconds">Time of the imported rows and those already there.</param>
/// <param name="Rows">Every row in the order of the file.</param>
/// <param name="UnusedColumns">Columns of the file that nothing was taken from.</param>
/// <param name="DateForm">How the file writes days, as said or found out; null where that is no question.</param>
/// <param name="Decimal">point or comma, as said or found out; null where that is no question.</param>
public sealed record ImportReport(
    bool IsDryRun, int RowCount, int Imported, int AlreadyThere, int Refused, int Doubtful, long ImportedSeconds,
    IReadOnlyList<string> NewClients, IReadOnlyList<string> NewEngagements, IReadOnlyList<string> NewAssistants,
    IReadOnlyList<RowReport> Rows, IReadOnlyList<string> UnusedColumns, string? DateForm = null, string? Decimal = null);

/// <param name="Row">1 for the first row under the header.</param>
/// <param name="Line">Line of the file on which the row ends.</param>
/// <param name="Outcome">imported, already-there or refused.</param>
/// <param name="Code">Why it was refused or is doubtful.</param>
/// <param name="Text">What the file says in the row, the note shortened.</param>
public sealed record RowReport(
    int Row, int Line, string Outcome, string Text, string? Code = null, string? Detail = null);

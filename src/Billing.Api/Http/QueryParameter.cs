using Billing.Api.Past;
using Billing.Projections.Paging;

namespace Billing.Api.Http;

/// <summary>A parameter in the address of a query. One name means the same wherever it is taken.</summary>
/// <param name="Type">As JSON Schema names it; with <paramref name="Format"/>, what the text must be.</param>
public sealed record QueryParameter(string Name, string Type, string? Format, string Meaning)
{
    private const string Id = "uuid", Day = "date";

    /// <summary>Tells it from others of its name: one is taken in several ways.</summary>
    public string Key { get; init; } = Name;

    /// <summary>Whether no query that takes it can do without.</summary>
    public bool IsRequired { get; init; }

    public static IReadOnlyDictionary<string, QueryParameter> Known { get; } = ((QueryParameter[])
    [
        new("account", "string", null, "The bank account's name or number, where the file does not say it."),
        new("addMembers", "boolean", null, "Whether people of the file who are unknown become assistants; else their rows are refused."),
        new("after", "integer", null, "Only what comes after this place of the book."),
        new("archived", "boolean", null, "Whether archived ones are listed too."),
        .. AsOf.Parameters,
        new(
            "assistant", "string", Id,
            "Of this assistant only. Unless given, reports are of everyone, but an assistant's of their own; weeks are the caller's own."),
        new("billed", "boolean", null, "Only what stands on a finalised invoice, or only what does not."),
        new("billedBefore", "string", null, "What work is that the file has as billed: not-billable unless given, or billable again."),
        new("basis", "string", null, "What counts as income: cash unless given, so what was received; or accrual, what was earned."),
        new("by", "string", null, "What rows are told apart by: client, engagement, assistant, day, week or month."),
        new("category", "string", null, "Only of this category of Schedule C; GET /v1/expense-categories lists them."),
        new("client", "string", Id, "Only of this client."),
        new("clientName", "string", null, "The client of rows that name none."),
        new("column", "string", null, "The column of a figure.") { IsRequired = true },
        new("cursor", "string", Id, "Where the next page begins, as `next` of the page before said."),
        new("currency", "string", null, "ISO 4217 code; the practice's own unless given."),
        new(
            "dateForm", "string", null,
            "How a table writes days: yyyy-mm-dd, mm/dd/yyyy, dd/mm/yyyy, dd.mm.yyyy, mm-dd-yyyy or dd-mm-yyyy. Unless given, a bank's is "
            + "the first, and an imported file's what its days leave no doubt about."),
        new("day", "string", Day, "The day up to which ages are counted; today unless given."),
        new(
            "decimal", "string", null,
            "How a table writes decimals: point or comma. Unless given, a bank's is the first, and a time file's what leaves no doubt."),
        new("dryRun", "boolean", null, "Says what would be written, and writes nothing."),
        new("dropped", "boolean", null, "Whether those that were decided against are listed too."),
        new("engagement", "string", Id, "Only of this engagement."),
        new("engagementName", "string", null, "The engagement of rows that name no project."),
        new("every", "string", null, "How long each return's days are: month unless given, quarter or year."),
        new("fileName", "string", null, "What the file is called, for whoever fetches it later."),
        new("forgotten", "boolean", null, "Only timers that count as forgotten, or only those that do not."),
        new("from", "string", Day, "The first day that counts."),
        new("goal", "string", null, "What is put aside for: no-surprise unless given, so that nothing is left in April; or no-penalty."),
        new("language", "string", null, "ISO 639-1 code of the document's language, such as en; unless given the client's own, or en."),
        new("limit", "integer", null, $"How many at most, from 1 to {PageRequest.MostItems}."),
        new("memberName", "string", null, "Whose time all rows of the file are, whatever names they have."),
        new("netProfit", "string", null, "With projection=own-number, the whole year's profit in US dollars."),
        new("overlaps", "string", null, "What becomes of work that overlaps: refuse unless given, or as-day: a duration on its day."),
        new("paidFirst", "boolean", null, "Only what clients pay before it is spent, or only the rest."),
        new("part", "string", null, "What is asked for: all that is open unless given, or due: what is due, or else the next instalment."),
        new("perHour", "string", null, "What an hour costs where no rate is known yet, as a decimal amount."),
        new("projection", "string", null, "How the rest of the year is thought to go: run-rate, year-to-date, seasonal or own-number."),
        new("retainer", "string", Id, "The retainer that would be drawn on."),
        new("row", "string", null, "The key of a row.") { IsRequired = true },
        new(
            "since", "string", null,
            "Only what came after this cursor; `now` for nothing of before. Unless given, changes begin with the first, events now."),
        new("status", "string", null, "Only in this state."),
        new("stripeAccount", "string", null, "The connected Stripe account in which it happened; left out, the installation's own."),
        new("tag", "string", null, "Only work with this tag."),
        new("through", "string", Day, "The last day that counts; today unless given."),
        new("timeZone", "string", null, "IANA name; the practice's own unless given."),
        new("to", "string", Day, "The last day that counts."),
        new("vehicle", "string", Id, "Only of this vehicle."),
        new("year", "integer", null, "The year; of US taxes the newest that is known unless given, of sales tax the running one."),
    ]).ToDictionary(parameter => parameter.Key, StringComparer.Ordinal);
}

/// <summary>On each query: the parameters that it takes. Others are refused, so that a slip of the pen is no wider answer.</summary>
public sealed class QueryParameters
{
    private readonly string[] names;

    /// <exception cref="KeyNotFoundException">A name has no entry in <see cref="QueryParameter.Known"/>.</exception>
    public QueryParameters(params string[] names)
    {
        Parameters = Array.ConvertAll(names, name => QueryParameter.Known[name]);
        this.names = [.. Parameters.Select(parameter => parameter.Name)];
        AsOf = Parameters.FirstOrDefault(parameter => parameter.Name == Past.AsOf.Name)?.Key;
    }

    public IReadOnlyList<QueryParameter> Parameters { get; }

    /// <summary>In which way <c>asOf</c> is taken; null where it is not.</summary>
    internal string? AsOf { get; }

    public bool Takes(string name) => names.Contains(name, StringComparer.Ordinal);

    internal List<FieldProblem> Refuse(IQueryCollection query)
    {
        if (query.Count == 0) return [];
        var takes = names.Length == 0 ? "This query takes none." : $"Known: {string.Join(", ", names)}.";
        return [.. query.Keys.Where(name => !Takes(name)).Select(name => new FieldProblem(
            name.Length > MostShown ? name[..MostShown] : name, "unknown-parameter", $"There is no parameter of this name. {takes}"))];
    }

    private const int MostShown = 100;
}

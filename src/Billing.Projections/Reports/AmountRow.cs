using Billing.Domain.Values;

namespace Billing.Projections.Reports;

/// <summary>Rows of amounts that the rest of the API gives too, so that each can be explained.</summary>
internal static class AmountRow
{
    public static Figure Amount(
        string column, long minor, string formula, IReadOnlyCollection<Thing> of, params IEnumerable<Part> parts) =>
        new(column, FigureUnit.Minor, minor, formula, of) { Parts = [.. parts] };

    /// <summary>Parts of a figure, and what of it they leave as the part of the thing that it is about.</summary>
    public static IReadOnlyList<Part> WithRest(long value, Part about, IEnumerable<Part> parts)
    {
        Part[] known = [.. parts];
        var rest = value - known.Sum(part => part.Value);
        return rest == 0 ? known : [.. known, about with { Value = rest }];
    }

    /// <summary>What a row about one thing is called: by the thing's id.</summary>
    public static ReportRow Of(Guid id, string? label, Currency currency, params IReadOnlyList<Figure> figures) =>
        new($"{id:D}", $"{id:D}", label, currency, figures);

    /// <summary>Of a client in one currency.</summary>
    public static ReportRow OfClient(PracticeBook book, Guid client, Currency currency, params IReadOnlyList<Figure> figures) =>
        new($"{client:D}:{currency.Code}", $"{client:D}", book.Clients.GetValueOrDefault(client)?.Details?.Name, currency, figures);

    public static bool IsOf(this Guid client, Guid? wanted) => wanted is null || wanted == client;
}

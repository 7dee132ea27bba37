using Billing.Cli.Running;
using Billing.Cli.Work;

namespace Billing.Cli.Invoicing;

/// <summary>Finds the invoice that is meant by its number or id, the end of either, or its client where that has only one.</summary>
internal static class InvoiceNames
{
    private const int FewestSigns = 4;

    /// <exception cref="Stop">None fits, or several do; they are listed.</exception>
    public static InvoiceView Find(IReadOnlyList<InvoiceView> all, WorkNames names, string text)
    {
        var wanted = text.Trim();
        var found = all.Where(i => string.Equals(i.Number, wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0 && wanted.Length >= FewestSigns)
        {
            found = [.. all.Where(i => Ends(i.Number) || Ends(i.InvoiceId.ToString("D")))];
        }
        if (found.Count == 0)
        {
            var clients = names.ClientsLike(wanted).Select(client => client.ClientId).ToHashSet();
            found = [.. all.Where(i => clients.Contains(i.ClientId))];
        }
        if (found is [var only]) return only;
        if (found.Count == 0) throw Stop.Usage($"None is '{wanted}'. billing invoice list shows what there is.");
        throw Stop.Usage(string.Join(
            Environment.NewLine,
            found.Select(i => $"  {Reference(i)}  {names.ClientName(i.ClientId)}, {i.Status}")
                .Prepend($"Several fit '{wanted}'. Say the number, or the end of the id, of one:")));

        bool Ends(string? name) => name?.EndsWith(wanted, StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>The number; of a draft, the end of the id.</summary>
    public static string Reference(InvoiceView invoice) => invoice.Number ?? invoice.InvoiceId.ToString("D")[^8..];
}

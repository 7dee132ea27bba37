using UglyToad.PdfPig.Tokens;

namespace Billing.Projections.Tests.Documents;

/// <summary>
/// A file's logical structure: its elements in reading order, and the way back into it from the pages.
/// </summary>
internal sealed class StructureReading
{
    private readonly PdfObjects _pdf;

    public StructureReading(PdfObjects pdf)
    {
        _pdf = pdf;
        var root = pdf.Dictionary(pdf.Catalog, "StructTreeRoot");
        var numbers = pdf.Items(pdf.Dictionary(root, "ParentTree"), "Nums");
        for (var i = 0; i < numbers.Count; i += 2)
            Back.Add(((NumericToken)numbers[i]).Int, pdf.Resolve(numbers[i + 1]));
        Walk(root, 0);
    }

    public Dictionary<int, IToken> Back { get; } = [];

    /// <summary>Every element with its depth, parents before children.</summary>
    public List<(DictionaryToken Element, int Depth)> Elements { get; } = [];

    public string TypeOf(DictionaryToken element) => _pdf.Name(element, "S");

    public IEnumerable<DictionaryToken> ChildrenOf(DictionaryToken element) =>
        _pdf.Items(element, "K").Select(_pdf.Resolve).OfType<DictionaryToken>().Where(kid => kid.Data.ContainsKey("S"));

    /// <summary>The numbers of the element's pieces on a page.</summary>
    public IEnumerable<int> PiecesOf(DictionaryToken element, DictionaryToken page)
    {
        foreach (var kid in _pdf.Items(element, "K").Select(_pdf.Resolve))
        {
            var holder = kid is NumericToken ? element : (DictionaryToken)kid;
            if (!holder.Data.TryGetValue("Pg", out var onPage)) continue;
            if (!ReferenceEquals(_pdf.Resolve(onPage), page)) continue;
            if (kid is NumericToken number) yield return number.Int;
            else if (holder.Data.ContainsKey("MCID")) yield return _pdf.Int(holder, "MCID");
        }
    }

    private void Walk(DictionaryToken element, int depth)
    {
        foreach (var child in ChildrenOf(element))
        {
            Elements.Add((child, depth));
            Walk(child, depth + 1);
        }
    }
}

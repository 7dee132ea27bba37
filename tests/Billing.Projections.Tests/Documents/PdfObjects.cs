using System.Text;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Billing.Projections.Tests.Documents;

/// <summary>A file's objects as an independent reader sees them.</summary>
internal sealed partial class PdfObjects(byte[] pdf) : IDisposable
{
    public PdfDocument Document { get; } = PdfDocument.Open(pdf);

    public DictionaryToken Catalog => Document.Structure.Catalog.CatalogDictionary;

    public IReadOnlyList<DictionaryToken> Pages =>
        [.. Items(Dictionary(Catalog, "Pages"), "Kids").Select(AsDictionary)];

    public void Dispose() => Document.Dispose();

    public IToken Resolve(IToken token) =>
        token is IndirectReferenceToken reference ? Resolve(Document.Structure.GetObject(reference.Data).Data) : token;

    public IToken? Find(DictionaryToken dictionary, string key) =>
        dictionary.Data.TryGetValue(key, out var value) ? Resolve(value) : null;

    public DictionaryToken Dictionary(DictionaryToken dictionary, string key) => AsDictionary(dictionary.Data[key]);

    public DictionaryToken AsDictionary(IToken token) =>
        Resolve(token) switch { StreamToken stream => stream.StreamDictionary, var other => (DictionaryToken)other };

    public IReadOnlyList<IToken> Items(DictionaryToken dictionary, string key) => Find(dictionary, key) switch
    {
        null => [],
        ArrayToken array => array.Data,
        var single => [single],
    };

    public string Name(DictionaryToken dictionary, string key) => ((NameToken)Find(dictionary, key)!).Data;

    public int Int(DictionaryToken dictionary, string key) => ((NumericToken)Find(dictionary, key)!).Int;

    public string Text(DictionaryToken dictionary, string key) => Find(dictionary, key) switch
    {
        StringToken text => text.Data,
        HexToken hex => Encoding.BigEndianUnicode.GetString(hex.Memory.Span[2..]),
        var other => throw new InvalidOperationException($"{key} is {other}."),
    };

    public byte[] Stream(DictionaryToken dictionary, string key) =>
        ((StreamToken)Find(dictionary, key)!).Decode(DefaultFilterProvider.Instance).ToArray();

    public static long Number(IToken token) => ((IndirectReferenceToken)token).Data.ObjectNumber;

    /// <summary>The fonts that the pages may use, by their resource names.</summary>
    public Dictionary<string, DictionaryToken> Fonts()
    {
        var fonts = Dictionary(Dictionary(Dictionary(Catalog, "Pages"), "Resources"), "Font");
        return fonts.Data.ToDictionary(pair => pair.Key, pair => AsDictionary(pair.Value));
    }

    /// <summary>
    /// A page's operators, each with its operands before it; our content holds no literal strings.
    /// </summary>
    public IEnumerable<(string Operator, List<string> Operands)> Operators(DictionaryToken page)
    {
        var operands = new List<string>();
        foreach (Match token in Token().Matches(Encoding.ASCII.GetString(Stream(page, "Contents"))))
        {
            if (!char.IsAsciiLetter(token.Value[0]))
            {
                operands.Add(token.Value);
                continue;
            }
            yield return (token.Value, operands);
            operands = [];
        }
    }

    [GeneratedRegex(@"\[[^\]]*\]|<<[^>]*>>|/[^\s<\[]+|[^\s<\[]+")]
    private static partial Regex Token();
}

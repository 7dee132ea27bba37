using UglyToad.PdfPig.Tokens;

namespace Billing.Projections.Tests.Documents;

/// <summary>The logical structure that a screen reader follows.</summary>
public sealed class StructureTests
{
    public static TheoryData<string> Samples => ConformanceSamples.Names;

    [Theory, MemberData(nameof(Samples))]
    public void Every_piece_of_a_page_belongs_to_the_element_that_claims_it(string sample)
    {
        using var pdf = ConformanceSamples.Open(sample);
        var structure = new StructureReading(pdf);
        foreach (var page in pdf.Pages)
        {
            var back = ((ArrayToken)structure.Back[pdf.Int(page, "StructParents")]).Data;
            var pieces = pdf.Operators(page).Where(op => op.Operator == "BDC").Select(op => op.Operands).ToList();
            Assert.Equal(back.Count, pieces.Count);
            for (var i = 0; i < pieces.Count; i++)
            {
                var element = pdf.AsDictionary(back[i]);
                Assert.Equal(["/" + structure.TypeOf(element), $"<</MCID {i}>>"], pieces[i]);
                Assert.Contains(i, structure.PiecesOf(element, page));
            }
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void Every_row_of_a_table_has_as_many_columns_as_its_head(string sample)
    {
        using var pdf = ConformanceSamples.Open(sample);
        var structure = new StructureReading(pdf);
        var tables = structure.Elements.Where(e => structure.TypeOf(e.Element) == "Table").ToList();
        Assert.NotEmpty(tables);
        foreach (var (table, _) in tables)
        {
            var widths = structure.ChildrenOf(table).Select(row => structure.ChildrenOf(row).Sum(Span)).Distinct();
            Assert.Single(widths);
        }

        int Span(DictionaryToken cell)
        {
            Assert.Contains(structure.TypeOf(cell), (string[])["TH", "TD"]);
            if (structure.TypeOf(cell) == "TD") return 1;
            var attributes = pdf.Dictionary(cell, "A");
            Assert.Contains(pdf.Name(attributes, "Scope"), (string[])["Row", "Column"]);
            return attributes.Data.ContainsKey("ColSpan") ? pdf.Int(attributes, "ColSpan") : 1;
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void Headings_start_with_one_and_leave_none_out(string sample)
    {
        using var pdf = ConformanceSamples.Open(sample);
        var structure = new StructureReading(pdf);
        var levels = structure.Elements.Select(e => structure.TypeOf(e.Element))
            .Where(type => type is ['H', >= '1' and <= '6'])
            .Select(type => type[1] - '0').ToList();
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, 1);
        for (var i = 1; i < levels.Count; i++) Assert.True(levels[i] <= levels[i - 1] + 1);
    }

    [Fact]
    public void The_qr_code_has_a_text_that_stands_for_it()
    {
        using var pdf = ConformanceSamples.Open("invoice");
        var structure = new StructureReading(pdf);
        var figure = Assert.Single(structure.Elements, e => structure.TypeOf(e.Element) == "Figure").Element;
        Assert.Equal("QR code of the payment link", pdf.Text(figure, "Alt"));
        Assert.Equal(4, pdf.Items(pdf.Dictionary(figure, "A"), "BBox").Count);
    }

    [Fact]
    public void A_repeated_table_head_is_read_once()
    {
        using var pdf = ConformanceSamples.Open("invoice");
        var structure = new StructureReading(pdf);
        var table = structure.Elements.First(e => structure.TypeOf(e.Element) == "Table").Element;
        Assert.Equal(41, structure.ChildrenOf(table).Count());
        var heads = pdf.Document.GetPages().Count(page => page.Text.Contains("Unit price", StringComparison.Ordinal));
        Assert.Equal(2, heads);
    }
}

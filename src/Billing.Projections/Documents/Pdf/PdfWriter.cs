using System.Text;
using Billing.Projections.Documents.Images;
using NodaTime.Text;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// Writes one tagged PDF 1.7 file to the rules of PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1): pages,
/// embedded subset fonts, structure, metadata and output intent. The same calls give the same bytes.
/// </summary>
internal sealed class PdfWriter : IDisposable
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    private static readonly byte[] PackedProfile = Pack(SrgbProfile.Bytes);

    private readonly PdfFile _file = new();
    private readonly DocumentInformation _information;
    private readonly List<PageCanvas> _pages = [];
    private readonly List<EmbeddedFont> _fonts = [];
    private readonly List<(byte[] Name, int Id)> _images = [];
    private readonly List<(int Id, StructureNode Node, byte[] Entries)> _links = [];
    private readonly int _pagesId;
    private (Attachment File, int Id)? _invoice;

    public PdfWriter(DocumentInformation information)
    {
        _information = information;
        _pagesId = _file.Reserve();
    }

    /// <summary>The root of the logical structure.</summary>
    public StructureNode Structure { get; } = StructureNode.Root();

    public PageCanvas AddPage(double width, double height)
    {
        var page = new PageCanvas(this, _file.Reserve(), _pages.Count + 1, width, height);
        _pages.Add(page);
        return page;
    }

    /// <summary>
    /// Adds a picture of black and white squares, one bit each, rows padded to bytes; a set bit is white.
    /// </summary>
    /// <returns>The name to draw it by.</returns>
    public byte[] AddBitmap(int side, ReadOnlySpan<byte> rows)
    {
        var id = _file.Reserve();
        using var entries = new ByteSink(128);
        entries.Raw("/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 1/Width "u8).Int(side);
        _file.Stream(id, entries.Raw("/Height "u8).Int(side).Written, rows);
        var name = Encoding.ASCII.GetBytes($"I{_images.Count}");
        _images.Add((name, id));
        return name;
    }

    /// <summary>Adds a picture; what is seen through in it becomes a soft mask, which PDF/A-3 allows.</summary>
    /// <returns>The name to draw it by.</returns>
    public byte[] AddImage(RasterImage image)
    {
        var id = _file.Reserve();
        int? maskId = image.Alpha is null ? null : _file.Reserve();
        using var entries = new ByteSink(128);
        Entries(entries, image, image.IsGrey);
        if (maskId is { } mask) entries.Raw("/SMask "u8).Ref(mask);
        if (image.MediaType == RasterImage.Jpeg) _file.RawStream(id, entries.Raw("/Filter/DCTDecode"u8).Written, image.Pixels);
        else _file.PackedStream(id, entries.Written, image.Pixels);
        if (maskId is { } alphaId)
        {
            using var ofMask = new ByteSink(128);
            Entries(ofMask, image, isGrey: true);
            _file.PackedStream(alphaId, ofMask.Written, image.Alpha);
        }
        var name = Encoding.ASCII.GetBytes($"I{_images.Count}");
        _images.Add((name, id));
        return name;

        static void Entries(ByteSink sink, RasterImage image, bool isGrey) => sink
            .Raw("/Type/XObject/Subtype/Image/BitsPerComponent 8/ColorSpace/"u8).Raw(isGrey ? "DeviceGray"u8 : "DeviceRGB"u8)
            .Raw("/Width "u8).Int(image.Width).Raw("/Height "u8).Int(image.Height);
    }

    /// <summary>Embeds the invoice as XML: the same document in another form (ISO 19005-3, 6.8; Factur-X 1.0).</summary>
    public void AddInvoice(Attachment invoice)
    {
        var fileId = _file.Reserve();
        using var entries = new ByteSink(128);
        entries.Raw("/Type/EmbeddedFile/Subtype/text#2Fxml/Params<</Size "u8).Int(invoice.Bytes.Length)
            .Raw("/ModDate"u8).Text(Date()).Raw(">>"u8);
        _file.Stream(fileId, entries.Written, invoice.Bytes.Span);
        var id = _file.Reserve();
        _file.Begin(id).Raw("<</Type/Filespec/AFRelationship/Alternative/F"u8).Text(invoice.Name).Raw("/UF"u8).Text(invoice.Name)
            .Raw("/Desc"u8).Text(invoice.Description).Raw("/EF<</F "u8).Ref(fileId).Raw("/UF "u8).Ref(fileId).Raw(">>>>"u8);
        _invoice = (invoice, id);
    }

    public byte[] Finish()
    {
        for (var i = 0; i < _pages.Count; i++) WritePage(_pages[i], i);
        WritePageTree();
        foreach (var font in _fonts) font.Write(_file);
        var structureId = StructureTree.Write(_file, Structure, _pages, _links.ConvertAll(link => link.Node));
        for (var i = 0; i < _links.Count; i++)
            _file.Begin(_links[i].Id).Raw(_links[i].Entries).Raw("/StructParent "u8).Int(_pages.Count + i).Raw(">>"u8);
        return _file.Finish(WriteCatalog(structureId), WriteInformation());
    }

    public void Dispose()
    {
        foreach (var page in _pages) page.Dispose();
        _file.Dispose();
    }

    internal EmbeddedFont FontOf(FontFace face)
    {
        foreach (var known in _fonts)
            if (known.Face == face) return known;
        var font = new EmbeddedFont(face, _file.Reserve(), Encoding.ASCII.GetBytes($"F{_fonts.Count}"));
        _fonts.Add(font);
        return font;
    }

    internal int AddLink(StructureNode node, Box box, string url)
    {
        using var sink = new ByteSink(256);
        // F 4: the link is printed, which PDF/A asks of every annotation.
        sink.Raw("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect"u8).Box(box);
        sink.Raw("/Contents"u8).Text(url).Raw("/A<</S/URI/URI"u8).Text(url).Raw(">>"u8);
        var id = _file.Reserve();
        _links.Add((id, node, sink.Written.ToArray()));
        return id;
    }

    private void WritePage(PageCanvas page, int index)
    {
        var contentId = _file.Reserve();
        _file.Stream(contentId, [], page.Content.Written);
        var sink = _file.Begin(page.PageId).Raw("<</Type/Page/Parent "u8).Ref(_pagesId).Raw("/MediaBox[0 0 "u8);
        sink.Number(page.Width).Raw(" "u8).Number(page.Height).Raw("]/Contents "u8).Ref(contentId);
        sink.Raw("/StructParents "u8).Int(index);
        if (page.Annotations.Count > 0)
        {
            // Tabs S: the keyboard goes from link to link in the order of the structure (PDF/UA-1, 7.18.3).
            sink.Raw("/Tabs/S/Annots["u8);
            foreach (var id in page.Annotations) sink.Ref(id).Raw(" "u8);
            sink.Raw("]"u8);
        }
        sink.Raw(">>"u8);
    }

    private void WritePageTree()
    {
        var sink = _file.Begin(_pagesId).Raw("<</Type/Pages/Count "u8).Int(_pages.Count).Raw("/Kids["u8);
        foreach (var page in _pages) sink.Ref(page.PageId).Raw(" "u8);
        sink.Raw("]/Resources<</Font<<"u8);
        foreach (var font in _fonts) sink.Raw("/"u8).Raw(font.ResourceName).Raw(" "u8).Ref(font.ObjectId);
        sink.Raw(">>/XObject<<"u8);
        foreach (var (name, id) in _images) sink.Raw("/"u8).Raw(name).Raw(" "u8).Ref(id);
        sink.Raw(">>>>>>"u8);
    }

    private int WriteCatalog(int structureId)
    {
        var (catalogId, metadataId, profileId) = (_file.Reserve(), _file.Reserve(), _file.Reserve());
        _file.RawStream(metadataId, "/Type/Metadata/Subtype/XML"u8, XmpPacket.Of(_information, _invoice?.File.Name));
        _file.PackedStream(profileId, "/N 3"u8, PackedProfile);
        var catalog = _file.Begin(catalogId);
        if (_invoice is { File.Name: var name, Id: var fileId })
        {
            catalog.Raw("<</AF["u8).Ref(fileId).Raw("]/Names<</EmbeddedFiles<</Names["u8).Text(name).Raw(" "u8).Ref(fileId)
                .Raw("]>>>>"u8);
        }
        else
        {
            catalog.Raw("<<"u8);
        }
        catalog.Raw("/Type/Catalog/Pages "u8).Ref(_pagesId).Raw("/Lang"u8).Text(_information.Language)
            .Raw("/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>"u8)
            .Raw("/StructTreeRoot "u8).Ref(structureId)
            .Raw("/Metadata "u8).Ref(metadataId)
            .Raw("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"u8)
            .Raw("/DestOutputProfile "u8).Ref(profileId).Raw(">>]>>"u8);
        return catalogId;
    }

    /// <summary>The older place of metadata, which viewers still show; it must agree with the newer one.</summary>
    private int WriteInformation()
    {
        var id = _file.Reserve();
        _file.Begin(id).Raw("<</Title"u8).Text(_information.Title).Raw("/Author"u8).Text(_information.Author)
            .Raw("/Subject"u8).Text(_information.Subject).Raw("/Producer"u8).Text(DocumentInformation.Producer)
            .Raw("/CreationDate"u8).Text(Date()).Raw(">>"u8);
        return id;
    }

    private string Date() => $"D:{Day.Format(_information.CreatedOn)}000000Z";

    private static byte[] Pack(ReadOnlySpan<byte> data)
    {
        using var sink = new ByteSink();
        return sink.Deflated(data).Written.ToArray();
    }
}

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// One element of the logical structure (ISO 32000-1, 14.7), which screen readers and text extraction follow. The
/// order in which children are made is the reading order.
/// </summary>
internal sealed class StructureNode
{
    private Content _first;
    private List<Content>? _rest;

    private StructureNode(StructureNode? parent, byte[] type) => (Parent, Type) = (parent, type);

    public StructureNode? Parent { get; }

    /// <summary>The standard structure type, such as P, H1, Table, TR, TH, TD, Figure, Link.</summary>
    public byte[] Type { get; }

    /// <summary>
    /// Further entries of the element's dictionary: a heading cell's scope, a figure's alternative text.
    /// </summary>
    public byte[]? Entries { get; private init; }

    public int ObjectId { get; set; }

    /// <summary>Where a figure stands on its page, in points from the lower left.</summary>
    public Box? Box { get; set; }

    public static StructureNode Root() => new(null, "Document"u8.ToArray());

    public StructureNode Add(byte[] type, byte[]? entries = null)
    {
        var child = new StructureNode(this, type) { Entries = entries };
        Add(new Content(child, 0, 0));
        return child;
    }

    /// <summary>Says that a piece of a page's content belongs to this element.</summary>
    public void AddPiece(int pageId, int markedContentId) => Add(new Content(null, pageId, markedContentId));

    /// <summary>Says that an annotation belongs to this element.</summary>
    public void AddAnnotation(int pageId, int annotationId) => Add(new Content(null, pageId, ~annotationId));

    public IEnumerable<StructureNode> Children()
    {
        if (_first.Child is not null) yield return _first.Child;
        foreach (var content in _rest ?? [])
            if (content.Child is not null) yield return content.Child;
    }

    public void Write(ByteSink sink, int parentId)
    {
        sink.Raw("<</S/"u8).Raw(Type).Raw("/P "u8).Ref(parentId);
        if (Entries is not null) sink.Raw(Entries);
        if (Box is { } box) sink.Raw("/A<</O/Layout/BBox"u8).Box(box).Raw(">>"u8);
        if (_first.IsPiece && _rest is null) sink.Raw("/Pg "u8).Ref(_first.PageId).Raw("/K "u8).Int(_first.Id);
        else if (!_first.IsNone) WriteContents(sink);
        sink.Raw(">>"u8);
    }

    private void WriteContents(ByteSink sink)
    {
        sink.Raw("/K["u8);
        WriteContent(sink, _first);
        foreach (var content in _rest ?? []) WriteContent(sink, content);
        sink.Raw("]"u8);
    }

    private static void WriteContent(ByteSink sink, Content content)
    {
        if (content.Child is not null) sink.Ref(content.Child.ObjectId).Raw(" "u8);
        else if (content.IsPiece)
            sink.Raw("<</Type/MCR/Pg "u8).Ref(content.PageId).Raw("/MCID "u8).Int(content.Id).Raw(">>"u8);
        else
            sink.Raw("<</Type/OBJR/Pg "u8).Ref(content.PageId).Raw("/Obj "u8).Ref(~content.Id).Raw(">>"u8);
    }

    private void Add(Content content)
    {
        if (_first.IsNone) _first = content;
        else (_rest ??= []).Add(content);
    }

    /// <summary>
    /// A child element, or a piece of a page; an annotation's number is stored as its complement.
    /// </summary>
    private readonly record struct Content(StructureNode? Child, int PageId, int Id)
    {
        public bool IsNone => Child is null && PageId == 0;
        public bool IsPiece => Child is null && PageId != 0 && Id >= 0;
    }
}

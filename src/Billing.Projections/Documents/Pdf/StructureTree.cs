namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// Writes the logical structure's tree and the way back into it from pages and links (ISO 32000-1, 14.7).
/// </summary>
internal static class StructureTree
{
    /// <summary>
    /// Writes everything; the way back has the pages' numbers first and then one for each link, in the lists'
    /// order.
    /// </summary>
    /// <returns>The object number of the tree's root.</returns>
    public static int Write(PdfFile file, StructureNode document, List<PageCanvas> pages, List<StructureNode> links)
    {
        var (rootId, backId) = (file.Reserve(), file.Reserve());
        Number(file, document);
        file.Begin(rootId).Raw("<</Type/StructTreeRoot/K "u8).Ref(document.ObjectId).Raw("/ParentTree "u8).Ref(backId)
            .Raw("/ParentTreeNextKey "u8).Int(pages.Count + links.Count).Raw(">>"u8);
        WriteBelow(file, document, rootId);

        var sink = file.Begin(backId).Raw("<</Nums["u8);
        for (var i = 0; i < pages.Count; i++)
        {
            sink.Int(i).Raw("["u8);
            foreach (var node in pages[i].Pieces) sink.Ref(node.ObjectId).Raw(" "u8);
            sink.Raw("]"u8);
        }
        for (var i = 0; i < links.Count; i++) sink.Int(pages.Count + i).Raw(" "u8).Ref(links[i].ObjectId).Raw(" "u8);
        sink.Raw("]>>"u8);
        return rootId;
    }

    private static void Number(PdfFile file, StructureNode node)
    {
        node.ObjectId = file.Reserve();
        foreach (var child in node.Children()) Number(file, child);
    }

    private static void WriteBelow(PdfFile file, StructureNode node, int parentId)
    {
        node.Write(file.Begin(node.ObjectId), parentId);
        foreach (var child in node.Children()) WriteBelow(file, child, node.ObjectId);
    }
}

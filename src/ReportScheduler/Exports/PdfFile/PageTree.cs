namespace ReportScheduler.Exports.PdfFile;

/// <summary>The pages of a document in their order, in nodes of so many.</summary>
internal sealed class PageTree(PdfObjects objects)
{
    private const int PagesOfNode = 64;

    private readonly PdfBytes nodes = new();
    private readonly PdfBytes pages = new();
    private int node;
    private int pagesOfNode;

    public int Number { get; } = objects.Reserve();

    public int Count { get; private set; }

    /// <summary>Adds a page, and says the number of the node that it names as its own.</summary>
    public int Add(int page)
    {
        if (pagesOfNode == PagesOfNode)
        {
            Close();
        }

        if (pagesOfNode++ == 0)
        {
            node = objects.Reserve();
        }

        Count++;
        pages.AddReference(page).Add((byte)' ');
        return node;
    }

    public void End()
    {
        Close();
        var body = new PdfBytes();
        body.Add("<</Type/Pages/Count "u8).Add(Count).Add("/Kids["u8).Add(nodes.Span).Add("]>>"u8);
        objects.WriteObject(Number, body.Span);
    }

    private void Close()
    {
        if (pagesOfNode == 0)
        {
            return;
        }

        var body = new PdfBytes();
        body.Add("<</Type/Pages/Parent "u8).AddReference(Number).Add("/Count "u8).Add(pagesOfNode).Add("/Kids["u8).Add(pages.Span)
            .Add("]>>"u8);
        objects.WriteObject(node, body.Span);
        nodes.AddReference(node).Add((byte)' ');
        pages.Clear();
        pagesOfNode = 0;
    }
}

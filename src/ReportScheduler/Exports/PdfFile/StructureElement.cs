namespace ReportScheduler.Exports.PdfFile;

/// <summary>A heading, a paragraph, a figure, a table: what a part of the report is, for programs that read it aloud.</summary>
/// <remarks>ISO 32000-1, 14.7.2. It is written when it is closed, and forgotten.</remarks>
/// <param name="objects">The file.</param>
/// <param name="type">Its standard type: H1, P, Table.</param>
/// <param name="parent">The number of the element it belongs to.</param>
internal sealed class StructureElement(PdfObjects objects, string type, int parent)
{
    private readonly PdfBytes kids = new();
    private bool isClosed;

    public int Number { get; } = objects.Reserve();

    /// <summary>What it shows, in words, for those who do not see it; null for nothing.</summary>
    public string? AlternativeText { get; set; }

    /// <summary>The entries of its attributes: /O/Table/Scope/Column; empty for none.</summary>
    public byte[] Attributes { get; set; } = [];

    /// <summary>Adds an element below it, which has to be closed by itself.</summary>
    public StructureElement Add(string kind)
    {
        var child = new StructureElement(objects, kind, Number);
        AddKid(child.Number);
        return child;
    }

    /// <summary>Adds an element below it that is written by somebody else.</summary>
    public void AddKid(int number) => kids.Add((byte)' ').AddReference(number);

    /// <summary>Gives it a part of a page, and says the number of that part.</summary>
    public int Mark(PdfPage page)
    {
        var mark = page.Mark(Number);
        kids.Add("<</Type/MCR/Pg "u8).AddReference(page.Number).Add("/MCID "u8).Add(mark).Add(">>"u8);
        return mark;
    }

    /// <summary>Gives it an object of a page: the area of a link.</summary>
    public void AddObject(PdfPage page, int number) =>
        kids.Add("<</Type/OBJR/Pg "u8).AddReference(page.Number).Add("/Obj "u8).AddReference(number).Add(">>"u8);

    /// <summary>Writes it. Nothing can be added any more.</summary>
    public void Close()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        var body = new PdfBytes();
        body.Add("<</S"u8).AddName(type).Add("/P "u8).AddReference(parent).Add("/K["u8).Add(kids.Span).Add((byte)']');
        if (AlternativeText is { } text)
        {
            body.Add("/Alt"u8).AddText(text);
        }

        if (Attributes.Length > 0)
        {
            body.Add("/A<<"u8).Add(Attributes).Add(">>"u8);
        }

        objects.WriteObject(Number, body.Add(">>"u8).Span);
    }
}

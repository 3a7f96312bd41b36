namespace ReportScheduler.Exports.PdfFile;

/// <summary>The tree of what the parts of a document are, and the table that leads from the parts of each page to it.</summary>
/// <remarks>ISO 32000-1, 14.7.</remarks>
internal sealed class StructureTree
{
    private const int KeysOfNode = 100;
    private const int MarksOfRow = 10;

    private readonly PdfObjects objects;
    private readonly RecordStream parents;
    private readonly NumberBlock keyNumbers;
    private readonly PdfBytes numbers = new();
    private readonly PdfBytes nodes = new();
    private int first;
    private int next;

    public StructureTree(PdfObjects objects)
    {
        this.objects = objects;
        parents = new RecordStream(objects);
        keyNumbers = new NumberBlock(objects);
        Number = objects.Reserve();
        Document = new StructureElement(objects, "Document", Number);
    }

    public int Number { get; }

    /// <summary>The element that all others are below.</summary>
    public StructureElement Document { get; }

    /// <summary>The key of a page, or of another object, whose parts lead to elements.</summary>
    public int NextKey => next;

    /// <summary>Takes the elements of the parts of a page, in the order of their numbers.</summary>
    public void AddPage(IReadOnlyList<int> elements)
    {
        var number = keyNumbers.Next();
        var digits = objects.Digits;
        // a space before each, and the brackets
        var cellWidth = 1 + digits + PdfBytes.BehindNumber;
        var rowWidth = 1 + (MarksOfRow * cellWidth) + 1;
        parents.Width = rowWidth;
        var rows = Math.Max(1, (elements.Count + MarksOfRow - 1) / MarksOfRow);
        var room = parents.Take(number, rows * rowWidth);
        room.Fill((byte)' ');
        for (var place = 0; place < elements.Count; place++)
        {
            var cell = room[((place / MarksOfRow * rowWidth) + 1 + (place % MarksOfRow * cellWidth) + 1)..];
            if (elements[place] == 0)
            {
                "null"u8.CopyTo(cell[digits..]);
                continue;
            }

            PdfBytes.PadReference(cell, digits, elements[place]);
        }

        room[0] = (byte)'[';
        room[^1] = (byte)']';
        Add(number);
    }

    /// <summary>Takes the element of an object that has a key of its own.</summary>
    public void AddObject(int element) => Add(element);

    /// <summary>Writes the rest, after the last page.</summary>
    public void End()
    {
        Document.Close();
        keyNumbers.End();
        CloseNode();
        parents.Flush();
        var body = new PdfBytes();
        var tree = objects.Reserve();
        body.Add("<</Kids["u8).Add(nodes.Span).Add("]>>"u8);
        objects.WriteObject(tree, body.Span);
        body.Clear();
        body.Add("<</Type/StructTreeRoot/K "u8).AddReference(Document.Number).Add("/ParentTree "u8).AddReference(tree)
            .Add("/ParentTreeNextKey "u8).Add(next).Add(">>"u8);
        objects.WriteObject(Number, body.Span);
    }

    private void Add(int number)
    {
        numbers.Add(next++).Add((byte)' ').AddReference(number).Add((byte)' ');
        if (next - first == KeysOfNode)
        {
            CloseNode();
        }
    }

    private void CloseNode()
    {
        if (next == first)
        {
            return;
        }

        var node = objects.Reserve();
        var body = new PdfBytes();
        body.Add("<</Limits["u8).Add(first).Add((byte)' ').Add(next - 1).Add("]/Nums["u8).Add(numbers.Span).Add("]>>"u8);
        objects.WriteObject(node, body.Span);
        nodes.AddReference(node).Add((byte)' ');
        numbers.Clear();
        first = next;
    }
}

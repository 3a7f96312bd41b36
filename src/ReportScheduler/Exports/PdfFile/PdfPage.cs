namespace ReportScheduler.Exports.PdfFile;

/// <summary>A page while it is drawn. Used again for another one.</summary>
internal sealed class PdfPage
{
    private readonly List<int> marks = [];
    private readonly PdfBytes links = new();

    /// <summary>What is drawn on it.</summary>
    public PdfContent Content { get; } = new(0);

    /// <summary>The number of its object.</summary>
    public int Number { get; private set; }

    /// <summary>In points.</summary>
    public float Width { get; private set; }

    /// <summary>In points.</summary>
    public float Height => Content.Height;

    /// <summary>The elements that its parts belong to, in the order of the numbers of these; 0 for a number without a part.</summary>
    public IReadOnlyList<int> Marks => marks;

    /// <summary>References to its links; empty for none.</summary>
    public ReadOnlySpan<byte> Links => links.Span;

    /// <summary>The number of its node in the tree of pages.</summary>
    public int Node { get; set; }

    /// <summary>The number of the stream that is shown before its own; 0 for none.</summary>
    public int Beginning { get; set; }

    /// <summary>Begins anew.</summary>
    /// <param name="number">The number of its object.</param>
    /// <param name="width">In points.</param>
    /// <param name="height">In points.</param>
    public void Begin(int number, float width, float height)
    {
        (Number, Width, Node, Beginning) = (number, width, 0, 0);
        Content.Clear(height);
        marks.Clear();
        links.Clear();
    }

    /// <summary>The number of a new part of it, which belongs to an element.</summary>
    public int Mark(int element)
    {
        marks.Add(element);
        return marks.Count - 1;
    }

    /// <summary>Goes on at a round number: the numbers of a row differ from those of the
    /// row above in one digit then, and compress to half.</summary>
    public void RoundMarks()
    {
        while (marks.Count % 10 != 0)
        {
            marks.Add(0);
        }
    }

    public void AddLink(int link) => links.AddReference(link).Add((byte)' ');
}

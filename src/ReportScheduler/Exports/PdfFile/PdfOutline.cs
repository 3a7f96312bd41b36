namespace ReportScheduler.Exports.PdfFile;

/// <summary>The bookmarks of a document.</summary>
/// <remarks>ISO 32000-1, 12.3.3.</remarks>
internal sealed class PdfOutline(PdfObjects objects)
{
    /// <summary>Nobody looks through more, and all of them stay in memory.</summary>
    private const int Most = 20_000;

    private readonly List<PdfBookmark> entries = [];

    /// <summary>The bookmarks up to here.</summary>
    public IReadOnlyList<PdfBookmark> Bookmarks => entries;

    /// <summary>Adds a bookmark behind the last one.</summary>
    /// <param name="title">What it says.</param>
    /// <param name="level">0, or 1 below the last one of 0.</param>
    /// <param name="page">The number of the page's object.</param>
    /// <param name="pageNumber">The number of the page.</param>
    /// <param name="y">How far it is from the bottom of the page, in points.</param>
    public void Add(string title, int level, int page, int pageNumber, float y)
    {
        if (entries.Count < Most)
        {
            entries.Add(new PdfBookmark(objects.Reserve(), title, entries.Count == 0 ? 0 : level, page, pageNumber, y));
        }
    }

    /// <summary>Writes the bookmarks.</summary>
    /// <returns>The number of their root; null when there are none.</returns>
    public int? Write()
    {
        if (entries.Count == 0)
        {
            return null;
        }

        var root = objects.Reserve();
        var tops = Enumerable.Range(0, entries.Count).Where(place => entries[place].Level == 0).ToList();
        var body = new PdfBytes();
        body.Add("<</Type/Outlines/First "u8).AddReference(entries[tops[0]].Number).Add("/Last "u8).AddReference(entries[tops[^1]].Number)
            .Add("/Count "u8).Add(tops.Count).Add(">>"u8);
        objects.WriteObject(root, body.Span);
        for (var top = 0; top < tops.Count; top++)
        {
            var place = tops[top];
            var end = top + 1 < tops.Count ? tops[top + 1] : entries.Count;
            Write(entries[place], root, top == 0 ? null : entries[tops[top - 1]].Number, top + 1 < tops.Count ? entries[end].Number : null,
                place + 1, end);
            for (var child = place + 1; child < end; child++)
            {
                Write(entries[child], entries[place].Number, child == place + 1 ? null : entries[child - 1].Number,
                    child + 1 < end ? entries[child + 1].Number : null, end, end);
            }
        }

        return root;
    }

    private void Write(PdfBookmark entry, int parent, int? before, int? after, int firstChild, int end)
    {
        var body = new PdfBytes();
        body.Add("<</Title"u8).AddText(entry.Title).Add("/Parent "u8).AddReference(parent).Add("/Dest["u8).AddReference(entry.Page)
            .Add("/XYZ null "u8).Add(entry.Y).Add(" null]"u8);
        if (before is { } previous)
        {
            body.Add("/Prev "u8).AddReference(previous);
        }

        if (after is { } next)
        {
            body.Add("/Next "u8).AddReference(next);
        }

        if (firstChild < end)
        {
            // below zero: they are folded away
            body.Add("/First "u8).AddReference(entries[firstChild].Number).Add("/Last "u8).AddReference(entries[end - 1].Number)
                .Add("/Count "u8).Add(firstChild - end);
        }

        objects.WriteObject(entry.Number, body.Add(">>"u8).Span);
    }
}

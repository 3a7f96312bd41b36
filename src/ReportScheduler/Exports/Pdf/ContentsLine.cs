using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Pdf;

/// <summary>A line of the list of contents.</summary>
/// <param name="Target">What it leads to.</param>
/// <param name="Level">0, or 1 for a group below its dataset.</param>
/// <param name="Words">What it says: of several that share it, the first and the last.</param>
internal sealed record ContentsLine(PdfBookmark Target, int Level, string Words)
{
    /// <summary>The lines for bookmarks: at most so many, several bookmarks to a line where there are more.</summary>
    public static IReadOnlyList<ContentsLine> Of(IReadOnlyList<PdfBookmark> bookmarks, int most)
    {
        PdfBookmark[] datasets = [.. bookmarks.Where(bookmark => bookmark.Level == 0)];
        PdfBookmark[] groups = [.. bookmarks.Where(bookmark => bookmark.Level > 0)];
        // a single dataset has the name of the report
        if (datasets.Length == 1 && groups.Length > 0)
        {
            return [.. Shared(groups, most, 0)];
        }

        if (datasets.Length >= most)
        {
            return [.. Shared(datasets, most, 0)];
        }

        var share = Math.Min(1, (most - datasets.Length) / (double)Math.Max(1, groups.Length));
        var lines = new List<ContentsLine>();
        for (var place = 0; place < bookmarks.Count;)
        {
            lines.AddRange(Shared([bookmarks[place++]], 1, 0));
            PdfBookmark[] below = [.. bookmarks.Skip(place).TakeWhile(bookmark => bookmark.Level > 0)];
            place += below.Length;
            lines.AddRange(Shared(below, (int)(below.Length * share), 1));
        }

        return lines;
    }

    private static IEnumerable<ContentsLine> Shared(PdfBookmark[] bookmarks, int most, int level) => most <= 0
        ? []
        : bookmarks.Chunk((bookmarks.Length + most - 1) / most).Select(chunk => new ContentsLine(chunk[0], level,
            chunk.Length == 1 ? chunk[0].Title : $"{chunk[0].Title} – {chunk[^1].Title}"));
}

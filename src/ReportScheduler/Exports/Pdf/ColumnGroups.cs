using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Gives the columns their widths on a page, and spreads them over several pages side by side when one is too narrow.</summary>
internal static class ColumnGroups
{
    /// <summary>Whether a page of this width shows the columns as they would like to be.</summary>
    public static bool Fit(IReadOnlyList<PdfColumn> columns, float page) => columns.Sum(column => column.Wanted) <= page;

    /// <summary>The columns of each page across. Those that say which row it is, up to
    /// the first text, are repeated on every further page.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="page">How wide a page is between its margins.</param>
    /// <param name="least">How wide the table is at least: as the chart above it.</param>
    public static IReadOnlyList<PdfColumn[]> Of(IReadOnlyList<PdfColumn> columns, float page, float least)
    {
        if (columns.Sum(column => column.Needed) <= page)
        {
            Spread(columns, page, least);
            return [[.. columns]];
        }

        List<PdfColumn> keys = [.. Keys(columns, page)];
        keys.ForEach(key => key.Width = Math.Min(key.Wanted, page / 3));
        List<PdfColumn[]> groups = [];
        List<PdfColumn> group = [.. keys];
        var room = page - keys.Sum(key => key.Width);
        var left = room;
        foreach (var column in columns.Skip(keys.Count))
        {
            // a page across is dearer than a wrapped text: a column squeezes in as long as no word breaks
            column.Width = Math.Min(room, Math.Max(column.Needed, Math.Min(column.Wanted, left)));
            if (column.Width > left)
            {
                groups.Add([.. group]);
                group = [.. keys];
                left = room;
                column.Width = Math.Min(room, column.Wanted);
            }

            group.Add(column);
            left -= column.Width;
        }

        groups.Add([.. group]);
        return groups;
    }

    /// <summary>An id and the name behind it; the first column alone where there is no text, or no room for both.</summary>
    private static IEnumerable<PdfColumn> Keys(IReadOnlyList<PdfColumn> columns, float page)
    {
        var text = columns.TakeWhile(column => column.IsNumber || column.Source.Kind is not (ColumnKind.Text or ColumnKind.Json)).Count();
        var keys = columns.Take(text + 1).ToList();
        return text < columns.Count - 1 && keys.Sum(key => Math.Min(key.Wanted, page / 3)) <= page / 2 ? keys : columns.Take(1);
    }

    /// <summary>Everybody gets what is needed; what is left goes to those who want more, in proportion.</summary>
    private static void Spread(IReadOnlyList<PdfColumn> columns, float page, float least)
    {
        var needed = columns.Sum(column => column.Needed);
        var wanted = columns.Sum(column => column.Wanted);
        var share = wanted <= page ? 1 : (page - needed) / (wanted - needed);
        // what is left after that goes to the long texts, which would wrap beside an empty margin
        var missing = columns.Sum(column => column.Full - column.Wanted);
        var extra = missing > 0 ? Math.Clamp((page - wanted) / missing, 0, 1) : 0;
        foreach (var column in columns)
        {
            column.Width = column.Needed + ((column.Wanted - column.Needed) * share) + ((column.Full - column.Wanted) * extra);
        }

        // a table of more than half a page is as wide as the page
        var width = columns.Sum(column => column.Width);
        var whole = width > page / 2 ? page : Math.Max(width, least);
        foreach (var column in columns)
        {
            column.Width += (whole - width) / columns.Count;
        }
    }
}

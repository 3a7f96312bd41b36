namespace ReportScheduler.Exports.Pdf;

/// <summary>Gives the columns their widths on a page, and spreads them over several pages side by side when one is too narrow.</summary>
internal static class ColumnGroups
{
    /// <summary>Whether a page of this width shows the columns as they would like to be.</summary>
    public static bool Fit(IReadOnlyList<PdfColumn> columns, float page) => columns.Sum(column => column.Wanted) <= page;

    /// <summary>The columns of each page across. The first column, the key of the rows, is repeated on every further page.</summary>
    public static IReadOnlyList<PdfColumn[]> Of(IReadOnlyList<PdfColumn> columns, float page)
    {
        if (columns.Sum(column => column.Needed) <= page)
        {
            Spread(columns, page);
            return [[.. columns]];
        }

        var key = columns[0];
        key.Width = Math.Min(key.Wanted, page / 3);
        List<PdfColumn[]> groups = [];
        var group = new List<PdfColumn> { key };
        var room = page - key.Width;
        var left = room;
        foreach (var column in columns.Skip(1))
        {
            // a page across is dearer than a wrapped text: a column squeezes in as long as no word breaks
            column.Width = Math.Min(room, Math.Max(column.Needed, Math.Min(column.Wanted, left)));
            if (column.Width > left)
            {
                groups.Add([.. group]);
                group = [key];
                left = room;
                column.Width = Math.Min(room, column.Wanted);
            }

            group.Add(column);
            left -= column.Width;
        }

        groups.Add([.. group]);
        return groups;
    }

    /// <summary>Everybody gets what is needed; what is left goes to those who want more, in proportion.</summary>
    private static void Spread(IReadOnlyList<PdfColumn> columns, float page)
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
    }
}

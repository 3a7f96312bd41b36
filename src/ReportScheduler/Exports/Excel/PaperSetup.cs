namespace ReportScheduler.Exports.Excel;

/// <summary>How a worksheet lies on paper.</summary>
/// <param name="Paper">Excel's number of the paper size.</param>
/// <param name="IsLandscape">The long side is at the top.</param>
/// <param name="PagesWide">How many pages stand side by side; each shows the first column.</param>
/// <param name="RowRoom">How much of its rows a page holds, in points of the worksheet; a little less than programs print.</param>
internal sealed record PaperSetup(int Paper, bool IsLandscape, int PagesWide, double RowRoom)
{
    private const double PointsPerCharacter = 5.25;
    private const double Margins = 72;
    private const double HeadAndFoot = 130;

    // As many characters as fit the short side of the paper, and the long side, at a size that can be read.
    private const double PortraitWidth = 100;
    private const double LandscapeWidth = 240;

    private const int FewColumns = 12;

    /// <param name="task">What the task says about paper.</param>
    /// <param name="width">All columns, and what stands beside them, in characters.</param>
    /// <param name="columns">How many columns; few are on one page, whatever their widths.</param>
    public static PaperSetup Of(ReportTask task, double width, int columns)
    {
        var (number, shortSide, longSide) = task.PageSize switch
        {
            PageSize.Letter => (1, 612, 792),
            PageSize.Tabloid => (3, 792, 1224),
            PageSize.Legal => (5, 612, 1008),
            PageSize.A3 => (8, 842, 1191),
            PageSize.A5 => (11, 420, 595),
            _ => (9, 595, 842),
        };
        var landscape = task.Orientation == PageOrientation.Landscape
            || (task.Orientation == PageOrientation.Auto && width > PortraitWidth);
        var room = landscape ? LandscapeWidth : LandscapeWidth * 0.7;
        var pages = columns <= FewColumns ? 1 : Math.Max(1, (int)Math.Ceiling(width / room));
        // as small as it must be to fit
        var scale = Math.Min(1, pages * ((landscape ? longSide : shortSide) - Margins) / (width * PointsPerCharacter));
        return new PaperSetup(number, landscape, pages, ((landscape ? shortSide : longSide) - HeadAndFoot) / scale);
    }
}

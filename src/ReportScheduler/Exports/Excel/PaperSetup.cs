namespace ReportScheduler.Exports.Excel;

/// <summary>How a worksheet lies on paper.</summary>
/// <param name="Paper">Excel's number of the paper size.</param>
/// <param name="IsLandscape">The long side is at the top.</param>
/// <param name="PagesWide">How many pages stand side by side; each shows the first column.</param>
internal sealed record PaperSetup(int Paper, bool IsLandscape, int PagesWide)
{
    // As many characters as fit the short side of the paper, and the long side, at a size that can be read.
    private const double PortraitWidth = 100;
    private const double LandscapeWidth = 240;

    private const int FewColumns = 12;

    /// <param name="task">What the task says about paper.</param>
    /// <param name="width">All columns, and what stands beside them, in characters.</param>
    /// <param name="columns">How many columns; few are on one page, whatever their widths.</param>
    public static PaperSetup Of(ReportTask task, double width, int columns)
    {
        var paper = task.PageSize switch { PageSize.Letter =>
            1, PageSize.Tabloid => 3, PageSize.Legal => 5, PageSize.A3 => 8, PageSize.A5 => 11, _ => 9 };
        var landscape = task.Orientation == PageOrientation.Landscape
            || (task.Orientation == PageOrientation.Auto && width > PortraitWidth);
        var room = landscape ? LandscapeWidth : LandscapeWidth * 0.7;
        return new PaperSetup(paper, landscape, columns <= FewColumns ? 1 : Math.Max(1, (int)Math.Ceiling(width / room)));
    }
}

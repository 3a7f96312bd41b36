namespace ReportScheduler.Exports.Themes;

/// <summary>What a light fill is on dark paper: a pastel would glare there, and light ink on it could not be read.</summary>
internal static class DarkTint
{
    private const double Most = 0.4;
    private const double Step = 0.05;

    /// <param name="fill">The fill on white paper.</param>
    /// <param name="dark">The dark paper and its ink.</param>
    public static Rgb Of(Rgb fill, Shades dark)
    {
        for (var share = Most; share > Step; share -= Step)
        {
            var tint = fill.Over(dark.Paper, share);
            if (dark.Ink.Contrast(tint) >= Theme.LeastContrast)
            {
                return tint;
            }
        }

        return dark.Paper;
    }
}

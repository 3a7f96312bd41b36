using ReportScheduler.Exports.Themes;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>The look of a report: the theme that its task names, else that of the store; and the task's own logo before that of
/// the theme. What is not there is told and stops no report.</summary>
internal static class TaskTheme
{
    public static Theme Of(IReportStore store, ReportTask task, Action<string> warn)
    {
        var theme = Named(store, store.ThemeNameOf(task), warn);
        return task.Logo is { } path ? theme with { Logo = Logo(path, theme.Logo is not null, warn) ?? theme.Logo } : theme;
    }

    private static Theme Named(IReportStore store, string? name, Action<string> warn)
    {
        if (name is null)
        {
            return Theme.Standard;
        }

        try
        {
            if (store.Themes.Find(name) is { } theme)
            {
                return Theme.Of(theme);
            }

            warn($"There is no report theme '{name}'; the report has the module's own look. New-ReportTheme makes it.");
        }
        catch (RecordNotReadableException problem)
        {
            warn(problem.Message);
        }

        return Theme.Standard;
    }

    private static LogoPicture? Logo(string path, bool hasOther, Action<string> warn)
    {
        try
        {
            if (File.Exists(path) && LogoPicture.Read(File.ReadAllBytes(path)) is { } logo)
            {
                return logo;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // told like a file that is no picture
        }

        warn($"The logo '{path}' is not a PNG or JPEG picture that can be read; the report has "
            + $"{(hasOther ? "that of its theme" : "none")}.");
        return null;
    }
}

namespace ReportScheduler.Files;

/// <summary>The file that a symbolic link means.</summary>
internal static class LinkedFile
{
    /// <summary>The file that a path means in the end, so that a link stays a link when its file is replaced; the path itself where it is
    /// no link, or one that goes round in circles.</summary>
    public static string Of(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}

using System.Data.Common;

namespace ReportScheduler.Sources.Providers.Sqlite;

/// <summary>Tells which SQLite file a person means.</summary>
internal static class SqliteFile
{
    // https://www.sqlite.org/fileformat.html, the header string
    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Whether a text without a provider names a SQLite database that is there,
    /// by its path or as Data Source=path; or :memory:.</summary>
    public static bool IsMeant(string text, Func<string, string> fullPath) =>
        // a colon behind a second letter is no path of any system, but a drive that PowerShell would look for
        text == ":memory:" || (Source(text) is { Length: > 0 } path && path.IndexOf(':', StringComparison.Ordinal) is -1 or 1
            && HasHeader(fullPath(path)));

    /// <summary>What to say about a file that is not there; null when it is.</summary>
    /// <param name="path">As it was written.</param>
    /// <param name="fullPath">What it was taken for.</param>
    public static string? Missing(string path, string fullPath)
    {
        var absolute = "/" + path;
        return File.Exists(fullPath) ? null
            : absolute != fullPath && !Path.IsPathRooted(path) && File.Exists(absolute)
                ? $"There is no file '{fullPath}': 'sqlite:///' and a path are relative to the current folder. "
                    + $"For '{absolute}' write 'sqlite:///{absolute}', with four slashes."
                : $"There is no file '{fullPath}' yet.";
    }

    private static string? Source(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal))
        {
            return text;
        }

        try
        {
            var pairs = new DbConnectionStringBuilder { ConnectionString = text };
            return pairs.TryGetValue("Data Source", out var path) || pairs.TryGetValue("DataSource", out path)
                || pairs.TryGetValue("Filename", out path) ? $"{path}" : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool HasHeader(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var head = new byte[Magic.Length];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual(Magic);
        }
        catch (Exception notThere) when (notThere is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            return false;
        }
    }
}

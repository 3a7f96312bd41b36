using System.Security.Cryptography;
using System.Text;

namespace ReportScheduler.Hosting;

/// <summary>Names under which systems know a hosted job. Different jobs never share one.</summary>
internal static class HostedName
{
    /// <summary>The name itself for the store that a system takes for granted; jobs of another store end with a mark of its path.</summary>
    /// <param name="name">Runner, Dispatcher, or the report task's name.</param>
    /// <param name="storePath">The store that it works on.</param>
    /// <param name="usualPath">The store whose jobs have the plain name.</param>
    public static string Of(string name, string storePath, string usualPath) =>
        storePath.Equals(usualPath, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            ? name
            : $"{name}-{Mark(storePath)}";

    /// <summary>A name without what unit names and file names cannot hold.</summary>
    public static string Unit(string name)
    {
        var safe = string.Concat(name.Select(
            letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? char.ToLowerInvariant(letter) : '-')).Trim('-');
        // names that differ in other letters only must not share a file
        return safe.Equals(name, StringComparison.OrdinalIgnoreCase)
            ? $"report-scheduler-{safe}"
            : $"report-scheduler-{safe}-{Mark(name.ToUpperInvariant())}";
    }

    /// <summary>A name without what the Task Scheduler, which keeps tasks as files, cannot hold.</summary>
    public static string Task(string name)
    {
        var safe = string.Concat(
            name.Select(letter => letter is '\\' or '/' or ':' or '"' or '<' or '>' or '|' or '*' or '?' ? '-' : letter)).TrimEnd('.');
        return safe == name ? name : $"{safe}-{Mark(name.ToUpperInvariant())}";
    }

    private static string Mark(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 4).ToLowerInvariant();
}

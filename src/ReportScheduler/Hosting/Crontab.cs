using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ReportScheduler.Hosting;

/// <summary>The account's crontab. A line of ours stands below a comment with its name; all others stay as they are.</summary>
internal static partial class Crontab
{
    private static readonly string[] Daemons = ["cron", "crond", "fcron", "cronie"];

    public static void Install(HostedFile line) => Write([.. Without(line.Name, Read()), Mark(line.Name), line.Text]);

    public static void Remove(string name)
    {
        var lines = Read();
        if (lines.Contains(Mark(name)))
        {
            Write(Without(name, lines));
        }
    }

    /// <summary>What differs between the crontab and what was registered.</summary>
    public static IEnumerable<string> Changes(HostedFile line)
    {
        var lines = Read();
        var mark = lines.IndexOf(Mark(line.Name));
        return mark < 0 ? [$"The crontab has no line for '{line.Name}'."]
            : lines.ElementAtOrDefault(mark + 1) != line.Text ? [$"The line of '{line.Name}' in the crontab was changed."]
            : [];
    }

    /// <summary>The names of the variables that the crontab sets for its lines.</summary>
    public static string[] Variables() =>
        [.. Read().Select(line => Assignment().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

    /// <summary>Whether a daemon runs that reads the crontab; true on systems that start one when it is needed.</summary>
    public static bool HasDaemon() => !OperatingSystem.IsLinux()
        || Daemons.Any(name => Process.GetProcessesByName(name).Length > 0);

    private static List<string> Read()
    {
        try
        {
            return [.. SystemProgram.Run("crontab", null, "-l").TrimEnd('\n').Split('\n').SkipWhile(line => line.Length == 0)];
        }
        catch (ReportException problem) when (problem.ErrorId == nameof(HostingErrors.SystemProgramFailed)
            && problem.Message.Contains("no crontab", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }
    }

    private static void Write(IReadOnlyList<string> lines) => SystemProgram.Run("crontab", string.Join('\n', lines) + "\n", "-");

    private static List<string> Without(string name, List<string> lines)
    {
        var mark = lines.IndexOf(Mark(name));
        return mark < 0 ? lines : [.. lines.Take(mark), .. lines.Skip(mark + 2)];
    }

    [GeneratedRegex("""^\s*["']?([A-Za-z_]\w*)["']?\s*=""")]
    private static partial Regex Assignment();

    private static string Mark(string name) => $"# ReportScheduler: {name}";
}

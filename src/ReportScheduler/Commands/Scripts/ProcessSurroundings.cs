using System.Collections;

namespace ReportScheduler.Commands.Scripts;

/// <summary>What a script can change of the whole process without knowing it: environment variables and the current folder.
/// They are put back when it has ended.</summary>
/// <remarks>Of scripts that overlap the last one to end puts back what was there before the first: which of them changed what cannot
/// be told.</remarks>
internal sealed class ProcessSurroundings : IDisposable
{
    private static readonly object Guard = new();
    private static int open;
    private static Dictionary<string, string> variables = [];
    private static string? folder;

    private int isOver;

    private ProcessSurroundings()
    {
    }

    /// <summary>Remembers what is there now.</summary>
    public static ProcessSurroundings Keep()
    {
        lock (Guard)
        {
            if (open++ == 0)
            {
                (variables, folder) = (Variables(), Directory.GetCurrentDirectory());
            }
        }

        return new ProcessSurroundings();
    }

    /// <summary>Puts it back. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isOver, 1) == 1)
        {
            return;
        }

        lock (Guard)
        {
            if (--open == 0)
            {
                PutBack();
            }
        }
    }

    private static void PutBack()
    {
        var now = Variables();
        foreach (var name in now.Keys.Where(name => !variables.ContainsKey(name)))
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        foreach (var (name, value) in variables.Where(pair => !now.TryGetValue(pair.Key, out var other) || other != pair.Value))
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        if (Directory.Exists(folder) && Directory.GetCurrentDirectory() != folder)
        {
            Directory.SetCurrentDirectory(folder);
        }
    }

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "",
            OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
}

using ReportScheduler.Definitions.Python;
using ReportScheduler.Time;

namespace ReportScheduler.Definitions;

/// <summary>Reads a file of definitions, whichever program wrote it.</summary>
internal static class DefinitionSource
{
    /// <param name="file">The full path.</param>
    /// <param name="envFile">The .env file of the Python tool; null for the one beside the file, if there is one.</param>
    /// <param name="timeZone">The zone of the Python tool's schedules; null for this computer's.</param>
    /// <exception cref="ReportException">It cannot be read, or holds no definitions.</exception>
    public static ReportDefinitions Read(string file, string? envFile, string? timeZone)
    {
        var json = JsonInput.Read(file);
        if (DefinitionFile.IsMeant(json))
        {
            return DefinitionFile.Read(json!, file);
        }

        if (!PythonTasks.IsMeant(json))
        {
            throw DefinitionErrors.DefinitionFileNotReadable(file, "it holds no tasks");
        }

        if (timeZone is not null)
        {
            Zones.Find(timeZone);
        }

        var beside = Path.Combine(Path.GetDirectoryName(file)!, ".env");
        return PythonTasks.Read(json!, file, timeZone ?? Zones.Local, envFile ?? (File.Exists(beside) ? beside : null));
    }
}

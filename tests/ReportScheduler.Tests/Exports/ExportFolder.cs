using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Tests.Exports;

/// <summary>A folder of its own for the files of one export, and short ways to make one.</summary>
internal sealed class ExportFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("exports").FullName;

    public List<string> Warnings { get; } = [];

    public IReadOnlyList<ShownParameter> Parameters { get; set; } = [];

    public TextHabits? Habits { get; set; }

    public static ReportTask Task(params ReportFormat[] formats) => new() { Name = "Sales", Query = "select 1", Format = formats };

    public static ReportTask TaskWithDatasets(string[] datasets, params ReportFormat[] formats)
    {
        var task = Task(formats);
        task.Datasets = [.. datasets.Select(dataset => new ReportDataset { Name = dataset, Query = "select 1" })];
        return task;
    }

    public ReportDocument Document(ReportTask task) => new()
    {
        Task = task,
        DueAt = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero),
        DataAt = new DateTimeOffset(2026, 11, 24, 9, 0, 5, TimeSpan.Zero),
        Parameters = Parameters,
        Culture = CultureInfo.GetCultureInfo(task.Culture ?? ""),
        Folder = Path,
        FileName = format => "sales." + (format == ReportFormat.Excel ? "xlsx" : format.ToString().ToLowerInvariant()),
        Habits = Habits,
        Warn = Warnings.Add,
    };

    /// <summary>Exports one query of an SQLite database in memory.</summary>
    public ExportResult Sqlite(ReportTask task, string sql)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        return Export(task, (task.Name, reader));
    }

    public ExportResult Export(ReportTask task, params (string Dataset, DbDataReader Reader)[] datasets)
    {
        using var export = new ReportExport(Document(task));
        foreach (var (dataset, reader) in datasets)
        {
            export.Add(dataset, reader, _ => { }, CancellationToken.None);
        }

        return export.Complete();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

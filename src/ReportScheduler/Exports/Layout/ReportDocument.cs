using System.Collections.Concurrent;
using System.Globalization;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Rows;
using ReportScheduler.Time;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>What the files of one run say about themselves, and how they look.</summary>
internal sealed record ReportDocument
{
    /// <summary>The task: title, description, formats and the options of each format.</summary>
    public required ReportTask Task { get; init; }

    /// <summary>The instant the report is about, in the task's zone.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When the data was read, in the task's zone.</summary>
    public required DateTimeOffset DataAt { get; init; }

    /// <summary>The parameters of the queries as people read them.</summary>
    public IReadOnlyList<ShownParameter> Parameters { get; init; } = [];

    public required CultureInfo Culture { get; init; }

    /// <summary>Colours, logo, font and footer.</summary>
    public Theme Theme { get; init; } = Theme.Standard;

    /// <summary>The key figures, which are complete behind the last row; null for none.</summary>
    public Func<IReadOnlyList<KeyFigure>>? Figures { get; init; }

    /// <summary>The key figures of the last run that was delivered, by what was asked.</summary>
    public IReadOnlyDictionary<string, decimal> LastFigures { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The phrases of the report.</summary>
    public ReportWords Words => ReportWords.Of(Culture);

    /// <summary>The task's zone, in which times are shown.</summary>
    public TimeZoneInfo Zone => Zones.FindOrUtc(Task.TimeZone);

    /// <summary>What people read in place of the names of datasets that the report itself adds.</summary>
    public ConcurrentDictionary<string, string> Titles { get; init; } = new(StringComparer.Ordinal);

    /// <summary>A dataset as people read it. Programs that read a file look for its name.</summary>
    public string TitleOf(string dataset) => Titles.GetValueOrDefault(dataset, dataset);

    /// <summary>Says when the data was read, for a line below the title.</summary>
    public string DataNote => DataTime.Note(DataAt, Culture, Task.TimeZone);

    /// <summary>The folder for the files; it exists and is this run's own.</summary>
    public required string Folder { get; init; }

    /// <summary>The file name of a format, without folder, with extension, already rendered and safe.</summary>
    public required Func<ReportFormat, string> FileName { get; init; }

    /// <summary>Whether it is known to have few rows, so that each writer works on one thread.</summary>
    public bool IsSmall { get; init; }

    /// <summary>How the columns are laid out.</summary>
    public KnownLayouts Layouts { get; init; } = new();

    /// <summary>What the texts of other parts have shown; null where the report is not split.</summary>
    public TextHabits? Habits { get; init; }

    /// <summary>Looks at the rows while they are exported; null for nobody.</summary>
    public IRowWatcher? Watcher { get; init; }

    /// <summary>Takes things worth knowing that do not stop the export: a cell cut, a character without a font.</summary>
    public required Action<string> Warn { get; init; }
}

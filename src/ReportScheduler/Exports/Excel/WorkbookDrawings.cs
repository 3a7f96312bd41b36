namespace ReportScheduler.Exports.Excel;

/// <summary>What is drawn in the whole workbook, for the list of its parts.</summary>
internal sealed class WorkbookDrawings
{
    private readonly SortedSet<string> extensions = new(StringComparer.Ordinal);

    /// <summary>The numbers of the worksheets that have a drawing.</summary>
    public List<int> Sheets { get; } = [];

    /// <summary>How many charts there are.</summary>
    public int Charts { get; private set; }

    /// <summary>How many pictures there are.</summary>
    public int Pictures { get; private set; }

    /// <summary>The kinds of the pictures, as file extensions.</summary>
    public IReadOnlyCollection<string> Extensions => extensions;

    /// <summary>The number of one more chart, from 1.</summary>
    public int AddChart() => ++Charts;

    /// <summary>The number of one more picture, from 1.</summary>
    public int AddPicture(string extension)
    {
        extensions.Add(extension);
        return ++Pictures;
    }
}

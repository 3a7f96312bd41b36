using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Preview;

/// <summary>A dataset as the mail shows it: how many rows there are, and the first ones.</summary>
/// <param name="Name">The dataset's name.</param>
/// <param name="Columns">The columns that are shown.</param>
/// <param name="Rows">How many rows the dataset has.</param>
/// <param name="FirstRows">The first rows: per column the text in the document's culture, null for SQL NULL.</param>
internal sealed record DatasetPreview(
    string Name,
    IReadOnlyList<SourceColumn> Columns,
    long Rows,
    IReadOnlyList<string?[]> FirstRows)
{
    /// <summary>What people read in place of the name.</summary>
    public string Title { get => field ?? Name; init; }

    /// <summary>The values behind the texts of <see cref="FirstRows"/>, for templates.</summary>
    public IReadOnlyList<Cell[]> Values { get; init; } = [];

    /// <summary>The texts of the totals of all rows, not only of the first ones, a line
    /// for each kind; empty when no column asks for one.</summary>
    public IReadOnlyList<string?[]> Totals { get; init; } = [];

    /// <summary>The heads and totals of groups among the first rows, in order; empty where the rows are not grouped.</summary>
    public IReadOnlyList<PreviewLine> Groups { get; init; } = [];

    /// <summary>The places of the columns that the rows are grouped by: their values stand in the heads of the groups.</summary>
    public IReadOnlyList<int> Keys { get; init; } = [];

    /// <summary>It says what is other than in the last result, and its rows are no further ones.</summary>
    public bool IsOfComparison { get; init; }

    /// <summary>The total of each column that has one, by the column's name, for templates.</summary>
    public IReadOnlyDictionary<string, (string Text, Cell Value)> ColumnTotals { get; init; } =
        new Dictionary<string, (string Text, Cell Value)>();

    /// <summary>What stands above the rows: what the totals come to.</summary>
    public IReadOnlyList<KeyFigure> Figures { get; init; } = [];

    /// <summary>The headers as people read them.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [.. Columns.Select(column => column.Header)];

    /// <summary>How the cells of <see cref="FirstRows"/> stand out; empty where no rule asks for it.</summary>
    public IReadOnlyList<HighlightLook[]> Looks { get; init; } = [];

    /// <summary>The pictures that cells of <see cref="FirstRows"/> hold, by the places of their row and column.</summary>
    public IReadOnlyDictionary<(int Row, int Column), CellPicture> Pictures { get; init; } = PreviewPictures.None;

    /// <summary>What the dataset's charts show.</summary>
    public IReadOnlyList<ChartData> Charts { get; init; } = [];
}
